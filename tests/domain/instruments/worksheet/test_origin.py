"""Where a table's rows come from: what they began with, else the first earlier row they refer to."""

import pytest

from domain.instruments.base import Item, Sheet
from domain.instruments.cards.instrument import Cards
from domain.instruments.worksheet.columns import REFERENCE, TEXT, Column, Settings
from domain.instruments.worksheet.instrument import Worksheet
from domain.process.sources import ROWS
from tests.support.driving import TODAY

COLUMNS = (
    Column("uraian", "Uraian", TEXT),
    Column("induk", "Sebab dari", REFERENCE, own=True),
    Column("program", "Program", REFERENCE),
    Column("dinas", "Dinas", REFERENCE),
)
BEGUN = Item("1", "Pipa", "1.1/isu#C1")


@pytest.mark.parametrize(
    ("item", "origin"),
    [
        (Item("R1", "Pipa", "R1", fields={"program.asal": "2.1/x#R2"}), "1.1/isu#C1"),
        (
            Item("5.1", "Sumur", "5.1", fields={"program.asal": "2.1/x#R2", "dinas.asal": "3.1/y#1"}),
            "2.1/x#R2",
        ),
        (Item("5.1", "Sumur", "5.1", fields={"induk.asal": "4.1", "dinas.asal": "3.1/y#1"}), "3.1/y#1"),
        (Item("5.1", "Sumur", "5.1", fields={"induk.asal": "4.1"}), "5.1"),
        (Item("5.1", "Sumur", "5.1"), "5.1"),
    ],
)
def test_a_row_says_where_it_comes_from(item: Item, origin: str) -> None:
    sheet = Sheet(Settings(columns=COLUMNS), inputs={ROWS: (BEGUN,)}, today=TODAY)
    assert Worksheet().origin(sheet, item) == origin


def test_what_other_instruments_hand_on_says_it_itself() -> None:
    assert Cards().origin(Sheet(None, today=TODAY), BEGUN) == "1.1/isu#C1"
