"""Slots, who can come when, and which slot stands."""

from hypothesis import given
from hypothesis import strategies as st

from domain.dialog.questions import Answers
from domain.faults import Fault
from domain.instruments.base import PLENARY, UNDO, Desk, Move
from domain.instruments.date_poll import DatePoll, Settings, slots
from tests.support.driving import drawn, fill, moved, scripted, sheet, with_moves

POLL = DatePoll()
MONDAY = {"day": "2026-11-30", "time": "09:00", "place": "Aula"}
TUESDAY = {"day": "2026-12-01", "time": "13:30", "place": None}
FRIDAY = {"day": "2026-11-27", "time": "08:00", "place": None}


def desk_of(*offered: Answers, ballots=None, most=6):
    moves = tuple(Move(number, "slot", values, "Siti") for number, values in enumerate(offered, 1))
    return Desk(sheet(Settings(most), moves=moves), ballots or {})


def tally(desk):
    return POLL.tally(desk.sheet, desk.ballots)


@st.composite
def polls(draw):
    offered = draw(
        st.lists(st.sampled_from([MONDAY, TUESDAY, FRIDAY]), min_size=1, max_size=3, unique_by=str)
    )
    desk = desk_of(*offered)
    data = draw(st.data())
    ballots = {member: fill(POLL, desk.sheet, drawn(data)) for member in range(1, draw(st.integers(1, 6)))}
    return Desk(desk.sheet, ballots)


@given(polls())
def test_counts_and_ranks_are_those_of_a_recount(desk):
    result = tally(desk)
    found = {
        each.slot.id: tuple(
            sum(mine[each.slot.id] == word for mine in desk.ballots.values())
            for word in ("yes", "maybe", "no")
        )
        for each in result.slots
    }
    for each in result.slots:
        assert (each.yes, each.maybe, each.no) == found[each.slot.id]
        better = [other for other in found.values() if other[:2] > (each.yes, each.maybe)]
        assert each.rank == 1 + len(better)
    assert [each.rank for each in result.slots] == sorted(each.rank for each in result.slots)
    assert result.answered == len(desk.ballots)


@given(polls())
def test_the_single_best_slot_stands_and_a_tie_stays_a_tie(desk):
    result = tally(desk)
    lead = [each for each in result.slots if each.rank == 1 and (each.yes or each.maybe)]
    assert result.best == tuple(each.slot for each in lead)
    assert result.chosen == (lead[0].slot if len(lead) == 1 else None)
    assert (POLL.lacking(desk.sheet, result) is None) == (len(lead) == 1)


@given(polls(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert POLL.tally(desk.sheet, other) == tally(desk)


@given(polls(), st.data())
def test_undo_restores(desk, data):
    offered = [move.kind for move in POLL.moves if move.available(desk)]
    after = moved(desk, POLL, data.draw(st.sampled_from(offered)), drawn(data))
    last = after.sheet.moves[-1].number
    undone = with_moves(after, [*after.sheet.moves, Move(last + 1, UNDO, {})])
    assert tally(undone) == tally(desk)


def test_members_are_asked_once_there_is_a_slot():
    assert POLL.ready(desk_of().sheet) == Fault("no_slot")
    desk = moved(desk_of(), POLL, "slot", scripted(day="2026-11-30", time="09.00", place="=Aula Bappeda"))
    assert POLL.ready(desk.sheet) is None
    (slot,) = slots(desk.sheet)
    assert (slot.id, slot.starts, slot.text) == (
        "t1",
        "2026-11-30T09:00",
        "Senin, 30 November 2026 pukul 09.00, Aula Bappeda",
    )
    (question,) = POLL.questions(desk.sheet, {})
    assert (question.key, dict(question.facts)) == (
        "t1",
        {"day": "2026-11-30", "time": "09:00", "place": "Aula Bappeda"},
    )


def test_slots_are_asked_in_order_of_time_and_once_each():
    desk = desk_of(TUESDAY, MONDAY, FRIDAY, MONDAY)
    assert [slot.day for slot in slots(desk.sheet)] == ["2026-11-27", "2026-11-30", "2026-12-01"]


def test_known_places_are_offered_again():
    form = POLL.moves[0]
    place = form.questions(desk_of(MONDAY, TUESDAY), {})[2]
    assert [option.label for option in place.suggestions] == ["Aula"]


def test_a_dropped_slot_is_asked_and_counted_no_more():
    desk = desk_of(MONDAY, TUESDAY, ballots={1: {"t1": "yes", "t2": "no"}, 2: {"t1": "yes"}})
    desk = moved(desk, POLL, "drop", scripted(slot="t1"))
    assert [question.key for question in POLL.questions(desk.sheet, {})] == ["t2"]
    assert [each.slot.id for each in tally(desk).slots] == ["t2"]
    assert tally(desk).answered == 1


def test_no_more_slots_than_members_can_be_asked():
    slot = POLL.moves[0]
    assert slot.available(desk_of(MONDAY, most=2))
    assert not slot.available(desk_of(MONDAY, TUESDAY, most=2))
    assert not POLL.moves[2].available(desk_of())


def test_a_tie_is_told_and_picked():
    desk = desk_of(MONDAY, TUESDAY, ballots={1: {"t1": "yes", "t2": "yes"}})
    assert POLL.lacking(desk.sheet, tally(desk)).details["slots"] == [
        "Senin, 30 November 2026 pukul 09.00, Aula",
        "Selasa, 1 Desember 2026 pukul 13.30",
    ]
    desk = moved(desk, POLL, "pick", scripted(slot="t2"))
    result = tally(desk)
    assert (result.chosen.id, result.picked_by) == ("t2", "Siti")
    assert POLL.lacking(desk.sheet, result) is None
    (item,) = POLL.items(desk.sheet, result)
    assert (item.text, item.detail) == ("Selasa, 1 Desember 2026 pukul 13.30", "2026-12-01T13:30")


def test_a_pick_may_go_against_the_count_and_falls_with_its_slot():
    desk = desk_of(MONDAY, TUESDAY, ballots={1: {"t1": "yes", "t2": "no"}})
    desk = moved(desk, POLL, "pick", scripted(slot="t2"))
    assert tally(desk).chosen.id == "t2"
    dropped = with_moves(desk, [*desk.sheet.moves, Move(9, "drop", {"slot": "t2"})])
    assert (tally(dropped).chosen.id, tally(dropped).picked_by) == ("t1", "")


def test_nobody_can_is_no_meeting():
    desk = desk_of(MONDAY, ballots={1: {"t1": "no"}})
    assert POLL.lacking(desk.sheet, tally(desk)) == Fault("no_pick", {"slots": []})
    assert POLL.items(desk.sheet, tally(desk)) == ()


def test_what_the_room_decided_counts_alone():
    desk = desk_of(
        MONDAY, TUESDAY, ballots={1: {"t1": "yes", "t2": "no"}, PLENARY: {"t1": "no", "t2": "yes"}}
    )
    assert tally(desk).chosen.id == "t2"
    assert tally(desk).answered == 1
