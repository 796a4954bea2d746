from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language import indonesian
from domain.dialog import reading
from domain.faults import Rejected

TODAY = date(2026, 11, 23)


def fault_of(read, *given_: object):
    with pytest.raises(Rejected) as rejected:
        read(*given_)
    return rejected.value.fault.code


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.250,5", "1250.5"),
        ("1250,5", "1250.5"),
        ("1250.5", "1250.5"),
        ("1.250", "1250"),
        ("1 250", "1250"),
        ("1\N{NO-BREAK SPACE}250", "1250"),
        ("12.345.678", "12345678"),
        ("0.12", "0.12"),
        ("0", "0"),
        ("-0", "0"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}3,50", "-3.5"),
        ("+7", "7"),
        ("007", "7"),
        ("100", "100"),
    ],
)
def test_numbers_as_indonesians_write_them(typed, number):
    assert reading.canonical(reading.read_number(typed)) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "lima",
        "1,250,000",
        "1..2",
        "1,2,3",
        ".5",
        "5,",
        "--1",
        "1e5",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "9" * 25,
    ],
)
def test_what_is_no_number(typed):
    assert fault_of(reading.read_number, typed) == "not_a_number"


@pytest.mark.parametrize("typed", ["0.125", "1,250", "1,255"])
def test_three_decimals_are_asked_again_because_they_could_mean_thousands(typed):
    assert fault_of(reading.read_number, typed) == "too_many_decimals"


def test_number_limits_are_inclusive():
    lowest, highest = Decimal(1), Decimal(5)
    assert reading.read_number("1", 0, lowest, highest) == 1
    assert reading.read_number("5", 0, lowest, highest) == 5
    assert fault_of(reading.read_number, "0", 0, lowest, highest) == "number_out_of_range"
    assert fault_of(reading.read_number, "6", 0, lowest, highest) == "number_out_of_range"
    assert fault_of(reading.read_number, "1,5", 0, lowest, highest) == "too_many_decimals"


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_we_show_is_read_back(number):
    shown = indonesian.number(number)
    assert reading.read_number(shown) == number
    canonical = reading.canonical(number)
    assert Decimal(canonical) == number
    assert reading.canonical(reading.read_number(canonical)) == canonical


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("Rp1.250.000", 1_250_000),
        ("Rp 1.250.000,-", 1_250_000),
        ("Rp. 1.250.000,00", 1_250_000),
        ("rp 500rb", 500_000),
        ("1250000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1,5 juta", 1_500_000),
        ("1.5jt", 1_500_000),
        ("1.250 juta", 1_250_000_000),
        ("2 miliar", 2_000_000_000),
        ("3 M", 3_000_000_000),
        ("500 ribu rupiah", 500_000),
        ("5000 rupiah", 5_000),
        ("0", 0),
    ],
)
def test_money_as_indonesians_write_it(typed, rupiah):
    assert reading.read_money(typed, 10**15) == rupiah


@pytest.mark.parametrize(
    "typed", ["", "rupiah", "lima juta", "-5", "1,5", "0,0000001 juta", "5 dolar", "Rp", "1,,5 juta", "juta"]
)
def test_what_is_no_money(typed):
    assert fault_of(reading.read_money, typed, 10**15) == "not_money"


def test_too_much_money_is_told_apart():
    assert fault_of(reading.read_money, "2 juta", 1_000_000) == "money_out_of_range"


