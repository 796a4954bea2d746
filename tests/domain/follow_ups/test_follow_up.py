from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.follow_ups.board import (
    LATE,
    LATER,
    SOON,
    Week,
    board,
    by_age,
    by_owner,
    by_state,
    by_topic,
    days_late,
    subject,
    week,
)
from domain.follow_ups.follow_up import (
    ACCEPT,
    ASK,
    BLOCK,
    BLOCKED,
    CANCEL,
    CANCELLED,
    DONE,
    FINISH,
    GIVE,
    HAND_OVER,
    LIVE,
    OPEN,
    OVER,
    REFUSE,
    REOPEN,
    RESUME,
    RULES,
    Event,
    apply,
    check,
    fold,
    give,
    open_to,
)
from domain.reminders.due import due
from domain.reminders.state import Recipient
from domain.roles import ANGGOTA, FASILITATOR, KETUA, ROLES, SEKRETARIS, TAMU
from tests.support.reminders_world import world

T0 = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
DUE = date(2026, 11, 27)
TODAY = date(2026, 11, 20)
LEAD, SECOND, OTHER, CHAIR = 5, 6, 7, 1
GIVEN = Event(GIVE, CHAIR, T0, due=DUE, owners=(LEAD, SECOND))


def later(hours):
    return T0 + timedelta(hours=hours)


def event(kind, by=LEAD, hours=1, **details: object):
    return Event(kind, by, later(hours), **details)


def after(*events: Event):
    return fold(17, (GIVEN, *events))


ASKED = event(ASK, reason="Menunggu data", due=date(2026, 12, 4))


def refused(follow_up, given_event, role, today=TODAY):
    with pytest.raises(Rejected) as caught:
        check(follow_up, given_event, role, today)
    return caught.value.fault


def test_given_to_several_of_whom_the_first_leads():
    follow_up = after()
    assert follow_up.state == OPEN
    assert [owner.who for owner in follow_up.owners] == [LEAD, SECOND]
    assert (follow_up.due, follow_up.first_due, follow_up.history) == (DUE, DUE, (GIVEN,))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"owners": ()}, "owners_missing"),
        ({"due": date(2026, 11, 19)}, "due_past"),
        ({"due": None}, "due_past"),
    ],
)
def test_what_cannot_be_given(changed, code):
    give(GIVEN, TODAY)
    with pytest.raises(Rejected) as caught:
        give(replace(GIVEN, **changed), TODAY)
    assert caught.value.fault.code == code


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([event(FINISH, evidence=("foto-1",))], DONE),
        ([event(BLOCK, reason="Belum ada anggaran")], BLOCKED),
        ([event(BLOCK, reason="x"), event(RESUME)], OPEN),
        ([event(BLOCK, reason="x"), event(FINISH)], DONE),
        ([event(FINISH), event(REOPEN, CHAIR, reason="Belum lengkap")], OPEN),
        ([event(CANCEL, CHAIR, reason="Tidak perlu lagi")], CANCELLED),
        ([event(CANCEL, CHAIR, reason="x"), event(REOPEN, CHAIR, reason="x")], OPEN),
    ],
)
def test_states(events, state):
    follow_up = after(*events)
    assert follow_up.state == state
    assert follow_up.history == (GIVEN, *events)


def test_more_time_is_asked_for_and_granted():
    asked = after(ASKED)
    assert (asked.due, asked.wish) == (DUE, ASKED)
    granted = apply(asked, event(ACCEPT, CHAIR, hours=9))
    assert (granted.due, granted.first_due, granted.wish) == (date(2026, 12, 4), DUE, None)
    assert {owner.since for owner in granted.owners} == {later(9)}


def test_the_ketua_may_grant_another_day():
    granted = apply(after(ASKED), event(ACCEPT, CHAIR, due=date(2026, 12, 1)))
    assert granted.due == date(2026, 12, 1)


def test_more_time_is_refused():
    kept = apply(after(ASKED), event(REFUSE, CHAIR, reason="Lokakarya sudah dekat"))
    assert (kept.due, kept.wish, kept.state) == (DUE, None, OPEN)
    assert kept.owners == after().owners
    check(kept, ASKED, ANGGOTA, TODAY)  # may ask again


