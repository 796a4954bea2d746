"""Jadwal: which of several slots suits most; the facilitator picks, or the single best slot stands.

Slots are the facilitator's moves. Each member says of each slot yes, maybe or no. Slots are ranked by the
number of yes, then of maybe; slots equal in both share a rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.dialog.questions import Answers, Choice, Date, Option, Question, Text, Time
from domain.dialog.reading import MONTHS, WEEKDAYS
from domain.faults import Fault
from domain.instruments.base import (
    Ballots,
    Desk,
    Instrument,
    Item,
    Move,
    MoveForm,
    Sheet,
    counted,
    short_id,
)
from domain.process.reading import Reader

SLOT, DROP, PICK = "slot", "drop", "pick"
YES, MAYBE, NO = "yes", "maybe", "no"
ANSWERS = tuple(Option(each, about=each) for each in (YES, MAYBE, NO))


@dataclass(frozen=True, slots=True)
class Settings:
    """`most` slots can be put to the members."""

    most: int = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """A possible time: `day` ISO date, `time` HH:MM in the Pokja's zone, `place` may be empty.

    `starts` is the moment in ISO form without a zone ('2026-11-30T09:00'); `text` says it all in words.
    """

    id: str
    day: str
    time: str
    place: str
    starts: str
    text: str


@dataclass(frozen=True, slots=True)
class SlotCount:
    """How many answered what for a slot; `rank` from 1, shared by slots with equal counts."""

    slot: Slot
    yes: int
    maybe: int
    no: int
    rank: int


@dataclass(frozen=True, slots=True)
class Poll:
    """The slots, best first (equal ones by time), how many members answered, and the slot that stands.

    `chosen` is the picked slot or the single best one; `picked_by` is empty where nobody had to pick.
    """

    slots: tuple[SlotCount, ...]
    answered: int
    best: tuple[Slot, ...]
    chosen: Slot | None
    picked_by: str


class DatePoll(Instrument[Settings, Poll]):
    """Can, maybe or can't for each slot."""

    name = "date_poll"

    def read(self, reader: Reader) -> Settings:
        """`most`: how many slots at most."""
        return Settings(reader.whole("most", 6, 1, 10))

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """A fault unless there is at least one slot."""
        return None if slots(sheet) else Fault("no_slot")

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """One choice for each slot, in order of time."""
        return [
            Choice(key=slot.id, about="slot", options=ANSWERS, facts=_facts(slot)) for slot in slots(sheet)
        ]

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Poll:
        """The counts, the ranking and the slot that stands."""
        offered = slots(sheet)
        kept = counted({member: _about(offered, answers) for member, answers in ballots.items()})
        ranked = _ranked([_count(slot, kept) for slot in offered])
        best = tuple(each.slot for each in ranked if each.rank == 1 and each.yes + each.maybe)
        pick = _pick(sheet, offered)
        chosen = {slot.id: slot for slot in offered}[pick.values["slot"]] if pick else _single(best)
        return Poll(ranked, len(kept), best, chosen, pick.by if pick else "")

    def items(self, sheet: Sheet[Settings], result: Poll) -> tuple[Item, ...]:
        """The meeting: its `detail` is the ISO moment it starts."""
        slot = result.chosen
        return (Item(slot.id, slot.text, slot.id, slot.starts),) if slot else ()

    def trace(self, sheet: Sheet[Settings], result: Poll, item_id: str) -> Fault | None:
        """The number of members who can come at that time."""
        for each in result.slots:
            if each.slot.id == item_id:
                return Fault("suited", {"yes": each.yes, "maybe": each.maybe, "no": each.no})
        return None

    def lacking(self, sheet: Sheet[Settings], result: Poll) -> Fault | None:
        """What is missing before a result can be adopted: a chosen slot, picked or the only best one."""
        if result.chosen:
            return None
        return Fault("no_pick", {"slots": [slot.text for slot in result.best]})

    moves = (
        MoveForm(
            SLOT,
            questions=lambda desk, _: _ask_slot(desk.sheet),
            available=lambda desk: len(slots(desk.sheet)) < desk.sheet.settings.most,
            phases=frozenset({"draft", "open"}),
        ),
        MoveForm(
            DROP,
            questions=lambda desk, _: (_ask_which(DROP, slots(desk.sheet)),),
            available=lambda desk: bool(slots(desk.sheet)),
            phases=frozenset({"draft", "open"}),
        ),
        MoveForm(
            PICK,
            questions=lambda desk, _: (_ask_which(PICK, _best_first(desk)),),
            available=lambda desk: bool(slots(desk.sheet)),
        ),
    )


