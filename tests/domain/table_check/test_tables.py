"""Several tables in one paste: each is checked by itself, and its rows keep their numbers."""

import pytest

from domain.table_check import text as check_text
from domain.table_check.tables import check_all

USG = "No;Masalah;U;S;G;Total;Ranking\n1;Air;4;3;5;12;1\n2;Pipa;3;3;3;{};2\n"
OTHER = "No;Isu;U;S;G;Total;Ranking\n1;Tarif;5;5;5;15;1\n2;Staf;2;3;3;{};2\n"


def beside(one: str, other: str, gap: str) -> str:
    return "\n".join(a + gap + b for a, b in zip(one.splitlines(), other.splitlines(), strict=True))


def found(text: str) -> list[list[tuple[str, int, str]]]:
    """For each table its findings: kind, number of the row, its name."""
    tables = check_all(check_text.read(text)).tables
    return [[(each.kind, each.number, each.row) for each in table.findings] for table in tables]


@pytest.mark.parametrize("between", ["", "\n", "\nTabel 2. Isu strategis\n", "\n;;Skor;;;;\n"])
def test_tables_under_each_other(between: str):
    assert found(USG.format(9) + between + OTHER.format(8)) == [[], []]
    first, second = found(USG.format(8) + between + OTHER.format(9))
    assert first == [("total", 3, "Pipa")]
    assert [(kind, name) for kind, _, name in second] == [("total", "Staf")]
    assert second[0][1] == 6 + between.count("\n")


@pytest.mark.parametrize("gap", [";", ";;", ";;;"])
def test_tables_side_by_side(gap: str):
    other = OTHER if gap != ";" else USG
    assert found(beside(USG.format(9), other.format(9 if gap == ";" else 8), gap)) == [[], []]
    first, second = found(beside(USG.format(8), other.format(7), gap))
    assert (first, [kind for kind, _, _ in second]) == ([("total", 3, "Pipa")], ["total"])


def test_an_empty_column_within_a_table_parts_nothing():
    assert found("No;Masalah;U;S;G;;Total;Ranking\n1;Air;4;3;5;;12;1\n2;Pipa;3;3;3;;9;2") == [[]]


def test_a_head_repeated_on_the_next_page_goes_on():
    head, *rows = USG.format(9).splitlines()
    assert found("\n".join([head, *rows, head, "3;Tarif;1;1;1;3;3"])) == [[]]
    (wrong,) = found("\n".join([head, *rows, head, "3;Tarif;1;1;1;4;3"]))
    assert wrong == [("total", 5, "Tarif")]


def test_what_stands_around_a_table_is_no_table():
    text = (
        f"Lampiran\n\n{USG.format(9)}\nMengetahui;;Ketua Pokja;\nKepala Dinas;;;Sekretaris\nNIP. 1;;NIP. 2;"
    )
    assert found(text) == [[]]
