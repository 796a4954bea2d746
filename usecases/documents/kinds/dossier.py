"""Documents that a process file describes: sections of adopted results, whatever the guide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.documents.editions import Calculation, Edition, Source
from domain.process.model import ActivitySpec, DocumentSpec
from domain.process.model import Section as SectionSpec
from domain.process.states import SKIPPED
from store import activities
from store.tables.core import Activity, TopicRun
from usecases.activities import results
from usecases.activities.outcomes import Result
from usecases.documents.kinds import origins, planning
from usecases.documents.kinds.base import WITH_EXCEL, Ground, Paper


@dataclass(frozen=True, slots=True)
class Part:
    """An activity's place in a document: its newest adopted result, or None while there is none.

    `earlier` are the results of earlier periods where the activity is done again each period, the first one first.
    One that the group left out is `skipped`, for a `reason`.
    """

    path: str
    title: str
    topic: str
    result: Result | None
    earlier: tuple[Result, ...] = ()
    skipped: bool = False
    reason: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether a result is still to come."""
        return self.result is None and not self.skipped

    def results(self) -> Iterator[Result]:
        """All results that stand in the document, in the order of their adoption."""
        yield from self.earlier
        if self.result:
            yield self.result


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of a document: how it is counted ('Bab 2'; or its number), what it begins with, what stands in it."""

    title: str
    parts: tuple[Part, ...]
    label: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Progress:
    """What has been done so far, by the keys of topics and of activities ('topic/activity')."""

    topics: Mapping[str, TopicRun]
    begun: Mapping[str, Activity]

    def skipped(self, path: str) -> str | None:
        """Why the activity was left out, or the whole topic with it; None where it was not."""
        activity, topic = self.begun.get(path), self.topics.get(path.split("/", maxsplit=1)[0])
        if activity and activity.state == SKIPPED:
            return activity.reason
        return topic.reason if topic and topic.state == SKIPPED else None


def paper(spec: DocumentSpec) -> Paper:
    """The paper of one described document."""

    async def gather(ground: Ground) -> Edition:
        return await edition(ground, spec)

    return Paper(spec.key, spec.title, gather, formats=WITH_EXCEL)


async def edition(ground: Ground, spec: DocumentSpec) -> Edition:
    """The document as it stands now."""
    progress = await _progress(ground)
    chapters = tuple([await _chapter(ground, each, progress) for each in spec.sections])
    parts = [part for chapter in chapters for part in chapter.parts]
    made = ground.edition(
        "dossier",
        spec.title,
        {
            "process": ground.process.title if ground.process else "",
            "chapters": chapters,
            "cover": spec.cover,
            "signed": spec.signed,
        },
        missing=tuple(part.title for part in parts if part.is_missing),
        calculations=tuple(_calculations(parts)),
        sources=tuple(_sources(parts)),
    )
    made = await origins.traced(ground, made)
    return replace(made, signers=await planning.signers(ground, made)) if spec.signed else made


async def _progress(ground: Ground) -> _Progress:
    if ground.run is None:
        return _Progress({}, {})
    return _Progress(
        await activities.topic_runs(ground.session, ground.run.id),
        await activities.activities_of_run(ground.session, ground.run.id),
    )


async def _chapter(ground: Ground, spec: SectionSpec, progress: _Progress) -> Chapter:
    parts = [await _part(ground, path, progress) for path in spec.activities]
    return Chapter(spec.title, tuple(parts), spec.label, spec.text)


async def _part(ground: Ground, path: str, progress: _Progress) -> Part:
    assert ground.process is not None
    spec = ground.process.activity(*path.split("/"))
    topic = ground.process.topic(path.split("/", maxsplit=1)[0])
    place = f"{topic.key} {topic.title}"
    reason = progress.skipped(path)
    if reason is not None:
        return Part(path, spec.title, place, None, skipped=True, reason=reason)
    found = await _results(ground, spec, progress.begun.get(path))
    return Part(path, spec.title, place, found[-1] if found else None, tuple(found[:-1]))


async def _results(ground: Ground, spec: ActivitySpec, activity: Activity | None) -> list[Result]:
    """The newest result; of an activity that is done again each period those of all periods."""
    newest = await activities.latest_result(ground.session, activity.id) if activity else None
    if activity is None or newest is None:
        return []
    first = 1 if spec.repeats else newest.version
    kept = [
        await activities.result_of_version(ground.session, activity.id, version)
        for version in range(first, newest.version)
    ]
    return [await results.read(ground.session, ground.library, each.id) for each in (*kept, newest) if each]


def _calculations(parts: Sequence[Part]) -> Iterator[Calculation]:
    for part in parts:
        for found in part.results():
            yield Calculation(found.instrument, found.title, found.result)


def _sources(parts: Sequence[Part]) -> Iterator[Source]:
    for part in parts:
        for found in part.results():
            yield Source(found.activity_id, part.path, found.title, found.version, found.sha256)
