"""A process (a guide as data): stages of topics, each with sessions, activities and follow-ups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.process.figures import Figure, read_figure
from domain.process.reading import FileFault, Node, Reader
from domain.process.sources import ITEMS, SHOWN, Source, draw
from domain.roles import ANSWERING


@dataclass(frozen=True, slots=True)
class ActivitySpec:
    """One activity of a topic: an instrument with its settings, and the earlier activities it draws on.

    `draws` names what is drawn from where: 'items' are worked on (at most `take` of them all, 0: all), 'shown' are
    shown while asking, the rest is the instrument's. `answered_by` is a key of roles.ANSWERING; an activity that
    `repeats` is done again each period (monitoring), every adoption being one period. `figure` is what its result is
    drawn as, where it is drawn.
    """

    key: str
    title: str
    instrument: str
    prompt: str
    settings: Any
    draws: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    take: int = 0
    answered_by: str = "anggota"
    repeats: bool = False
    figure: Figure | None = None


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

    `source` is its place in the guide; `days` the working days it is given in the Kalender Kerja.
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
    speakers: tuple[str, ...] = ()
    days: int = 5
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
class Section:
    """A section of a document: its heading and the activities ('topic/activity') whose results stand in it.

    `label` is what it is counted as ('Bab 2', 'Lampiran A'; without one it has a number), `text` what it begins with.
    """

    title: str
    activities: tuple[str, ...]
    label: str = ""
    text: str = ""


DECREE, WORK_PLAN = "sk", "rencana-kerja"
TEMPLATES: Sequence[str] = (DECREE, WORK_PLAN)
"""Forms of their own that a document may take: a decree (SK), a work plan."""


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """A document that the process hands over, section by section; `template` is its form, if it has one of its own.

    It has a page with its title and a list of contents if it has a `cover`; one that is `signed` has signatures.
    """

    key: str
    title: str
    sections: tuple[Section, ...]
    template: str = ""
    cover: bool = True
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """A guide as data, known by `name` and `version`; `guide` names the document it was written from."""

    name: str
    version: int
    title: str
    guide: str
    stages: tuple[Stage, ...]
    documents: tuple[DocumentSpec, ...] = ()

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

SettingsReader = Callable[[Reader], object]
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
        documents=tuple(_document(each) for each in reader.each("documents")),
    )
    reader.close()
    reader.unique([stage.key for stage in process.stages], "stages")
    reader.unique([topic.key for topic in process.topics()], "stages")
    reader.unique([document.key for document in process.documents], "documents")
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
    reader.scope.topic = key
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
        activities=tuple(_activity(each, instruments) for each in reader.each("activities", required=True)),
        follow_ups=tuple(_follow_up(each) for each in reader.each("follow_ups")),
        speakers=reader.texts("speakers"),
        days=reader.whole("days", 5, 1, 250),
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


def _activity(reader: Reader, instruments: Mapping[str, SettingsReader]) -> ActivitySpec:
    key = reader.key("key", LONGEST_KEY)
    reader.place = f"topik {reader.scope.topic} › kegiatan {key}"
    reader.scope.draws = {}
    draw(reader, ITEMS, "items_from")
    draw(reader, SHOWN, "shown_from")
    instrument = reader.one_of("instrument", sorted(instruments))
    settings = instruments[instrument](reader) if instrument in instruments else None
    activity = ActivitySpec(
        key=key,
        title=reader.text("title"),
        instrument=instrument,
        prompt=reader.text("prompt"),
        settings=settings,
        draws=reader.scope.draws,
        take=reader.whole("take", 0),
        answered_by=reader.one_of("answered_by", sorted(ANSWERING), "anggota"),
        repeats=reader.flag("repeats"),
        figure=read_figure(reader, instrument, settings),
    )
    if activity.take and not reader.has("items_from"):
        reader.fault("take_without_items", reader.line_of("take"))
    if instrument in instruments:  # the fields of an unknown instrument are unknown too
        reader.close()
    _remember(reader, key)
    return activity


def _remember(reader: Reader, key: str) -> None:
    """Later activities can draw on this one; each has a key of its own."""
    full = f"{reader.scope.topic}/{key}"
    if full in reader.scope.known:
        reader.fault("duplicate_key", reader.line_of("key"), given=full)
    reader.scope.known.add(full)


def _document(reader: Reader) -> DocumentSpec:
    document = DocumentSpec(
        reader.key("key", LONGEST_KEY),
        reader.text("title"),
        tuple(_section(each) for each in reader.each("sections", required=True)),
        reader.one_of("template", TEMPLATES, ""),
        cover=reader.flag("cover", default=True),
        signed=reader.flag("signed"),
    )
    reader.close()
    return document


def _section(reader: Reader) -> Section:
    section = Section(
        reader.text("title"),
        reader.texts("activities"),
        label=reader.text("label", ""),
        text=reader.text("text", ""),
    )
    for each in section.activities:
        if each not in reader.scope.known:
            reader.fault("unknown_reference", reader.line_of("activities"), field="activities", given=each)
    reader.close()
    return section
