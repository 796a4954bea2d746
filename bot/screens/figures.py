"""The figure that follows an adopted result."""

from markupsafe import Markup

from bot.screen import Screen
from bot.screens.painter import Painter
from documents.figures.drawing import fitting
from documents.figures.results import figures
from usecases.activities.outcomes import Result

WIDTH, HIGHEST = 360, 740
"""Pixels: a phone's width, and what is left to be read when Telegram has made the picture smaller."""


def figure(painter: Painter, shown: Result) -> Screen | None:
    """The result's figure as pictures; None where it has none. Words say where it is, if it can't be shown."""
    drawn = figures(
        shown.figure,
        shown.instrument,
        shown.title,
        shown.result,
        lambda key: painter.wording.plain(f"figure.{key}"),
        WIDTH,
        HIGHEST,
    )
    if not drawn:
        return None
    pictures = [Markup(fitting(svg, HIGHEST)) for svg in drawn]  # noqa: S704 - our own SVG, texts escaped there
    page = painter.wording.page("documents/figure", shown=shown, pictures=pictures)
    return Screen(painter.page("figure", shown=shown).text, pictured=page)
