"""A team: who is proposed how often, who is appointed, and whom the team represents."""

from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.wording import Wording
from domain import dialog
from domain.faults import Fault, Rejected
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move, short_id
from domain.instruments.roster import Roster
from domain.instruments.roster_people import Post, Settings, somebody
from domain.questions import Answers, Tapped, Typed
from domain.sources import MEMBERS, PEOPLE, Source
from store.process_files import load
from tests.domain.driving import drawn, fill, moved, scripted, sheet, with_moves
from tests.domain.scene_roster import FACTS, person
from tests.domain.test_words import Tags

ROSTER, WORDING = Roster(), Wording()
FOLDER = Path(__file__).parent.parent / "processes"
KETUA, ANGGOTA = Post("ketua", "Ketua"), Post("anggota", "Anggota", 3)
GROUPS = ("Penyelenggara", "Pengguna")
SITI, BUDI, RINA = PEOPLE_OF = (
    person(1, "Siti", "Bappeda"),
    person(2, "Budi", "PDAM", unsur="Penyelenggara"),
    person(3, "Rina", "Bappeda"),
)
"""Their memberships are 41, 42 and 43."""


def ballot(*proposed: tuple[int, str], groups: str = "", done=True):
    """Proposals as (place, membership or 'Name/instansi')."""
    answers: dict[str, object] = {}
    for number, (place, who) in enumerate(proposed, 1):
        prefix = f"{number}.{short_id(place)}"
        name, slash, instansi = who.partition("/")
        tapped = "x" if slash else who
        answers |= {str(number): short_id(place), prefix: tapped}
        answers |= {f"{prefix}n": name, f"{prefix}i": instansi} if slash else {}
        answers |= {f"{prefix}u{tapped}": groups} if groups and who != "42" else {}
    return answers | ({str(len(proposed) + 1): "-"} if done else {})


def desk_of(*members: Answers, posts=(KETUA, ANGGOTA), groups=(), people=PEOPLE_OF):
    return Desk(sheet(Settings(posts, groups), inputs={PEOPLE: people}), dict(enumerate(members, 1)))


def tally(desk):
    return ROSTER.tally(desk.sheet, desk.ballots)


def proposed(desk, place=0):
    return [(each.person.name, each.count) for each in tally(desk).posts[place].proposed]


def names(desk, place=0):
    return [each.person.name for each in tally(desk).posts[place].appointed]


def appoint(desk, **given: str):
    return moved(desk, ROSTER, "appoint", scripted(**given))


WHO = st.sampled_from(["41", "42", "43", "Dewi/Forum Pelanggan", "DEWI/forum pelanggan", "Tono/LSM"])
BALLOTS = st.tuples(
    st.lists(st.tuples(st.integers(0, 1), WHO), max_size=4), st.sampled_from("01-"), st.booleans()
).map(lambda given: ballot(*given[0], groups=given[1], done=given[2]))


@st.composite
def desks(draw, moves=4):
    """A team after any proposals and any moves that were on offer."""
    ballots = draw(st.dictionaries(st.integers(0, 50), BALLOTS, max_size=4))
    desk = Desk(sheet(Settings((KETUA, ANGGOTA), GROUPS), inputs={PEOPLE: PEOPLE_OF}), ballots)
    data = draw(st.data())
    for _ in range(draw(st.integers(0, moves))):
        offered = [move.kind for move in ROSTER.moves if move.available(desk)]
        if offered:
            desk = moved(desk, ROSTER, draw(st.sampled_from(offered)), drawn(data))
    return desk


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
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert ROSTER.tally(desk.sheet, other) == tally(desk)


@given(desks(moves=0), st.permutations(range(51)))
def test_nothing_tells_who_proposed(desk, others):
    other = Desk(desk.sheet, {others[member]: mine for member, mine in desk.ballots.items()})
    assert tally(other) == tally(desk)


@given(desks(), st.data())
def test_undo_restores(desk, data):
    offered = [move.kind for move in ROSTER.moves if move.available(desk)]
    after = moved(desk, ROSTER, data.draw(st.sampled_from(offered)), drawn(data))
    last = max(move.number for move in after.sheet.moves)
    undone = with_moves(after, [*after.sheet.moves, Move(last + 1, UNDO, {})])
    assert tally(undone) == tally(desk)


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
    answers = fill(
        ROSTER,
        on,
        lambda q: data.draw(
            st.sampled_from([Tapped(o.value) for o in getattr(q, "options", ())] or [Typed(q.key)])
        ),
    )
    held = Counter(value for key, value in answers.items() if key.isdecimal())
    assert held["0"] <= KETUA.seats
    assert held["1"] <= ANGGOTA.seats
    progress = dialog.progress(ROSTER.questions(on, answers), answers)
    assert progress.done == progress.total <= 1


