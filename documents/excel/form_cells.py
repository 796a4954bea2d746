"""One cell of an Excel form: what is stored in it, how it is shown, what may be put into it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell

from documents.language.wording import Wording
from domain.dialog.questions import Value
from domain.formulas import NAME, NUMBER, PERCENT, Formula, exact, names
from domain.instruments.base import Sheet
from domain.instruments.worksheet.cells import one_line, people, referred
from domain.instruments.worksheet.columns import (
    CHOICE,
    COMPUTED,
    DATE,
    MONEY,
    PERSON,
    REFERENCE,
    TEXT,
    YES_NO,
    Column,
    Settings,
)
from domain.instruments.worksheet.columns import NUMBER as NUMBERS

Cell = str | int | float | date | None

LONGEST_CELL = 32_767  # characters Excel can hold
MESSAGE, HEADING = 255, 32  # characters Excel can show beside a checked cell
LARGEST = 10**15  # what fits into Excel's 15 digits, and what is taken as rupiah
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def sound(text: str) -> str:
    """Text that Excel can keep: no half characters or controls, and not too long."""
    clean = _CONTROLS.sub("", text.encode("utf-8", "replace").decode())
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


def stored(column: Column, value: Value) -> Cell:
    """The cell as Excel keeps it: numbers as numbers, days as days, everything else as text."""
    if value is None:
        return None
    if column.kind == YES_NO:
        return "Ya" if value else "Tidak"
    if column.kind == DATE:
        return date.fromisoformat(value)
    number = exact(value) if column.kind in {NUMBERS, MONEY} else None
    if number is None or abs(number) >= LARGEST:
        return str(value)
    return int(number) if number.denominator == 1 else float(number)


def shown(value: Value) -> float | str:
    """The value a computed cell shows until a program computes it."""
    number = exact(value)
    return "" if number is None else float(number)


def number_format(column: Column) -> str:
    """Excel's format for the column; text stays what was typed."""
    decimals = "." + "0" * column.decimals if column.decimals else ""
    look = column.look or column.kind
    return {
        NUMBERS: f"#,##0{decimals}",
        "percent": f'#,##0{decimals}"%"',
        MONEY: '"Rp"#,##0',
        DATE: "dd/mm/yyyy",
    }.get(look, "@")


def excel_formula(formula: Formula, at: int, place_of: Callable[[str], int]) -> str:
    """A computed column's formula in that row of the sheet; empty while something it needs is."""
    needed = ",".join(f'{_cell(at, place_of(name))}=""' for name in dict.fromkeys(names(formula)))
    computed = f'IFERROR({_excel_formula(formula, at, place_of)},"")'
    return f'=IF(OR({needed}),"",{computed})' if needed else f"={computed}"


def _cell(at: int, place: int) -> str:
    return str(xl_rowcol_to_cell(at, place))


def _excel_formula(formula: Formula, at: int, place_of: Callable[[str], int]) -> str:
    sign, *parts = formula
    if sign == NAME:
        return _cell(at, place_of(parts[0]))
    if sign == NUMBER:
        return str(parts[0])
    said = [_excel_formula(part, at, place_of) for part in parts]
    if sign == PERCENT:
        return f"({said[0]}/{said[1]}*100)"
    return f"({sign.join(said)})" if len(said) > 1 else f"({sign}{said[0]})"


def lists_of(wording: Wording, on: Sheet[Settings]) -> dict[str, Sequence[str]]:
    """What can be chosen from, by column; rows of the table itself stand in the sheet."""
    found: dict[str, Sequence[str]] = {}
    for column in on.settings.columns:
        if column.kind == CHOICE:
            found[column.key] = column.options
        elif column.kind == YES_NO:
            found[column.key] = (wording.plain("value.yes"), wording.plain("value.no"))
        elif column.kind == PERSON:
            found[column.key] = [option.label for option in people(on)]
        elif column.kind == REFERENCE and not column.own:
            found[column.key] = [one_line(item.text) for item in referred(on, column).values()]
    return {key: words for key, words in found.items() if words}


def validation(wording: Wording, column: Column, cells: str) -> dict[str, object] | None:
    """What Excel itself checks in the column; `cells` are those it is chosen from. None where anything goes."""
    if column.kind == COMPUTED or (column.kind in _CHOSEN and not cells):
        return None
    rule = (
        {"validate": "list", "source": cells} if column.kind in _CHOSEN else dict(_RULES[column.kind](column))
    )
    return {
        **rule,
        "ignore_blank": True,
        "error_title": sound(column.title)[:HEADING],
        "error_message": wording.plain(f"excel.wrong.{column.kind}", column=column)[:MESSAGE],
        "error_type": "warning" if column.free or column.own else "stop",
    }


_CHOSEN = frozenset({CHOICE, YES_NO, PERSON, REFERENCE})
_RULES: Mapping[str, Callable[[Column], Mapping[str, object]]] = {
    TEXT: lambda column: {"validate": "length", "criteria": "<=", "value": column.longest},
    NUMBERS: lambda column: {
        "validate": "decimal" if column.decimals else "integer",
        "criteria": "between",
        "minimum": -LARGEST,
        "maximum": LARGEST,
    },
    MONEY: lambda _: {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": LARGEST},
    DATE: lambda _: {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST},
}

_WIDTHS: Mapping[str, int] = {TEXT: 34, PERSON: 24, REFERENCE: 30, CHOICE: 20, YES_NO: 10, DATE: 13}


def width(column: Column) -> int:
    """The column's width in characters."""
    return max(_WIDTHS.get(column.kind, 16), min(len(column.title) + 2, 30))
