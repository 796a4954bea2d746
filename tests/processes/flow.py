"""A process gone through as the engine does it: each activity draws what earlier ones adopted, and is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.dialog import engine
from domain.dialog.questions import Confirm, Given, Question, Tapped, Typed
from domain.instruments.base import PLENARY, Ballots, Item, Sheet
from domain.instruments.registry import INSTRUMENTS
from domain.process.conditions import all_hold
from domain.process.model import ActivitySpec, Process
from domain.process.sources import ITEMS, MEMBERS, SHOWN, Source
from tests.support.cast import BUDI, SITI
from tests.support.driving import TODAY, Answerer, fill

TEAM = (SITI, BUDI)
Row = Mapping[str, str]
"""What is said in each column; under '=' the text of a row that is there already, under '+' nothing for a new one."""


@dataclass
class Flow:
    """`adopted` holds the items of what is adopted, by 'topic/activity'."""

    process: Process
    adopted: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def spec(self, path: str) -> ActivitySpec:
        return self.process.activity(*path.split("/"))

    def sheet(self, path: str) -> Sheet[Any]:
        """What its members are asked about; KeyError where something it waits for isn't adopted."""
        spec = self.spec(path)
        drawn = {name: self._drawn(sources) for name, sources in spec.draws.items()}
        items = drawn.pop(ITEMS, ())[: spec.take or None]
        shown = drawn.pop(SHOWN, ())
        return Sheet(spec.settings, items, shown, voters=len(TEAM), today=TODAY, inputs=drawn)

    def adopt(self, path: str, *answerers: Answerer, room: bool = False) -> Any:
        """The result of what these members (or the room) answer; later activities can draw on it."""
        on, instrument = self.sheet(path), INSTRUMENTS[self.spec(path).instrument]
        assert instrument.ready(on) is None
        on = replace(on, plenary=room)
        ballots = {
            PLENARY if room else n: fill(instrument, on, each, 500) for n, each in enumerate(answerers, 1)
        }
        return self._settle(path, replace(on, plenary=False), ballots)

    def asks_nobody(self, path: str) -> bool:
        """Whether its result follows from what it drew."""
        on, instrument = self.sheet(path), INSTRUMENTS[self.spec(path).instrument]
        room = replace(on, plenary=True)
        return all(engine.next_question(instrument.questions(each, {}), {}) is None for each in (on, room))

    def _settle(self, path: str, on: Sheet[Any], ballots: Ballots) -> Any:
        instrument = INSTRUMENTS[self.spec(path).instrument]
        result = instrument.tally(on, ballots)
        assert instrument.lacking(on, result) is None
        found = instrument.items(on, result)
        self.adopted[path] = tuple(replace(item, source=f"{path}#{item.id}") for item in found)
        return result

    def _drawn(self, sources: Sequence[Source]) -> tuple[Item, ...]:
        found = [item for source in sources for item in self._from(source)]
        return tuple(replace(item, id=str(number)) for number, item in enumerate(found, 1))

    def _from(self, source: Source) -> Sequence[Item]:
        if source.path == MEMBERS:
            items = tuple(Item("", name, f"{MEMBERS}#{name}", fields={"instansi": "PDAM"}) for name in TEAM)
        else:
            items = self.adopted.get(source.path, ()) if source.optional else self.adopted[source.path]
        kept = [item for item in items if all_hold(source.where, item.fields)]
        marked = [replace(item, fields={**item.fields, **dict(source.mark)}) for item in kept]
        return marked[: source.take or None]


def table(rows: Sequence[Row]) -> Answerer:
    """Completes the rows that are there already, and adds the others."""
    written: dict[str, Row] = {}
    added = [row for row in rows if "+" in row]

    def give(question: Question) -> Given:
        if question.key.startswith("pick/"):
            return _pick(question, rows, written)
        number, _, column = question.key.replace("+", ".").partition(".")
        if column == "more":
            return Tapped("y" if int(number) < len(added) else "n")
        row = added[int(number) - 1] if number.isdecimal() else written[number]
        return said(question, row.get(column, ""))

    return give


def _pick(question: Question, rows: Sequence[Row], written: dict[str, Row]) -> Given:
    wanted = {row["="]: row for row in rows if "=" in row}
    for option in getattr(question, "options", ()):
        if option.label in wanted:
            written[option.value] = wanted[option.label]
            return Tapped(option.value)
    return Tapped("-")


def said(question: Question, words: str) -> Given:
    """The option of these words, or the words typed; nothing said is left out."""
    if not words:
        return Tapped("-")
    if isinstance(question, Confirm):
        return Tapped("y" if words == "ya" else "n")
    labels = {option.label: option.value for option in getattr(question, "options", ())}
    return Tapped(labels[words]) if labels else Typed(words)


def always(words: str) -> Callable[[Question], Given]:
    """Says the same to everything."""
    return lambda _: Tapped(words)
