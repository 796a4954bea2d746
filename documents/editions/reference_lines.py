"""The appendix of a document that tells where its rows come from: a line for each reference, in an instrument's words.

References in a row that came the same way share a line. A way that leads through a row of the same document is told
from there on: before, only how it began.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from documents.editions.references import Reference
from documents.language.indonesian import day_of
from documents.language.wording import Wording
from domain.documents.origins import Step

ARROW, GAP = " → ", " → … "


@dataclass(frozen=True, slots=True)
class Line:
    """The references from `first` to `last`: the row of the first, and the way that all of them came."""

    first: int
    last: int
    text: str
    way: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The lines about one result, which was adopted on that day."""

    title: str
    adopted: str
    lines: tuple[Line, ...]


def appendix(references: Sequence[Reference], wording: Wording, zone: str) -> tuple[Chapter, ...]:
    """Where the references lead, result by result; days as they are in that zone."""
    teller = Teller(wording, zone, {_stop(each.steps[0]): each.number for each in references})
    groups = itertools.groupby(references, key=lambda each: each.version)
    return tuple(_chapter(list(group), teller) for _, group in groups)


def _chapter(references: Sequence[Reference], teller: "Teller") -> Chapter:
    step = references[0].steps[0]
    adopted = day_of(step.adopted_at, teller.zone)
    return Chapter(f"{step.topic} {step.title}", adopted, tuple(_lines(references, teller)))


def _lines(references: Iterable[Reference], teller: "Teller") -> Iterator[Line]:
    for way, group in itertools.groupby(references, key=lambda each: teller.way(each.steps)):
        alike = list(group)
        yield Line(alike[0].number, alike[-1].number, alike[0].steps[0].text, way)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells ways. `zone` is where days are counted, `numbers` are the references of the rows that have one."""

    wording: Wording
    zone: str
    numbers: Mapping[tuple[int, int, str], int]

    def way(self, steps: Sequence[Step]) -> str:
        """'kartu anggota “Air keruh” (2.1, 12 Jan 2026) → peringkat 1 dari 7', as plain text.

        `steps` begin with the newest; its topic and day are the chapter's.
        """
        known = next((at for at, each in enumerate(steps) if at and _stop(each) in self.numbers), 0)
        here, now = self._place(steps[0]), steps[0].text
        if not known:
            return ARROW.join(self._told(steps[::-1], here, now))
        since = ARROW.join([f"R{self.numbers[_stop(steps[known])]}", *self._told(steps[:known][::-1], here)])
        begun = "".join(self._told(steps[known + 1 :][-1:], here, now))
        return f"{begun}{GAP}{since}" if begun else since

    def _told(self, steps: Sequence[Step], here: str, now: str = "") -> Iterator[str]:
        """The steps, the oldest first, with the place they are from unless it is `here`.

        The first one says what it was called then, unless that is what it is called `now`.
        """
        words = [(self._place(each), self._words(each)) for each in steps]
        if now and steps and steps[0].text != now:
            begun = self.wording.plain("origins.begun", words=words[0][1], text=steps[0].text)
            words[0] = (words[0][0], begun)
        for place, group in itertools.groupby(words, key=lambda each: each[0]):
            said = ARROW.join(told for told, _ in itertools.groupby(told for _, told in group))
            yield said if place == here else f"{said} ({place})"

    def _words(self, step: Step) -> str:
        """An instrument's short words for a step, or the activity's title; with who wrote it where that is shown."""
        words = self._short(step)
        if not step.writers:
            return words
        return self.wording.plain("origins.signed", words=words, writers=step.writers)

    def _short(self, step: Step) -> str:
        key = f"origin.{step.told.code}" if step.told else ""
        if step.told and self.wording.has(key, step.instrument):
            return self.wording.plain(key, step.instrument, **step.told.details)
        return step.title

    def _place(self, step: Step) -> str:
        return f"{step.topic}, {day_of(step.adopted_at, self.zone)}"


def _stop(step: Step) -> tuple[int, int, str]:
    return step.activity_id, step.version, step.item_id
