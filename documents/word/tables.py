"""Tables of a Word document: fixed columns, heads repeated on each page, spans, rows kept whole."""

from collections.abc import Sequence
from dataclasses import replace

from documents.markup import grid
from documents.markup.grid import Cell
from documents.markup.runs import Mark, length, under
from documents.paper.model import GRID, SIGNATURES, Table
from documents.paper.tables import WHOLE
from documents.word.xml import Link, bidi_property, paragraph, runs

TWIPS_PER_MM = 1440 / 25.4
LONG = 700  # characters of a row that may be divided between pages
SIGNING = 18  # millimetres of an empty row among signatures
CELL, HEAD, WIDE = "IsiTabel", "KepalaTabel", "IsiTabelLebar"
CAPTION, SPACER = "Caption", "Jarak"
CLEAR = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def table(found: Table, room: int, link: Link, *, wide: bool = False) -> str:
    """The table with its caption above and a little room below; `room` in millimetres, `wide` on a turned page."""
    widths = [twips(room * share / WHOLE) for share in found.widths]
    caption = runs(found.grid.caption, link)
    above = paragraph(caption, CAPTION, "<w:keepNext/>") if caption else ""
    rows = "".join(
        _row(found, cells, at, widths, link, wide=wide) for at, cells in enumerate(_filled(found.grid))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = f"{_properties(found.kind, sum(widths))}<w:tblGrid>{columns}</w:tblGrid>{rows}"
    return f"{above}<w:tbl>{drawn}</w:tbl>{spacer()}"


def spacer() -> str:
    """The paragraph that has to follow a table, or it would grow together with the next."""
    return paragraph("", SPACER)


def _properties(kind: str, width: int) -> str:
    lines = '<w:tblStyle w:val="TableGrid"/>' if kind == GRID else ""
    borders = "" if kind == GRID else f"<w:tblBorders>{CLEAR}</w:tblBorders>"
    return (
        f'<w:tblPr>{lines}<w:tblW w:w="{width}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )


def _filled(table: grid.Table) -> list[list[Cell]]:
    """Each row with a cell in every column: what a cell above spans is continued, what is missing is empty."""
    rows: list[list[Cell]] = []
    for at, cells in enumerate(table.seen()):
        row = [cell if cell.row == at else replace(cell, runs=()) for cell in cells]
        taken = {column for cell in row for column in range(cell.column, cell.column + cell.width)}
        gaps = [Cell(row=at, column=column) for column in range(table.columns) if column not in taken]
        rows.append(sorted([*row, *gaps], key=lambda cell: cell.column))
    return rows


def _row(
    found: Table, cells: Sequence[Cell], at: int, widths: Sequence[int], link: Link, *, wide: bool
) -> str:
    head = at < found.grid.head
    whole = "<w:cantSplit/>" if all(length(cell.runs) <= LONG for cell in cells) else ""
    signing = found.kind == SIGNATURES and not any(cell.runs for cell in cells)
    height = f'<w:trHeight w:val="{twips(SIGNING)}" w:hRule="atLeast"/>' if signing else ""
    repeated = "<w:tblHeader/>" if head else ""
    kept = found.kind == SIGNATURES and at < found.grid.rows - 1
    style = _style(found.kind, head=head, wide=wide)
    drawn = "".join(_cell(cell, at, widths, style, link, head=head, kept=kept) for cell in cells)
    return f"<w:tr><w:trPr>{whole}{height}{repeated}</w:trPr>{drawn}</w:tr>"


def _style(kind: str, *, head: bool, wide: bool) -> str:
    if kind != GRID:
        return "TanpaGaris"
    return HEAD if head else WIDE if wide else CELL


def _cell(
    cell: Cell, at: int, widths: Sequence[int], style: str, link: Link, *, head: bool, kept: bool
) -> str:
    width = sum(widths[cell.column : cell.column + cell.width])
    spans = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
    if cell.height > 1:
        spans += '<w:vMerge w:val="restart"/>' if cell.row == at else "<w:vMerge/>"
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E6E6E6"/><w:vAlign w:val="center"/>' if head else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{shade}</w:tcPr>'
    together = "<w:keepNext/>" if kept or head else ""
    align = "" if head or cell.align == "left" else f'<w:jc w:val="{cell.align}"/>'
    said = under(Mark("b"), cell.runs) if cell.header and not head else cell.runs
    content = runs(said, link)
    return (
        f"<w:tc>{properties}{paragraph(content, style, together + bidi_property(cell.runs) + align)}</w:tc>"
    )
