"""The pairwise matrix: how often the thing in the row was put before the one in the column."""

from collections.abc import Sequence

from documents.figures.drawing import BLACK, LIGHT, PHONE, WHITE, Drawing
from documents.language.indonesian import letter


def pairwise(
    labels: Sequence[str], wins: Sequence[Sequence[int]], total: str, title: str, width: int = PHONE
) -> str:
    """The matrix with letters for the labels, which stand below it; `total` heads the column of sums.

    What won more than half of a pair is set bold; the cells where a thing meets itself are grey.
    """
    drawing = Drawing(width)
    side = min(44.0, (width - 2) / (len(labels) + 2.4))
    _head(drawing, len(labels), side, total)
    for row in range(len(labels)):
        _row(drawing, wins, row, side)
    drawing.y += 10
    for at, label in enumerate(labels):
        drawing.listed(letter(at), label, fill=WHITE, ink=BLACK)
    return drawing.finish(title)


def _head(drawing: Drawing, size: int, side: float, total: str) -> None:
    for column in range(size):
        _cell(drawing, column + 1, side, letter(column), fill=LIGHT, bold=True)
    _cell(drawing, size + 1, side, total, fill=LIGHT, bold=True, wide=True)
    drawing.y += side


def _row(drawing: Drawing, wins: Sequence[Sequence[int]], row: int, side: float) -> None:
    _cell(drawing, 0, side, letter(row), fill=LIGHT, bold=True)
    for column, count in enumerate(wins[row]):
        if column == row:
            _cell(drawing, column + 1, side, "", fill=LIGHT)
        else:
            _cell(drawing, column + 1, side, str(count), bold=count > wins[column][row])
    _cell(drawing, len(wins) + 1, side, str(sum(wins[row])), bold=True, wide=True)
    drawing.y += side


def _cell(
    drawing: Drawing,
    column: int,
    side: float,
    said: str,
    *,
    fill: str = WHITE,
    bold: bool = False,
    wide: bool = False,
) -> None:
    width = side * 1.4 if wide else side
    drawing.box(column * side + 1, drawing.y, width, side, fill=fill)
    drawing.text(column * side + 1 + width / 2, drawing.y + side / 2 + 5, said, anchor="middle", bold=bold)
