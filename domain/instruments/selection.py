"""Pilih beberapa: each member picks a few of the items; those with most votes are kept.

Items nobody picked are never kept. Where more items share the last place than fit in, they are voted on again
among themselves, or the Ketua decides (see runoff).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.dialog.questions import Answers, Question
from domain.faults import Fault
from domain.instruments import runoff
from domain.instruments.base import Ballots, Desk, Instrument, Item, Sheet
from domain.instruments.ranks import Order, Standing, combined
from domain.instruments.runoff import Border, Decision, Poll
from domain.process.reading import Reader


@dataclass(frozen=True, slots=True)
class Settings:
    """A member picks `least` to `pick` items; `keep` are kept in the end (0: all that somebody picked)."""

    pick: int = 3
    least: int = 1
    keep: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """All rounds, the final order, the ids of the `chosen`, and what is still `tied` for `places`."""

    rounds: tuple[Poll, ...]
    order: Order
    chosen: tuple[str, ...]
    tied: tuple[str, ...]
    places: int
    decision: Decision | None


def _disputed(desk: Desk[Settings]) -> Border:
    result = PickSeveral().tally(desk.sheet, desk.ballots)
    return Border(result.tied, result.places)


class PickSeveral(Instrument[Settings, Selection]):
    """Pick up to N."""

    name = "selection"

    def read(self, reader: Reader) -> Settings:
        """`pick` (default 3), `least` (1), `keep` (0: every item somebody picked)."""
        if not reader.has("items_from"):
            reader.fault("needs_items", field="items_from")
        pick = reader.whole("pick", 3, 1, runoff.MOST_OFFERED)
        least, keep = reader.whole("least", 1, 1, pick), reader.whole("keep", 0, 0, runoff.MOST_OFFERED)
        return Settings(pick, least, keep)

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """A fault unless there is something to choose from, and no more than the buttons hold."""
        if 0 < len(sheet.items) <= runoff.MOST_OFFERED:
            return None
        return Fault("selection_items", {"given": len(sheet.items), "most": runoff.MOST_OFFERED})

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """One question: which items, or which of the tied."""
        return [runoff.ask_further(sheet) or _ask(sheet)]

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Selection:
        """The votes of every round, and the order they give together."""
        polls = (runoff.poll(1, sheet.items, ballots), *runoff.further(sheet, ballots))
        order = combined(*(each.standings for each in polls))
        voted = tuple(standing for standing in order if standing.value)
        voted, disputed, decision = runoff.settled(sheet, voted, sheet.settings.keep)
        unpicked = tuple(standing for standing in order if not standing.value)
        return Selection(
            rounds=polls,
            order=voted + unpicked,
            chosen=_chosen(voted, disputed, sheet.settings.keep),
            tied=disputed.tied,
            places=disputed.places,
            decision=decision,
        )

    def items(self, sheet: Sheet[Settings], result: Selection) -> tuple[Item, ...]:
        """The chosen, in order."""
        sources = {item.id: item for item in sheet.items}
        return tuple(_passed_on(sources[each.id], each) for each in result.order if each.id in result.chosen)

    def lacking(self, sheet: Sheet[Settings], result: Selection) -> Fault | None:
        """What is missing before a result can be adopted: somebody's choice, and places nobody disputes."""
        if not result.chosen and not result.tied:
            return Fault("nobody_chose")
        if result.tied:
            texts = [standing.text for standing in result.order if standing.id in result.tied]
            return Fault("tie_for_place", {"items": texts, "places": result.places})
        return None

    def pulse(self, desk: Desk[Settings]) -> Fault | None:
        """On how many items more than half of those who answered agree."""
        latest = self.tally(desk.sheet, desk.ballots).rounds[-1]
        if latest.ballots <= 1:  # one ballot tells what one person chose
            return None
        agreed = sum(2 * standing.value > latest.ballots for standing in latest.standings)
        return Fault("majorities", {"agreed": agreed, "ballots": latest.ballots})

    def trace(self, sheet: Sheet[Settings], result: Selection, item_id: str) -> Fault | None:
        """The number of members who chose the item."""
        for each in result.order:
            if each.id == item_id:
                by = runoff.ruled_by(result.decision, each.id)
                told = {"votes": each.value, "ballots": result.rounds[0].ballots, "rank": each.rank, "by": by}
                return Fault("votes", told)
        return None

    moves = runoff.moves(_disputed)


def _ask(sheet: Sheet[Settings]) -> Question:
    """Asks what is chosen: a member picks a few, the room says at once what is kept."""
    settings = sheet.settings
    if sheet.plenary:
        return runoff.ask(1, "pick", sheet.items, 1, settings.keep or len(sheet.items))
    return runoff.ask(1, "pick", sheet.items, settings.least, settings.pick)


def _chosen(voted: Order, disputed: Border, keep: int) -> tuple[str, ...]:
    return tuple(
        standing.id
        for standing in voted
        if (not keep or standing.rank <= keep) and standing.id not in disputed.tied
    )


def _passed_on(item: Item, standing: Standing) -> Item:
    return replace(item, fields={**item.fields, "suara": standing.value, "peringkat": standing.rank})
