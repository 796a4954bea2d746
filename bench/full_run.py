"""A whole guide carried out at once: every activity has an adopted result that five members made by chance.

Not what a Pokja would write, but as much of it: the rows, the cells and the ballots are as many, drawn again alike.
"""

import random
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from domain.dialog import engine
from domain.dialog.questions import Answers, Confirm, Given, Question, Several, Tapped, Text, Typed
from domain.faults import Rejected
from domain.freezing import plain, seal
from domain.instruments.base import Instrument, Item, Sheet
from domain.instruments.registry import INSTRUMENTS
from domain.process.model import ActivitySpec
from domain.process.states import ADOPTED
from store import activities
from store.tables.core import Activity, Pokja, Result, Run, TopicRun
from usecases.work import Work

MEMBERS, ITEMS, MOST = 5, 8, 400
WORDS = (
    "Pipa tua di kota lama perlu diganti",
    "Meter air rusak dan tidak terbaca",
    "Air keruh saat hujan lebat",
    "Petugas lapangan kurang terlatih",
    "Keluhan pelanggan lambat ditangani",
    "Tarif belum disesuaikan dengan biaya",
)
TYPED = {"number": "12", "money": "Rp1.250.000", "date": "30/11/2030", "time": "09.30", "rating": "3"}


async def plant(work: Work, pokja: Pokja, run: Run, opener: int) -> None:
    """Adopts everything of the process that hasn't begun."""
    process = await work.library.get(work.session, run.process_version_id)
    begun = await activities.activities_of_run(work.session, run.id)
    topics = {path.split("/")[0]: each.topic_run_id for path, each in begun.items()}
    for topic in process.topics():
        if topic.key not in topics:
            row = TopicRun(run_id=run.id, key=topic.key, opened_at=work.now)
            work.session.add(row)
            await work.session.flush()
            topics[topic.key] = row.id
        for spec in topic.activities:
            if f"{topic.key}/{spec.key}" not in begun:
                await _adopt(work, pokja, run, topic.key, topics[topic.key], spec, opener)


async def _adopt(
    work: Work, pokja: Pokja, run: Run, topic: str, topic_run: int, spec: ActivitySpec, opener: int
) -> None:
    chance = random.Random(f"{topic}/{spec.key}")
    instrument = INSTRUMENTS[spec.instrument]
    items = tuple(Item(str(n), f"{chance.choice(WORDS)} {n}") for n in range(1, ITEMS + 1))
    sheet = Sheet(spec.settings, items, voters=MEMBERS, today=work.today(pokja.zone))
    ballots = {member: _ballot(instrument, sheet, chance) for member in range(1, MEMBERS + 1)}
    activity = Activity(
        topic_run_id=topic_run,
        pokja_id=pokja.id,
        topic_key=topic,
        key=spec.key,
        instrument=spec.instrument,
        state=ADOPTED,
        items=[asdict(item) for item in items],
        context=[],
        opened_by=opener,
        opened_at=work.now,
    )
    work.session.add(activity)
    await work.session.flush()
    data = _frozen(sheet, ballots, instrument.tally(sheet, ballots))
    work.session.add(
        Result(
            activity_id=activity.id,
            version=1,
            process_version_id=run.process_version_id,
            items=[],
            data=data,
            sha256=seal(data),
            adopted_by=opener,
            adopted_at=work.now,
        )
    )


def _frozen(sheet: Sheet[Any], ballots: dict[int, Answers], tallied: Any) -> dict[str, Any]:
    return {
        "voters": sheet.voters,
        "items": plain(sheet.items),
        "context": [],
        "inputs": {},
        "drawn": {},
        "moves": [],
        "ballots": plain(ballots),
        "result": plain(tallied),
    }


def _ballot(instrument: Instrument[Any, Any], sheet: Sheet[Any], chance: random.Random) -> Answers:
    """Somebody who answers whatever is asked; what they say twice is refused, and said otherwise."""
    mine: dict[str, Any] = {}
    for number in range(MOST):
        question = engine.next_question(instrument.questions(sheet, mine), mine)
        if question is None:
            break
        for given in _possible(question, chance, number):
            try:
                value = question.read(given)
                instrument.check(sheet, mine, question.key, value)
            except Rejected:
                continue
            mine[question.key] = value
            break
        else:
            break
    return mine


def _possible(question: Question, chance: random.Random, number: int) -> Iterator[Given]:
    """What somebody may give, likely things first."""
    if isinstance(question, Confirm):
        yield Tapped(chance.choice("yyn"))
    elif isinstance(question, Several):
        values = [option.value for option in question.options]
        yield Tapped(",".join(chance.sample(values, min(len(values), question.most, max(question.least, 3)))))
    elif options := getattr(question, "options", ()):
        yield from (Tapped(option.value) for option in chance.sample(options, len(options)))
    else:
        longest = question.longest if isinstance(question, Text) else MOST
        yield Typed(TYPED.get(question.kind, f"{chance.choice(WORDS)} {number}"[-longest:]))
        yield Typed(f"{number}"[-longest:])
    if question.optional:
        yield Tapped("-")
