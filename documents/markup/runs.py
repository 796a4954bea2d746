"""Inline text as runs: text with its marks, which can be cut anywhere without breaking a tag."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

BREAK = "\v"  # `<br>` until `tidy` has run: unlike a line break of the source it is always one line break


@dataclass(frozen=True, slots=True)
class Mark:
    """Bold, a link and so on, by its shortest tag name."""

    tag: str
    href: str = ""

    @property
    def start(self) -> str:
        """The start tag."""
        return f'<{self.tag} href="{escape(self.href)}">' if self.href else f"<{self.tag}>"


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same marks, the outermost first."""

    text: str
    marks: tuple[Mark, ...] = ()


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The text without its marks."""
    return "".join(run.text for run in runs)


def length(runs: Runs) -> int:
    """Characters as Telegram counts them: code points after parsing."""
    return sum(len(run.text) for run in runs)


def under(mark: Mark, runs: Runs) -> Runs:
    """The runs with one more mark around them all, except where Telegram allows it none."""
    return tuple(run if _barred(mark, run) else Run(run.text, (mark, *run.marks)) for run in runs)


def join(separator: str, parts: Iterable[Runs]) -> Runs:
    """The parts in one, with an unmarked separator between them."""
    joined: list[Run] = []
    for part in parts:
        joined += ([Run(separator)] if joined else []) + list(part)
    return tuple(joined)


def tidy(runs: Iterable[Run]) -> Runs:
    """Blanks collapsed and trimmed; a line break stays one, since a person may have typed it."""
    tidied: list[Run] = []
    for run in _merged(runs):
        text = _collapsed(run.text)
        before = tidied[-1].text[-1] if tidied else "\n"
        if text.startswith("\n") and before == " ":
            tidied[-1] = Run(tidied[-1].text[:-1], tidied[-1].marks)
        text = text.lstrip(" ") if before in " \n" else text
        tidied += [Run(text if tidied else text.lstrip("\n "), run.marks)]
        tidied = [kept for kept in tidied if kept.text]
    return _trimmed(tidied)


def cut(runs: Runs, room: int) -> tuple[Runs, Runs]:
    """The longest beginning of at most `room` characters that ends where a reader pauses, and the rest."""
    text = plain(runs)
    if len(text) <= room:
        return runs, ()
    end = _pause(text, room)
    skip = 1 if text[end] in " \n" else 0
    return _slice(runs, 0, end), _slice(runs, end + skip, len(text))


def chunks(runs: Runs, room: int) -> Iterator[Runs]:
    """The runs in portions of at most `room` characters."""
    while runs:
        head, runs = cut(runs, room)
        if plain(head).strip():
            yield head


def markup(runs: Runs, line_break: str = "\n") -> str:
    """The runs as HTML, tags properly nested."""
    if len(runs) == 1 and not runs[0].marks:  # nearly all of them
        return _escaped(runs[0].text, line_break)
    written: list[str] = []
    opened: tuple[Mark, ...] = ()
    for run in (*_merged(runs), Run("")):
        same = len(_common(opened, run.marks))
        written += [f"</{mark.tag}>" for mark in reversed(opened[same:])]
        written += [mark.start for mark in run.marks[same:]]
        written.append(_escaped(run.text, line_break))
        opened = run.marks
    return "".join(written)


def entities(runs: Runs) -> int:
    """How many entities Telegram makes of the marks."""
    before = ((), *(run.marks for run in runs))
    return sum(len(run.marks) - len(_common(old, run.marks)) for old, run in zip(before, runs, strict=False))


def _escaped(text: str, line_break: str) -> str:
    return escape(text, quote=False).replace("\n", line_break)


def _barred(mark: Mark, run: Run) -> bool:
    fixed = any(other.tag in {"code", "pre"} for other in run.marks)
    return mark in run.marks or (fixed and mark.tag != "blockquote")


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    for marks, group in itertools.groupby(runs, key=lambda run: run.marks):
        yield Run("".join(run.text for run in group), marks)


def _collapsed(text: str) -> str:
    text = re.sub(r"[ \t\n]*\v(?:[ \t]*\n)?[ \t]*", BREAK, text)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text.replace(BREAK, "\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", text))


def _trimmed(runs: list[Run]) -> Runs:
    while runs and not runs[-1].text.rstrip(" \n"):
        runs.pop()
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(" \n"), runs[-1].marks)
    return tuple(runs)


def _common(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> tuple[Mark, ...]:
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return tuple(mark for mark, _ in pairs)


def _slice(runs: Runs, start: int, end: int) -> Runs:
    sliced: list[Run] = []
    for run in runs:
        text = run.text[max(0, start) : max(0, end)]
        sliced += [Run(text, run.marks)] if text else []
        start, end = start - len(run.text), end - len(run.text)
    return tuple(sliced)


def _pause(text: str, room: int) -> int:
    """Where to cut: a line's end, else a word's, else between two whole characters."""
    for sign in "\n ":
        if (found := text.rfind(sign, room // 2, room + 1)) > 0:
            return found
    return next((end for end in range(room, max(0, room - 32), -1) if not _joined(text, end)), room)


def _joined(text: str, position: int) -> bool:
    """Whether the characters around a position make one sign, as an accent or a family of emoji does."""
    here, before = text[position], text[position - 1]
    return before == "\u200d" or here == "\u200d" or unicodedata.category(here) in {"Mn", "Me", "Mc"}
