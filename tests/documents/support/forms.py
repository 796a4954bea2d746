"""Forms to try: a table with rows there are, and one of every kind of column."""

from documents.excel.form import excel_form
from documents.excel.reading import read_form
from documents.language.wording import wording
from domain.instruments.base import Desk, Item
from domain.instruments.worksheet.columns import Column, Settings
from domain.instruments.worksheet.form import BlankForm, FilledForm, Mark, rows_to_take, seen, troubles_of
from domain.instruments.worksheet.moves import table_of
from tests.support.driving import sheet

WORDING = wording()
MARK = Mark(7, 2, "0123456789abcdef")
URAIAN = Column("uraian", "Uraian", "text", hint="Apa yang dibuat", longest=100)
VOLUME = Column("volume", "Volume", "number", unit="unit", decimals=2, optional=True)
HARGA = Column("harga", "Harga", "money")
JUMLAH = Column(
    "jumlah", "Jumlah", "computed", formula=("*", ("name", "volume"), ("name", "harga")), look="money"
)
DANA = (URAIAN, VOLUME, HARGA, JUMLAH)
ITEMS = (
    Item("1", "Cakupan", "2.3/indikator#1", "", {"target": "80", "sumber": "APBD"}),
    Item("2", "Kebocoran", "2.3/indikator#2", "", {"target": "7/3"}),
)
STARTED = (
    Column("indikator", "Indikator", "text", value_from="text"),
    Column("target", "Target", "number"),
    Column("capaian", "Capaian", "number", optional=True),
    Column("mulai", "Mulai", "date", optional=True),
    Column("sumber", "Sumber", "choice", options=("APBD", "APBN, dan lainnya"), optional=True),
    Column("siap", "Siap", "yes_no", optional=True),
    Column("pj", "Penanggung jawab", "person", free=True, optional=True),
    Column("program", "Program", "reference", optional=True),
    Column("induk", "Bagian dari", "reference", own=True),
    Column(
        "persen",
        "Persen",
        "computed",
        formula=("percent", ("name", "capaian"), ("name", "target")),
        look="percent",
    ),
)
INPUTS = {
    "people": (Item("1", "Siti"), Item("2", "Budi")),
    "ref.program": (Item("1", "Program air", "2.1/program#4"),),
}


def started(*ballots: dict, columns=STARTED, items=ITEMS, **settings: object) -> Desk:
    chosen = Settings(columns, starts=True, **settings)
    on = sheet(chosen, inputs={"rows": items, **INPUTS})
    return Desk(on, dict(enumerate(ballots, 1)))


def dana(*rows: tuple, **settings: object) -> Desk:
    """A table in which one member wrote these rows of uraian, volume and harga."""
    answers: dict = {"0.more": bool(rows)}
    for number, row in enumerate(rows, 1):
        answers |= {
            f"{number}.{key}": cell for key, cell in zip(("uraian", "volume", "harga"), row, strict=True)
        }
        answers[f"{number}.more"] = number < len(rows)
    return Desk(sheet(Settings(DANA, 30, **settings)), {1: answers})


def form_of(desk: Desk, *, hides: bool = False) -> bytes:
    shown = seen(desk, hides=hides)
    rows = table_of(shown.sheet, shown.ballots).rows
    form = BlankForm(MARK, "Rencana biaya", "Apa yang perlu dibiayai?", "Pokja Air", desk.sheet, rows, hides)
    return excel_form(WORDING, form)


def came_back(content: bytes) -> FilledForm:
    return read_form(content, "Isian.xlsx")


def told(desk: Desk, content: bytes, *, hides: bool = False) -> list[tuple[str, str]]:
    """Where something is wrong ('D7'), and what."""
    form = came_back(content)
    troubles = troubles_of(desk, form, rows_to_take(desk, form), hides=hides)
    return [(f"{form.letters.get(each.column, '')}{each.number}", each.fault.code) for each in troubles]
