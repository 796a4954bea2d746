"""Pembobotan: every member gives each criterion its importance, on a scale or out of 100 points.

How the weights are counted stands in weighting_board. Afterwards the facilitator can record weights the group
agreed on, with the reason; the counted ones stay beside them.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.dialog.questions import Answers, Choice, Number, Option, Question, Rating, Text
from domain.faults import Fault
from domain.instruments.base import Ballots, Desk, Instrument, Item, MoveForm, Sheet
from domain.instruments.scoring.criteria import KEY, WEIGHT, Criterion, Words, read_criteria, read_words
from domain.instruments.weighting.board import (
    ADJUST,
    LOWEST,
    POINTS,
    SCALE,
    Settings,
    Weights,
    agreed_key,
    criteria,
    points,
    points_key,
    tally,
    told,
    traced,
)
from domain.process.reading import Reader

FEWEST = 2  # the weight of a single criterion is settled
STEPS = (0, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100)
"""The points on the buttons, beside an equal part of what is left and all of it."""


class Weighting(Instrument[Settings, Weights]):
    """Give each criterion its importance."""

    name = "weighting"

    def read(self, reader: Reader) -> Settings:
        """`criteria` or items_from (or both), `method` skala or poin, `highest` 2 to 10, `words` of the scale."""
        highest = reader.whole("highest", 5, 2, 10)
        return Settings(
            read_criteria(reader, required=not reader.has("items_from")),
            reader.one_of("method", (SCALE, POINTS), SCALE),
            highest,
            read_words(reader, LOWEST, highest),
        )

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """There has to be something to weigh against each other."""
        return None if len(criteria(sheet)) >= FEWEST else Fault("few_criteria")

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """The importance of each criterion; points are asked for until none are left."""
        asked = criteria(sheet)
        if sheet.settings.method == SCALE:
            return _ratings(asked, sheet.settings.highest, sheet.settings.words)
        return tuple(_ask_points(*each) for each in points(asked, mine))

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Weights:
        """The weights, exact; they sum to 1."""
        return tally(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Weights) -> tuple[Item, ...]:
        """The criteria in their order, each with its weight."""
        sources = {item.id: item for item in (*map(_item, sheet.settings.criteria), *sheet.items)}
        return tuple(
            replace(sources[each.id], fields={**sources[each.id].fields, WEIGHT: str(each.weight)})
            for each in result.criteria
        )

    def lacking(self, sheet: Sheet[Settings], result: Weights) -> Fault | None:
        """What is missing before a result can be adopted: somebody who is done."""
        return None if result.complete else Fault("no_complete_ballot")

    def pulse(self, desk: Desk[Settings]) -> Fault | None:
        """How far the members' orders of the criteria agree."""
        return told(tally(desk.sheet, desk.ballots))

    def trace(self, sheet: Sheet[Settings], result: Weights, item_id: str) -> Fault | None:
        """The criterion's weight, and by how many members it was given."""
        return traced(result, item_id)

    moves = (
        MoveForm(
            ADJUST,
            questions=lambda desk, _: tuple(_ask_agreed(desk)),
            available=lambda desk: bool(tally(desk.sheet, desk.ballots).complete),
        ),
    )


@functools.lru_cache(maxsize=64)
def _ratings(asked: tuple[Criterion, ...], highest: int, words: Words) -> Sequence[Question]:
    """The questions for ratings; cached, since they are the same for all members and asked for at every tap."""
    return tuple(
        Rating(
            key=each.id,
            about="importance",
            lowest=LOWEST,
            highest=highest,
            words=dict(words),
            facts={"criterion": each.title, "hint": each.hint, "highest": highest, "words": words, "left": 0},
        )
        for each in asked
    )


def _ask_points(criterion: Criterion, left: int, sharing: int) -> Choice:
    """Asks for points; for the last criterion those that are left are offered."""
    offered = (
        sorted({*(step for step in STEPS if step <= left), left // sharing, left}) if sharing > 1 else [left]
    )
    return Choice(
        key=points_key(criterion, left),
        about="importance",
        options=tuple(Option(str(each), str(each)) for each in offered),
        facts={"criterion": criterion.title, "hint": criterion.hint, "left": left, "others": sharing - 1},
    )


def _item(criterion: Criterion) -> Item:
    return Item(criterion.id, criterion.title, criterion.key, criterion.hint, {KEY: criterion.key})


def _ask_agreed(desk: Desk[Settings]) -> Iterator[Question]:
    for each in tally(desk.sheet, desk.ballots).criteria:
        yield Number(
            key=agreed_key(each.id),
            about="adjust.weight",
            lowest=Decimal("0.01"),
            highest=Decimal(10_000),
            facts={"criterion": each.title, "counted": each.counted},
        )
    yield Text(key="reason", about="adjust.reason", shortest=5, longest=300)
