"""A table copied from a spreadsheet, as it comes through Telegram: each tab has become one space.

Names of several words are then parted like cells. But from the right a row is numbers, and as many in nearly every
row: what stands before them is the name. The head has to give as many titles; where it has more words than that, known
titles ('Skor akhir'), brackets and capitals tell which belong together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from domain.table_check.numbers import INDONESIAN, read, read_rank
from domain.table_check.titles import NAME, NUMBER, OTHER, role

LEAST: Final = 2
MOST_WORDS: Final = 60
"""Words of a head; longer ones are no head."""

KNOWN, NAMED, BROKEN = 4, 3, -6
"""What it tells for words to be one title: known as such, a name of what is judged, torn out of a title."""

Words = list[str]


def rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of every line, a line that is no row in one cell; None where the lines make no such table."""
    words = [line.split(" ") for line in lines]
    usual = _usual_width(words)
    first = next((at for at, each in enumerate(words) if _tail(each) >= max(LEAST, usual)), 0)
    head = next((at for at in reversed(range(first)) if lines[at].strip()), None)
    if head is None:
        return None
    numbered = role(words[head][0]) == NUMBER
    width = _width(words, usual, len(words[head]) - 1 - numbered, numbered=numbered)
    titles = _titles(words[head], numbered + 1 + width)
    if titles is None:
        return None
    found = [_cells(each, width, numbered=numbered) for each in words]
    return [titles if at == head else each for at, each in enumerate(found)]


def is_numeric(word: str) -> bool:
    """Whether the text is a number, or a rank in Roman numerals."""
    return read(word, INDONESIAN) is not None or (word.isupper() and read_rank(word) is not None)


def _usual_width(words: Sequence[Words]) -> int:
    """How many numbers most rows end with, an empty cell counted; 0 where no row ends with several."""
    tails = Counter(tail for each in words if (tail := _tail(each)) >= LEAST)
    return max(tails, key=lambda tail: (tails[tail], -tail), default=0)


def _width(words: Sequence[Words], usual: int, most: int, *, numbered: bool) -> int:
    """How many of these are cells: names that end with a number ('Alternatif 1') would be alike without it."""
    fitting = range(min(usual, most), LEAST - 1, -1)
    for width in fitting:
        rows_ = [_cells(each, width, numbered=numbered) for each in words if _tail(each) >= width]
        names = [row[numbered] for row in rows_ if len(row) > width]
        if all(names) and len(set(names)) == len(names):
            return width
    return min(usual, most)


def _tail(words: Words) -> int:
    """How many words from the right are numbers or nothing; there has to be a number among them."""
    count = 0
    for word in reversed(words):
        if word and not is_numeric(word):
            break
        count += 1
    return min(count, len(words) - 1) if any(words[len(words) - count :]) else 0


def _cells(words: Words, width: int, *, numbered: bool) -> list[str]:
    """Number of the row if there is one, name, and the numbers; one that is no number has to stand between others."""
    if not _tail(words) or len(words) < width + 1:
        return [" ".join(words)]
    before, numbers = words[:-width], words[-width:]
    if not numbered:
        return [" ".join(before), *numbers]
    has_number = len(before) > 1 and (not before[0] or is_numeric(before[0].rstrip(".)")))
    lead, name = (before[0], before[1:]) if has_number else ("", before)
    return [lead, " ".join(name), *numbers]


def _titles(words: Words, columns: int) -> list[str] | None:
    """The words joined to that many titles in the likeliest way; None where there are too few, or far too many."""
    if not LEAST < columns <= len(words) <= MOST_WORDS:
        return None

    @cache
    def worth_of(start: int, end: int) -> int:
        return _likely(words[start:end])

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[str, ...]]:
        if left == 1:
            title = " ".join(words[start:])
            return worth_of(start, len(words)), (title,)
        options = []
        for end in range(start + 1, len(words) - left + 2):
            worth, titles = best(end, left - 1)
            options.append((worth + worth_of(start, end), (" ".join(words[start:end]), *titles)))
        return max(options, key=lambda each: each[0])

    return list(best(0, columns)[1])


def _likely(words: Words) -> int:
    """A weight for how likely the words are one title; greater is likelier."""
    title = " ".join(words)
    known = role(title)
    worth = 0 if known == OTHER else NAMED if known == NAME else KNOWN
    return worth + sum(_faults(words, title))


def _faults(words: Words, title: str) -> Iterator[int]:
    """What speaks against it: a torn bracket, a beginning that is none, words that begin a title of their own."""
    yield BROKEN * (title.count("(") != title.count(")"))
    yield BROKEN * (bool(words[0]) and not words[0][0].isupper() and words[0][0] not in "#Σ∑")
    yield -sum(1 + (not word or word[0].isupper()) for word in words[1:])
