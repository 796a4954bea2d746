"""Votes as sheets: agreements, choices, checks, rings; counts as given, sums and shares by Excel's formulas."""

from collections.abc import Mapping
from fractions import Fraction

from documents.sheets.model import DECIMAL, SHARE, WHOLE, Column, Live, Row, Sheet
from domain.instruments.agreement import Consent
from domain.instruments.checklist.table import Checked
from domain.instruments.rating_rings import Onion
from domain.instruments.runoff import Poll
from domain.instruments.selection import Selection

RANKED, VALUES = "RANK({total},{total:all})", "nilai"
STANDS: Mapping[str, str] = {
    "setuju": "Setuju",
    "catatan": "Setuju dengan catatan",
    "keberatan": "Keberatan",
    "abstain": "Abstain",
}
ANSWERS: Mapping[str, str] = {"ya": "Ya", "sebagian": "Sebagian", "belum": "Belum"}


def agreement(title: str, result: Consent) -> tuple[Sheet, ...]:
    """The votes on each statement, and how many answered; none where the room decided."""
    if result.plenary:
        return ()
    columns = (
        Column("pernyataan", "Pernyataan"),
        *(Column(key, head, WHOLE) for key, head in STANDS.items()),
        Column("menjawab", "Menjawab", WHOLE),
        Column("kuorum", "Kuorum", WHOLE),
    )
    answered = f"SUM({{{'..'.join((next(iter(STANDS)), list(STANDS)[-1]))}}})"
    rows = tuple(
        Row(
            (
                each.statement.text,
                each.agree,
                each.note,
                each.object,
                each.abstain,
                Live(answered, each.agree + each.note + each.object + each.abstain),
                each.needed,
            )
        )
        for each in result.verdicts
    )
    return (Sheet(title, columns, rows),) if rows else ()


def selection(title: str, result: Selection) -> tuple[Sheet, ...]:
    """The votes of each round with their rank."""
    return tuple(_votes(numbered(title, each.number), each) for each in result.rounds)


def checklist(title: str, result: Checked) -> tuple[Sheet, ...]:
    """How many said yes, partly, no to each question, and the share of yes."""
    columns = (
        Column("baris", "Yang diperiksa"),
        Column("kriteria", "Kriteria"),
        *(Column(key, head, WHOLE) for key, head in ANSWERS.items()),
        Column("bagian", "Bagian yang ya", SHARE, 1),
    )
    share = "{ya}/SUM({ya..belum})"
    rows = tuple(
        Row(
            (
                row.title,
                cell.criterion,
                cell.yes,
                cell.partly,
                cell.no,
                Live(share, Fraction(cell.yes, cell.yes + cell.partly + cell.no)),
            )
        )
        for row in result.rows
        for cell in row.cells
        if cell.yes + cell.partly + cell.no
    )
    return (Sheet(title, columns, rows),) if rows else ()


def rating_rings(title: str, result: Onion) -> tuple[Sheet, ...]:
    """How many put each thing into each ring, and its mean: the innermost ring counts most, the outermost one."""
    keys = [f"l{number}" for number in range(len(result.rings), 0, -1)]
    values = Row(("Nilai lingkaran", *range(len(keys), 0, -1), None, None), VALUES)
    columns = (
        Column("uraian", "Uraian"),
        *(Column(key, ring.name, WHOLE) for key, ring in zip(keys, result.rings, strict=True)),
        Column("rata", "Rata-rata", DECIMAL, 4),
        Column("lingkaran", "Lingkaran"),
    )
    across = f"{{{keys[0]}..{keys[-1]}}}"
    mean = f"SUMPRODUCT({{{VALUES}/{keys[0]}..{keys[-1]}}},{across})/SUM({across})"
    rows = tuple(
        Row((item.text, *item.counts, Live(mean, Fraction(item.mean)), ring.name))
        for ring in result.rings
        for item in ring.items
    )
    further = tuple(_votes(numbered(title, each.number), each) for each in result.rounds)
    return (Sheet(title, columns, rows, (values,)), *further) if rows else further


def _votes(title: str, poll: Poll) -> Sheet:
    columns = (
        Column("pilihan", "Pilihan"),
        Column("total", "Suara", WHOLE),
        Column("peringkat", "Peringkat", WHOLE),
    )
    rows = tuple(Row((each.text, each.value, Live(RANKED, each.rank))) for each in poll.standings)
    return Sheet(title, columns, rows)


def numbered(title: str, number: int) -> str:
    """The title of a round's sheet."""
    return f"{title} – putaran {number}" if number > 1 else title
