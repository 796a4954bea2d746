"""A team after any proposals and moves: it adds up, and nothing tells who proposed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from domain.dialog import engine
from tests.support.desks.roster import ANGGOTA, GROUPS, KETUA, ROSTER, desk_of, desks, tally
from tests.support.driving import fill
from tests.support.invariants import any_move_undone, anything, plenary_of_two, renamed, shuffled


def naive(desk, place):
    """How many ballots name each person for a post, read from the keys alone."""
    found: Counter[str] = Counter()
    for mine in desk.ballots.values():
        here = {key: value for key, value in mine.items() if key.endswith(f".{place}")}
        typed = {
            f"{mine[f'{key}n']}/{mine[f'{key}i']}".casefold() for key, value in here.items() if value == "x"
        }
        found.update(typed | {value for value in here.values() if value != "x"})
    return sorted(found.values(), reverse=True)


@given(desks())
def test_proposals_count_ballots_and_not_taps(desk):
    for place, post in enumerate(tally(desk).posts):
        assert [each.count for each in post.proposed] == naive(desk, place)


@given(desks(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    assert ROSTER.tally(desk.sheet, shuffled(desk.ballots, random)) == tally(desk)


@given(desks(moves=0), st.permutations(range(51)))
def test_nothing_tells_who_proposed(desk, others):
    assert tally(renamed(desk, others)) == tally(desk)


@given(desks(), st.data())
def test_undo_restores(desk, data):
    assert tally(any_move_undone(data, desk, ROSTER)) == tally(desk)


@given(desks())
def test_the_team_adds_up(desk):
    team = tally(desk)
    held = [each for post in team.posts for each in post.appointed]
    persons = {each.person.id: each.person for each in held}
    assert sum(share.count for share in team.groups) + team.ungrouped == len(persons)
    assert sum(share.count for share in team.organisations) == len(persons)
    assert [share.name for share in team.groups] == list(GROUPS)
    for post in team.posts:
        ids = [each.person.id for each in post.appointed]
        assert len(ids) == len(set(ids)) <= post.seats
    assert list(team.vacant) == [post.title for post in team.posts if not post.appointed]
    assert len({item.id for item in ROSTER.items(desk.sheet, team)}) == len(held)


@given(desks())
def test_appointments_of_persons_nobody_proposes_any_more_do_no_harm(desk):
    before, after = tally(desk), ROSTER.tally(desk.sheet, {})
    for one, other in zip(before.posts, after.posts, strict=True):
        assert {each.id for each in other.appointed} <= {each.id for each in one.appointed}
        assert {each.person.id for each in one.appointed} & {"41", "42", "43"} <= {
            each.person.id for each in other.appointed
        }


@given(st.data())
def test_a_member_can_always_finish_within_the_seats(data):
    on = desk_of(groups=GROUPS).sheet
    answers = fill(ROSTER, on, anything(data))
    held = Counter(value for key, value in answers.items() if key.isdecimal())
    assert held["0"] <= KETUA.seats
    assert held["1"] <= ANGGOTA.seats
    progress = engine.progress(ROSTER.questions(on, answers), answers)
    assert progress.done == progress.total <= 1


@given(desks(moves=0), desks(moves=0))
def test_groups_bring_their_members_proposals_and_their_rooms(one, other):
    plenary, separate = plenary_of_two(ROSTER, one, other)
    for place in range(2):
        found = tally(plenary).posts[place].proposed
        assert {each.person.id for each in found} == {
            each.person.id for each in tally(separate).posts[place].proposed
        }
