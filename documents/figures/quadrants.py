"""Four fields: SWOT, and the map of stakeholders by power and interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from documents.figures.drawing import LIGHT, PHONE, WHITE, Drawing
from documents.figures.lettering import LEADING, wrapped
from documents.figures.lettering import width as text_width

GAP = 6
PER_ROW = 2
DASH = 13
SHADES = (LIGHT, WHITE, WHITE, LIGHT)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of four: its heading and what stands in it."""

    title: str
    texts: tuple[str, ...]


def swot(fields: Sequence[Field], title: str, width: int = PHONE) -> str:
    """Four fields, two by two, in the order given: strengths and weaknesses above, chances and threats below."""
    drawing = Drawing(width)
    across = (width - GAP) / PER_ROW
    for at in range(0, len(fields), PER_ROW):
        pair = fields[at : at + PER_ROW]
        drawn = [_measured(field, across) for field in pair]
        height = max(each.height for each in drawn) + 20
        for column, each in enumerate(drawn):
            x = column * (across + GAP)
            drawing.box(x + 0.5, drawing.y, across - 1, height, fill=SHADES[(at + column) % len(SHADES)])
            _write(drawing, each, x + 8)
        drawing.y += height + GAP
    return drawing.finish(title)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A field broken into lines."""

    heading: list[str]
    texts: list[list[str]]

    @property
    def height(self) -> int:
        return (len(self.heading) + sum(map(len, self.texts))) * LEADING


def _measured(field: Field, across: float) -> _Measured:
    texts = [wrapped(text, across - DASH - 16, 4) for text in field.texts]
    return _Measured(wrapped(field.title, across - 16, bold=True), texts)


def _write(drawing: Drawing, field: _Measured, x: float) -> None:
    """The heading, and below it each text beside its dash."""
    y = drawing.lines(x, drawing.y + 6, field.heading, bold=True) + 6
    for lines in field.texts:
        drawing.lines(x, y, ["–"])
        y = drawing.lines(x + DASH, y, lines)


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody with a stake; `interest` and `power` from 0 to 1."""

    label: str
    interest: Fraction
    power: Fraction


def power_and_interest(
    people: Sequence[Stakeholder], names: Sequence[str], axes: tuple[str, str], title: str, width: int = PHONE
) -> str:
    """Numbered discs on a square, power upwards, interest to the right; who they are stands below.

    `names` of the fields: upper left, upper right, lower left, lower right; `axes`: those of interest and of power.
    """
    drawing = Drawing(width)
    drawing.paragraph(f"↑ {axes[1]}")
    side = min(width - 2, 460)
    top = drawing.y + 4
    taken: list[tuple[float, float]] = []
    for at, name in enumerate(names):
        x, y = 1 + at % 2 * side / 2, top + at // 2 * side / 2
        drawing.box(x, y, side / 2, side / 2, fill=SHADES[at])
        lines = wrapped(name, side / 2 - 12, 2, bold=True)
        drawing.lines(x + 6, y + 4, lines, bold=True)
        taken += _under(lines, x + 6, y + 4)
    _discs(drawing, people, side, top, taken)
    drawing.y = top + side + 4
    drawing.lines(side, drawing.y, [f"{axes[0]} →"], anchor="end")
    drawing.y += LEADING + 8
    for at, each in enumerate(people, 1):
        drawing.listed(str(at), each.label)
    return drawing.finish(title)


def _under(lines: Sequence[str], x: float, y: float) -> list[tuple[float, float]]:
    """Points along the lines, which other texts must not cover."""
    return [
        (x + along, y + at * LEADING + LEADING / 2)
        for at, line in enumerate(lines)
        for along in range(0, int(text_width(line, bold=True)), DASH)
    ]


def _discs(
    drawing: Drawing,
    people: Sequence[Stakeholder],
    side: float,
    top: float,
    kept: Sequence[tuple[float, float]],
) -> None:
    """Each where it belongs, or as near as there is room; the points `kept` are free of them."""
    taken = list(kept)
    for at, each in enumerate(people, 1):
        x = 1 + 14 + float(each.interest) * (side - 28)
        y = top + 14 + float(1 - each.power) * (side - 28)
        place = _free(x, y, taken, (1 + 12, side - 12), (top + 12, top + side - 12))
        taken.append(place)
        drawing.badge(*place, str(at))


def _free(
    x: float,
    y: float,
    taken: Sequence[tuple[float, float]],
    across: tuple[float, float],
    down: tuple[float, float],
) -> tuple[float, float]:
    """The nearest free place within the field, on a grid of discs."""
    steps = sorted(
        ((dx, dy) for dx in range(-8, 9) for dy in range(-8, 9)), key=lambda s: (s[0] ** 2 + s[1] ** 2, s)
    )
    places = ((x + dx * 12, y + dy * 12) for dx, dy in steps)
    inside = ((a, b) for a, b in places if across[0] <= a <= across[1] and down[0] <= b <= down[1])
    apart = ((a, b) for a, b in inside if all((a - c) ** 2 + (b - d) ** 2 >= 23**2 for c, d in taken))
    return next(apart, (x, y))
