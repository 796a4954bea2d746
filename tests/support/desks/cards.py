"""Boards of cards, written and moved by whoever a test needs."""

from hypothesis import strategies as st

from domain.dialog.questions import Answers
from domain.instruments.base import Desk
from domain.instruments.cards.board import Column, Settings
from domain.instruments.cards.instrument import Cards
from tests.support.driving import drawn, moved, sheet

CARDS = Cards()
ISU = Column("isu", "Isu")
TWO = (Column("peluang", "Peluang"), Column("prasyarat", "Prasyarat"))


def ballot(*texts: str, column="isu"):
    return {f"{column}/{number}": text for number, text in enumerate(texts, 1)}


def desk_of(*members: Answers, columns=(ISU,), **more: object):
    return Desk(sheet(Settings(columns, **more)), dict(enumerate(members, 1)))


def tally(desk):
    return CARDS.tally(desk.sheet, desk.ballots)


def card_of(desk, text):
    """The id of the card with that text."""
    return next(c.id for column in tally(desk).columns for c in column.loose if c.text == text)


@st.composite
def boards(draw, moves=4):
    """A board after any cards and any moves that were on offer."""
    columns = TWO[: draw(st.integers(1, 2))]
    text = st.sampled_from(["air keruh", "Air keruh", "bocor", "tarif", "pompa rusak"])
    wrote = st.fixed_dictionaries({column.key: st.lists(text, max_size=4) for column in columns})
    members = draw(st.dictionaries(st.integers(0, 50), wrote, max_size=4))
    ballots = {
        member: {k: v for key, written in by_column.items() for k, v in ballot(*written, column=key).items()}
        for member, by_column in members.items()
    }
    desk = Desk(sheet(Settings(columns)), ballots)
    data = draw(st.data())
    for _ in range(draw(st.integers(0, moves))):
        offered = [move.kind for move in CARDS.moves if move.available(desk)]
        if offered:
            desk = moved(desk, CARDS, draw(st.sampled_from(offered)), drawn(data))
    return desk
