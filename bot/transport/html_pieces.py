"""Telegram HTML longer than one message, cut so that every piece is well formed."""

import re
from collections.abc import Iterator
from typing import Final

MESSAGE_CHARACTERS: Final = 4096
CAPTION_CHARACTERS: Final = 1024

_ATOM = re.compile(r"</[^>]*>|<[a-zA-Z][^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
_TAG_NAME = re.compile(r"</?([a-zA-Z0-9-]+)")


def shown_length(html: str) -> int:
    """How many characters Telegram counts: those left when tags and entities are read."""
    return sum(not _is_tag(atom) for atom in _ATOM.findall(html))


def pieces(html: str, limit: int = MESSAGE_CHARACTERS) -> list[str]:
    """Cuts at line ends outside tags where it can, else inside tags, which are closed and opened again."""
    if len(html) <= limit:
        return [html]
    found: list[str] = []
    while (cut := _cut(html, limit)) is not None:
        position, open_tags = cut
        found.append(html[:position].rstrip("\n") + _closing(open_tags))
        html = "".join(open_tags) + html[position:].lstrip("\n")
    return [piece for piece in [*found, html] if _has_text(piece)]


def _cut(html: str, limit: int) -> tuple[int, tuple[str, ...]] | None:
    """The best place to cut and the tags open there; None when it all fits."""
    best: dict[int, tuple[int, tuple[str, ...]]] = {}
    for position, shown, open_tags, is_line_end in _places(html):
        if shown > limit:
            return max(best.items())[1]
        if shown:
            best[_goodness(is_line_end, open_tags)] = (position, open_tags)
    return None


def _goodness(is_line_end: bool, open_tags: tuple[str, ...]) -> int:
    if not is_line_end:
        return 0
    return 1 if open_tags else 2


def _places(html: str) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    """After each atom: where it ends, characters shown so far, the tags open, whether a line ended."""
    open_tags: tuple[str, ...] = ()
    shown = 0
    for match in _ATOM.finditer(html):
        atom = match.group()
        if _is_tag(atom):
            open_tags = open_tags[:-1] if atom.startswith("</") else (*open_tags, atom)
        else:
            shown += 1
        yield match.end(), shown, open_tags, atom == "\n"


def _is_tag(atom: str) -> bool:
    return len(atom) > 1 and atom.startswith("<")


def _closing(open_tags: tuple[str, ...]) -> str:
    names = [found.group(1) for tag in reversed(open_tags) if (found := _TAG_NAME.match(tag))]
    return "".join(f"</{name}>" for name in names)


def _has_text(html: str) -> bool:
    return any(not _is_tag(atom) and not atom.isspace() for atom in _ATOM.findall(html))
