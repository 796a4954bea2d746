"""Numbers and dates in words, as official records have them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.in_words import MOST, UNITS, date_in_words, in_words

KNOWN = {
    0: "nol",
    1: "satu",
    9: "sembilan",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    99: "sembilan puluh sembilan",
    100: "seratus",
    101: "seratus satu",
    110: "seratus sepuluh",
    111: "seratus sebelas",
    200: "dua ratus",
    999: "sembilan ratus sembilan puluh sembilan",
    1000: "seribu",
    1001: "seribu satu",
    1100: "seribu seratus",
    2026: "dua ribu dua puluh enam",
    10_000: "sepuluh ribu",
    11_000: "sebelas ribu",
    100_000: "seratus ribu",
    1_000_000: "satu juta",
    1_001_000: "satu juta seribu",
    1_250_000: "satu juta dua ratus lima puluh ribu",
    1_000_000_000: "satu miliar",
    10**12: "satu triliun",
}
WORTH = {"puluh": 10, "ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


@pytest.mark.parametrize("number", KNOWN)
def test_numbers_as_they_are_said(number: int) -> None:
    assert in_words(number) == KNOWN[number]


def _read(words: str) -> int:
    """Reads number words back, as somebody would who hears them."""
    total = group = unit = 0
    for word in (
        words.replace("sepuluh", "satu puluh")
        .replace("seratus", "satu ratus")
        .replace("seribu", "satu ribu")
        .split()
    ):
        if word in UNITS:
            unit = UNITS.index(word)
        elif word == "belas":
            unit += 10
        elif WORTH[word] < 1000:
            group, unit = group + unit * WORTH[word], 0
        else:
            total, group, unit = total + (group + unit) * WORTH[word], 0, 0
    return total + group + unit


@given(st.integers(0, MOST - 1) | st.integers(0, 3000))
def test_every_number_can_be_read_back(number: int) -> None:
    assert _read(in_words(number)) == number


@given(st.integers(max_value=-1) | st.integers(min_value=MOST))
def test_others_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not written in words"):
        in_words(number)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam"),
        (date(2000, 1, 1), "Sabtu tanggal satu bulan Januari tahun dua ribu"),
        (date(2024, 2, 29), "Kamis tanggal dua puluh sembilan bulan Februari tahun dua ribu dua puluh empat"),
        (date(2011, 8, 11), "Kamis tanggal sebelas bulan Agustus tahun dua ribu sebelas"),
    ],
)
def test_days_as_records_open(day: date, words: str) -> None:
    assert date_in_words(day) == words