def test_who_proposes_nobody_says_so_in_one_tap():
    on = desk_of(posts=tuple(Post(f"p{n}", f"Jabatan {n}") for n in range(12))).sheet
    (first,) = ROSTER.questions(on, {})
    assert first.options[-1].about == "nobody"
    assert ROSTER.done(on, {"1": first.read(Tapped(first.options[-1].value))})


def test_members_are_known_by_their_membership_however_they_are_numbered():
    mine = ballot((0, "43"))
    assert proposed(desk_of(mine)) == [("Rina", 1)]
    assert proposed(desk_of(mine, people=(person(3, "Rina", "Bappeda"),))) == [("Rina", 1)]
    assert proposed(desk_of(mine, people=())) == []


def test_a_member_is_not_offered_twice_for_a_post():
    on = desk_of().sheet
    mine = {**ballot((1, "41"), done=False), "2": "1"}
    person_ = ROSTER.questions(on, mine)[3]
    assert [option.label for option in person_.options] == ["Budi, PDAM", "Rina, Bappeda", ""]
    assert len(ROSTER.questions(on, mine)[1].options) == 4


def test_somebody_else_is_asked_by_name_and_instansi():
    on = desk_of(groups=GROUPS).sheet
    assert [q.about for q in ROSTER.questions(on, {"1": "0", "1.0": "x"})] == [
        "post", "person", "name", "instansi", "group", "next",
    ]  # fmt: skip
    unfinished = {"1": "0", "1.0": "x", "1.0n": "Dewi"}
    assert tally(Desk(on, {1: unfinished})).proposers == 0
    groupless = ballot((0, "Dewi/Forum"), (1, "41"), (1, "42"))
    assert [proposed(Desk(on, {1: groupless}), place) for place in (0, 1)] == [[], [("Budi", 1)]]


def test_a_group_that_is_known_is_not_asked_and_another_person_is_asked_anew():
    on = desk_of(groups=GROUPS).sheet
    assert [q.about for q in ROSTER.questions(on, {"1": "0", "1.0": "42"})] == ["post", "person", "next"]
    mine = {"1": "0", "1.0": "43", "1.0u41": "0"}
    assert dialog.next_question(ROSTER.questions(on, mine), mine).key == "1.0u43"


def test_somebody_named_twice_is_told():
    on = desk_of().sheet
    mine = ballot((1, "Dewi/Forum Pelanggan"), done=False) | {"2": "1", "2.1": "x", "2.1n": "dewi"}
    with pytest.raises(Rejected) as rejected:
        ROSTER.check(on, mine, "2.1i", "FORUM pelanggan")
    assert rejected.value.fault == Fault("proposed_twice")
    ROSTER.check(on, mine, "2.1i", "LSM")
    twice = ballot((1, "41"), (1, "41"))
    ROSTER.check(on, twice, "4", "0")


def test_an_earlier_proposal_can_be_taken_back_alone():
    mine = ballot((1, "41"), (1, "42"))
    first = ROSTER.questions(desk_of().sheet, mine)[0]
    assert first.options[-1].about == "take_back"
    less = desk_of({**mine, "1": first.read(Tapped("-"))})
    assert proposed(less, 1) == [("Budi", 1)]
    assert ROSTER.done(less.sheet, less.ballots[1])


def test_spellings_of_one_person_are_one_and_the_most_proposed_stands_first():
    desk = desk_of(
        ballot((0, "41")), ballot((0, "Dewi/Forum")), ballot((0, "dewi /FORUM")), ballot((0, "Dewi/LSM"))
    )
    assert proposed(desk) == [("Dewi", 2), ("Dewi", 1), ("Siti", 1)]


def test_those_proposed_are_offered_first_with_their_count():
    desk = desk_of(ballot((0, "43")), ballot((0, "43")), ballot((0, "Dewi/Forum")))
    who = ROSTER.moves[0].questions(desk, {"post": "0"})[1]
    assert [option.label for option in who.options] == [
        "2× Rina, Bappeda", "1× Dewi, Forum", "Siti, Bappeda", "Budi, PDAM", "",
    ]  # fmt: skip


def test_several_seats_are_filled_and_a_full_post_is_offered_no_more():
    desk = desk_of(ballot((0, "41")))
    desk = appoint(desk, post="0", who="41")
    assert [question.key for question in ROSTER.moves[0].questions(desk, {})] == ["who.1"]
    desk = appoint(desk, who="42")
    desk = appoint(desk, who="x", name="=Dewi", org="=Forum Pelanggan")
    assert (names(desk), names(desk, 1)) == (["Siti"], ["Budi", "Dewi"])
    desk = appoint(desk, who="43")
    assert not ROSTER.moves[0].available(desk)
    desk = moved(desk, ROSTER, "remove", scripted(who=tally(desk).posts[1].appointed[1].id))
    assert names(desk, 1) == ["Budi", "Rina"]


