"""One busy desk for each instrument: every kind of move made, every text as nasty as people can type it."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from domain.instruments import agreement, date_poll, pairwise
from domain.instruments.base import Desk, Item, Move, Sheet, in_force
from domain.instruments.cards import board
from domain.instruments.registry import INSTRUMENTS
from tests.support.driving import TODAY, moved, scripted
from tests.support.scenes import (
    checklist,
    narrative,
    rating_rings,
    roster,
    scoring,
    selection,
    weighting,
    worksheet,
)

NASTY = "<b>&\"'</b> <script>x</script> {{ 7*191 }} {% raw %} =1+1"


def long(text: str) -> str:
    """The text repeated up to what a card may hold."""
    return " ".join([text] * (110 // (len(text) + 1)))


def cards(text: str, members: int = 3) -> Desk[Any]:
    """Two columns; cards merged, named, renamed and hidden."""
    start = (text, f"{text} 2")
    columns = (board.Column("a", text, text, start), board.Column("b", "Prasyarat"))
    ballots = {
        member: {f"{column}/{n}": f"{member}{n} {text}" for column in "ab" for n in range(1, 5)}
        for member in range(1, members + 1)
    }
    desk: Desk[Any] = Desk(Sheet(board.Settings(columns), voters=members, today=TODAY), ballots)
    desk = moved(
        desk, INSTRUMENTS["cards"], "merge", scripted(column="0", first="G01", others="G02", text="=" + text)
    )
    desk = moved(
        desk, INSTRUMENTS["cards"], "cluster", scripted(column="0", cards="101,102", name="=" + text[:60])
    )
    desk = moved(
        desk, INSTRUMENTS["cards"], "cluster", scripted(column="1", cards="111,112", name="=Kelompok")
    )
    desk = moved(
        desk, INSTRUMENTS["cards"], "rename", scripted(column="1", target="K3", name="=" + text[:60])
    )
    return moved(desk, INSTRUMENTS["cards"], "hide", scripted(column="0", card="103", reason="=" + text))


def agreements(text: str, members: int = 3) -> Desk[Any]:
    """Every stand, a deliberation, statements about items and about none."""
    settings = agreement.Settings(("Isu {item}", text), Fraction(1, 2), "mufakat")
    sheet = Sheet(settings, tuple(Item(str(n), text) for n in range(1, members + 1)), voters=4, today=TODAY)
    words = {"note": f"+n={text}", "object": f"+o={text}"}
    keys = [*(f"1:{item.id}" for item in sheet.items), "s2"]
    ballots: dict[int, dict[str, Any]] = {}
    for member, stand in enumerate(("agree", "note", "object", "abstain"), 1):
        suffix, _, word = words.get(stand, "").partition("=")
        ballots[member] = dict.fromkeys(keys, stand) | (
            {f"{key}{suffix}": word for key in keys} if suffix else {}
        )
    script = scripted(statement="s2", outcome="notes", text="=" + text)
    return moved(Desk(sheet, ballots), INSTRUMENTS["agreement"], "finalise", script)


def rankings(text: str, members: int = 3) -> Desk[Any]:
    """A tie, a further round that ties again, and the Ketua's decision."""
    items = tuple(Item(str(n), f"{n} {text}") for n in range(1, members + 1))
    context = tuple(Item(str(n), text) for n in range(1, members + 1))
    desk: Desk[Any] = Desk(Sheet(pairwise.Settings(), items, context, voters=4, today=TODAY), {})
    for _ in range(2):
        asked = [question.key for question in INSTRUMENTS["pairwise"].questions(desk.sheet, {})]
        mine = {1: dict.fromkeys(asked, "a"), 2: dict.fromkeys(asked, "b"), 3: {asked[0]: "a"}}
        desk = Desk(desk.sheet, {member: {**desk.ballots.get(member, {}), **mine[member]} for member in mine})
        last = desk
        desk = moved(desk, INSTRUMENTS["pairwise"], "again", scripted())
    return moved(last, INSTRUMENTS["pairwise"], "decide", scripted(item="1", reason="=" + text))


def polls(text: str, members: int = 3) -> Desk[Any]:
    """Slots with and without a place; one dropped, one picked."""
    sheet = Sheet(date_poll.Settings(), voters=4, today=TODAY)
    desk: Desk[Any] = Desk(
        sheet, {n: {"t1": "yes", "t2": "maybe", "t3": "no"} for n in range(1, members + 1)}
    )
    for time, place in (("09.00", "=" + text[:100]), ("10.00", "-"), ("11.00", "-")):
        desk = moved(
            desk, INSTRUMENTS["date_poll"], "slot", scripted(day="2026-11-30", time=time, place=place)
        )
    desk = moved(desk, INSTRUMENTS["date_poll"], "drop", scripted(slot="t3"))
    return moved(desk, INSTRUMENTS["date_poll"], "pick", scripted(slot="t2"))


SCENES: Mapping[str, Any] = {
    "cards": cards,
    "agreement": agreements,
    "selection": selection.selections,
    "pairwise": rankings,
    "weighting": weighting.weights,
    "scoring": scoring.scores,
    "rating_rings": rating_rings.rings,
    "checklist": checklist.checks,
    "worksheet": worksheet.tables,
    "narrative": narrative.naskah,
    "roster": roster.teams,
    "date_poll": polls,
}


FACTS: Mapping[str, Mapping[str, Any]] = {
    "checklist": checklist.FACTS,
    "narrative": narrative.FACTS,
    "rating_rings": rating_rings.FACTS,
    "roster": roster.FACTS,
    "scoring": scoring.FACTS,
    "selection": selection.FACTS,
    "weighting": weighting.FACTS,
    "worksheet": worksheet.FACTS,
}
"""Details of the faults an instrument tells, as nasty as they can be."""


def stages(desk: Desk[Any]) -> list[Desk[Any]]:
    """The desk before its first move, after the first, and so on."""
    old, moves = desk.sheet, desk.sheet.moves
    return [Desk(_with(old, moves[:count]), desk.ballots, desk.similarity) for count in range(len(moves) + 1)]


def _with(old: Sheet[Any], moves: tuple[Move, ...]) -> Sheet[Any]:
    return replace(old, moves=in_force(moves))


def tallied(name: str) -> Any:
    """The result of that instrument's desk."""
    desk = SCENES[name]("Air keruh & <b>")
    return INSTRUMENTS[name].tally(desk.sheet, desk.ballots)
