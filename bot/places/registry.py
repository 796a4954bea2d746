"""Every place a button can lead to, by the name the button carries."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Final

from bot.places import (
    activities,
    answering,
    broadcasts,
    documents,
    follow_ups,
    meetings,
    people,
    reminders,
    table_check,
    topics,
)
from bot.places.base import Place


def merged(modules: Iterable[ModuleType]) -> Mapping[str, Place[...]]:
    """The places of all modules. Raises ValueError where two have one name."""
    places: dict[str, Place[...]] = {}
    for each in (each for module in modules for each in vars(module).values() if isinstance(each, Place)):
        if places.setdefault(each.name, each) is not each:
            raise ValueError(f"two places are called {each.name!r}")
    return places


PLACES: Final = merged(
    (
        people,
        answering,
        topics,
        activities,
        follow_ups,
        reminders,
        broadcasts,
        meetings,
        documents,
        table_check,
    )
)