def test_somebody_nobody_proposed_can_be_appointed():
    desk = appoint(desk_of(ballot((0, "41"))), post="0", who="x", name="=Dewi", org="=Forum")
    (held,) = tally(desk).posts[0].appointed
    assert (held.person.name, held.person.instansi, held.proposed, held.by) == ("Dewi", "Forum", 0, "Siti")
    known = appoint(desk_of(ballot((0, "Dewi/Forum"))), post="0", who=somebody("Dewi", "Forum").id)
    assert tally(known).posts[0].appointed[0].proposed == 1


def test_the_post_chosen_last_counts_when_the_facilitator_went_back():
    values = {"post": "1", "who.0": "41", "who.1": "42"}
    desk = with_moves(desk_of(), [Move(1, "appoint", values, "Siti")])
    assert (names(desk, 0), names(desk, 1)) == ([], ["Budi"])


def test_the_team_shows_whom_it_represents():
    desk = desk_of(ballot((1, "41"), groups="1"), groups=GROUPS)
    assert ROSTER.hint(desk) is None
    desk = appoint(desk, post="1", who="42")
    assert ROSTER.hint(desk) == Fault("groups_absent", {"groups": ["Pengguna"]})
    desk = appoint(desk, post="1", who="41", u="-")
    assert (tally(desk).ungrouped, [share.count for share in tally(desk).groups]) == (1, [1, 0])
    desk = appoint(desk, post="1", who="43", u="1")
    assert [(share.name, share.count) for share in tally(desk).groups] == [
        ("Penyelenggara", 1),
        ("Pengguna", 1),
    ]
    assert [(share.name, share.count) for share in tally(desk).organisations] == [("Bappeda", 2), ("PDAM", 1)]
    assert ROSTER.hint(desk) is None


def test_nobody_holds_a_post_twice():
    desk = appoint(desk_of(), post="1", who="x", name="=Dewi", org="=Forum")
    desk = appoint(desk, post="1", who="x", name="=DEWI", org="=forum")
    desk = appoint(desk, post="1", who="42")
    assert names(desk, 1) == ["Dewi", "Budi"]
    offered = ROSTER.moves[0].questions(desk, {"post": "1"})[1].options
    assert [option.label for option in offered] == ["Siti, Bappeda", "Rina, Bappeda", ""]


def test_who_holds_two_posts_counts_once():
    desk = appoint(appoint(desk_of(), post="0", who="41"), who="41")
    assert [(share.name, share.count) for share in tally(desk).organisations] == [("Bappeda", 1)]
    assert [item.fields["jabatan"] for item in ROSTER.items(desk.sheet, tally(desk))] == ["Ketua", "Anggota"]


def test_every_post_needs_somebody():
    desk = appoint(desk_of(), post="0", who="41")
    assert ROSTER.lacking(desk.sheet, tally(desk)) == Fault("posts_empty", {"posts": ["Anggota"]})
    desk = appoint(desk, who="43")
    assert ROSTER.lacking(desk.sheet, tally(desk)) is None


def test_items_are_the_persons_with_their_post():
    desk = appoint(desk_of(groups=GROUPS), post="0", who="42")
    (item,) = ROSTER.items(desk.sheet, tally(desk))
    assert (item.text, item.detail) == ("Budi", "PDAM")
    assert item.fields == {
        "jabatan": "Ketua", "pos": "ketua", "jabatan-asal": "Kepala Seksi", "instansi": "PDAM",
        "unsur": "Penyelenggara", "peran": "anggota",
    }  # fmt: skip


def test_only_numbers_are_told_while_members_propose():
    desk = desk_of(ballot((1, "41"), (1, "42")), ballot((1, "41")))
    assert ROSTER.pulse(desk) == Fault("proposed", {"count": 3, "posts": ["Ketua"]})


def test_a_person_tells_where_they_come_from():
    desk = appoint(desk_of(ballot((0, "41")), ballot((0, "41"))), post="0", who="41")
    told = ROSTER.trace(desk.sheet, revive(plain(tally(desk))), "A1")
    assert told == Fault("appointed", {"name": "Siti", "post": "Ketua", "count": 2, "by": "Siti"})
    assert "atas usulan 2 anggota" in WORDING.plain("trace.appointed", "roster", **told.details)
    assert ROSTER.trace(desk.sheet, tally(desk), "A2") is None


