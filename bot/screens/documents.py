"""Screens of documents: what there is, one of them, how far an order is."""

from collections.abc import Sequence

from bot.places import documents as to
from bot.places.meetings import MEETING
from bot.screen import Attachment, Button, Screen
from bot.screens import stationery
from bot.screens.paging import last_page, page_of, turns
from bot.screens.painter import Painted, Painter
from store.documents import FAILED, WAITING
from usecases.documents import outcomes
from usecases.documents.sharing import GROUP, MEMBERS

NEWEST = 2
"""Versions whose files have keys."""


def listing(painter: Painter, shown: outcomes.Papers) -> Screen:
    """A key for each document."""
    here = page_of(shown.papers, shown.page)
    pages = turns(
        painter, lambda page: to.PAPERS(shown.subject, page), shown.page, last_page(len(shown.papers))
    )
    keys = [[painter.labelled(each.title, to.PAPER(each.key, shown.subject))] for each in here]
    paper = [painter.button("stationery", to.STATIONERY())] if shown.may_manage else []
    return painter.page(
        "papers", [*keys, pages, paper, _way_back(painter, shown.subject)], shown=shown, here=here
    )


def _way_back(painter: Painter, subject: int) -> list[Button]:
    return [painter.button("meeting_back", MEETING(subject)), painter.menu()] if subject else [painter.menu()]


def card(painter: Painter, shown: outcomes.PaperCard) -> Screen:
    """Formats to order, final where it may be, files made before, handing round what is final."""
    orders = [_order(painter, shown, kind) for kind in shown.formats]
    together = [_order(painter, shown, "")] if len(shown.formats) > 1 else []
    can_finish = shown.may_finish and not shown.missing
    final = [painter.button("paper_final", to.FINAL(shown.subject, shown.key))]
    back = [painter.button("papers", to.PAPERS(shown.subject)), painter.menu()]
    parts = [
        painter.button(f"paper_part.{each}", to.PART(to.PartOf(shown.key, each))) for each in shown.by_hand
    ]
    made = [*_files(painter, shown), *_sharing(painter, shown)]
    number = [painter.copying("copy_number", shown.letter_number)] if shown.letter_number else []
    keys = [number, orders, together, parts, final if can_finish else [], *made]
    return painter.page("paper_card", [*keys, back], shown=shown)


def _files(painter: Painter, shown: outcomes.PaperCard) -> list[list[Button]]:
    """A row for each of the newest versions, and for the newest final one."""
    near = shown.versions[:NEWEST]
    versions = [*near, *([shown.final] if shown.final and shown.final not in near else [])]
    return [
        [
            painter.button("paper_file", to.FILE(file.id), kind=_kind(painter, file), number=version.number)
            for file in version.files
        ]
        for version in versions
    ]


def _kind(painter: Painter, file: outcomes.FileLine) -> str:
    return painter.wording.plain(f"paper_kind.{file.kind}")


def _sharing(painter: Painter, shown: outcomes.PaperCard) -> list[list[Button]]:
    if not shown.may_finish or shown.final is None:
        return []
    ways = [GROUP, MEMBERS] if shown.has_group else [MEMBERS]
    return [[painter.button(f"paper_share.{way}", to.SHARE(shown.final.id, way))] for way in ways]


def share(painter: Painter, shown: outcomes.Share) -> Screen:
    """Asks whether the document is really to go to that many people."""
    yes = painter.button("paper_send", to.SEND(shown.order_id, to=shown.to), count=shown.count)
    no = painter.button("no_back", to.PAPER(shown.key, shown.subject))
    return painter.page("paper_share", [[yes], [no]], shown=shown)


def _order(painter: Painter, shown: outcomes.PaperCard, kind: str) -> Button:
    """The key that orders a document in that format."""
    return painter.button(f"paper_as.{kind or 'all'}", to.DRAFT(shown.subject, to.InFormat(shown.key, kind)))


def printing(painter: Painter, shown: outcomes.Printing) -> Screen:
    """How far an order is; one that failed can be ordered again.

    Until it is done there are no keys: the next edit would take away what they had led to.
    """
    if shown.state in WAITING:
        return painter.page("printing", [], shown=shown)
    kind = shown.formats[0] if len(shown.formats) == 1 else ""
    again = (
        to.FINAL(shown.subject, shown.key)
        if shown.is_final
        else to.DRAFT(shown.subject, to.InFormat(shown.key, kind))
    )
    keys = [[painter.button("paper_again", again)] if shown.state == FAILED else []]
    back = [painter.button("paper", to.PAPER(shown.key, shown.subject)), painter.menu()]
    return painter.page("printing", [*keys, back], shown=shown)


def file(painter: Painter, shown: outcomes.FileAgain) -> Screen:
    """A file with its caption."""
    screen = painter.page("document_file", shown=shown)
    return Screen(screen.text, attachment=Attachment(shown.name, shown.content))


def album(painter: Painter, shown: Sequence[outcomes.FileAgain]) -> Screen:
    """The files of one document as one message with one caption."""
    first = file(painter, shown[0])
    if len(shown) == 1:
        return first
    return Screen(first.text, album=tuple(Attachment(each.name, each.content) for each in shown))


PAINTED: Painted = {
    outcomes.Papers: listing,
    outcomes.PaperCard: card,
    outcomes.Printing: printing,
    outcomes.Share: share,
    outcomes.FileAgain: file,
    **stationery.PAINTED,
}
