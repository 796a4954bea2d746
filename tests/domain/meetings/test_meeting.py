from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.meetings.agenda import ORDINARY, AgendaItem
from domain.meetings.attendance import (
    DEPUTY,
    NO,
    YES,
    CheckIn,
    Present,
    Replies,
    Reply,
    attendance,
    check_in,
    check_reply,
    counted,
    subject,
)
from domain.meetings.meeting import (
    ANNOUNCE,
    ANNOUNCED,
    CANCEL,
    CANCELLED,
    CIRCULATE,
    CORRECTING,
    FINAL,
    FINALISE,
    IN_SESSION,
    MOVED,
    OPEN,
    PLANNED,
    REVISE,
    Change,
    Meeting,
    Plan,
    announce,
    calendar_marks,
    cancel,
    changes,
    check,
    open_to,
    proceed,
    revise,
)
from domain.meetings.minutes import (
    DECISION,
    GENERAL,
    NOTE,
    Correction,
    Entry,
    by_point,
    check_correction,
    check_final,
    check_writing,
)
from domain.reminders.due import due
from domain.roles import ANGGOTA, FASILITATOR, KETUA, SEKRETARIS, TAMU
from tests.support.reminders_world import by_itself, lines, people_of, world

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=WITA)
STARTS = datetime(2026, 11, 25, 9, 0, tzinfo=WITA)
AGENDA = (AgendaItem(1, ORDINARY, "Menetapkan isu utama", 90),)
PLAN = Plan("Isu utama", STARTS, 90, "Aula Bappeda", "", AGENDA)
DRAFT = Meeting(4, PLANNED, PLAN)
TOLD = announce(DRAFT, KETUA, NOW)


def code_of(function, *given_: object):
    with pytest.raises(Rejected) as caught:
        function(*given_)
    return caught.value.fault.code


# States.


def test_from_plan_to_final_minutes():
    held = proceed(TOLD, OPEN, FASILITATOR)
    correcting = proceed(held, CIRCULATE, SEKRETARIS)
    final = proceed(correcting, FINALISE, KETUA)
    assert [each.state for each in (TOLD, held, correcting, final)] == [
        ANNOUNCED,
        IN_SESSION,
        CORRECTING,
        FINAL,
    ]


ACTIONS = (ANNOUNCE, REVISE, CANCEL, OPEN, CIRCULATE, FINALISE)


@pytest.mark.parametrize(
    ("state", "role", "offered"),
    [
        (PLANNED, KETUA, (ANNOUNCE, REVISE, CANCEL)),
        (PLANNED, FASILITATOR, ()),
        (ANNOUNCED, SEKRETARIS, (REVISE, CANCEL, OPEN)),
        (MOVED, FASILITATOR, (OPEN,)),
        (IN_SESSION, SEKRETARIS, (CIRCULATE,)),
        (CORRECTING, KETUA, (FINALISE,)),
        (CORRECTING, SEKRETARIS, ()),
        (CANCELLED, KETUA, ()),
        (FINAL, KETUA, ()),
        (ANNOUNCED, ANGGOTA, ()),
        (ANNOUNCED, TAMU, ()),
    ],
)
def test_who_may_do_what_when(state, role, offered):
    meeting = replace(DRAFT, state=state)
    assert open_to(meeting, role) == offered
    for action in ACTIONS:
        if action in offered:
            check(meeting, action, role)
        else:
            assert code_of(check, meeting, action, role) in {"not_allowed", "meeting_state"}


def test_a_meeting_that_has_begun_cannot_be_announced_or_moved_there():
    assert code_of(announce, DRAFT, KETUA, STARTS) == "meeting_past"
    early = replace(PLAN, starts=NOW - timedelta(minutes=1))
    assert code_of(revise, TOLD, early, KETUA, NOW) == "meeting_past"


# Changes.


def test_a_draft_changes_without_anybody_being_told():
    after, changed = revise(DRAFT, replace(PLAN, place="Ruang rapat PDAM"), KETUA, NOW)
    assert (after.plan.place, after.sequence, changed) == ("Ruang rapat PDAM", 0, ())


def test_a_moved_meeting_names_what_changed_and_asks_anew():
    moved_to = STARTS + timedelta(days=2, hours=1)
    later = NOW + timedelta(hours=1)
    after, changed = revise(TOLD, replace(PLAN, starts=moved_to, place="Kantor PDAM"), SEKRETARIS, later)
    assert changed == (Change("starts", STARTS, moved_to), Change("place", "Aula Bappeda", "Kantor PDAM"))
    assert (after.state, after.sequence, after.asked_at) == (MOVED, 1, later)


