"""An edition as the semantic HTML of documents/paper/model.py: the template of its name, with what all of them may use.

A template `templates/documents/<name>.html` sees `edition` (an `Edition`), the edition's facts by their
names, `today`, `logo` (an address for `img`), `body(result)` (an adopted result's tables), `drawn(result)` (its figures
as SVG), `wording`, what documents/editions/figures.py draws for it, and what documents/editions/origins.py tells.
"""

import base64
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from documents.editions import figures as editions_figures
from documents.editions import origins
from documents.figures import results as figures
from documents.figures.drawing import fitting
from documents.language.wording import wording
from domain.documents.editions import Edition
from domain.process.figures import MATRIX

PAGE_WIDTH, PAGE_HEIGHT = 600, 820
"""Pixels of a figure as wide as an upright page's text, and of the highest one that leaves room for its heading."""

PAPER = "paper"
"""The block of an instrument's template that words a result for paper, where that differs from the chat's."""


_latest: list[tuple[Edition, str]] = []
"""The document made last: Word often follows PDF."""


def html_of(edition: Edition) -> str:
    """The document's HTML. Raises KeyError or jinja2's errors for faults of ours."""
    if not _latest or _latest[0][0] != edition:
        _latest[:] = [(edition, _worded(edition))]
    return _latest[0][1]


def _worded(edition: Edition) -> str:
    return wording().page(
        f"documents/{edition.template}",
        edition=edition,
        logo=logo(edition),
        today=edition.made_at.astimezone(ZoneInfo(edition.zone)).date(),
        drawn=drawn,
        **editions_figures.drawings(edition, wording()),
        **origins.origins(edition, wording(), body),
        **edition.facts,
    )


def logo(edition: Edition) -> str:
    """The letterhead's picture as the address of an `img`; empty where there is none."""
    kept = edition.letterhead
    return f"data:image/{kept.logo_kind};base64,{base64.b64encode(kept.logo).decode()}" if kept.logo else ""


def body(shown: Any, level: int = 3) -> Markup:
    """The tables of an adopted result (usecases.outcomes.Result) for paper; its headings are of that level."""
    block = PAPER if wording().has_block(shown.instrument, PAPER) else "result"
    text = wording().block(
        shown.instrument, block, activity=shown, sheet=shown.sheet, result=shown.result, level=level
    )
    return Markup(text)  # noqa: S704 - rendered with autoescape


def drawn(shown: Any, width: int = PAGE_WIDTH) -> tuple[Markup, ...]:
    """The figures of an adopted result; none where a figure says no more than the table."""
    if shown.figure is None or shown.figure.kind == MATRIX:
        return ()
    made = figures.figures(
        shown.figure, shown.instrument, shown.title, shown.result, figure_words, width, PAGE_HEIGHT
    )
    return tuple(Markup(fitting(svg, PAGE_HEIGHT)) for svg in made)  # noqa: S704 - our own SVG, texts escaped there


def figure_words(key: str) -> str:
    """What figures say themselves."""
    return wording().plain(f"figure.{key}")
