"""What an activity draws from earlier results, from which version of each, and whether that still holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from domain.calendar.work_calendar import Slot, schedule
from domain.faults import Rejected
from domain.instruments.base import Item
from domain.process.conditions import all_hold
from domain.process.model import ActivitySpec, Process
from domain.process.sources import CALENDAR, ITEMS, MEMBERS, SHOWN, Source, paths
from domain.process.states import ADOPTED, SKIPPED
from store import activities, holidays, people
from store.tables.core import Activity, Result, Run
from usecases.library import read_items
from usecases.work import Work

LONGEST_YEARS = 3
"""A process is over by then; holidays farther ahead aren't decreed anyway."""

NOTHING = 0
"""The version of a source that had no result and was not waited for."""


NONE = frozenset({NOTHING})


@dataclass(slots=True)
class Intake:
    """What is drawn: items by name, and the version of each activity they came from."""

    named: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def onto(self, activity: Activity) -> None:
        """Writes the inputs into the activity's row."""
        activity.items = plain_items(self.named.get(ITEMS, ()))
        activity.context = plain_items(self.named.get(SHOWN, ()))
        rest = {name: each for name, each in self.named.items() if name not in {ITEMS, SHOWN}}
        activity.inputs = {name: plain_items(each) for name, each in rest.items()}
        activity.drawn = self.versions


def plain_items(items: Iterable[Item]) -> list[object]:
    """Items as they are kept."""
    return [asdict(item) for item in items]


async def draw(work: Work, run: Run, process: Process, topic_key: str, spec: ActivitySpec) -> Intake:
    """Everything the activity works on. Raises Rejected('input_not_adopted') with what is still waited for."""
    intake = Intake()
    for name, sources in spec.draws.items():
        found = [each for source in sources for each in await _from(work, run, process, source, intake)]
        taken = found[: spec.take] if name == ITEMS and spec.take else found
        intake.named[name] = tuple(replace(item, id=str(number)) for number, item in enumerate(taken, 1))
    return intake


async def draw_again(work: Work, run: Run, process: Process, activity: Activity, spec: ActivitySpec) -> None:
    """Draws again; what was there before keeps its number, so that answers about it keep their meaning."""
    intake = await draw(work, run, process, activity.topic_key, spec)
    before = {ITEMS: read_items(activity.items), SHOWN: read_items(activity.context)}
    before |= {name: read_items(items) for name, items in activity.inputs.items()}
    for name, items in intake.named.items():
        intake.named[name] = _numbered_as(before.get(name, ()), items)
    intake.onto(activity)
    activity.revision += 1


def _numbered_as(before: Sequence[Item], now: Sequence[Item]) -> tuple[Item, ...]:
    known = {item.source: item.id for item in before}
    next_number = 1 + max((int(item.id) for item in before), default=0)
    numbered = []
    for item in now:
        if item.source not in known:
            known[item.source] = str(next_number)
            next_number += 1
        numbered.append(replace(item, id=known[item.source]))
    return tuple(numbered)


async def _from(work: Work, run: Run, process: Process, source: Source, intake: Intake) -> Sequence[Item]:
    if source.path == MEMBERS:
        items = await _members(work, run)
    elif source.path == CALENDAR:
        items = _calendar(process, run.start_date)
    else:
        items = await _adopted(work, run, process, source, intake)
    kept = [item for item in items if all_hold(source.where, item.fields)]
    marked = [replace(item, fields={**item.fields, **dict(source.mark)}) for item in kept]
    return marked[: source.take] if source.take else marked


async def _adopted(work: Work, run: Run, process: Process, source: Source, intake: Intake) -> Sequence[Item]:
    """The items an earlier activity adopted; none where its topic is skipped or the source is optional."""
    topic_key, key = source.path.split("/")
    earlier = await activities.find_activity(work.session, run.id, topic_key, key)
    adopted = earlier is not None and earlier.state == ADOPTED
    result = await activities.latest_result(work.session, earlier.id) if earlier and adopted else None
    if result is None:
        if earlier is None or earlier.state != SKIPPED:
            await _must_not_wait(work, run, process, source)
        intake.versions[source.path] = NOTHING
        return ()
    intake.versions[source.path] = result.version
    return _passed_on(source.path, result)