def test_another_room_is_told_but_nobody_is_asked_anew():
    after, changed = revise(TOLD, replace(PLAN, place="Kantor PDAM"), KETUA, NOW + timedelta(hours=1))
    assert [each.field for each in changed] == ["place"]
    assert (after.state, after.sequence, after.asked_at) == (ANNOUNCED, 1, NOW)


def test_the_agenda_changed_is_a_change_but_not_its_numbering():
    longer = (replace(AGENDA[0], minutes=60), AgendaItem(2, ORDINARY, "Lain-lain", 30))
    assert [each.field for each in changes(PLAN, replace(PLAN, agenda=longer))] == ["agenda"]
    assert changes(PLAN, replace(PLAN, agenda=(replace(AGENDA[0], key=8),))) == ()


def test_the_same_moment_in_another_zone_is_no_change():
    assert revise(TOLD, replace(PLAN, starts=STARTS.astimezone(UTC)), KETUA, NOW)[1] == ()
    assert revise(TOLD, PLAN, KETUA, NOW) == (TOLD, ())


def test_a_cancelled_meeting_needs_a_reason_once_it_was_told():
    assert code_of(cancel, TOLD, KETUA, " ") == "reason_missing"
    assert cancel(TOLD, KETUA, "Ketua dinas luar").state == CANCELLED
    assert cancel(DRAFT, KETUA, "").sequence == 0


def test_calendar_files_belong_together_and_count_up():
    uid = "pertemuan-4-20261116T010000Z@pokja.example"
    moved, _ = revise(TOLD, replace(PLAN, starts=STARTS + timedelta(days=1)), KETUA, NOW)
    gone = cancel(moved, KETUA, "Batal")
    marks = [calendar_marks(each, NOW, "pokja.example") for each in (TOLD, moved, gone)]
    assert [(each.uid, each.sequence, each.method, each.status) for each in marks] == [
        (uid, 0, "PUBLISH", "CONFIRMED"),
        (uid, 1, "PUBLISH", "CONFIRMED"),
        (uid, 2, "CANCEL", "CANCELLED"),
    ]


plans = st.builds(
    Plan,
    title=st.sampled_from(["Isu", "Kesenjangan"]),
    starts=st.integers(0, 3).map(lambda n: STARTS + timedelta(days=n)),
    minutes=st.sampled_from([60, 90]),
    place=st.sampled_from(["Aula", "PDAM"]),
    link=st.just(""),
    agenda=st.sampled_from([AGENDA, ()]),
)


@given(st.lists(plans, max_size=8))
def test_the_sequence_grows_exactly_with_what_is_told(wanted):
    meeting, told = TOLD, 0
    for plan in wanted:
        before = meeting.plan
        meeting, changed = revise(meeting, plan, KETUA, NOW)
        told += bool(changed)
        assert meeting.sequence == told
        assert meeting.plan == plan
        assert all(getattr(plan, each.field) == each.new for each in changed if each.field != "agenda")
        assert bool(changed) == (before != plan)


# Answers to the invitation.

INVITED = (5, 6, 7, 8)


def reply(who, answer=YES, hours=1, **details: str):
    return Reply(who, answer, NOW + timedelta(hours=hours), **details)


def test_answers_are_counted_and_can_be_changed():
    replies = [
        reply(5),
        reply(6, NO, reason="Sakit"),
        reply(7, DEPUTY, deputy="Andi"),
        reply(6, YES, hours=2),
        reply(99),
    ]
    assert counted(TOLD, INVITED, replies) == Replies((5, 6), (), (7,), (8,))
    assert counted(TOLD, INVITED, reversed(replies)) == Replies((5, 6), (), (7,), (8,))


def test_an_answer_about_another_time_no_longer_counts():
    moved, _ = revise(TOLD, replace(PLAN, starts=STARTS + timedelta(days=1)), KETUA, NOW + timedelta(hours=3))
    replies = [reply(5), reply(6, NO, reason="Sakit"), reply(7, hours=4)]
    assert counted(moved, INVITED, replies) == Replies((7,), (), (), (5, 6, 8))


@pytest.mark.parametrize(
    ("meeting", "given_", "code"),
    [
        (TOLD, reply(99), "not_invited"),
        (DRAFT, reply(5), "meeting_state"),
        (proceed(TOLD, OPEN, KETUA), reply(5), "meeting_state"),
        (TOLD, reply(5, NO), "reason_missing"),
        (TOLD, reply(5, DEPUTY, deputy=" "), "deputy_missing"),
    ],
)
def test_answers_that_cannot_be_taken(meeting, given_, code):
    assert code_of(check_reply, meeting, INVITED, given_) == code


