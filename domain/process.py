"""A process (a guide as data): stages of topics, each with sessions, activities and follow-ups."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.process_reading import FileFault, Node, Reader


@dataclass(frozen=True, slots=True)
class ActivitySpec:
    """One activity of a topic: an instrument with its settings, and the earlier activities it draws on.

    `items_from` names the activity whose adopted items are worked on, at most `take` of them (0: all);
    `shown_from` one whose items are shown while asking. Both as 'activity' or 'topic/activity'.
    """

    key: str
    title: str
    instrument: str
    prompt: str
    settings: Any
    items_from: str = ""
    shown_from: str = ""
    take: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpSpec:
    """A tindak lanjut the guide asks for, due `days` working days after the topic."""

    key: str
    text: str
    days: int


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: its length in minutes and its agenda in order."""

    minutes: int
    agenda: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's card: what the guide says of it, and what is done in it.

    `source` is its place in the guide.
    """

    key: str
    title: str
    source: str
    objective: str
    outputs: tuple[str, ...]
    participants: tuple[str, ...]
    facilitators: tuple[str, ...]
    methods: tuple[str, ...]
    materials: tuple[str, ...]
    equipment: tuple[str, ...]
    sessions: tuple[Session, ...]
    activities: tuple[ActivitySpec, ...]
    follow_ups: tuple[FollowUpSpec, ...]
    note: str = ""

    def activity(self, key: str) -> ActivitySpec:
        """The activity of that key. Raises KeyError."""
        return {activity.key: activity for activity in self.activities}[key]


@dataclass(frozen=True, slots=True)
class Stage:
    """A group of topics (tahap)."""

    key: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """A guide as data, known by `name` and `version`; `guide` names the document it was written from."""

    name: str
    version: int
    title: str
    guide: str
    stages: tuple[Stage, ...]

    def topics(self) -> Iterator[Topic]:
        """All topics in order."""
        for stage in self.stages:
            yield from stage.topics

    def topic(self, key: str) -> Topic:
        """The topic of that key. Raises KeyError."""
        return {topic.key: topic for topic in self.topics()}[key]

    def activity(self, topic_key: str, key: str) -> ActivitySpec:
        """The activity of that topic. Raises KeyError."""
        return self.topic(topic_key).activity(key)


LONGEST_KEY = 24

SettingsReader = Callable[[Reader], Any]
"""How an instrument reads its own settings."""


def read_process(
    root: Node, instruments: Mapping[str, SettingsReader]
) -> tuple[Process | None, list[FileFault]]:
    """The process of a file's tree, or None with every fault found, in the order of their lines."""
    faults: list[FileFault] = []
    reader = Reader(root, "berkas", faults)
    if not isinstance(root.value, Mapping):
        reader.fault("not_mapping", field="berkas")
        return None, faults
    process = Process(
        name=reader.key("process", LONGEST_KEY),
        version=reader.whole("version", least=1),
        title=reader.text("title"),
        guide=reader.text("guide"),
        stages=tuple(_stage(each, instruments) for each in reader.each("stages", required=True)),
    )
    reader.close()
    reader.unique([stage.key for stage in process.stages], "stages")
    _check_references(reader)
    return (None if faults else process), sorted(faults, key=lambda fault: fault.line)


def _stage(reader: Reader, instruments: Mapping[str, SettingsReader]) -> Stage:
    key = reader.key("key")
    reader.place = f"tahap {key}"
    topics = tuple(_topic(each, instruments) for each in reader.each("topics", required=True))
    stage = Stage(key, reader.text("title"), topics)
    reader.close()
    return stage


def _topic(reader: Reader, instruments: Mapping[str, SettingsReader]) -> Topic:
    key = reader.key("key")
    reader.place = f"topik {key}"
    topic = Topic(
        key=key,
        title=reader.text("title"),
        source=reader.text("source"),
        objective=reader.text("objective"),
        outputs=reader.texts("outputs", required=True),
        participants=reader.texts("participants"),
        facilitators=reader.texts("facilitators"),
        methods=reader.texts("methods"),
        materials=reader.texts("materials"),
        equipment=reader.texts("equipment"),
        sessions=tuple(_session(each) for each in reader.each("sessions")),
        activities=tuple(
            _activity(each, key, instruments) for each in reader.each("activities", required=True)
        ),
        follow_ups=tuple(_follow_up(each) for each in reader.each("follow_ups")),
        note=reader.text("note", ""),
    )
    reader.unique([follow_up.key for follow_up in topic.follow_ups], "follow_ups")
    reader.close()
    return topic


def _session(reader: Reader) -> Session:
    session = Session(reader.whole("minutes", least=5, most=600), reader.texts("agenda", required=True))
    reader.close()
    return session


def _follow_up(reader: Reader) -> FollowUpSpec:
    key = reader.key("key", LONGEST_KEY)
    follow_up = FollowUpSpec(key, reader.text("text"), reader.whole("days", 10, 1, 250))
    reader.close()
    return follow_up


def _activity(reader: Reader, topic: str, instruments: Mapping[str, SettingsReader]) -> ActivitySpec:
    key = reader.key("key", LONGEST_KEY)
    reader.place = f"topik {topic} › kegiatan {key}"
    instrument = reader.one_of("instrument", sorted(instruments))
    activity = ActivitySpec(
        key=key,
        title=reader.text("title"),
        instrument=instrument,
        prompt=reader.text("prompt"),
        settings=instruments[instrument](reader) if instrument in instruments else None,
        items_from=reader.text("items_from", ""),
        shown_from=reader.text("shown_from", ""),
        take=reader.whole("take", 0),
    )
    if activity.take and not activity.items_from:
        reader.fault("take_without_items", reader.line_of("take"))
    if instrument in instruments:  # the fields of an unknown instrument are unknown too
        reader.close()
    return activity


def _check_references(root: Reader) -> None:
    """Each key once; each activity draws only on activities that come before it."""
    topics: set[str] = set()
    seen: set[str] = set()
    for topic in _children(root.node, "stages", "topics"):
        key = _field(topic, "key")
        if key in topics:
            Reader(topic, f"topik {key}", root.faults).fault("duplicate_key", given=key)
        topics.add(key)
        for activity in _children(topic, "activities"):
            _check_activity(activity, key, seen, root.faults)


def _check_activity(node: Node, topic: str, seen: set[str], faults: list[FileFault]) -> None:
    full = f"{topic}/{_field(node, 'key')}"
    reader = Reader(node, f"topik {topic} › kegiatan {_field(node, 'key')}", faults)
    if full in seen:
        reader.fault("duplicate_key", reader.line_of("key"), given=full)
    for name in ("items_from", "shown_from"):
        wanted = _field(node, name)
        if wanted and qualified(topic, wanted) not in seen:
            reader.fault("unknown_reference", reader.line_of(name), field=name, given=wanted)
    seen.add(full)


def qualified(topic_key: str, reference: str) -> str:
    """A reference as 'topic/activity', whichever way it was written."""
    return reference if "/" in reference else f"{topic_key}/{reference}"


def _children(node: Node, *path: str) -> list[Node]:
    nodes = [node]
    for step in path:
        fields = [each.value.get(step) for each in nodes if isinstance(each.value, Mapping)]
        nodes = [
            child
            for found in fields
            if found and not isinstance(found.value, str | Mapping)
            for child in found.value
        ]
    return nodes


def _field(node: Node, name: str) -> str:
    found = node.value.get(name) if isinstance(node.value, Mapping) else None
    return found.value.strip() if found and isinstance(found.value, str) else ""