def _passed_on(path: str, result: Result) -> Sequence[Item]:
    return [replace(item, source=f"{path}#{item.id}") for item in read_items(result.items)]


async def _must_not_wait(work: Work, run: Run, process: Process, source: Source) -> None:
    topic_key, key = source.path.split("/")
    topic = await activities.topic_run(work.session, run.id, topic_key)
    if source.optional or (topic is not None and topic.state == SKIPPED):
        return
    title = process.activity(topic_key, key).title
    raise Rejected("input_not_adopted", topic=topic_key, title=title)


async def _members(work: Work, run: Run) -> Sequence[Item]:
    found = await people.members(work.session, run.pokja_id)
    return [
        Item(
            "",
            member.name,
            f"{MEMBERS}#{member.id}",
            member.instansi,
            {"instansi": member.instansi, "jabatan": member.jabatan, "peran": member.role},
        )
        for member, _ in found
    ]


def _calendar(process: Process, start: date) -> Sequence[Item]:
    """A line for each topic: its first and last working day when one follows the other."""
    stages = {topic.key: stage for stage in process.stages for topic in stage.topics}
    return [
        Item(
            "",
            f"{slot.key} {process.topic(slot.key).title}",
            f"{CALENDAR}#{slot.key}",
            "",
            {
                "topik": slot.key,
                "judul": process.topic(slot.key).title,
                "tahap": stages[slot.key].title,
                "mulai": slot.starts.isoformat(),
                "selesai": slot.ends.isoformat(),
            },
        )
        for slot in topic_slots(process, start)
    ]


def topic_slots(process: Process, start: date) -> Sequence[Slot]:
    """The Kalender Kerja: when each topic is worked on if one follows the other from `start` on."""
    days = holidays.working_days(start, start.replace(year=start.year + LONGEST_YEARS, day=1))
    return schedule([(topic.key, topic.days) for topic in process.topics()], start, days)


def stale(
    process: Process, begun: Mapping[str, Activity], holding: Mapping[int, frozenset[int]]
) -> dict[str, list[str]]:
    """Which begun activities ('topic/activity') rest on something that has changed since, and on what.

    An activity is stale where a source hands on something else now than was drawn, is open again, or is stale itself.
    `begun` are the run's activities, `holding` by activity id the versions that hand on what holds now.
    """
    found: dict[str, list[str]] = {}
    for topic in process.topics():
        for spec in topic.activities:
            path = f"{topic.key}/{spec.key}"
            if path in begun:
                changed = [
                    each for each in paths(spec.draws) if _changed(each, begun[path], begun, holding, found)
                ]
                found |= {path: changed} if changed else {}
    return found


def _changed(
    source: str,
    drawer: Activity,
    begun: Mapping[str, Activity],
    holding: Mapping[int, frozenset[int]],
    found: Mapping[str, object],
) -> bool:
    if source not in drawer.drawn:
        return False
    earlier = begun.get(source)
    is_adopted = earlier is not None and earlier.state == ADOPTED
    present = holding.get(earlier.id, NONE) if earlier is not None and is_adopted else NONE
    return drawer.drawn[source] not in present or source in found


async def resting_on(work: Work, run: Run, process: Process, path: str) -> list[str]:
    """Titles of what has drawn on that activity ('topic/activity'), directly or through another."""
    begun = await activities.activities_of_run(work.session, run.id)
    touched, found = {path}, []
    for topic in process.topics():
        for spec in topic.activities:
            own = f"{topic.key}/{spec.key}"
            if own in begun and touched.intersection(begun[own].drawn):
                touched.add(own)
                found.append(spec.title)
    return found


async def stale_in_run(work: Work, run: Run, process: Process) -> dict[str, list[str]]:
    """The stale activities of a run, each with the titles of what has changed below it."""
    begun = await activities.activities_of_run(work.session, run.id)
    holding = await activities.versions_alike(work.session, [activity.id for activity in begun.values()])
    found = stale(process, begun, holding)
    return {path: [process.activity(*source.split("/")).title for source in on] for path, on in found.items()}
