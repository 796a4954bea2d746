"""Documents made up by hypothesis, with every word numbered so that it can be found again."""

import itertools
from collections.abc import Iterator
from html import escape
from typing import Any

from hypothesis import strategies as st

SIGNS = st.sampled_from("abcXYZ019.,;:()[]{}<>&'\"=/-–…éñ漢字ｱשלאب😀🏽\u0301\u200d\u200e\u00a0")
HOSTILE = st.sampled_from(
    ["<b>", "</p>", "&amp;", "&", '"', "'", "<script>", "👩‍👩‍👧", "שלום", "مرحبا", "</pre>", "{{x}}", "é"]
)
WORDS = st.lists(st.text(SIGNS, max_size=8) | HOSTILE, min_size=1, max_size=6)
TEXTS = st.tuples(st.sampled_from(["p", "h1", "h3", "b", "code", "pre", "div", "a"]), WORDS)
ROWS = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), WORDS), min_size=1, max_size=4)
TABLES = st.tuples(st.just("table"), st.booleans(), st.lists(ROWS, min_size=1, max_size=4))
PARTS = st.recursive(
    TEXTS | TABLES,
    lambda parts: st.tuples(st.sampled_from(["ul", "ol", "blockquote"]), st.lists(parts, max_size=4)),
    max_leaves=5,
)
DOCUMENTS = st.lists(PARTS, max_size=5)

Groups = list[list[str]]  # words in order; within a group in any order, as wrapped table cells are


class Writer:
    """Turns made-up parts to HTML and remembers the words in order."""

    def __init__(self) -> None:
        self.groups: Groups = []
        self._numbers = itertools.count()
        self._headed = False

    def html(self, parts: list[Any]) -> str:
        return "\n".join(self._part(part) for part in parts)

    def _part(self, part: Any) -> str:
        match part:
            case ("table", head, rows):
                self._headed = False
                written = [self._row(row, head and not at) for at, row in enumerate(rows)]
                return f"<table>{''.join(written)}</table>"
            case ("blockquote", parts):
                return f"<blockquote>{self.html(parts)}</blockquote>"
            case (("ul" | "ol") as tag, parts):
                return f"<{tag}>{''.join(f'<li>{self._part(item)}</li>' for item in parts)}</{tag}>"
            case (tag, words):
                marked = list(self._words(words))
                self.groups += [[word] for word in marked]
                return f'<{tag} href="https://go.id/?a=1&amp;b">{escape(" ".join(marked))}</{tag}>'
        raise ValueError(part)

    def _row(self, cells: list[Any], head: bool) -> str:
        if not self._headed:  # a list of 'Label: value' shows head and rows entwined
            self.groups.append([])
        self._headed = self._headed or head
        tag = "th" if head else "td"
        return f"<tr>{''.join(self._cell(tag, *cell) for cell in cells)}</tr>"

    def _cell(self, tag: str, width: int, height: int, words: list[str]) -> str:
        marked = list(self._words(words))
        self.groups[-1] += marked
        return f'<{tag} colspan="{width}" rowspan={height} align="right">{escape(" ".join(marked))}</{tag}>'

    def _words(self, words: list[str]) -> Iterator[str]:
        return (f"«{next(self._numbers)}:{word}»" for word in words)


def assert_in_order(groups: Groups, shown: str) -> None:
    """Every word is shown, and none before the group that comes before it; blanks don't count."""
    squashed, reached = "".join(shown.split()), 0
    for group in groups:
        ends = [
            squashed.index(word, reached) + len(word) for word in ("".join(word.split()) for word in group)
        ]
        reached = max(ends, default=reached)
