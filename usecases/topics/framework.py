"""Kerangka: the whole process at a glance; where the Pokja is, what is open, what is to be reviewed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from domain.process.model import Process, Stage, Topic
from domain.process.states import ADOPTED, AHEAD, DONE, OPEN, SKIPPED
from store import activities
from store.tables.core import Activity, TopicRun
from usecases.activities import inputs
from usecases.topics.outcomes import Framework, StageLine, TopicLine
from usecases.topics.topic import current_run
from usecases.work import Work

SETTLED = frozenset({DONE, SKIPPED})


async def view(work: Work, stage: int | None = None) -> Framework:
    """All stages with how far they are, and the topics of one (from 0; none: where the Pokja is)."""
    _, _, run, process = await current_run(work)
    topics = await activities.topic_runs(work.session, run.id)
    begun = await activities.activities_of_run(work.session, run.id)
    stale = await inputs.stale_in_run(work, run, process)
    stages = [_stage(each, topics, stale) for each in process.stages]
    is_known = stage is not None and stage < len(stages)
    here = stage if stage is not None and is_known else present_stage(process, topics)
    indexes = {topic.key: index for index, topic in enumerate(process.topics())}
    lines = [_line(indexes[each.key], each, topics, stale) for each in process.stages[here].topics]
    return Framework(
        process=process.title, stages=stages, here=here, topics=lines, percent=percent(process, begun, topics)
    )


def percent(process: Process, begun: Mapping[str, Activity], topics: Mapping[str, TopicRun]) -> int:
    """How much of the process is done, in percent, rounded down; every topic counts alike."""
    shares = [share(topic, begun, topics) for topic in process.topics()]
    return int(100 * sum(shares, Fraction(0)) / len(shares))


def present_stage(process: Process, topics: Mapping[str, TopicRun]) -> int:
    """The stage of the first open topic, else of the first that isn't settled, else the last."""
    states = [[state_of(topic, topics) for topic in stage.topics] for stage in process.stages]
    for wanted in ({OPEN}, {OPEN, AHEAD}):
        for index, stage in enumerate(states):
            if wanted & set(stage):
                return index
    return len(states) - 1


def share(topic: Topic, begun: Mapping[str, Activity], topics: Mapping[str, TopicRun]) -> Fraction:
    """How much of a topic is done: all of one that is done or skipped, else the part of its activities settled."""
    if state_of(topic, topics) in SETTLED:
        return Fraction(1)
    paths = [f"{topic.key}/{spec.key}" for spec in topic.activities]
    settled = sum(path in begun and begun[path].state in {ADOPTED, SKIPPED} for path in paths)
    return Fraction(settled, len(paths) + 1)  # the topic itself is still to be declared done


def state_of(topic: Topic, topics: Mapping[str, TopicRun]) -> str:
    """The topic's state as in domain.process.states."""
    return topics[topic.key].state if topic.key in topics else AHEAD


def _stage(stage: Stage, topics: Mapping[str, TopicRun], stale: Mapping[str, Sequence[str]]) -> StageLine:
    states = [state_of(topic, topics) for topic in stage.topics]
    within = [path for path in stale if path.split("/")[0] in {topic.key for topic in stage.topics}]
    return StageLine(
        key=stage.key,
        title=stage.title,
        settled=sum(state in SETTLED for state in states),
        total=len(states),
        open=states.count(OPEN),
        stale=len(within),
    )


def _line(
    index: int, topic: Topic, topics: Mapping[str, TopicRun], stale: Mapping[str, Sequence[str]]
) -> TopicLine:
    is_stale = any(path.startswith(f"{topic.key}/") for path in stale)
    return TopicLine(index, topic.key, topic.title, state_of(topic, topics), stale=is_stale)
