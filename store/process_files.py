"""Process files: YAML read into a tree with line numbers, and that tree into a process."""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from domain.faults import Fault
from domain.instruments.registry import INSTRUMENTS
from domain.process.model import Process, read_process
from domain.process.reading import FileFault, Node

FOLDER = Path(__file__).parent.parent / "processes"
LARGEST = 1_000_000  # bytes
DEEPEST = 20  # lists and mappings within each other; the engine needs nine
_READERS = {instrument.name: instrument.read for instrument in INSTRUMENTS}
_PLACE = "berkas"
# A start reads all the guides: libyaml does in 0.1 s what takes PyYAML's own parser 1.4 s; it is in PyYAML's wheels.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class FaultyProcess(ValueError):  # noqa: N818 - it is a report on a file, not an error of the program
    """A process file that can't be used; `faults` tell why, in the order of their lines."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__("; ".join(f"baris {each.line}: {each.fault.code}" for each in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Shipped:
    """A process file that can be used, with its text; `sha256` identifies this very text."""

    process: Process
    source: str
    sha256: str


def read_tree(text: str) -> Node:
    """The file as mappings, lists and texts with their lines. Raises FaultyProcess for what isn't plain YAML.

    Anchors, aliases and tags are refused: a process file is read from top to bottom by people. All scalars
    are texts ('ya' stays 'ya'); the fields themselves say what they expect.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise _faulty("file_too_large", 1, most=LARGEST)
    try:
        _look_over(text)
        root = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _faulty("not_yaml", mark.line + 1 if mark else 1, problem=error.problem or "") from error
    except yaml.YAMLError as error:
        raise _faulty("not_yaml", 1, problem=type(error).__name__) from error
    if root is None or root.value == "":
        raise _faulty("empty_file", 1)
    twice: list[FileFault] = []
    tree = _node(root, twice)
    if twice:
        raise FaultyProcess(twice)
    return tree


def load(path: Path) -> Process:
    """The process of a file. Raises FaultyProcess, OSError, UnicodeDecodeError."""
    return parse_version(path.read_text("utf-8"))


def check(text: str) -> tuple[Process | None, list[FileFault]]:
    """The process, or None with every fault found in the order of their lines."""
    try:
        root = read_tree(text)
    except FaultyProcess as error:
        return None, error.faults
    return read_process(root, _READERS)


@functools.lru_cache(maxsize=64)
def parse_version(source: str) -> Process:
    """The process of a stored text, parsed once. Raises FaultyProcess."""
    process, faults = check(source)
    if process is None:
        raise FaultyProcess(faults)
    return process


def available(folder: Path = FOLDER) -> list[Shipped]:
    """The processes in a folder, by file name. Raises FaultyProcess for one that can't be used."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))]
    return [Shipped(parse_version(text), text, sha256_of(text)) for text in texts]


def sha256_of(source: str) -> str:
    """What identifies the text of a process version: the SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(source.encode()).hexdigest()


def _faulty(code: str, line: int, **details: object) -> FaultyProcess:
    return FaultyProcess([FileFault(line, _PLACE, Fault(code, details))])


def _look_over(text: str) -> None:
    """Refuses what a process file has no use for, before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _faulty("not_yaml", line, problem="susunan terlalu dalam")
        _refuse_references(event, line)


def _refuse_references(event: yaml.Event, line: int) -> None:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if anchor:
        raise _faulty("no_anchors", line, given=anchor)
    if tag:
        raise _faulty("no_tags", line, given=tag)


def _node(node: yaml.Node, twice: list[FileFault]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Node(_fields(node, twice), line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(child, twice) for child in node.value], line)
    return Node(str(node.value), line)


def _fields(node: yaml.MappingNode, twice: list[FileFault]) -> dict[str, Node]:
    """A field stands on the line of its name, even where its value begins on the next."""
    fields: dict[str, Node] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _faulty("not_yaml", line, problem="nama isian bukan teks")
        if key.value in fields:
            twice.append(FileFault(line, _PLACE, Fault("duplicate_field", {"field": key.value})))
        fields[key.value] = Node(_node(value, twice).value, line)
    return fields