@given(desks(moves=0), desks(moves=0))
def test_groups_bring_their_members_proposals_and_their_rooms(one, other):
    """Members 1–51 are in the first group, 52–102 in the second; each has a room of its own."""
    first = {member: mine for member, mine in one.ballots.items() if mine}
    second = {member and member + 51: mine for member, mine in other.ballots.items() if mine}
    brought = {
        **ROSTER.brought(Desk(one.sheet, first), range(1, 52)),
        **ROSTER.brought(Desk(one.sheet, second), range(52, 103)),
    }
    assert PLENARY not in brought
    separate = Desk(one.sheet, {**first, **{member or 999: mine for member, mine in second.items()}})
    for place in range(2):
        found = tally(Desk(one.sheet, brought)).posts[place].proposed
        assert {each.person.id for each in found} == {
            each.person.id for each in tally(separate).posts[place].proposed
        }


def test_a_question_stays_short():
    long = "Kepala Bidang Cipta Karya dan Sumber Daya Air " * 9
    posts = (Post("a", long[:300], 2, long), Post("b", long[:300], 2, long))
    mine = {"1": "0", "1.0": "x", "1.0n": long[:80], "1.0i": long[:100], "1.0ux": "0", "2": "1"}
    desk = desk_of(posts=posts, groups=GROUPS)
    desk = replace(desk, sheet=replace(desk.sheet, context=(Item("1", "Keterwakilan"), Item("2", long))))
    for question in ROSTER.questions(desk.sheet, mine):
        prompt = WORDING.word(f"ask.{question.about}", "roster", **question.facts)
        facts = {"question": question, "prompt": prompt, "sheet": desk.sheet, "mine": mine}
        page = WORDING.block("roster", "ask", activity=SimpleNamespace(prompt=long * 3), **facts)
        assert 20 < len(Tags(page).shown) <= 600
        assert ("Pertimbangan: Keterwakilan" in page) == (question.about == "post")


def test_buttons_hold_the_keys():
    posts = tuple(Post(f"p{n}", f"Jabatan {n}", 30) for n in range(20))
    people = tuple(person(number, "Siti", "PDAM") for number in (10**9, 2 * 10**9))
    on = desk_of(posts=posts, groups=GROUPS, people=people).sheet
    asked = ROSTER.questions(on, {"600": "j", "600.j": "2000000040"})
    assert max(len(question.key.encode()) for question in asked) == 16
    stranger = somebody("Dewi", "Forum").id
    desk = Desk(on, {1: ballot((0, "Dewi/Forum"), groups="0")})
    form = ROSTER.moves[0].questions(desk, {"post": "0", "who.0": stranger})
    assert [question.about for question in form][-1] == "appoint.group"
    assert max(len(question.key.encode()) for question in form) <= 16
    assert max(len(option.value.encode()) for option in form[1].options) <= 12


@pytest.mark.parametrize("count", [10, 20])
def test_twenty_posts_still_fit_in_a_message(count):
    long = "Perencanaan & Pengendalian Mutu Pelayanan Air Minum "
    posts = tuple(Post(f"p{n}", long * 2, 2) for n in range(count))
    written = ballot(*((place, f"{n} {long}/{long}") for place in range(count) for n in range(2)), groups="0")
    desk = desk_of(written, posts=posts, groups=(long * 2, *(f"{n} {long}" for n in range(7))))
    full = desk
    for _ in range(count * 2):
        post = ROSTER.moves[0].questions(full, {})[0]
        place = post.options[0].value if post.key == "post" else post.key.removeprefix("who.")
        who = tally(desk).posts[int(place, 36)].proposed[len(names(full, int(place, 36)))].person.id
        full = appoint(full, post=place, who=who, u="0")
    for each, block in product((desk, full), ("desk", "essence")):
        page = WORDING.block("roster", block, activity=None, sheet=each.sheet, result=tally(each))
        assert 600 < len(page) <= 3000


@pytest.mark.parametrize(("kind", "code"), [
    ("fault", "posts_empty"), ("fault", "groups_absent"), ("pulse", "proposed"), ("trace", "appointed"),
])  # fmt: skip
def test_what_is_told_has_words(kind, code):
    assert len(WORDING.plain(f"{kind}.{code}", "roster", **FACTS[code])) > 20


def test_a_process_file_takes_posts_and_groups_and_draws_the_members():
    process = load(FOLDER / "susunan.yaml")
    activity = process.activity("1.1", "pengurus")
    assert activity.settings == Settings(
        (Post("ketua", "Ketua", 1, "Pejabat yang bisa memanggil rapat."), Post("anggota", "Anggota", 8)),
        ("Penyelenggara layanan", "Pengguna layanan"),
    )
    assert activity.draws == {PEOPLE: (Source(MEMBERS),)}
    assert process.activity("1.1", "perumus").settings == Settings(
        (Post("anggota", "Anggota Tim Perumus", 3),)
    )
