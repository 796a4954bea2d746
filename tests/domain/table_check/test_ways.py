"""The way totals were made is found, or none is claimed: right tables are never called wrong, nor others right."""

from decimal import Decimal
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.table_check.cells import Cell, kept_number
from domain.table_check.check import check
from domain.table_check.methods import FORMULA, GIVEN, MEAN, MULTIPLIED, SUM, UNKNOWN, WEIGHTED
from domain.table_check.relations import RATIO, TIMES
from tests.support.tables_to_check import HEAD, checked, found_in, kinds, rounded

CARL = "Masalah;C;A;R;L;NILAI\na;4;3;2;1;24\nb;2;2;3;5;60\nc;5;1;2;2;20"


@pytest.mark.parametrize(
    ("text", "way", "criteria"),
    [
        (CARL, MULTIPLIED, ["C", "A", "R", "L"]),
        ("Masalah;C;A;R;L;Hasil CxAxRxL\na;4;3;2;5;120\nb;3;3;4;2;72", FORMULA, ["C", "A", "R", "L"]),
        ("Masalah;C;A;R;L;C x A x R x L\na;4;3;2;5;120\nb;3;3;4;2;72", FORMULA, ["C", "A", "R", "L"]),
        ("Masalah;A;B;C;(AxB)+C\na;4;3;2;14\nb;3;3;4;13\nc;1;2;4;6", FORMULA, ["A", "B", "C"]),
        ("Masalah;A;B;C;Jumlah (A+2B)xC\na;4;3;2;20\nb;3;3;4;36", FORMULA, ["A", "B", "C"]),
        ("Kegiatan;Pagu;Realisasi;Nilai %\nx;500.000.000;400.000.000;80,00", RATIO, ["Realisasi"]),
        ("N;K1 (60%);K2 (40%);Total\na;4;3;0\nb;5;4;0", UNKNOWN, ["K1", "K2"]),
        ("Nama;Total;Rank\na;3;1\nb;2;2", GIVEN, []),
    ],
)
def test_right_tables_of_other_ways_are_not_called_wrong(text, way, criteria):
    found = checked(text)
    assert (found.method.kind, found.findings) == (way, ())
    assert [each.title for each in found.criteria] == criteria
    assert found.is_recomputed == (way not in {UNKNOWN, GIVEN})


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (CARL + "\nd;2;2;2;2;32", [("total", "d", "32", "16")]),
        (
            "N;A;B;Nilai;Rank\na;4;3;50;1\nb;2;2;60;2\nc;1;2;9;3",
            [("rank", "a", "1", "2"), ("rank", "b", "2", "1")],
        ),
        (
            "N;K1 (60%);K2 (40%);Total\na;2;2;2\nb;3;3;3\nc;5;4;4,5",  # 4,5 is the mean
            [("total", "c", "4,5", "4.6")],
        ),
        ("N;Total;Rank\na;10,4;1\nb;10,4;2\nc;10,4;3", [("tie_as_written", "a", "1; 2; 3", "1")]),
    ],
)
def test_what_is_wrong_all_the_same_is_found(text, findings):
    assert found_in(text) == findings


def test_a_way_without_a_word_for_it_needs_three_totals_that_follow_it():
    """Two of three might be chance; where the head says 'Jumlah' it isn't."""
    rows = "\na;4;3;2;9\nb;2;2;3;7\nc;5;1;2;10"
    assert checked("N;A;B;C;Nilai" + rows).findings == ()
    assert found_in("N;A;B;C;Jumlah" + rows) == [("total", "c", "10", "8")]


@pytest.mark.parametrize(("head", "totals"), [("Jumlah", (7, 4)), ("Nilai", (7, 4)), ("Rata-rata", (3.5, 2))])
def test_totals_that_are_not_there_yet_are_computed_as_the_head_says(head, totals):
    found = checked(f"N;A;B;{head};Rank\na;4;3;;1\nb;2;2;;2")
    assert ([row.total for row in found.rows], found.findings) == ([Fraction(each) for each in totals], ())


def test_products_that_no_spreadsheet_computes_are_not_compared():
    huge = "9" * 15
    found = checked(f"N;A;B;Nilai\na;4;3;12\nb;2;2;4\nc;5;1;5\nd;{huge};{huge};9")
    assert (found.method.kind, found.findings) == (TIMES, ())


def test_totals_too_large_to_be_any_are_not_computed():
    huge = "9" * 15
    found = checked(f"N;K1;K2;Total\nBobot;{huge};1;\na;{huge};3;5\nb;2;3;4")
    assert {row.name: row.total for row in found.rows}["a"] == 5
    assert kept_number(Decimal("1e300")).number is None


def test_totals_that_forgot_the_weights_are_taken_for_what_they_are():
    found = checked(HEAD + "A; 4; 3; 7; 2\nB; 5; 4; 9; 1")
    assert (found.method.kind, found.findings, found.is_recomputed) == (SUM, (), False)


