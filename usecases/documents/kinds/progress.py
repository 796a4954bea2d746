"""Laporan kemajuan: how far the topics are, what became of tindak lanjut, which meetings were held; as of now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.documents.editions import Edition
from domain.follow_ups.board import SOON, by_age, days_late
from domain.follow_ups.follow_up import BLOCKED, CANCELLED, DONE, LIVE, OPEN, FollowUp
from domain.meetings.meeting import CORRECTING, FINAL, IN_SESSION
from domain.process.model import Process, Topic
from domain.process.states import ADOPTED, SKIPPED
from store import activities, follow_ups, meetings, people
from store.follow_ups import Kept
from store.tables.core import Activity, Membership, Run, TopicRun
from store.tables.meetings import MeetingRow
from usecases.activities import inputs
from usecases.documents.kinds import planning
from usecases.documents.kinds.base import WITH_EXCEL, Ground, Paper
from usecases.meetings.meeting import present
from usecases.topics import framework
from usecases.topics.framework import SETTLED

STATES = (OPEN, BLOCKED, DONE, CANCELLED)
CONVENED = frozenset({IN_SESSION, CORRECTING, FINAL})
"""States of meetings that took place."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic: planned and real days, how much of it is done (percent), and by title what is under way or stale.

    `late`: its planned last day is over and it isn't settled. `reason`: why it was skipped.
    """

    key: str
    title: str
    state: str
    percent: int
    starts: date
    ends: date
    opened: date | None
    closed: date | None
    late: bool
    reason: str
    under_way: tuple[tuple[str, str], ...]
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageLines:
    """A stage with its topics; `settled` of them are done or skipped."""

    key: str
    title: str
    settled: int
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A tindak lanjut; the first of `owners` leads, `late` is in days, `soon` due within a week."""

    text: str
    owners: tuple[str, ...]
    topic: str
    due: date
    state: str
    late: int
    soon: bool
    done: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What one person has to do: still to be done, of it late, and done."""

    name: str
    instansi: str
    live: int
    late: int
    done: int


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting that was held: `came` of `invited`, whether it was a quorum."""

    title: str
    on: date
    place: str
    state: str
    invited: int
    came: int
    quorum: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run's topics and activities are: the rows by their keys, and what is stale."""

    topics: Mapping[str, TopicRun]
    begun: Mapping[str, Activity]
    stale: Mapping[str, Sequence[str]]


async def _gather(ground: Ground) -> Edition:
    everyone = await people.everyone(ground.session, ground.pokja.id)
    given = await follow_ups.of_pokja(ground.session, ground.pokja.id)
    lines = sorted([_follow_up(ground, each, everyone) for each in given], key=_urgency)
    facts = {
        **await _course(ground),
        "follow_ups": lines,
        "counts": _counts(lines),
        "people": _people(given, everyone, ground.today()),
        "meetings": await _meetings(ground),
    }
    made = ground.edition("progress", PAPER.title, facts, subject=f"{ground.today()}")
    return replace(made, signers=await planning.signers(ground, made))


PAPER = Paper("kemajuan", "Laporan Kemajuan", _gather, formats=WITH_EXCEL)


async def _course(ground: Ground) -> dict[str, object]:
    """How far the process is; nothing of it before one has begun."""
    if ground.run is None or ground.process is None:
        return {"process": "", "percent": 0, "stages": ()}
    standing = await _standing(ground.session, ground.run, ground.process)
    calendar = await planning.calendar(ground)
    planned = {each.key: each for each in calendar.topics()}
    topics = {each.key: each for each in ground.process.topics()}
    stages = tuple(
        _stage(
            phase, [_topic(ground, topics[each.key], planned[each.key], standing) for each in phase.topics]
        )
        for phase in calendar.phases
    )
    done = framework.percent(ground.process, standing.begun, standing.topics)
    return {"process": ground.process.title, "percent": done, "stages": stages}


async def _standing(session: AsyncSession, run: Run, process: Process) -> Standing:
    begun = await activities.activities_of_run(session, run.id)
    holding = await activities.versions_alike(session, [each.id for each in begun.values()])
    topics = await activities.topic_runs(session, run.id)
    return Standing(topics, begun, inputs.stale(process, begun, holding))


