"""The table of a daftar periksa: every row by every criterion, with its counts, its notes and its share of 'ya'."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.dialog.questions import Answers
from domain.instruments.base import PLENARY, Ballots, Item, Sheet, counted
from domain.instruments.ranks import ranked

YES, PARTLY, NO = ANSWERS = ("ya", "sebagian", "belum")
WITH_NOTE = frozenset({PARTLY, NO})
MOST_WEAK = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a criterion: its title, and a hint for those who judge by it."""

    key: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The rows and criteria (without criteria a row is one question). `notes` asks for them.

    With `all_rows` every row is passed on to later activities, not only what isn't met.
    """

    rows: tuple[Line, ...]
    criteria: tuple[Line, ...] = ()
    notes: bool = True
    all_rows: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A row to check: one of the file's, or an item drawn from an earlier activity."""

    id: str
    title: str
    hint: str
    item: Item


@dataclass(frozen=True, slots=True)
class Note:
    """What a member noted beside 'sebagian' or 'belum'."""

    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A row by a criterion (empty where there are none): how many gave each answer, and their notes by their words."""

    id: str
    criterion: str
    yes: int
    partly: int
    no: int
    answered: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its cells in the order of the criteria."""

    id: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Weak:
    """A cell that isn't fully met; rank 1 has the lowest share of 'ya', equal shares share a rank."""

    rank: int
    row: str
    criterion: str
    yes: int
    no: int
    answered: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole table. `weakest` holds the cells of the first five ranks, `members` counts the ballots."""

    criteria: tuple[str, ...]
    rows: tuple[Row, ...]
    weakest: tuple[Weak, ...]
    members: int
    plenary: bool


def subjects(sheet: Sheet[Settings]) -> tuple[Subject, ...]:
    """The file's rows, then the items."""
    of_file = tuple(
        Subject(f"r{number}", row.title, row.hint, Item(f"r{number}", row.title))
        for number, row in enumerate(sheet.settings.rows, 1)
    )
    return of_file + tuple(Subject(item.id, item.text, item.detail, item) for item in sheet.items)


def criteria(settings: Settings) -> Sequence[tuple[int, Line]]:
    """The criteria by their numbers; one without a title where there are none."""
    return list(enumerate(settings.criteria or (Line("", ""),), 1))


def cell_id(subject: Subject, number: int) -> str:
    """Names a cell, and the answer to it."""
    return f"{subject.id}.{number}"


def note_key(cell: str, answer: str) -> str:
    """The note beside 'sebagian' is none beside 'belum', should the member change their answer."""
    return f"{cell}+{answer[0]}"


def table(sheet: Sheet[Settings], ballots: Ballots) -> Checked:
    """Every cell counted by those who answered it."""
    given = list(counted(ballots).values())
    rows = tuple(_row(sheet.settings, subject, given) for subject in subjects(sheet))
    titles = tuple(line.title for line in sheet.settings.criteria)
    return Checked(titles, rows, _weakest(rows), len(given), bool(ballots.get(PLENARY)))


def _row(settings: Settings, subject: Subject, given: Sequence[Answers]) -> Row:
    cells = tuple(_cell(cell_id(subject, number), line.title, given) for number, line in criteria(settings))
    return Row(subject.id, subject.title, cells)


def _cell(cell: str, criterion: str, given: Sequence[Answers]) -> Cell:
    answers = [mine[cell] for mine in given if cell in mine]
    yes, partly, no = (answers.count(each) for each in ANSWERS)
    return Cell(cell, criterion, yes, partly, no, len(answers), _notes(cell, given))


def _notes(cell: str, given: Sequence[Answers]) -> tuple[Note, ...]:
    """Only those beside the answer that was given in the end."""
    found = [
        Note(mine[cell], text)
        for mine in given
        if mine.get(cell) in WITH_NOTE and (text := mine.get(note_key(cell, mine[cell])))
    ]
    return tuple(sorted(found, key=lambda note: (note.text, note.answer)))


def _weakest(rows: Sequence[Row]) -> tuple[Weak, ...]:
    """The lowest share of 'ya' first; of equal ones first what more say is not yet met."""
    cells = {cell.id: (row, cell) for row in rows for cell in row.cells if cell.yes < cell.answered}
    ranks = ranked({key: -Fraction(cell.yes, cell.answered) for key, (_, cell) in cells.items()})
    found = [
        Weak(
            rank,
            cells[key][0].title,
            cells[key][1].criterion,
            cells[key][1].yes,
            cells[key][1].no,
            cells[key][1].answered,
        )
        for key, rank in ranks.items()
        if rank <= MOST_WEAK
    ]
    return tuple(sorted(found, key=lambda weak: (weak.rank, -Fraction(weak.no, weak.answered))))