@pytest.mark.parametrize(
    ("total", "findings", "remarks"),
    [
        ("9,99", [], {"no_ranks"}),
        ("10,00", [], {"no_ranks", "rounded"}),
        ("10,02", [("total", "a", "10,02", "9.99")], {"no_ranks"}),
    ],
)
def test_scores_that_were_rounded_are_said_to_be(total, findings, remarks):
    text = f"N;A;B;C;Jumlah\na;3,33;3,33;3,33;{total}\nb;1;2;3;6"
    assert found_in(text) == findings
    assert {each.code for each in checked(text).remarks} == remarks


def test_scores_that_a_program_kept_are_not_taken_for_rounded_ones():
    def row(name: str, *numbers: str):
        return (Cell(name), *(kept_number(Decimal(each)) for each in numbers))

    head = tuple(map(Cell, ("N", "A", "B", "C", "Jumlah")))
    found = check((head, row("a", "3.33", "3.33", "3.33", "10.01"), row("b", "1", "2", "3", "6")))
    assert kinds(found) == ["total"]


FACTORS = "Faktor;Bobot;Rating;Skor\nPelanggan setia;0,30;4;1,20\nPipa tua;0,45;2;{}\nTarif;0,25;3;0,75\n"


@pytest.mark.parametrize(
    ("product", "findings"), [("0,90", []), ("0,95", [("product", "Rating", "0,95", "0.9")])]
)
def test_weight_and_rating_of_one_thing_in_rows(product, findings):
    assert found_in(FACTORS.format(product) + "Jumlah;1,00;;2,85") == findings


def test_the_sum_of_weight_and_rating_is_checked():
    assert found_in(FACTORS.format("0,90") + "Jumlah;1,00;;2,95") == [
        ("column_sum", "Jumlah", "2,95", "2.85")
    ]


def test_a_row_of_sums_named_in_the_column_of_numbers_is_no_criterion():
    """Its weights are a part of a larger table's, as it says itself."""
    found = checked(
        "No;Indikator;Bobot;Nilai;Hasil\n1;Kualitas air;0,20;3;0,60\n2;Tekanan;0,15;2;0,30\nJumlah;;0,35;;0,90"
    )
    assert [each.title for each in found.criteria] == ["Kualitas air", "Tekanan"]
    assert [row.total for row in found.rows] == [Fraction(9, 10)]
    assert (kinds(found), [each.code for each in found.remarks]) == ([], ["importance", "no_ranks"])


def test_zeros_that_a_program_left_in_place_of_results_are_no_totals():
    def row(name: str, *numbers: str):
        return (Cell(name), *(kept_number(Decimal(each)) for each in numbers))

    head = tuple(map(Cell, ("Nama", "K1 (60%)", "K2 (40%)", "Total", "Peringkat")))
    found = check((head, row("A", "4", "3", "0", "0"), row("B", "5", "4", "0", "0")))
    assert kinds(found) == ["no_value"]
    assert [(each.name, each.total) for each in found.rows] == [
        ("B", Fraction(23, 5)),
        ("A", Fraction(18, 5)),
    ]


WEIGHTS = (50, 30, 20)
WAYS = {
    SUM: ("Jumlah", lambda row: Fraction(sum(row))),
    MEAN: ("Rata-rata", lambda row: Fraction(sum(row), len(row))),
    MULTIPLIED: ("Nilai", lambda row: Fraction(prod(row))),
    WEIGHTED: ("Nilai", lambda row: sum(Fraction(w * s, 100) for w, s in zip(WEIGHTS, row, strict=True))),
}
"""By kind: the head of the total, and how it is made."""

SCORES = st.lists(st.tuples(*[st.integers(2, 9)] * 3), min_size=7, max_size=12)


def table(kind: str, scores: list[tuple[int, ...]], totals: list[Fraction]) -> str:
    """The table as typed, its totals rounded to two decimals; with weights where the way has them."""
    weighted = "K1 (50%);K2 (30%);K3 (20%)" if kind == WEIGHTED else "K1;K2;K3"
    rows = [
        f"P{at};" + ";".join(map(str, row)) + f";{rounded(total, 2)}"
        for at, (row, total) in enumerate(zip(scores, totals, strict=True))
    ]
    return "\n".join([f"Nama;{weighted};{WAYS[kind][0]}", *rows])


@given(st.sampled_from(sorted(WAYS)), SCORES, st.data())
def test_exactly_the_falsified_totals_of_a_known_way_are_told(kind, scores, data):
    """Up to three of at least seven. What falsifies is too large for any other way."""
    right = [WAYS[kind][1](row) for row in scores]
    spoilt = data.draw(st.sets(st.integers(0, len(scores) - 1), max_size=3))
    totals = [total + 5000 + at if at in spoilt else total for at, total in enumerate(right)]
    found = checked(table(kind, scores, totals))
    assert found.method.kind == kind
    assert [(each.kind, each.row, each.expected) for each in found.findings] == [
        ("total", f"P{at}", right[at]) for at in sorted(spoilt)
    ]


@given(st.sampled_from(sorted(WAYS)), SCORES, st.lists(st.integers(5000, 9999), min_size=12, max_size=12))
def test_a_table_of_no_known_way_is_never_accused(kind, scores, totals):
    found = checked(table(kind, scores, [Fraction(each) for each in totals[: len(scores)]]))
    assert (found.method.kind, found.findings, found.is_recomputed) == (UNKNOWN, (), False)