def _stage(phase: planning.Phase, topics: Sequence[TopicLine]) -> StageLines:
    return StageLines(phase.key, phase.title, sum(each.state in SETTLED for each in topics), tuple(topics))


def _topic(ground: Ground, topic: Topic, planned: planning.Planned, standing: Standing) -> TopicLine:
    row = standing.topics.get(topic.key)
    titles = {f"{topic.key}/{spec.key}": spec.title for spec in topic.activities}
    under_way = [
        (title, standing.begun[path].state)
        for path, title in titles.items()
        if path in standing.begun and standing.begun[path].state not in {ADOPTED, SKIPPED}
    ]
    return TopicLine(
        key=topic.key,
        title=topic.title,
        state=planned.state,
        percent=int(100 * framework.share(topic, standing.begun, standing.topics)),
        starts=planned.starts,
        ends=planned.ends,
        opened=_day(ground, row.opened_at if row and row.state != SKIPPED else None),
        closed=_day(ground, row.closed_at if row and row.state in SETTLED else None),
        late=planned.state not in SETTLED and planned.ends < ground.today(),
        reason=row.reason if row else "",
        under_way=tuple(under_way),
        stale=tuple(title for path, title in titles.items() if path in standing.stale),
    )


def _day(ground: Ground, moment: datetime | None) -> date | None:
    """The date where the Pokja is."""
    return moment.astimezone(ZoneInfo(ground.pokja.zone)).date() if moment else None


def _follow_up(ground: Ground, kept: Kept, everyone: Mapping[int, Membership]) -> FollowUpLine:
    today = ground.today()
    return FollowUpLine(
        text=kept.row.text,
        owners=tuple(everyone[owner.who].name for owner in kept.now.owners),
        topic=kept.row.source.partition("/")[0],
        due=kept.now.due,
        state=kept.now.state,
        late=days_late(kept.now, today),
        soon=by_age(today)(kept.now) == (SOON,),
        done=_day(ground, kept.row.done_at),
    )


def _urgency(line: FollowUpLine) -> tuple[int, date]:
    """The sort key of a tindak lanjut: by state, then the most overdue first."""
    return STATES.index(line.state), line.due


def _counts(lines: Sequence[FollowUpLine]) -> dict[str, int]:
    """How many in each state, and of those still to be done how many are late, soon due, or neither."""
    live = [each for each in lines if each.state in LIVE]
    late, soon = sum(each.late > 0 for each in live), sum(each.soon for each in live)
    found = {state: sum(each.state == state for each in lines) for state in STATES}
    return {**found, "late": late, "soon": soon, "later": len(live) - late - soon}


def _people(given: Sequence[Kept], everyone: Mapping[int, Membership], today: date) -> list[PersonLine]:
    """The people with tindak lanjut; who is late with the most first."""
    owned = [(owner.who, each) for each in given for owner in each.now.owners if each.now.state != CANCELLED]
    lines = [
        _person(everyone[who], [each.now for one, each in owned if one == who], today)
        for who in {who for who, _ in owned}
    ]
    return sorted(lines, key=lambda each: (-each.late, -each.live, each.name.casefold(), each.instansi))


def _person(member: Membership, mine: Sequence[FollowUp], today: date) -> PersonLine:
    return PersonLine(
        member.name,
        member.instansi,
        live=sum(each.state in LIVE for each in mine),
        late=sum(days_late(each, today) > 0 for each in mine),
        done=sum(each.state == DONE for each in mine),
    )


async def _meetings(ground: Ground) -> list[MeetingLine]:
    """The meetings that took place, in order of time."""
    rows = await meetings.listed(ground.session, ground.pokja.id)
    return [await _meeting(ground, each) for each in reversed(rows) if each.state in CONVENED]


async def _meeting(ground: Ground, row: MeetingRow) -> MeetingLine:
    invited = await meetings.invited(ground.session, row.id)
    found = await present(ground.session, row, invited)
    return MeetingLine(
        title=row.title,
        on=row.starts.astimezone(ZoneInfo(ground.pokja.zone)).date(),
        place=row.place or row.link,
        state=row.state,
        invited=len(invited),
        came=len(found.present),
        quorum=found.quorum,
    )