def test_who_will_not_come_is_not_reminded_and_who_sends_a_deputy_is():
    replies = [reply(5), reply(6, NO, reason="Sakit"), reply(7, DEPUTY, deputy="Andi")]
    _, said = by_itself(world(subject(TOLD, INVITED, replies, WITA), zone=WITA), NOW, STARTS)
    assert people_of(said) == {5, 7, 8}
    assert lines([(now, each) for now, each in said if each.to == 7]) == [
        "meeting 4 H-3 2026-11-25T09:00+08:00 to 7",
        "meeting 4 H-1 2026-11-25T09:00+08:00 to 7",
        "meeting 4 M-60 2026-11-25T09:00+08:00 to 7",
    ]


@pytest.mark.parametrize("meeting", [DRAFT, cancel(TOLD, KETUA, "Batal"), proceed(TOLD, OPEN, KETUA)])
def test_a_meeting_not_told_cancelled_or_under_way_reminds_nobody(meeting):
    state = world(subject(meeting, INVITED, [], WITA), zone=WITA)
    assert all(due(state, NOW + timedelta(days=n)) == () for n in range(9))


# Who came.

OPENED = proceed(TOLD, OPEN, KETUA)


def came(who, minutes, by=None, deputy=""):
    return CheckIn(who, STARTS + timedelta(minutes=minutes), by or who, deputy)


def test_present_late_and_on_behalf():
    ins = [came(6, 40), came(5, -10), came(7, 15, by=2, deputy="Andi"), came(5, 50)]
    found = attendance(OPENED, INVITED, ins)
    assert found.present == (
        Present(5, STARTS - timedelta(minutes=10), 0, "", None),
        Present(7, STARTS + timedelta(minutes=15), 0, "Andi", 2),
        Present(6, STARTS + timedelta(minutes=40), 40, "", None),
    )


@pytest.mark.parametrize(
    ("entitled", "there", "share", "needed", "quorum"),
    [
        (30, 15, Fraction(1, 2), 15, True),
        (31, 15, Fraction(1, 2), 16, False),
        (31, 16, Fraction(1, 2), 16, True),
        (10, 6, Fraction(2, 3), 7, False),
        (9, 6, Fraction(2, 3), 6, True),
        (0, 0, Fraction(1, 2), 1, False),
        (3, 3, Fraction(1), 3, True),
    ],
)
def test_the_quorum_is_rounded_up(entitled, there, share, needed, quorum):
    found = attendance(OPENED, range(entitled), [came(who, 0) for who in range(there)], share)
    assert (found.needed, found.counted, found.quorum) == (needed, there, quorum)


def test_guests_are_present_but_not_counted():
    found = attendance(OPENED, (5, 6, 7), [came(90, 0), came(5, 0)])
    assert [each.who for each in found.present] == [90, 5]
    assert (found.counted, found.entitled, found.needed, found.quorum) == (1, 3, 2, False)


def test_nobody_checks_in_before_the_meeting_is_opened_or_uninvited():
    check_in(OPENED, INVITED, 5)
    assert code_of(check_in, TOLD, INVITED, 5) == "meeting_not_open"
    assert code_of(check_in, OPENED, INVITED, 99) == "not_invited"


# Minutes.

CIRCULATED = proceed(OPENED, CIRCULATE, KETUA)
UNTIL = date(2026, 12, 2)


def entry(number, item, kind=NOTE, **details: object):
    return Entry(number, item, kind, f"Catatan {number}", 2, NOW + timedelta(minutes=number), **details)


def test_minutes_stand_under_their_points_and_what_is_left_comes_last():
    agenda = (AGENDA[0], AgendaItem(2, ORDINARY, "Lain-lain", 30))
    entries = [
        entry(4, 77),
        entry(3, 2, DECISION),
        entry(2, 2, NOTE),
        entry(1, GENERAL),
        entry(5, 2, gone=True),
    ]
    assert [
        (point.item and point.item.key, [each.id for each in point.entries])
        for point in by_point(agenda, entries)
    ] == [(1, []), (2, [2, 3]), (None, [1, 4])]


def test_corrections_until_the_day_and_then_final():
    check_correction(CIRCULATED, UNTIL, UNTIL)
    assert code_of(check_correction, CIRCULATED, UNTIL, UNTIL + timedelta(1)) == "minutes_closed"
    assert code_of(check_correction, OPENED, UNTIL, UNTIL) == "minutes_closed"
    assert code_of(check_final, [], UNTIL, UNTIL) == "corrections_running"
    open_one = [Correction(5, NOW, "Nama saya keliru", 3)]
    assert code_of(check_final, open_one, UNTIL, UNTIL + timedelta(1)) == "corrections_undecided"
    check_final([replace(open_one[0], taken=False)], UNTIL, UNTIL + timedelta(1))


def test_minutes_are_written_while_held_or_corrected_only():
    check_writing(OPENED)
    check_writing(CIRCULATED)
    assert code_of(check_writing, TOLD) == "minutes_closed"
    assert code_of(check_writing, replace(CIRCULATED, state=FINAL)) == "minutes_closed"
