from datetime import date

import pytest

from store import holidays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 17), "Hari Kemerdekaan Republik Indonesia"),
        (date(2026, 3, 18), "Cuti Bersama Hari Suci Nyepi"),
        (date(2026, 3, 23), "Cuti Bersama Hari Raya Idul Fitri"),
        (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal"),
        (date(2025, 1, 29), "Tahun Baru Imlek"),
        (date(2024, 11, 27), "Hari Pemilihan Kepala Daerah"),
    ],
)
def test_national_holidays_and_cuti_bersama_in_indonesian(day, name):
    assert holidays.of_year(day.year)[day] == name


def test_a_year_not_decreed_yet_is_estimated():
    names = holidays.of_year(2030).values()
    assert "Hari Raya Idul Fitri (perkiraan)" in names
    assert "Hari Kemerdekaan Republik Indonesia" in names


@pytest.mark.parametrize("year", [-5, 0, 1, 1800, 1944, 2101, 2500, 9999, 10_000, 123_456])
def test_a_far_year_has_none_and_does_not_raise(year):
    assert dict(holidays.of_year(year)) == {}


def test_several_years_in_order_each_once():
    found = list(holidays.of_years([2027, 2026, 2027]))
    assert found == sorted(found)
    assert {day.year for day in found} == {2026, 2027}
    assert set(found) == set(holidays.of_year(2026)) | set(holidays.of_year(2027))


def test_nobody_can_change_what_is_kept():
    with pytest.raises(TypeError):
        holidays.of_year(2026)[date(2026, 1, 2)] = "Libur"


def test_working_days_know_the_years_around():
    days = holidays.working_days(date(2026, 12, 1), date(2026, 12, 31))
    assert days.plus(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert days.previous(date(2026, 1, 1)) == date(2025, 12, 31)
    assert days.previous(date(2025, 12, 28)) == date(2025, 12, 24)
    assert days.plus(date(2026, 3, 17), 1) == date(2026, 3, 25)
