"""What papers about the Pokja itself have in common: its calendar as agreed or computed, and its people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import roles
from domain.calendar.working_days import WorkingDays
from domain.documents.editions import Edition, Signer, Source
from domain.process.model import Process, Topic
from domain.process.sources import CALENDAR
from domain.process.states import ADOPTED, AHEAD
from store import activities, holidays, people
from store.tables.core import Membership, Run, TopicRun
from usecases.activities import inputs, results
from usecases.activities.outcomes import Result
from usecases.documents.kinds.base import Ground

BEARERS = (roles.KETUA, roles.SEKRETARIS)
"""Who signs what the Pokja itself makes, where nobody else is named."""
FARTHEST = 10
"""Years from the beginning beyond which an agreed day was mistyped."""
RANKS = (roles.KETUA, roles.SEKRETARIS, roles.ANGGOTA, roles.FASILITATOR)


@dataclass(frozen=True, slots=True)
class Planned:
    """A topic in the calendar: its first and last day, both included, and the working days between them."""

    key: str
    title: str
    starts: date
    ends: date
    days: int
    state: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the calendar; `who` take part in all its topics."""

    key: str
    title: str
    topics: tuple[Planned, ...]
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All stages; the agreed result that the dates were taken from, if there is one, and which activity's it is."""

    phases: tuple[Phase, ...] = ()
    path: str = ""
    agreed: Result | None = None

    def source(self) -> Iterator[Source]:
        """The agreed result as what a document rests on."""
        if self.agreed:
            found = self.agreed
            yield Source(found.activity_id, self.path, found.title, found.version, found.sha256)

    def topics(self) -> Iterator[Planned]:
        """All topics in order."""
        for phase in self.phases:
            yield from phase.topics


async def members(ground: Ground) -> Sequence[Membership]:
    """The active members without guests, the Ketua first."""
    found = await people.members(ground.session, ground.pokja.id)
    return sorted(
        [member for member, _ in found if member.role in RANKS],
        key=lambda member: (RANKS.index(member.role), member.id),
    )


async def signers(ground: Ground, edition: Edition) -> tuple[Signer, ...]:
    """Who signs: those on the Pokja's paper, else its Ketua and its Sekretaris."""
    bearers = [each for each in await members(ground) if each.role in BEARERS]
    return edition.signers or tuple(Signer(f"{each.role.capitalize()} Pokja", each.name) for each in bearers)


async def calendar(ground: Ground) -> Calendar:
    """The Kalender Kerja: dates that were adopted, else topics one after the other; empty without a process."""
    if ground.run is None or ground.process is None:
        return Calendar()
    path, agreed = await _agreed(ground, ground.run, ground.process)
    slots = {
        each.key: (each.starts, each.ends)
        for each in inputs.topic_slots(ground.process, ground.run.start_date)
    }
    states = await activities.topic_runs(ground.session, ground.run.id)
    dates = {**slots, **(_dates(agreed.result, ground.run.start_date) if agreed else {})}
    days = holidays.working_days(
        min(first for first, _ in dates.values()), max(last for _, last in dates.values())
    )
    return Calendar(
        tuple(
            _phase(stage.key, stage.title, stage.topics, dates, days, states)
            for stage in ground.process.stages
        ),
        path,
        agreed,
    )


def _phase(
    key: str,
    title: str,
    topics: Sequence[Topic],
    dates: Mapping[str, tuple[date, date]],
    days: WorkingDays,
    states: Mapping[str, TopicRun],
) -> Phase:
    """A stage; who takes part in all its topics is said once."""
    everywhere = [who for who in topics[0].participants if all(who in each.participants for each in topics)]
    return Phase(
        key,
        title,
        tuple(
            Planned(
                each.key,
                each.title,
                *dates[each.key],
                days.between(dates[each.key][0], dates[each.key][1]) + days.is_working(dates[each.key][0]),
                states[each.key].state if each.key in states else AHEAD,
                tuple(who for who in each.participants if who not in everywhere),
            )
            for each in topics
        ),
        tuple(everywhere),
    )


async def _agreed(ground: Ground, run: Run, process: Process) -> tuple[str, Result | None]:
    """The adopted table that was drawn from the calendar, and which activity's it is."""
    for path, activity in (await activities.activities_of_run(ground.session, run.id)).items():
        draws = process.activity(activity.topic_key, activity.key).draws.values()
        if activity.state == ADOPTED and any(each.path == CALENDAR for sources in draws for each in sources):
            kept = await activities.latest_result(ground.session, activity.id)
            return path, await results.read(ground.session, ground.library, kept.id) if kept else None
    return "", None


def _dates(table: Any, start: date) -> Mapping[str, tuple[date, date]]:
    """The table's days by topic, where they make sense: both there, in their order, and near the beginning."""
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row.cells, strict=True)) for row in table.rows]
    found = {
        row["topik"]: (date.fromisoformat(row["mulai"]), date.fromisoformat(row["selesai"]))
        for row in rows
        if row.get("topik") and row.get("mulai") and row.get("selesai")
    }
    return {
        key: (first, last)
        for key, (first, last) in found.items()
        if first <= last and max(abs(first.year - start.year), abs(last.year - start.year)) <= FARTHEST
    }
