"""Desks of a naskah in three sections: contributions as people write them, and any moves after them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from documents.language.wording import wording
from domain.dialog.questions import Answers
from domain.instruments.base import Desk, Item, short_id
from domain.instruments.narrative.instrument import Narrative
from domain.instruments.narrative.text import Manuscript, Passage, Section, Settings
from tests.support.driving import sheet
from tests.support.invariants import any_moves

NARRATIVE, WORDING = Narrative(), wording()
LATAR, TUJUAN = Section("latar", "Latar belakang"), Section("tujuan", "Tujuan", required=False)
DRAFT = Section("sk", "Draf SK", start_with="Membentuk Pokja dengan susunan terlampir.")
THREE = (LATAR, TUJUAN, DRAFT)


def ballot(*written: tuple[int, str], done: bool = True) -> dict[str, Any]:
    """A member's contributions as (place, text)."""
    answers: dict[str, Any] = {}
    for number, (place, text) in enumerate(written, 1):
        answers |= {str(number): short_id(place), f"{number}.{short_id(place)}": text}
    return answers | ({str(len(written) + 1): "-"} if done else {})


def desk_of(
    *members: Answers, sections: tuple[Section, ...] = THREE, items: tuple[Item, ...] = (), **more: Any
) -> Desk[Settings]:
    """Members 1, 2, … with these ballots."""
    on = replace(sheet(Settings(sections, **more)), items=items)
    return Desk(on, dict(enumerate(members, 1)))


def tally(desk: Desk[Settings]) -> Manuscript:
    return NARRATIVE.tally(desk.sheet, desk.ballots)


def passage(desk: Desk[Settings], place: int = 0) -> Passage:
    return tally(desk).passages[place]


def words(desk: Desk[Settings], place: int = 0) -> list[str]:
    """The texts contributed to a section, as they are shown."""
    return [each.text for each in passage(desk, place).contributions]


def ids(desk: Desk[Settings], place: int = 0) -> str:
    """The contributions to a section, as a facilitator picks them all."""
    return ",".join(each.id for each in passage(desk, place).contributions)


def compose_questions(desk: Desk[Settings], **values: Any) -> Any:
    """What a facilitator who composes is asked after these answers."""
    return NARRATIVE.moves[0].questions(desk, values)


TEXTS = st.sampled_from(["air keruh", "Air keruh", "pipa bocor", "tarif\nnaik"])
BALLOTS = st.lists(st.tuples(st.integers(0, 2), TEXTS), max_size=5).map(lambda written: ballot(*written))


@st.composite
def desks(draw: st.DrawFn, moves: int = 4) -> Desk[Settings]:
    """A naskah after any contributions and any moves that were on offer."""
    ballots: Mapping[int, Answers] = draw(st.dictionaries(st.integers(0, 50), BALLOTS, max_size=4))
    items = draw(st.sampled_from([(), (Item("1", "Bahan"), Item("2", "SK", fields={"bagian": "sk"}))]))
    desk = Desk(replace(sheet(Settings(THREE)), items=items), ballots)
    return any_moves(draw(st.data()), desk, NARRATIVE, moves)
