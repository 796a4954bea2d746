"""A table that starts with rows of earlier results."""

from domain.instruments.base import Item
from domain.instruments.worksheet.columns import Column, Settings
from tests.support.driving import sheet

INDIKATOR = Column("indikator", "Indikator", "text", value_from="text")
TARGET = Column("target", "Target", "number")
CAPAIAN = Column("capaian", "Capaian", "number")
TREN = Column("tren", "Tren", "choice", options=("turun", "tetap", "naik"), optional=True)
COLUMNS = (INDIKATOR, TARGET, CAPAIAN, TREN)
ITEMS = (
    Item("1", "Cakupan", "2.3/indikator#1", "persen", {"target": "80", "aspek": "teknis"}),
    Item("2", "Kebocoran", "2.3/indikator#2", "", {"target": "20"}),
    Item("3", "Keluhan", "2.3/indikator#3", "", {"target": None}),
)


def on_sheet(items=ITEMS, inputs=(), plenary=False, **settings: object):
    chosen = Settings(settings.pop("columns", COLUMNS), **({"starts": True, "add": False} | settings))
    return sheet(chosen, inputs={"rows": tuple(items), **dict(inputs)}, plenary=plenary)
