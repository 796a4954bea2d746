"""Where a Pokja stands in its process, by states alone, and what can be begun next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.process.model import ActivitySpec, Process, Topic
from domain.process.sources import BUILT_IN
from domain.process.states import ADOPTED, AHEAD, CLOSED, DRAFT, OPEN, PARTED, SKIPPED

SETTLED = frozenset({ADOPTED, SKIPPED})
"""The states in which an activity asks for nothing more."""
RUNNING = frozenset({OPEN, PARTED, CLOSED})
"""Begun, and not settled yet."""


@dataclass(frozen=True, slots=True)
class Course:
    """The states of a run: of its topics by key, of its activities by 'topic/activity'; none for what is ahead.

    `ids` are the numbers of the activities that have begun.
    """

    process: Process
    topics: Mapping[str, str]
    activities: Mapping[str, str]
    ids: Mapping[str, int] = field(default_factory=dict)

    def state_of(self, topic: Topic, spec: ActivitySpec) -> str:
        """An activity's state."""
        return self.activities.get(f"{topic.key}/{spec.key}", AHEAD)

    def awaited(self, spec: ActivitySpec) -> Iterator[str]:
        """Titles of activities that must be adopted before this one can begin."""
        for source in (each for sources in spec.draws.values() for each in sources):
            if source.path in BUILT_IN or source.optional:
                continue
            topic_key, key = source.path.split("/")
            is_left_out = self.topics.get(topic_key) == SKIPPED
            if not is_left_out and self.activities.get(source.path) not in SETTLED:
                yield f"{topic_key} {self.process.activity(topic_key, key).title}"

    def unsettled(self, topic: Topic) -> tuple[ActivitySpec, ...]:
        """The topic's activities that have neither a result nor been skipped, in their order."""
        return tuple(spec for spec in topic.activities if self.state_of(topic, spec) not in SETTLED)

    def running(self, topic: Topic) -> ActivitySpec | None:
        """The first activity of the topic that has begun and isn't settled; one that is closed before one open."""
        found = [spec for spec in topic.activities if self.state_of(topic, spec) in RUNNING]
        return min(found, key=lambda spec: self.state_of(topic, spec) != CLOSED, default=None)

    def next_activity(self, topic: Topic) -> ActivitySpec | None:
        """The first activity that waits for nothing but to be begun, or for its members to be invited."""
        for spec in self.unsettled(topic):
            if self.state_of(topic, spec) in {AHEAD, DRAFT} and not any(self.awaited(spec)):
                return spec
        return None

    def next_topic(self) -> Topic | None:
        """The first topic that is neither open nor behind."""
        return next((topic for topic in self.process.topics() if topic.key not in self.topics), None)
