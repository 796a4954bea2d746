"""A naskah after any contributions and moves: none is lost, and none tells who wrote it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from domain.dialog import engine
from domain.instruments.base import Desk
from domain.instruments.narrative.text import Settings
from tests.support.desks.narrative import NARRATIVE, THREE, desks, ids, passage, tally, words
from tests.support.driving import fill, sheet
from tests.support.invariants import any_move_undone, anything, plenary_of_two, renamed, shuffled


def naive(desk):
    """The texts people wrote, by section: read from the keys alone."""
    found = [
        (key.partition(".")[2], text)
        for mine in desk.ballots.values()
        for key, text in mine.items()
        if "." in key
    ]
    return [Counter(text for where, text in found if where == str(place)) for place in range(3)]


@given(desks())
def test_no_contribution_is_lost_or_doubled(desk):
    for each, written in zip(tally(desk).passages, naive(desk), strict=True):
        assert len(each.contributions) + len(each.hidden) == written.total()
        assert Counter(one.text for one in each.contributions) <= written
        every_id = [one.id for one in (*each.contributions, *each.hidden)]
        assert len(every_id) == len(set(every_id))
        assert max(map(len, every_id), default=0) <= 12


@given(desks(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    assert NARRATIVE.tally(desk.sheet, shuffled(desk.ballots, random)) == tally(desk)


@given(desks(moves=0), st.permutations(range(51)))
def test_the_order_of_contributions_does_not_tell_who_wrote_them(desk, names):
    other = renamed(desk, names)
    for place in range(3):
        assert words(other, place) == words(desk, place)


@given(desks(), st.data())
def test_undo_restores(desk, data):
    assert tally(any_move_undone(data, desk, NARRATIVE)) == tally(desk)


@given(desks())
def test_the_text_of_a_section_is_the_one_composed_last(desk):
    for place, section in enumerate(THREE):
        texts = [
            value
            for move in desk.sheet.moves
            for key, value in move.values.items()
            if key.startswith(f"text.{place}.")
        ]
        found = passage(desk, place)
        assert [each.text for each in found.versions if each.number] == texts
        assert found.text == ([section.start_with, *texts][-1])
        assert found.version == len(texts)


@given(desks())
def test_moves_about_contributions_that_are_gone_do_no_harm(desk):
    emptied = Desk(desk.sheet, {})
    for before, after in zip(tally(desk).passages, tally(emptied).passages, strict=True):
        assert (after.contributions, after.hidden, after.text) == ((), (), before.text)


@given(st.data(), st.integers(1, 3))
def test_a_member_can_always_finish_within_the_limits(data, most):
    on = sheet(Settings(THREE, most))
    answers = fill(NARRATIVE, on, anything(data))
    held = Counter(value for key, value in answers.items() if key.isdecimal() and value != "-")
    assert max(held.values(), default=0) <= most
    progress = engine.progress(NARRATIVE.questions(on, answers), answers)
    assert progress.done == progress.total <= 1


@given(desks(moves=0), desks(moves=0))
def test_groups_bring_their_members_contributions_and_their_rooms(one, other):
    plenary, separate = plenary_of_two(NARRATIVE, one, other)
    for place in range(3):
        assert words(plenary, place) == words(separate, place)
        assert len(set(ids(plenary, place).split(","))) == len(ids(plenary, place).split(","))
