"""A table made in a known way, in which some numbers were falsified, is told of exactly these; others of none.

In whichever way numbers are written and cells are parted, upright and lying on its side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tables_to_check import checked, rounded

Row = tuple[int, ...]
Table = list[list[str]]


@dataclass(frozen=True)
class Way:
    """Heads of three columns of scores, the head of what is made of them, and how: of all rows, for one of them."""

    heads: tuple[str, str, str]
    result: str
    make: Callable[[Sequence[Row], int], Fraction]


def ratio(one: int, other: int) -> Fraction:
    return Fraction(one * 100, other)


WAYS = {
    "sum": Way(("U", "S", "G"), "Total", lambda rows, at: Fraction(sum(rows[at]))),
    "mean": Way(("U", "S", "G"), "Rata-rata", lambda rows, at: Fraction(sum(rows[at]), 3)),
    "product": Way(("C", "A", "R"), "Nilai", lambda rows, at: Fraction(prod(rows[at]))),
    "weighted": Way(
        ("K1 (50%)", "K2 (30%)", "K3 (20%)"),
        "Total",
        lambda rows, at: sum(w * Fraction(s, 100) for w, s in zip((50, 30, 20), rows[at], strict=True)),
    ),
    "costs": Way(
        ("Manfaat (70%)", "Mutu (20%)", "Biaya (-10%)"),
        "Total",
        lambda rows, at: sum(w * Fraction(s, 100) for w, s in zip((70, 20, -10), rows[at], strict=True)),
    ),
    "letters": Way(
        ("Besar", "Gawat", "Upaya"),
        "Jumlah (A+2B)xC",
        lambda rows, at: Fraction((rows[at][0] + 2 * rows[at][1]) * rows[at][2]),
    ),
    "names": Way(
        ("P", "Q", "R"), "Hasil (PxQ)/R", lambda rows, at: Fraction(rows[at][0] * rows[at][1], rows[at][2])
    ),
    "share": Way(
        ("Nilai", "S", "G"), "% nilai", lambda rows, at: ratio(rows[at][0], sum(row[0] for row in rows))
    ),
    "cumulative": Way(
        ("Nilai", "S", "G"), "Kumulatif", lambda rows, at: Fraction(sum(row[0] for row in rows[: at + 1]))
    ),
    "cumulative share": Way(
        ("Nilai", "S", "G"),
        "% kumulatif",
        lambda rows, at: ratio(sum(row[0] for row in rows[: at + 1]), sum(row[0] for row in rows)),
    ),
    "attainment": Way(
        ("Tahun", "Target", "Realisasi"), "Capaian", lambda rows, at: ratio(rows[at][2], rows[at][1])
    ),
    "lower is better": Way(
        ("Tahun", "Target", "Realisasi"),
        "Capaian (%)",
        lambda rows, at: ratio(2 * rows[at][1] - rows[at][2], rows[at][1]),
    ),
    "difference": Way(
        ("Tahun", "Pagu", "Realisasi"), "Sisa", lambda rows, at: Fraction(rows[at][1] - rows[at][2])
    ),
}

STYLES: dict[str, Callable[[Fraction], str]] = {
    "comma": lambda number: rounded(number, 2) if number >= 0 else "-" + rounded(-number, 2),
    "point": lambda number: f"{float(number):.2f}",
    "brackets": lambda number: rounded(number, 2) if number >= 0 else f"({rounded(-number, 2)})",
    "minus behind": lambda number: rounded(number, 2) if number >= 0 else rounded(-number, 2) + "-",
    "rupiah": lambda number: ("-" if number < 0 else "") + "Rp" + grouped(abs(number)),
}


def grouped(number: Fraction) -> str:
    """1.250.000,50"""
    whole, _, cents = rounded(number, 2).partition(",")
    return f"{int(whole):,}".replace(",", ".") + "," + cents


PARTS = {"semicolons": ";", "tabs": "\t", "bars": " | "}
SCORES = st.lists(st.tuples(*[st.integers(11, 99)] * 3), min_size=9, max_size=12)


def table(
    way: Way, scores: Sequence[Row], results: Sequence[Fraction], style: Callable[[Fraction], str]
) -> Table:
    head = ["Nama", *way.heads, way.result]
    rows = zip(scores, results, strict=True)
    return [head, *([f"P{at}", *map(str, row), style(number)] for at, (row, number) in enumerate(rows))]


def text(rows: Table, part: str) -> str:
    return "\n".join(part.join(row) for row in rows)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", WAYS)
@given(SCORES, st.sampled_from(sorted(PARTS)), st.data())
@settings(max_examples=2)
def test_exactly_what_was_falsified_is_told(
    name: str, style: str, scores: list[Row], part: str, data: st.DataObject
):
    """Up to a third of the rows; what falsifies is too large for any way."""
    way = WAYS[name]
    right = [way.make(scores, at) for at in range(len(scores))]
    spoilt = data.draw(st.sets(st.integers(0, len(scores) - 1), max_size=3))
    written = [number + 5_000_000 + 7 * at if at in spoilt else number for at, number in enumerate(right)]
    found = checked(text(table(way, scores, written, STYLES[style]), PARTS[part]))
    assert {(each.kind, each.row, each.expected) for each in found.findings} == {
        ("total", f"P{at}", right[at]) for at in spoilt
    }


UPRIGHT = [[f"K{n}", str(weight)] for n, weight in enumerate((50, 30, 20), 1)]


@given(SCORES, st.data())
@settings(max_examples=30)
def test_of_a_table_on_its_side_too(scores: list[Row], data: st.DataObject):
    """Criteria in rows, with their weights in a column; totals and ranks below."""
    spoilt = data.draw(st.sets(st.integers(0, len(scores) - 1), max_size=3))
    right = [sum(w * Fraction(s, 100) for w, s in zip((50, 30, 20), row, strict=True)) for row in scores]
    written = [number + 5000 + at if at in spoilt else number for at, number in enumerate(right)]
    head = ["Kriteria", "Bobot", *(f"P{at}" for at in range(len(scores)))]
    body = [[*UPRIGHT[n], *(str(row[n]) for row in scores)] for n in range(3)]
    below = ["Total", "100", *(rounded(number, 2) for number in written)]
    found = checked(text([head, *body, below], ";"))
    assert {(each.kind, each.row, each.expected) for each in found.findings} == {
        ("total", f"P{at}", right[at]) for at in spoilt
    }


@given(st.permutations(range(1, 8)), st.sampled_from(["U", "Bobot"]), st.data())
def test_ranks_of_a_table_on_its_side(order: list[int], kind: str, data: st.DataObject):
    """Two ranks of seven are swapped; without a column of weights the row of ranks tells how it lies."""
    one, other = data.draw(st.lists(st.integers(0, 6), min_size=2, max_size=2, unique=True))
    ranks = [8 - each for each in order]
    ranks[one], ranks[other] = ranks[other], ranks[one]
    weights = {"U": [[], [], []], "Bobot": [["50"], ["50"], [""]]}[kind]
    heads = {"U": [], "Bobot": ["Bobot"]}[kind]
    numbers = list(map(str, order))
    rows = [["Kriteria", *heads, *(f"P{at}" for at in range(7))]]
    rows += [[f"K{n}", *weights[n], *numbers] for n in range(2)]
    rows += [["Jumlah", *weights[2], *(str(each * (2 if kind == "U" else 1)) for each in order)]]
    rows += [["Peringkat", *weights[2], *map(str, ranks)]]
    found = checked(text(rows, ";"))
    assert {(each.kind, each.row) for each in found.findings} == {("rank", f"P{one}"), ("rank", f"P{other}")}


@pytest.mark.parametrize("name", WAYS)
@given(SCORES, st.lists(st.integers(500_000, 900_000), min_size=12, max_size=12))
@settings(max_examples=3)
def test_numbers_made_in_no_known_way_are_never_accused(name: str, scores: list[Row], numbers: list[int]):
    way = WAYS[name]
    written = [Fraction(each) for each in numbers[: len(scores)]]
    found = checked(text(table(way, scores, written, STYLES["comma"]), ";"))
    assert found.findings == ()
    assert not found.way.following


ASCENDING = st.permutations(range(1, 10))


@pytest.mark.parametrize("gaps", [False, True])
@given(ASCENDING, st.sets(st.integers(0, 8), max_size=3))
def test_ranks_that_begin_with_the_lowest(gaps, order: list[int], spoilt: set[int]):
    """One finding tells of the order, others of the ranks that are wrong in it; equal totals with gaps or without."""
    totals = [min(each, 7) if gaps else each for each in order]
    right = [1 + sum(other < one for other in totals) for one in totals]
    rows = [[f"P{at}", str(total), str(99 if at in spoilt else right[at])] for at, total in enumerate(totals)]
    found = checked(text([["Nama", "Total", "Ranking"], *rows], ";"))
    assert {
        (each.kind, each.row, each.expected) for each in found.findings if each.kind != "tie_as_written"
    } == {("reversed", "", None)} | {("rank", f"P{at}", Fraction(right[at])) for at in spoilt}
