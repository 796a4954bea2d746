"""The seals a document carries: the frozen results it rests on, in a form its file keeps and `pokja check` reads.

A seal is a line '12 2.1/isu 3 <SHA-256>': the activity's number and path, the version of its result, the seal of that
result's data (domain.freezing). One more is of all lines together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.documents.editions import Source
from domain.freezing import seal

WHOLE = "keseluruhan"
"""What the line of the seal of all lines begins with."""

_LINE = re.compile(
    r"(?P<activity>[1-9]\d{0,17}) (?P<path>\S{1,150}) (?P<version>[1-9]\d{0,8}) (?P<sha>[0-9a-f]{64})"
)
_WHOLE = re.compile(rf"{WHOLE} (?P<sha>[0-9a-f]{{64}})")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A frozen result as a file names it."""

    activity_id: int
    path: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Seals:
    """What a file carries; `is_whole` tells whether the list is the one it was sealed with."""

    results: tuple[Sealed, ...]
    is_whole: bool


def line(source: Source) -> str:
    """The line of a result."""
    return f"{source.activity_id} {source.path} {source.version} {source.sha256}"


def whole(sources: Sequence[Source]) -> str:
    """The seal of all results together, in whatever order a program puts them when it saves the file."""
    return seal(sorted(line(each) for each in sources))


def written(sources: Sequence[Source]) -> tuple[str, ...]:
    """The lines a file keeps, that of the whole last; none for a document that rests on no result."""
    return (*(line(each) for each in sources), f"{WHOLE} {whole(sources)}") if sources else ()


def read(lines: Iterable[str]) -> Seals:
    """The seals among the lines, whatever else there is."""
    texts = [each.strip() for each in lines]
    found = [match for text in texts if (match := _LINE.fullmatch(text))]
    sealed = [match["sha"] for text in texts if (match := _WHOLE.fullmatch(text))]
    results = tuple(Sealed(int(m["activity"]), m["path"], int(m["version"]), m["sha"]) for m in found)
    return Seals(results, sealed == [seal(sorted(match[0] for match in found))])
