"""Documents that a process file describes: sections of adopted results, whatever the guide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.editions import Calculation, Edition, Source
from domain.process import DocumentSpec, Process
from store import activities
from store.tables import Activity
from usecases import outcomes, results
from usecases.papers.base import WITH_EXCEL, Ground, Paper


@dataclass(frozen=True, slots=True)
class Part:
    """An activity's place in a document: its adopted result, or None while there is none."""

    path: str
    title: str
    topic: str
    result: outcomes.Result | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of a document."""

    title: str
    parts: tuple[Part, ...]


def papers_of(process: Process) -> list[Paper]:
    """The papers that a process hands over."""
    return [_paper(each) for each in process.documents]


def _paper(spec: DocumentSpec) -> Paper:
    async def gather(ground: Ground) -> Edition:
        return await edition(ground, spec)

    return Paper(spec.key, spec.title, gather, formats=WITH_EXCEL)


async def edition(ground: Ground, spec: DocumentSpec) -> Edition:
    """The document as it stands now."""
    begun = await activities.activities_of_run(ground.session, ground.run.id) if ground.run else {}
    chapters = tuple(
        [
            Chapter(section.title, tuple([await _part(ground, path, begun) for path in section.activities]))
            for section in spec.sections
        ]
    )
    parts = [part for chapter in chapters for part in chapter.parts]
    return ground.edition(
        "dossier",
        spec.title,
        {"process": ground.process.title if ground.process else "", "chapters": chapters},
        missing=tuple(part.title for part in parts if part.result is None),
        calculations=_calculations(parts),
        sources=_sources(parts),
    )


async def _part(ground: Ground, path: str, begun: Mapping[str, Activity]) -> Part:
    assert ground.process is not None
    spec = ground.process.activity(*path.split("/"))
    topic = ground.process.topic(path.split("/", maxsplit=1)[0])
    kept = await activities.latest_result(ground.session, begun[path].id) if path in begun else None
    found = await results.read(ground.session, ground.library, kept.id) if kept else None
    return Part(path, spec.title, f"{topic.key} {topic.title}", found)


def _calculations(parts: Sequence[Part]) -> tuple[Calculation, ...]:
    return tuple(
        Calculation(part.result.instrument, part.result.title, part.result.result)
        for part in parts
        if part.result
    )


def _sources(parts: Sequence[Part]) -> tuple[Source, ...]:
    return tuple(
        Source(part.result.activity_id, part.path, part.result.title, part.result.version, part.result.sha256)
        for part in parts
        if part.result
    )
