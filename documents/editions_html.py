"""An edition as the semantic HTML of documents/paper.py: the template of its name, with what all of them may use.

A template `templates/documents/<name>.html` sees `edition` (domain.editions.Edition), the edition's facts by their
names, `today`, `logo` (an address for `img`), `body(result)` (an adopted result's tables), `drawn(result)` (its figures
as SVG) and `wording`.
"""

import base64
import functools
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from documents.figures import results as figures
from documents.wording import Wording
from domain.editions import Edition

PAGE_WIDTH = 600
"""Pixels of a figure as wide as an upright page's text."""


def html_of(edition: Edition) -> str:
    """The document's HTML. Raises KeyError or jinja2's errors for faults of ours."""
    return wording().page(
        f"documents/{edition.template}",
        edition=edition,
        logo=logo(edition),
        today=edition.made_at.astimezone(ZoneInfo(edition.zone)).date(),
        body=body,
        drawn=drawn,
        **edition.facts,
    )


def logo(edition: Edition) -> str:
    """The letterhead's picture as the address of an `img`; empty where there is none."""
    kept = edition.letterhead
    return f"data:image/{kept.logo_kind};base64,{base64.b64encode(kept.logo).decode()}" if kept.logo else ""


@functools.cache
def wording() -> Wording:
    """The words, read once in a process."""
    return Wording()


def body(shown: Any) -> Markup:
    """The tables of an adopted result (usecases.outcomes.Result), as its instrument's template words them."""
    block = wording().block(
        shown.instrument, "result", activity=shown, sheet=shown.sheet, result=shown.result
    )
    return Markup(block)  # noqa: S704 - rendered with autoescape


def drawn(shown: Any, width: int = PAGE_WIDTH) -> tuple[Markup, ...]:
    """The figures of an adopted result; none where a figure says no more than the table."""
    made = figures.figures(shown.instrument, shown.title, shown.result, width)
    return tuple(Markup(svg) for svg in made)  # noqa: S704 - our own SVG, texts escaped there