def test_what_is_done_waits_for_no_extension():
    assert after(ASKED, event(FINISH)).wish is None


def test_handed_over_who_stays_knows_it_as_before():
    handed = after(event(HAND_OVER, reason="Pindah tugas", owners=(OTHER, SECOND, OTHER), hours=5))
    assert [(owner.who, owner.since) for owner in handed.owners] == [(OTHER, later(5)), (SECOND, T0)]


@pytest.mark.parametrize(
    ("events", "tried", "role", "code"),
    [
        ([], event(FINISH, OTHER), ANGGOTA, "not_allowed"),
        ([], event(FINISH, OTHER), FASILITATOR, "not_allowed"),
        ([], event(FINISH, OTHER), TAMU, "not_allowed"),
        ([event(FINISH)], event(FINISH), ANGGOTA, "follow_up_over"),
        ([event(CANCEL, CHAIR)], event(BLOCK, reason="x"), ANGGOTA, "follow_up_over"),
        ([event(BLOCK, reason="x")], event(BLOCK, reason="x"), ANGGOTA, "follow_up_state"),
        ([], event(RESUME), ANGGOTA, "follow_up_state"),
        ([], event(REOPEN, CHAIR, reason="x"), KETUA, "follow_up_state"),
        ([event(FINISH)], event(REOPEN, reason="x"), ANGGOTA, "not_allowed"),
        ([], event(BLOCK), ANGGOTA, "reason_missing"),
        ([], event(BLOCK, reason="  "), ANGGOTA, "reason_missing"),
        ([], event(ASK, CHAIR, reason="x", due=date(2026, 12, 4)), KETUA, "not_allowed"),
        ([], replace(ASKED, reason=""), ANGGOTA, "reason_missing"),
        ([], replace(ASKED, due=DUE), ANGGOTA, "extension_not_later"),
        ([], replace(ASKED, due=None), ANGGOTA, "extension_not_later"),
        ([ASKED], ASKED, ANGGOTA, "extension_pending"),
        ([], event(ACCEPT, CHAIR), KETUA, "no_extension"),
        ([], event(REFUSE, CHAIR, reason="x"), KETUA, "no_extension"),
        ([ASKED], event(ACCEPT), ANGGOTA, "not_allowed"),
        ([ASKED], event(ACCEPT, 2), SEKRETARIS, "not_allowed"),
        ([ASKED], event(REFUSE, CHAIR), KETUA, "reason_missing"),
        ([ASKED], event(ACCEPT, CHAIR, due=DUE), KETUA, "extension_not_later"),
        ([], event(HAND_OVER, reason="x"), ANGGOTA, "owners_missing"),
        ([], event(HAND_OVER, reason="x", owners=(LEAD, SECOND)), ANGGOTA, "owners_same"),
        ([], event(CANCEL, reason="x"), ANGGOTA, "not_allowed"),
    ],
)
def test_what_cannot_be_done(events, tried, role, code):
    assert refused(after(*events), tried, role).code == code


def test_an_extension_is_never_into_the_past():
    overdue = date(2026, 12, 10)
    wish = replace(ASKED, due=date(2026, 12, 9))
    assert refused(after(), wish, ANGGOTA, overdue).details == {"earliest": overdue}
    assert refused(after(ASKED), event(ACCEPT, CHAIR), KETUA, overdue).code == "extension_not_later"
    check(after(ASKED), event(ACCEPT, CHAIR, due=overdue), KETUA, overdue)


def code_of(follow_up, tried, role, today):
    try:
        check(follow_up, tried, role, today)
    except Rejected as rejected:
        return rejected.fault.code
    return ""


actors = st.tuples(st.sampled_from([LEAD, SECOND, OTHER, CHAIR]), st.sampled_from(ROLES))


