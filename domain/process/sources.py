"""Where an activity's items, weights, rows and references come from, as its process file says it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.process.conditions import Condition, read_conditions
from domain.process.reading import Node, Reader

MEMBERS, CALENDAR = "@anggota", "@kalender"
BUILT_IN = (MEMBERS, CALENDAR)
"""What every Pokja has without an activity: its active members; the topics with their working days."""

ITEMS, SHOWN, WEIGHTS, ROWS, PEOPLE = "items", "shown", "weights", "rows", "people"
"""Names under which activities draw; an instrument may use others ('ref.program')."""


@dataclass(frozen=True, slots=True)
class Source:
    """An earlier activity ('topic/activity') or one of BUILT_IN, and which of its items.

    Only items whose fields meet all of `where` are drawn, at most `take` of them (0: all); `mark` adds fields to
    each. An `optional` source is used if it is adopted, and not waited for.
    """

    path: str
    where: tuple[Condition, ...] = ()
    take: int = 0
    mark: tuple[tuple[str, str], ...] = ()
    optional: bool = False


def draw(reader: Reader, name: str, key: str) -> tuple[Source, ...]:
    """Notes that the activity being read draws `name` from the sources in the field `key`; faults go to the reader."""
    sources = tuple(_read(reader, key, node) for node in reader.nodes(key))
    if sources:
        reader.scope.draws[name] = reader.scope.draws.get(name, ()) + sources
    return sources


def draw_built_in(reader: Reader, name: str, path: str) -> None:
    """Notes that the activity being read draws `name` from something every Pokja has."""
    reader.scope.draws[name] = (Source(path),)


def paths(draws: Mapping[str, Sequence[Source]]) -> Iterator[str]:
    """Every activity drawn on, once each."""
    yield from dict.fromkeys(each.path for sources in draws.values() for each in sources)


def qualified(topic_key: str, reference: str) -> str:
    """A reference as 'topic/activity', whichever way it was written."""
    return reference if "/" in reference or reference.startswith("@") else f"{topic_key}/{reference}"


def _read(reader: Reader, key: str, node: Node) -> Source:
    """A source is its path alone, or a mapping with `from`."""
    if not isinstance(node.value, Mapping):
        text = node.value if isinstance(node.value, str) else ""
        return Source(_known(reader, key, text.strip(), node.line))
    inner = reader.within(node, key)
    source = Source(
        path=_known(inner, "from", inner.text("from"), inner.line_of("from")),
        where=read_conditions(inner, "where"),
        take=inner.whole("take", 0),
        mark=inner.pairs("mark"),
        optional=inner.flag("optional"),
    )
    inner.close()
    return source


def _known(reader: Reader, key: str, reference: str, line: int) -> str:
    path = qualified(reader.scope.topic, reference)
    if path not in reader.scope.known and path not in BUILT_IN:
        reader.fault("unknown_reference", line, field=key, given=reference)
    return path
