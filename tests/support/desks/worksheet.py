"""Tables and what members wrote into them."""

from domain.instruments.worksheet.columns import Column
from domain.instruments.worksheet.instrument import Worksheet

WORKSHEET = Worksheet()
URAIAN = Column("uraian", "Uraian", "text", longest=100)
BIAYA = Column("biaya", "Biaya", "money", total=True)
VOLUME = Column("volume", "Volume", "number", optional=True, total=True, unit="unit")
DANA = (URAIAN, BIAYA, VOLUME)


def rows_of(*rows: tuple[object, ...], columns=DANA):
    """A ballot with these rows."""
    answers = {"0.more": True}
    for number, row in enumerate(rows, 1):
        answers |= {f"{number}.{column.key}": cell for column, cell in zip(columns, row, strict=True)}
        answers[f"{number}.more"] = number < len(rows)
    return answers