def slots(sheet: Sheet[Settings]) -> tuple[Slot, ...]:
    """The slots on offer in order of time; one named twice stands once, a dropped one doesn't."""
    offered: dict[str, Slot] = {}
    for move in sheet.moves:
        if move.kind == SLOT:
            slot = _slot(move)
            known = {(other.starts, other.place) for other in offered.values()}
            offered |= {} if (slot.starts, slot.place) in known else {slot.id: slot}
        elif move.kind == DROP:
            offered.pop(move.values["slot"], None)
    return tuple(sorted(offered.values(), key=lambda slot: slot.starts))


def _slot(move: Move) -> Slot:
    day, time, place = move.values["day"], move.values["time"], move.values.get("place") or ""
    text = f"{_in_words(date.fromisoformat(day))} pukul {time.replace(':', '.')}" + (
        f", {place}" if place else ""
    )
    return Slot(f"t{short_id(move.number)}", day, time, place, f"{day}T{time}", text)


def _in_words(day: date) -> str:
    """'Senin, 30 November 2026'."""
    return (
        f"{WEEKDAYS[day.weekday()].capitalize()}, {day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
    )


def _facts(slot: Slot) -> Mapping[str, object]:
    return {"day": slot.day, "time": slot.time, "place": slot.place}


def _about(offered: Sequence[Slot], answers: Answers) -> Answers:
    """The answers to slots still on offer."""
    return {slot.id: answers[slot.id] for slot in offered if slot.id in answers}


def _count(slot: Slot, ballots: Ballots) -> SlotCount:
    given = [answers.get(slot.id) for answers in ballots.values()]
    return SlotCount(slot, given.count(YES), given.count(MAYBE), given.count(NO), 1)


def _ranked(counts: Sequence[SlotCount]) -> tuple[SlotCount, ...]:
    """Most yes first, then most maybe; equal ones share a rank (1, 1, 3) and stay in order of time."""
    worth = {each.slot.id: (each.yes, each.maybe) for each in counts}
    ranks = {id_: 1 + sum(other > mine for other in worth.values()) for id_, mine in worth.items()}
    ranked = [SlotCount(c.slot, c.yes, c.maybe, c.no, ranks[c.slot.id]) for c in counts]
    return tuple(sorted(ranked, key=lambda each: each.rank))


def _single(best: Sequence[Slot]) -> Slot | None:
    return best[0] if len(best) == 1 else None


def _pick(sheet: Sheet[Settings], offered: Sequence[Slot]) -> Move | None:
    """The last pick of a slot that is still on offer."""
    ids = {slot.id for slot in offered}
    picks = [move for move in sheet.moves if move.kind == PICK and move.values["slot"] in ids]
    return picks[-1] if picks else None


def _ask_slot(sheet: Sheet[Settings]) -> tuple[Question, ...]:
    places = dict.fromkeys(slot.place for slot in slots(sheet) if slot.place)
    suggestions = tuple(Option(short_id(number), place) for number, place in enumerate(places))
    return (
        Date(key="day", about="slot.day", today=sheet.today, earliest=sheet.today),
        Time(key="time", about="slot.time"),
        Text(key="place", about="slot.place", optional=True, longest=100, suggestions=suggestions),
    )


def _ask_which(kind: str, offered: Sequence[Slot]) -> Choice:
    options = tuple(Option(slot.id, slot.text) for slot in offered)
    return Choice(key="slot", about=f"{kind}.slot", options=options, lettered=True)


def _best_first(desk: Desk[Settings]) -> tuple[Slot, ...]:
    return tuple(each.slot for each in DatePoll().tally(desk.sheet, desk.ballots).slots)
