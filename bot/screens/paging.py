"""Lists that go page by page: what stands on a page, and the keys to the one before and the one after."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.callbacks import Press
from bot.screen import Button
from bot.screens.painter import Painter

PAGE = 8
"""Lines with a key each."""

Line = TypeVar("Line")


def page_of(lines: Sequence[Line], page: int, size: int = PAGE) -> Sequence[Line]:
    """What stands on that page (from 0)."""
    return lines[page * size : (page + 1) * size]


def last_page(total: int, size: int = PAGE) -> int:
    """The number of the last page (from 0)."""
    return max(0, total - 1) // size


def turns(painter: Painter, to: Callable[[int], Press], page: int, last: int) -> list[Button]:
    """Keys to the page before and the one after, where there are any; `to` gives the press for a page."""
    before = [painter.button("page_before", to(page - 1))] if page > 0 else []
    after = [painter.button("page_after", to(page + 1))] if page < last else []
    return [*before, *after]
