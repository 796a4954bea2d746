"""Who has done their part of an activity and who hasn't: counted here for every screen, message and reminder."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.instruments.base import AnyInstrument, Ballots, Sheet


@dataclass(frozen=True, slots=True)
class Headcount:
    """Of the members `asked`: who is `done`, who has `begun`, and from whom something is still `missing`.

    Who has begun is among those missing. Nobody is asked where only the room decides.
    """

    asked: tuple[int, ...]
    done: tuple[int, ...]
    begun: tuple[int, ...]
    missing: tuple[int, ...]


def headcount(
    instrument: AnyInstrument, sheet: Sheet[object], ballots: Ballots, asked: Iterable[int]
) -> Headcount:
    """How far those asked are, each time in the order they are given."""
    everyone = tuple(asked) if instrument.questions(sheet, {}) else ()
    missing = tuple(who for who in everyone if not instrument.done(sheet, ballots.get(who, {})))
    answering = tuple(who for who in everyone if ballots.get(who))
    return Headcount(
        asked=everyone,
        done=tuple(who for who in answering if who not in missing),
        begun=tuple(who for who in answering if who in missing),
        missing=missing,
    )
