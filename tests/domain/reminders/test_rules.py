import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.reminders.rules import DEFAULT, Rules, read_rules, rules_data

counts = st.sets(st.integers(0, 60), max_size=6).map(lambda found: tuple(sorted(found, reverse=True)))
rules = st.builds(
    Rules,
    follow_up_days=counts,
    meeting_days=counts,
    activity_days=counts,
    meeting_minutes=st.integers(0, 600),
    overdue_daily=st.integers(0, 60),
    overdue_every=st.integers(1, 60),
    ketua_after=st.integers(1, 60),
    agenda_after=st.integers(0, 60),
    report_weekday=st.integers(0, 4),
    snooze_most=st.integers(1, 10),
    opens=st.times(time(0), time(11, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    closes=st.times(time(12), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
)


def test_what_a_pokja_has_not_set_is_as_agreed():
    assert read_rules({}) == DEFAULT
    assert DEFAULT.follow_up_days == (7, 3, 1, 0)
    assert DEFAULT.meeting_days == (3, 1)
    assert (DEFAULT.meeting_minutes, DEFAULT.ketua_after, DEFAULT.agenda_after) == (60, 1, 3)
    assert (DEFAULT.opens, DEFAULT.closes) == (time(8), time(17))


@given(rules)
def test_rules_are_kept_as_json_and_read_back(given_rules):
    assert read_rules(json.loads(json.dumps(rules_data(given_rules)))) == given_rules


def test_days_are_put_in_order_and_named_once():
    assert read_rules({"follow_up_days": [0, 5, 1, 5]}).follow_up_days == (5, 1, 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"follow_up": [1]}, "rule_unknown"),
        ({"follow_up_days": 3}, "rule_days"),
        ({"follow_up_days": [1, -1]}, "rule_days"),
        ({"follow_up_days": [True]}, "rule_days"),
        ({"meeting_days": [1, 2, 3, 4, 5, 6, 7]}, "rule_days"),
        ({"activity_days": ["1"]}, "rule_days"),
        ({"meeting_minutes": 601}, "rule_range"),
        ({"overdue_every": 0}, "rule_range"),
        ({"ketua_after": True}, "rule_range"),
        ({"report_weekday": 5}, "rule_range"),
        ({"opens": "delapan"}, "rule_time"),
        ({"opens": 8}, "rule_time"),
        ({"closes": "17:00:30"}, "rule_time"),
        ({"closes": "17:00+07:00"}, "rule_time"),
        ({"opens": "17:00"}, "rule_hours"),
    ],
)
def test_what_makes_no_rule_is_told(data, code):
    with pytest.raises(Rejected) as caught:
        read_rules(data)
    assert caught.value.fault.code == code