@given(st.lists(st.tuples(st.sampled_from(sorted(RULES)), actors, st.integers(0, 3)), max_size=25))
def test_any_course_keeps_its_promises(tries):
    """Whatever people try: refused or taken, the fold of the history is what stands, and buttons tell the truth."""
    follow_up, today = after(), TODAY
    for number, (kind, (who, role), shift) in enumerate(tries):
        today += timedelta(shift)
        offered = kind in open_to(follow_up, who, role)
        wanted = follow_up.due + timedelta(30) if kind == ASK else None
        granted = max(follow_up.due, today) + timedelta(1) if kind == ACCEPT else None
        owners = (OTHER, LEAD) if kind == HAND_OVER else ()
        tried = event(kind, who, number + 2, reason="Alasan", due=wanted or granted, owners=owners)
        code = code_of(follow_up, tried, role, today)
        assert offered == (code in {"", "owners_same", "extension_not_later"})
        if code:
            continue
        follow_up = apply(follow_up, tried)
        assert fold(17, follow_up.history) == follow_up
        assert follow_up.owners
        assert follow_up.due >= follow_up.first_due
        assert follow_up.wish is None or follow_up.state in LIVE
        assert (subject(follow_up).recipients == ()) == (follow_up.state in OVER)


def test_a_history_begins_with_its_being_given():
    with pytest.raises(ValueError, match="given"):
        fold(17, (event(FINISH),))


# Reminders of what has a timeline.


@pytest.mark.parametrize("events", [[event(FINISH)], [event(CANCEL, CHAIR)], [ASKED, event(FINISH)]])
def test_what_is_over_never_reminds(events):
    kept = subject(after(*events))
    assert kept.recipients == ()
    state = world(kept, ketua=(CHAIR,))
    assert all(due(state, datetime(2026, 11, day, 2, tzinfo=UTC)) == () for day in range(3, 31))


def test_all_owners_are_reminded_of_the_day_it_is_due_now():
    granted = subject(after(ASKED, event(ACCEPT, CHAIR, hours=9)))
    assert granted.day == date(2026, 12, 4)
    assert granted.recipients == (Recipient(LEAD, later(9)), Recipient(SECOND, later(9)))


# Seen together.


def one(number, due_on, *events: Event, owners=(LEAD,)):
    return fold(number, (replace(GIVEN, due=due_on, owners=owners), *events))


def test_days_late():
    assert days_late(after(), DUE) == 0
    assert days_late(after(), date(2026, 12, 2)) == 5
    assert days_late(after(event(FINISH)), date(2026, 12, 2)) == 0


def test_the_week_in_numbers():
    today = date(2026, 11, 20)
    zone = ZoneInfo("Asia/Jayapura")
    just_in = event(FINISH, hours=(13 - 2) * 24 + 12)  # 13 Nov 15.00 UTC is the 14th in Jayapura
    just_out = event(FINISH, hours=(13 - 2) * 24 + 11)  # 13 Nov 14.00 UTC is 23.00 of the 13th
    kept = [
        one(1, today, just_in),
        one(2, today, just_out),
        one(3, today),
        one(4, date(2026, 11, 26)),
        one(5, date(2026, 11, 27)),
        one(6, date(2026, 11, 19)),
        one(7, date(2026, 11, 19), event(CANCEL, CHAIR)),
    ]
    assert week(kept, today, zone) == Week(done=1, due=2, late=1, share=Fraction(1, 3))
    assert week([], today, zone) == Week(0, 0, 0, None)


def test_the_board_by_state_person_topic_and_age():
    today = date(2026, 11, 20)
    late, soon, far = one(1, date(2026, 11, 19)), one(2, date(2026, 11, 26)), one(3, date(2026, 11, 27))
    both = one(4, date(2026, 11, 18), event(BLOCK, reason="x"), owners=(LEAD, SECOND))
    done = one(5, today, event(FINISH))
    everything = [far, done, late, both, soon]

    def numbers(groups):
        return [(group.key, [each.id for each in group.follow_ups]) for group in groups]

    states = board(everything, by_state, (BLOCKED, OPEN, DONE))
    assert numbers(states) == [(BLOCKED, [4]), (OPEN, [1, 2, 3]), (DONE, [5])]
    names = board(everything, by_owner({LEAD: "Siti", SECOND: "Budi"}))
    assert numbers(names) == [("Budi", [4]), ("Siti", [4, 1, 5, 2, 3])]
    topics = board([late, far], by_topic({1: "2.1", 3: "1.1"}))
    assert numbers(topics) == [("1.1", [3]), ("2.1", [1])]
    ages = board(everything, by_age(today), (LATE, SOON, LATER))
    assert numbers(ages) == [(LATE, [4, 1]), (SOON, [2]), (LATER, [3])]
