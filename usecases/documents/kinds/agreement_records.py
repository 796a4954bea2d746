"""What was agreed, as records tell it: adopted agreements with their votes, notes and objections."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.documents.editions import Source
from domain.instruments.agreement import is_agreed
from domain.process.model import Process
from domain.process.states import ADOPTED
from store import activities, meeting_papers
from store.tables.core import Activity
from usecases.activities import results
from usecases.activities.outcomes import Result
from usecases.documents.kinds.base import Ground
from usecases.library import full_title


@dataclass(frozen=True, slots=True)
class Outcome:
    """A statement that was put to the members, with its votes; `outcome` as domain.instruments.agreement has it.

    `resolution` is what the meeting decided in its own words. In a `plenary` there are no votes.
    """

    text: str
    outcome: str
    agree: int
    note: int
    object: int
    abstain: int
    present: int
    needed: int
    notes: tuple[str, ...]
    objections: tuple[str, ...]
    resolution: str
    plenary: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """An adopted agreement: of which topic, when (in the Pokja's zone), its seal, and what was agreed and not."""

    title: str
    topic: str
    adopted_at: datetime
    version: int
    sha256: str
    agreed: tuple[Outcome, ...]
    refused: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The adopted agreements, what they rest on, and the titles of those that are still under way."""

    agreements: tuple[Agreed, ...]
    sources: tuple[Source, ...]
    waiting: tuple[str, ...]


async def agreements(ground: Ground, topic_runs: Collection[int]) -> Found:
    """What was agreed in those topics. One that was opened again is under way, whatever it was adopted with before."""
    begun = await meeting_papers.agreements(ground.session, topic_runs)
    adopted = [each for each in begun if each.state == ADOPTED]
    read = [(each, await _result(ground, each)) for each in adopted]
    return Found(
        tuple([_agreed(result, await _topic(ground, each)) for each, result in read]),
        tuple(_source(activity, result) for activity, result in read),
        tuple([await _title(ground, each) for each in begun if each.state != ADOPTED]),
    )


async def _result(ground: Ground, activity: Activity) -> Result:
    kept = await activities.latest_result(ground.session, activity.id)
    assert kept is not None
    return await results.read(ground.session, ground.library, kept.id)


async def _topic(ground: Ground, activity: Activity) -> str:
    topic = (await _process(ground, activity)).topic(activity.topic_key)
    return f"{topic.key} {topic.title}"


async def _title(ground: Ground, activity: Activity) -> str:
    process = await _process(ground, activity)
    return full_title(activity, process.activity(activity.topic_key, activity.key))


async def _process(ground: Ground, activity: Activity) -> Process:
    """The process as it was when the activity was begun."""
    _, version = await activities.place(ground.session, activity.id)
    return await ground.library.get(ground.session, version)


def _source(activity: Activity, result: Result) -> Source:
    path = f"{activity.topic_key}/{activity.key}"
    return Source(activity.id, path, result.title, result.version, result.sha256)


def _agreed(result: Result, topic: str) -> Agreed:
    consent = result.result
    read = [(_outcome(each, plenary=consent.plenary), is_agreed(each)) for each in consent.verdicts]
    return Agreed(
        result.title,
        topic,
        result.adopted_at.astimezone(ZoneInfo(result.zone)),
        result.version,
        result.sha256,
        tuple(each for each, holds in read if holds),
        tuple(each for each, holds in read if not holds),
    )


def _outcome(verdict: Any, *, plenary: bool) -> Outcome:
    """A verdict as it was kept."""
    said = verdict.deliberation
    return Outcome(
        verdict.statement.text,
        verdict.outcome,
        verdict.agree,
        verdict.note,
        verdict.object,
        verdict.abstain,
        verdict.present,
        verdict.needed,
        tuple(verdict.notes),
        tuple(verdict.objections),
        said.text if said else "",
        plenary,
    )
