"""Desks of a susunan tim with two posts: proposals as people make them, and any moves after them."""

from typing import Any

from hypothesis import strategies as st

from documents.language.wording import wording
from domain.dialog.questions import Answers
from domain.instruments.base import Desk, Item, short_id
from domain.instruments.roster.instrument import Roster
from domain.instruments.roster.people import Post, Settings
from domain.instruments.roster.team import Team
from domain.process.sources import PEOPLE
from tests.support.driving import moved, scripted, sheet
from tests.support.invariants import any_moves
from tests.support.scenes.roster import person

ROSTER, WORDING = Roster(), wording()
KETUA, ANGGOTA = Post("ketua", "Ketua"), Post("anggota", "Anggota", 3)
GROUPS = ("Penyelenggara", "Pengguna")
PEOPLE_OF = (
    person(1, "Siti", "Bappeda"),
    person(2, "Budi", "PDAM", unsur="Penyelenggara"),
    person(3, "Rina", "Bappeda"),
)
"""Their memberships are 41, 42 and 43."""


def ballot(*proposed: tuple[int, str], groups: str = "", done: bool = True) -> dict[str, Any]:
    """Proposals as (place, membership or 'Name/instansi')."""
    answers: dict[str, Any] = {}
    for number, (place, who) in enumerate(proposed, 1):
        prefix = f"{number}.{short_id(place)}"
        name, slash, instansi = who.partition("/")
        tapped = "x" if slash else who
        answers |= {str(number): short_id(place), prefix: tapped}
        answers |= {f"{prefix}n": name, f"{prefix}i": instansi} if slash else {}
        answers |= {f"{prefix}u{tapped}": groups} if groups and who != "42" else {}
    return answers | ({str(len(proposed) + 1): "-"} if done else {})


def desk_of(
    *members: Answers,
    posts: tuple[Post, ...] = (KETUA, ANGGOTA),
    groups: tuple[str, ...] = (),
    people: tuple[Item, ...] = PEOPLE_OF,
) -> Desk[Settings]:
    """Members 1, 2, … with these ballots."""
    return Desk(sheet(Settings(posts, groups), inputs={PEOPLE: people}), dict(enumerate(members, 1)))


def tally(desk: Desk[Settings]) -> Team:
    return ROSTER.tally(desk.sheet, desk.ballots)


def proposed(desk: Desk[Settings], place: int = 0) -> list[tuple[str, int]]:
    """Who was proposed for a post, and how often."""
    return [(each.person.name, each.count) for each in tally(desk).posts[place].proposed]


def names(desk: Desk[Settings], place: int = 0) -> list[str]:
    """Who holds a post."""
    return [each.person.name for each in tally(desk).posts[place].appointed]


def appoint(desk: Desk[Settings], **given: str) -> Desk[Settings]:
    return moved(desk, ROSTER, "appoint", scripted(**given))


WHO = st.sampled_from(["41", "42", "43", "Dewi/Forum Pelanggan", "DEWI/forum pelanggan", "Tono/LSM"])
BALLOTS = st.tuples(
    st.lists(st.tuples(st.integers(0, 1), WHO), max_size=4), st.sampled_from("01-"), st.booleans()
).map(lambda given: ballot(*given[0], groups=given[1], done=given[2]))


@st.composite
def desks(draw: st.DrawFn, moves: int = 4) -> Desk[Settings]:
    """A team after any proposals and any moves that were on offer."""
    ballots = draw(st.dictionaries(st.integers(0, 50), BALLOTS, max_size=4))
    desk = Desk(sheet(Settings((KETUA, ANGGOTA), GROUPS), inputs={PEOPLE: PEOPLE_OF}), ballots)
    return any_moves(draw(st.data()), desk, ROSTER, moves)
