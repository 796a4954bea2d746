"""Screens of documents: what there is, one of them, how far an order is."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.callbacks import Go
from bot.screen import Attachment, Button, Screen
from bot.screens.painter import Painter
from usecases import document_outcomes as outcomes
from usecases.outcomes import Outcome

A_PAGE = 8
NEWEST = 2
"""Versions whose files have keys."""


def listing(painter: Painter, shown: outcomes.Papers) -> Screen:
    """A key for each document."""
    here = shown.papers[shown.page * A_PAGE : (shown.page + 1) * A_PAGE]
    keys = [[painter.labelled(each.title, Go("paper", shown.subject, word=each.key))] for each in here]
    return painter.page(
        "papers", [*keys, _turns(painter, shown), _way_back(painter, shown.subject)], shown=shown
    )


def _turns(painter: Painter, shown: outcomes.Papers) -> list[Button]:
    more = len(shown.papers) > (shown.page + 1) * A_PAGE
    before = (
        [painter.button("page_before", Go("papers", shown.subject, shown.page - 1))] if shown.page else []
    )
    return before + (
        [painter.button("page_after", Go("papers", shown.subject, shown.page + 1))] if more else []
    )


def _way_back(painter: Painter, subject: int) -> list[Button]:
    return (
        [painter.button("meeting", Go("meeting", subject)), painter.menu()] if subject else [painter.menu()]
    )


def card(painter: Painter, shown: outcomes.PaperCard) -> Screen:
    """Formats to order, final where it may be, and files made before."""
    orders = [_order(painter, shown, kind) for kind in shown.formats]
    together = [_order(painter, shown, "")] if len(shown.formats) > 1 else []
    final = [painter.button("paper_final", Go("paper_final", shown.subject, word=shown.key))]
    files = [
        [painter.labelled(f"↓ {file.name}", Go("paper_file", file.id))]
        for version in shown.versions[:NEWEST]
        for file in version.files
    ]
    back = [painter.button("papers", Go("papers", shown.subject)), painter.menu()]
    can_finish = shown.may_finish and not shown.missing
    return painter.page(
        "paper_card", [orders, together, final if can_finish else [], *files, back], shown=shown
    )


def _order(painter: Painter, shown: outcomes.PaperCard, kind: str) -> Button:
    """The format travels behind the document's key."""
    return painter.button(
        f"paper_as.{kind or 'all'}", Go("paper_draft", shown.subject, word=f"{shown.key}.{kind}")
    )


def printing(painter: Painter, shown: outcomes.Printing) -> Screen:
    """How far an order is."""
    back = [painter.button("paper", Go("paper", shown.subject, word=shown.key)), painter.menu()]
    return painter.page("printing", [back], shown=shown)


def file(painter: Painter, shown: outcomes.FileAgain) -> Screen:
    """A file with its caption."""
    screen = painter.page("document_file", shown=shown)
    return Screen(screen.text, attachment=Attachment(shown.name, shown.content))


PAINTED: Mapping[type[Outcome], Callable[[Painter, Any], Screen]] = {
    outcomes.Papers: listing,
    outcomes.PaperCard: card,
    outcomes.Printing: printing,
    outcomes.FileAgain: file,
}
