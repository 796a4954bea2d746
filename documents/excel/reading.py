"""A form of a tabel isian that came back as an .xlsx file: whose it is, its rows, and cells that can't be read.

The values are texts, as a person would have typed them; what they must be is the table's own matter
(domain/instruments/worksheet/importing.py). All of this takes time and belongs into a thread.
"""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter

from documents.excel.form import FORM, KIND, MEMORY, MEMORY_HEAD
from documents.excel.package import check_package
from domain.faults import Fault, Rejected
from domain.instruments.worksheet.form import FilledForm, FormRow, Mark, Trouble
from domain.instruments.worksheet.importing import MOST_ROWS as AT_ONCE
from domain.instruments.worksheet.importing import typed

MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
LAST_ROW: Final = 1_048_576
HEAD_WITHIN: Final = 30  # rows: the head stands no deeper
MOST_MEMORY: Final = MOST_ROWS + 10  # rows of the sheet nobody sees
TOLD: Final = 40  # characters of a cell that are repeated
PERCENT_SIGN: Final = "%"

Line = tuple[Any, ...]
"""The cells of a row, as openpyxl reads them without making a whole sheet of them."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the form remembers: columns to fill in, their heads (that of the ids first), computed ones, every row."""

    mark: Mark
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    computed: tuple[str, ...]
    rows: Mapping[str, tuple[str | None, ...]]


def read_form(content: bytes, name: str) -> FilledForm:
    """What came back. Raises Rejected with what is wrong with the file and what to do."""
    check_package(content, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it leaves out, such as the checks of cells
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            return _read(book)
        except Rejected:
            raise
        except Exception as error:  # whatever openpyxl trips over, the file is to blame
            raise Rejected("excel_damaged") from error


def _read(book: Any) -> FilledForm:
    memory = _read_memory(book)
    sheets = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
    if FORM.casefold() not in sheets:
        others = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        raise Rejected("excel_no_sheet", wanted=FORM, given=others[:5])
    lines = _numbered(sheets[FORM.casefold()])
    places, ignored = _find_columns(memory, _find_head(memory, lines))
    return _read_rows(memory, lines, places, ignored)


def _numbered(sheet: Any) -> Iterator[tuple[int, Line]]:
    """The rows with something in them, by their number. Raises Rejected where there are too many."""
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    met = 0
    for number, line in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=LAST_ROW), 1):
        if any(cell.value is not None for cell in line):
            met += 1
            if met > MOST_ROWS + HEAD_WITHIN:
                raise Rejected("excel_rows", most=MOST_ROWS, at_once=AT_ONCE)
            yield number, line


def _read_memory(book: Any) -> _Memory:
    """Raises Rejected('excel_not_ours') for a file the assistant didn't send."""
    if MEMORY not in book.sheetnames:
        raise Rejected("excel_not_ours")
    sheet = book[MEMORY]
    sheet.reset_dimensions()
    lines = list(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_MEMORY, values_only=True))
    if len(lines) < MEMORY_HEAD or lines[0][0] != KIND:
        raise Rejected("excel_not_ours")
    keys = tuple(str(key) for key in lines[2][1:] if key is not None)
    heads = _heads(lines[3])
    rows = {
        str(line[0]): _texts(line[1 : len(keys) + 1]) for line in lines[MEMORY_HEAD:] if line[0] is not None
    }
    return _Memory(_read_mark(lines[1]), keys, heads, _heads(lines[4]), rows)


def _heads(line: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(head) for head in line if head is not None)


def _read_mark(line: Sequence[object]) -> Mark:
    activity, revision, token = (str(cell or "") for cell in line[:3])
    if not (activity.isdecimal() and revision.isdecimal()) or max(map(len, (activity, revision))) > 9:  # noqa: PLR2004 - digits of a row's number
        raise Rejected("excel_not_ours")
    return Mark(int(activity), int(revision), token)


def _texts(values: Sequence[object]) -> tuple[str | None, ...]:
    return tuple(typed(value) for value in values)


