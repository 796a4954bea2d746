"""How letters are numbered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import letter_numbers
from domain.faults import Rejected

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("pattern", "sequence", "day", "written"),
    [
        (letter_numbers.USUAL, 5, DAY, "005/POKJA/XI/2026"),
        (letter_numbers.USUAL, 1234, date(2027, 1, 2), "1234/POKJA/I/2027"),
        ("{tahun}-{nomor}", 7, DAY, "2026-007"),
        ("{nomor}/{nomor}/{tahun}", 1, DAY, "001/001/2026"),
        ("<b>{nomor}</b> & %s {tahun}", 1, DAY, "<b>001</b> & %s 2026"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, sequence: int, day: date, written: str) -> None:
    assert letter_numbers.written(letter_numbers.read(pattern), sequence, day) == written


@pytest.mark.parametrize(
    ("month", "roman"), [(1, "I"), (4, "IV"), (6, "VI"), (9, "IX"), (10, "X"), (12, "XII")]
)
def test_months_are_roman(month: int, roman: str) -> None:
    assert letter_numbers.written("{bulan}", 1, date(2026, month, 1)) == roman


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "POKJA/2026",
        "{nomor}/POKJA",  # numbers begin again each year
        "{tahun}/POKJA",
        "{nomer}/{tahun}/{nomor}",
        "{nomor}/{tahun}/{0.__class__}",
        "{{nomor}}/{tahun}",
        "{nomor}/{tahun}" + "x" * 60,
    ],
)
def test_what_is_no_pattern_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Rejected) as refusal:
        letter_numbers.read(typed)
    assert refusal.value.fault.code == "not_a_numbering"
    assert refusal.value.fault.details == {"example": letter_numbers.USUAL}


@given(st.text(alphabet="{}nomortahunbulan/ ", max_size=70), st.integers(1, 9999), st.integers(1, 9999))
def test_two_numbers_of_a_year_are_never_written_alike(typed: str, one: int, other: int) -> None:
    try:
        pattern = letter_numbers.read(typed)
    except Rejected:
        return
    same = letter_numbers.written(pattern, one, DAY) == letter_numbers.written(pattern, other, DAY)
    assert same == (one == other)
