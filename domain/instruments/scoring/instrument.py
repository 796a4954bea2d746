"""Skor tertimbang (MCUA): members score each item on each criterion; the total is Σ weight × mean score.

Equal totals are equal and share a rank. Any tie can be scored again among the tied or be ordered by the Ketua,
who gives the reason; both are recorded (scoring_ties). How it is counted stands in scoring_rounds, the whole
result in scoring_board.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.dialog.questions import Answers, Question, Rating
from domain.faults import Fault
from domain.instruments.base import Ballots, Desk, Instrument, Item, Sheet
from domain.instruments.scoring.board import (
    FOLLOWERS,
    LEADER,
    RANK,
    TOTAL,
    Priorities,
    Settings,
    Standing,
    board,
    criteria,
    followers_of,
    told,
    traced,
)
from domain.instruments.scoring.criteria import Criterion, Words, exact, read_criteria, read_words, shares
from domain.instruments.scoring.rounds import key
from domain.instruments.scoring.ties import Ties, again, decide, rounds
from domain.process.reading import Reader
from domain.process.sources import WEIGHTS, draw


def _tied(desk: Desk[Settings]) -> Ties:
    """The ties that can be settled: those of a result that somebody's scores or earlier totals stand behind."""
    found = board(desk.sheet, desk.ballots)
    if not found.rounds[0].complete and not found.merged:
        return {}
    return {tie.rank: tuple(each.id for each in found.order if each.rank == tie.rank) for tie in found.ties}


def _tied_again(desk: Desk[Settings]) -> Ties:
    return _tied(desk) if shares(criteria(desk.sheet)) else {}


class Scoring(Instrument[Settings, Priorities]):
    """Score every item on every criterion."""

    name = "scoring"

    def read(self, reader: Reader) -> Settings:
        """items_from; weights_from or `criteria`; the scale; followers; `totals_from_items`; `leader`."""
        if not reader.has("items_from"):
            reader.fault("needs_items", field="items_from")
        lowest = reader.whole("lowest", 1, 0, 9)
        highest = reader.whole("highest", max(5, lowest + 1), lowest + 1, 10)
        merges = reader.flag("totals_from_items")
        drawn = draw(reader, WEIGHTS, "weights_from")
        followers = draw(reader, FOLLOWERS, "followers_from")
        return Settings(
            read_criteria(reader, required=not (drawn or merges), scale=(lowest, highest)),
            lowest,
            highest,
            read_words(reader, lowest, highest),
            reader.text("followers_by") if followers else "",
            merges,
            reader.flag("leader"),
        )

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """Something to score, and what it takes to score it."""
        if not sheet.items:
            return Fault("nothing_to_score")
        if sheet.settings.merges:
            known = all(exact(item.fields.get(TOTAL)) is not None for item in sheet.items)
            return None if known else Fault("no_total")
        asked = criteria(sheet)
        if asked and shares(asked):
            return None
        return Fault("no_weight") if asked else Fault("no_criteria")

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """Item by item the score on each criterion, for the items of the current round."""
        number, items = rounds(sheet)[-1]
        if number == 1 and sheet.settings.merges:
            return ()
        settings = sheet.settings
        return _ratings(number, items, criteria(sheet), settings.lowest, settings.highest, settings.words)

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Priorities:
        """The whole calculation, exact."""
        return board(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Priorities) -> tuple[Item, ...]:
        """The items in their order, each with its followers below it; followers without a leader come last."""
        return tuple(_passed_on(sheet, result))

    def lacking(self, sheet: Sheet[Settings], result: Priorities) -> Fault | None:
        """A complete ballot, and a single first place where the process asks for one."""
        if not result.rounds[0].complete and not result.merged:
            return Fault("no_complete_ballot")
        first = [tie for tie in result.ties if tie.rank == 1]
        if sheet.settings.leader and first:
            return Fault("tie_for_lead", {"items": list(first[0].texts)})
        return None

    def pulse(self, desk: Desk[Settings]) -> Fault | None:
        """Kendall's W so far, and the items that split the group most."""
        return told(board(desk.sheet, desk.ballots))

    def trace(self, sheet: Sheet[Settings], result: Priorities, item_id: str) -> Fault | None:
        """The item's rank and total, or the item it follows."""
        return traced(result, item_id)

    moves = (again(_tied_again), decide(_tied))


@functools.lru_cache(maxsize=64)
def _ratings(
    number: int,
    items: tuple[Item, ...],
    asked: tuple[Criterion, ...],
    lowest: int,
    highest: int,
    words: Words,
) -> Sequence[Question]:
    """The questions for ratings; cached, since they are the same for all members and asked for at every tap."""
    scale = range(lowest, highest + 1)
    return tuple(_ask(number, item, criterion, scale, words) for item in items for criterion in asked)


def _ask(number: int, item: Item, criterion: Criterion, scale: range, words: Words) -> Rating:
    meant = {**dict(words), **dict(criterion.words)}
    return Rating(
        key=key(number, item, criterion),
        about="score",
        lowest=scale[0],
        highest=scale[-1],
        words=meant,
        facts={
            "item": item.text,
            "criterion": criterion.title,
            "hint": criterion.hint,
            "words": tuple(sorted(meant.items())),
            "lowest": scale[0],
            "highest": scale[-1],
            "round": number,
        },
    )


def _passed_on(sheet: Sheet[Settings], result: Priorities) -> Iterator[Item]:
    sources = {item.id: item for item in sheet.items}
    following = followers_of(sheet)
    for standing in result.order:
        yield _placed(sources[standing.id], standing)
        for each in standing.followers:
            facts = {RANK: standing.rank, LEADER: standing.text}
            yield _with(replace(following[each.id], id=each.id), **facts)
    for each in result.unattached:
        yield replace(following[each.id], id=each.id)


def _placed(item: Item, standing: Standing) -> Item:
    return _with(item, **{TOTAL: str(standing.total), RANK: standing.rank})


def _with(item: Item, **facts: object) -> Item:
    return replace(item, fields={**item.fields, **facts})