def _plain(value: object) -> str:
    """The head without blanks and capitals, for comparing."""
    return " ".join(str(value if value is not None else "").split()).casefold()


def _find_head(memory: _Memory, lines: Iterator[tuple[int, Line]]) -> Line:
    """The row among the first ones with most of the heads. Raises Rejected where there is none."""
    best: Line = ()
    for number, line in lines:
        if number > HEAD_WITHIN:
            break
        found = _matching(memory, line)
        if found > _matching(memory, best):
            best = line
        if found == len(memory.heads):
            return line
    raise Rejected("excel_columns", **_missing(memory, best))


def _matching(memory: _Memory, line: Line) -> int:
    return len({_plain(cell.value) for cell in line} & set(map(_plain, memory.heads)))


def _missing(memory: _Memory, line: Line) -> dict[str, object]:
    """The heads that aren't there, and others that are: likely the same ones under another name."""
    present = {_plain(cell.value) for cell in line}
    return {
        "missing": [head for head in memory.heads if _plain(head) not in present],
        "strange": _strange(memory, line),
    }


def _strange(memory: _Memory, line: Line) -> list[str]:
    """The heads of a file that its form didn't have."""
    known = {_plain(head) for head in (*memory.heads, *memory.computed)}
    return [str(cell.value) for cell in line if cell.value is not None and _plain(cell.value) not in known]


def _find_columns(memory: _Memory, head: Line) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where the form's columns stand now (under an empty key the ids), and the heads it didn't have."""
    at: dict[str, int] = {}
    for place, cell in enumerate(head):
        at.setdefault(_plain(cell.value), place)
    places = {
        key: at[title] for key, title in zip(("", *memory.keys), map(_plain, memory.heads), strict=True)
    }
    return places, tuple(_strange(memory, head))


def _read_rows(
    memory: _Memory, lines: Iterator[tuple[int, Line]], places: Mapping[str, int], ignored: tuple[str, ...]
) -> FilledForm:
    rows, troubles = [], []
    for number, line in lines:
        row, wrong = _read_row(memory, number, line, places)
        rows.append(row)
        troubles += wrong
    if len([row for row in rows if not row.is_blank()]) > MOST_ROWS:
        raise Rejected("excel_rows", most=MOST_ROWS, at_once=AT_ONCE)
    letters = {key: get_column_letter(place + 1) for key, place in places.items() if key}
    return FilledForm(memory.mark, letters, tuple(rows), tuple(memory.rows), tuple(troubles), ignored)


def _read_row(
    memory: _Memory, number: int, line: Line, places: Mapping[str, int]
) -> tuple[FormRow, list[Trouble]]:
    """The row; a cell that can't be read counts as changed, and isn't empty."""
    id_ = str(line[places[""]].value or "").strip()
    sent = dict(zip(memory.keys, memory.rows.get(id_, ()), strict=False))
    cells: dict[str, str | None] = {}
    kept = set()
    troubles = []
    for key in memory.keys:
        cell = line[places[key]]
        cells[key], fault = _text_of(cell)
        if fault:
            troubles.append(Trouble(number, key, _told(cell), fault))
        elif id_ in memory.rows and _same(cells[key], sent.get(key)):
            kept.add(key)
    return FormRow(number, id_, cells, frozenset(kept)), troubles


def _same(text: str | None, sent: str | None) -> bool:
    return (text or "").strip() == (sent or "").strip()


def _told(cell: Any) -> str:
    text = str(cell.value)
    return text if len(text) <= TOLD else text[: TOLD - 1] + "…"


def _text_of(cell: Any) -> tuple[str | None, Fault | None]:
    """What was typed into the cell, or why that can't be told."""
    if cell.value is None:
        return None, None
    if cell.data_type == "f":
        return "=", Fault("cell_formula")
    if cell.data_type == "e":
        return "#", Fault("cell_error")
    if cell.data_type == "n" and PERCENT_SIGN in (cell.number_format or ""):
        return PERCENT_SIGN, Fault("cell_percent", {"given": typed(round(cell.value * 100, 10))})
    return typed(cell.value), None