@given(st.integers(0, 10**15))
def test_money_we_show_is_read_back(rupiah):
    assert reading.read_money(indonesian.money(rupiah), 10**15) == rupiah


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23/11/2026", date(2026, 11, 23)),
        ("23-11-26", date(2026, 11, 23)),
        ("23.11.2026", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("1 Mei 2027", date(2027, 5, 1)),
        ("17 agustus 2027", date(2027, 8, 17)),
        ("17 Agt 2027", date(2027, 8, 17)),
        ("5 Nopember 2026", date(2026, 11, 5)),
        ("Senin, 23 November 2026", date(2026, 11, 23)),
        ("  30   nov  ", date(2026, 11, 30)),
        ("30/11", date(2026, 11, 30)),
        ("hari ini", TODAY),
        ("Besok", date(2026, 11, 24)),
        ("lusa", date(2026, 11, 25)),
        ("29 Februari 2028", date(2028, 2, 29)),
    ],
)
def test_days_as_indonesians_write_them(typed, day):
    assert reading.read_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kemarin",
        "31/2/2026",
        "29/2/2027",
        "23/13/2026",
        "0/1/2026",
        "23",
        "1/2/3/4",
        "1_0/11/2026",
        "+5/11/2026",
        "5 ju 2026",
        "5 m 2026",
        "23/11/026",
        "November 2026",
        "Senin",
        "-",
        "٢٣/²/2026",
        "9999999999999/1/2026",
    ],
)
def test_what_is_no_day(typed):
    assert fault_of(reading.read_date, typed, TODAY) == "not_a_date"


def test_a_day_without_a_year_is_the_next_one_where_the_past_is_closed():
    assert reading.read_date("5 Januari", TODAY) == date(2026, 1, 5)
    assert reading.read_date("5 Januari", TODAY, earliest=TODAY) == date(2027, 1, 5)


def test_day_limits_are_inclusive():
    assert reading.read_date("hari ini", TODAY, TODAY, TODAY) == TODAY
    assert fault_of(reading.read_date, "22/11/2026", TODAY, TODAY, None) == "date_out_of_range"
    assert fault_of(reading.read_date, "besok", TODAY, None, TODAY) == "date_out_of_range"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_we_show_is_read_back(day):
    for shown in (indonesian.long_date(day), indonesian.short_date(day), day.isoformat()):
        assert reading.read_date(shown, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("09.30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9", time(9)),
        ("13.00 WIB", time(13)),
        ("pukul 8.05", time(8, 5)),
        ("Jam 10", time(10)),
        ("00:00", time(0)),
        ("23.59", time(23, 59)),
    ],
)
def test_times_of_day(typed, moment):
    assert reading.read_time(typed) == moment


@pytest.mark.parametrize("typed", ["", "24.00", "9.60", "9.3", "pagi", "9.30.00", "-9", "0930"])
def test_what_is_no_time(typed):
    assert fault_of(reading.read_time, typed) == "not_a_time"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  air  keruh ", "air keruh"),
        ("air\tkeruh", "air keruh"),
        ("air\x00\x07 keruh", "air keruh"),
        ("\x00 air", "air"),
        ("baris satu\r\nbaris dua", "baris satu\nbaris dua"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("kanan\N{RIGHT-TO-LEFT OVERRIDE}kiri", "kanankiri"),
        ("\ufeffawal", "awal"),
        ("keluarga 👨‍👩‍👧", "keluarga 👨‍👩‍👧"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("=1+1", "=1+1"),
        ("lepas\ud800", "lepas"),
    ],
)
def test_text_is_tidied_and_nothing_else(typed, kept):
    assert reading.read_text(typed, 1, 100) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\n\n", "\x00", "\u200b\u200d", "\N{RIGHT-TO-LEFT OVERRIDE}"])
def test_nothing_to_see_is_no_text(typed):
    assert fault_of(reading.read_text, typed, 1, 100) == "text_too_short"


def test_text_limits_count_characters_after_tidying():
    assert reading.read_text("  ab  ", 2, 2) == "ab"
    assert fault_of(reading.read_text, "abc", 1, 2) == "text_too_long"
    assert fault_of(reading.read_text, " a ", 2, 9) == "text_too_short"


@given(st.text())
def test_reading_text_again_changes_nothing(text):
    try:
        once = reading.read_text(text, 1, 10_000)
    except Rejected:
        return
    assert reading.read_text(once, 1, 10_000) == once
    assert once.encode() == once.strip().encode()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_rejected(text):
    for read in (
        lambda: reading.read_number(text),
        lambda: reading.read_money(text, 10**15),
        lambda: reading.read_date(text, TODAY),
        lambda: reading.read_time(text),
    ):
        try:
            read()
        except Rejected as rejected:
            assert rejected.fault.code.startswith(("not_", "too_", "money_"))  # noqa: PT017 - any value is fine too
