"""Conditions over fields: each operator on text, numbers, yes/no and nothing."""

import pytest

from domain.process.conditions import Condition, all_hold

FIELDS = {
    "jenis": "Infrastruktur",
    "biaya": 1_250_000,
    "persen": "82.5",
    "total": "7/3",
    "smart": True,
    "kosong": None,
    "spasi": "  ",
}


@pytest.mark.parametrize(
    ("field", "operator", "value", "holds"),
    [
        ("jenis", "is", "infrastruktur", True),
        ("jenis", "is", "infra", False),
        ("jenis", "is_not", "lain", True),
        ("tidak-ada", "is_not", "lain", True),
        ("tidak-ada", "is", "lain", False),
        ("smart", "is", "ya", True),
        ("smart", "is", "tidak", False),
        ("kosong", "empty", "", True),
        ("spasi", "empty", "", True),
        ("smart", "empty", "", False),
        ("biaya", "filled", "", True),
        ("tidak-ada", "filled", "", False),
        ("persen", "below", "82.6", True),
        ("persen", "below", "82.5", False),
        ("persen", "at_most", "82.50", True),
        ("persen", "above", "82.5", False),
        ("biaya", "at_least", "1250000", True),
        ("total", "above", "2.33", True),
        ("total", "above", "2.34", False),
        ("jenis", "above", "0", False),
        ("kosong", "below", "10", False),
    ],
)
def test_a_condition_holds_or_not(field, operator, value, holds):
    assert Condition(field, operator, value).holds(FIELDS) is holds


def test_all_must_hold():
    met, unmet = Condition("smart", "is", "ya"), Condition("jenis", "is", "lain")
    assert all_hold((), FIELDS)
    assert all_hold((met,), FIELDS)
    assert not all_hold((met, unmet), FIELDS)
