"""What use cases of topics hand back: the whole process, one topic."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.guiding.steps import Step
from domain.process.model import ActivitySpec, Topic
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in the list."""

    index: int
    key: str
    title: str
    state: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: how many of its topics are settled (done or skipped), how many open, how much is to be reviewed."""

    key: str
    title: str
    settled: int
    total: int
    open: int
    stale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Outcome):
    """The whole process: every stage, and the topics of the one at `here` (from 0)."""

    process: str
    percent: int
    stages: Sequence[StageLine]
    here: int
    topics: Sequence[TopicLine]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity in its topic; `id` is None until it has begun."""

    index: int
    spec: ActivitySpec
    id: int | None
    state: str
    blocked_by: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCard(Outcome):
    """A topic: what the guide says of it and where its activities stand; `onward` is the sensible next step."""

    index: int
    topic: Topic
    state: str
    activities: Sequence[ActivityLine]
    may_guide: bool
    whole: bool = False
    reason: str = ""
    onward: Step | None = None
