"""A document for paper as the HTML that PlutoPrint lays out; its looks are in `templates/documents/paper.css`."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from documents.language.wording import TEMPLATES
from documents.markup.grid import Cell
from documents.markup.runs import Runs, length, markup
from documents.markup.xml_text import storable
from documents.paper import pictures
from documents.paper.model import (
    BODY,
    TITLE,
    Block,
    Contents,
    Figure,
    Letterhead,
    Listing,
    NewPage,
    Picture,
    Section,
    Table,
    Text,
)
from documents.paper.page_setup import MARGINS_MM, PageSetup, Paper, words
from documents.paper.tables import WHOLE
from documents.pdf.page_breaks import keeper

LONG = 700  # characters of a row that may be divided between pages
Pages = Mapping[str, int]  # the page each anchor is on


@functools.cache
def css() -> str:
    """The style of all paper, with its margins."""
    margins = " ".join(f"{each}mm" for each in MARGINS_MM)
    return f"@page{{margin:{margins}}}{_style('paper')}"


@functools.cache
def frame_css() -> str:
    """The style of what is printed around the pages."""
    return _style("paper_frame")


def _style(name: str) -> str:
    return (TEMPLATES / "documents" / f"{name}.css").read_text("utf-8")


def section(found: Section, listed: Sequence[Text], pages: Pages) -> str:
    """A section's page; `listed` are the headings of the contents, `pages` where they are, as far as known."""
    body = "".join(
        keeper(found, at) + block_html(block, listed, pages) for at, block in enumerate(found.blocks)
    )
    return f'<body class="{"landscape" if found.landscape else "upright"}">{body}</body>'


def block_html(block: Block, listed: Sequence[Text] = (), pages: Pages | None = None) -> str:
    """One block."""
    if isinstance(block, Contents):
        return _contents(listed, pages or {})
    writer = _WRITERS.get(type(block))
    return str(writer(block)) if writer else "<hr>"


def around(sheets: Sequence[Paper], page_setup: PageSetup, paper: Paper) -> str:
    """What is printed around the pages, as if all were of that paper; one page for each sheet."""
    return "".join(_sheet(page, len(sheets), page_setup, paper) for page in range(1, len(sheets) + 1))


def _sheet(page: int, pages: int, page_setup: PageSetup, paper: Paper) -> str:
    left, top, room = MARGINS_MM[3], paper.height - 16, paper.room()
    numbered = words()["page"].format(page=page, pages=pages)
    return (
        f'<div class="sheet" style="width:{paper.width}mm;height:{paper.height - 1}mm">'  # 1 mm: not to spill over
        f"{_draft(paper) if page_setup.draft else ''}"
        f'<div class="foot" style="left:{left}mm;width:{room}mm;top:{top}mm">{escape(storable(page_setup.note))}</div>'
        f'<p style="right:{MARGINS_MM[1]}mm;top:{top + 1}mm">{numbered}</p></div>'
    )


def _draft(paper: Paper) -> str:
    top, right = MARGINS_MM[:2]
    mark, note = escape(words()["draft"]), escape(words()["draft_note"])
    return (
        f'<div class="draft" style="top:{paper.height // 2 - 20}mm"><span>{mark}</span></div>'
        f'<p class="draft-note" style="right:{right}mm;top:{top - 10}mm">{note}</p>'
    )


def _text(text: Text) -> str:
    if text.level:
        # A destination is kept only where something in the same book leads to it; so a heading leads to itself.
        linked = f'<a href="#{text.anchor}">{_markup(text.runs)}</a>'
        return f'<h{text.level} id="{text.anchor}">{linked}</h{text.level}>'
    style = "" if text.style == BODY else f' class="{text.style}"'
    return f"<p{style}>{_markup(text.runs)}</p>"


def _markup(runs: Runs) -> str:
    return markup(runs, "<br>")


def _wrapped(tag: str, runs: Runs) -> str:
    return f"<{tag}>{_markup(runs)}</{tag}>" if runs else ""


def _listing(listing: Listing) -> str:
    tag, start = ("ol", f' start="{listing.start}"') if listing.ordered else ("ul", "")
    items = "".join(f"<li>{_item(item)}</li>" for item in listing.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _item(item: Sequence[Block]) -> str:
    """An item's own text without a paragraph around it, so that it stands beside its number."""
    first, *others = item
    lead = _markup(first.runs) if isinstance(first, Text) else block_html(first)
    return lead + "".join(map(block_html, others))


def _table(table: Table) -> str:
    rows = table.grid.begun()
    columns = "".join(f'<col style="width:{share * 100 / WHOLE:.1f}%">' for share in table.widths)
    head, body = _rows(rows[: table.grid.head]), _rows(rows[table.grid.head :])
    parts = f"<thead>{head}</thead>" if head else ""
    caption = _wrapped("caption", table.grid.caption)
    return f'<table class="{table.kind}">{caption}<colgroup>{columns}</colgroup>{parts}<tbody>{body}</tbody></table>'


def _rows(rows: Iterable[Sequence[Cell]]) -> str:
    return "".join(f"<tr{_row_class(row)}>{''.join(map(_cell, row))}</tr>" for row in rows)


def _row_class(row: Sequence[Cell]) -> str:
    """One that is very long may be divided between pages; one that is empty is room to sign in."""
    if not any(cell.runs for cell in row):
        return ' class="space"'
    return ' class="long"' if any(length(cell.runs) > LONG for cell in row) else ""


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = f' colspan="{cell.width}"' if cell.width > 1 else ""
    spans += f' rowspan="{cell.height}"' if cell.height > 1 else ""
    align = "" if cell.align == "left" else f' class="{cell.align}"'
    return f"<{tag}{spans}{align}>{_markup(cell.runs)}</{tag}>"


def _figure(figure: Figure) -> str:
    return f"<figure>{_picture(figure.picture)}{_wrapped('figcaption', figure.caption)}</figure>"


def _picture(picture: Picture) -> str:
    if picture.kind == "svg":
        return picture.data.decode()
    return f'<img src="{pictures.data_address(picture)}" alt="{escape(picture.shows)}">'


def _letterhead(head: Letterhead) -> str:
    lines = "".join(
        f'<p class="{"name" if line.level or line.style == TITLE else "address"}">{_markup(line.runs)}</p>'
        for line in head.lines
    )
    logo = f'<td style="width:24mm">{_picture(head.logo)}</td>' if head.logo else ""
    blank = '<td style="width:24mm"></td>' if head.logo else ""
    return f'<table class="letterhead"><tr>{logo}<td>{lines}</td>{blank}</tr></table>'


def _contents(listed: Sequence[Text], pages: Pages) -> str:
    entries = "".join(
        f'<tr class="level{text.level}"><td class="entry"><a href="#{text.anchor}">{_plain(text.runs)}</a></td>'
        f'<td class="page">{pages.get(text.anchor, "")}</td></tr>'
        for text in listed
    )
    columns = '<colgroup><col style="width:92%"><col style="width:8%"></colgroup>'
    title = f'<p class="title">{escape(words()["contents"])}</p>'
    return f'<div class="contents">{title}<table>{columns}{entries}</table></div>'


def _plain(runs: Runs) -> str:
    return escape(" ".join("".join(run.text for run in runs).split()))


def _new_page(_: NewPage) -> str:
    return '<div class="new-page"></div>'


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Text: _text,
    Table: _table,
    Listing: _listing,
    Figure: _figure,
    Letterhead: _letterhead,
    NewPage: _new_page,
}
