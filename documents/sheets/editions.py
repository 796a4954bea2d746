"""An edition as a workbook: a sheet for each calculation, recalculated by Excel itself, or its own sheets."""

from collections.abc import Callable, Mapping

from documents.sheets import attendance, pokja
from documents.sheets import seals as sheet_seals
from documents.sheets.model import Column, Jump, Row, Sheet, Workbook
from documents.sheets.results import from_result
from domain.documents import seals
from domain.documents.editions import Edition


def workbook_of(edition: Edition) -> Workbook:
    """What its template's own function makes, else its calculations; a list of them first, to find one's way."""
    own = OWN.get(edition.template, _calculated)
    sheets = (*own(edition), *sheet_seals.sheets(edition))
    return Workbook(edition.title, sheets, edition.pokja, edition.made_at, seals.written(edition.sources))


def _calculated(edition: Edition) -> tuple[Sheet, ...]:
    return _listed(edition, _calculations(edition))


def _work_plan(edition: Edition) -> tuple[Sheet, ...]:
    return _listed(edition, [*pokja.calendar(edition), *_calculations(edition)])


def _calculations(edition: Edition) -> list[Sheet]:
    found = [from_result(each.instrument, each.title, each.result) for each in edition.calculations]
    return [sheet for made in found for sheet in made]


def _listed(edition: Edition, sheets: list[Sheet]) -> tuple[Sheet, ...]:
    return (_contents(edition, sheets), *sheets)


def _contents(edition: Edition, sheets: list[Sheet]) -> Sheet:
    rows = [Row((number, Jump(sheet.title, number))) for number, sheet in enumerate(sheets, 1)]
    rows += [Row((None, f"Belum ada: {title}")) for title in edition.missing]
    return Sheet(edition.title, (Column("nomor", "Nomor", "whole"), Column("isi", "Isi")), tuple(rows))


OWN: Mapping[str, Callable[[Edition], tuple[Sheet, ...]]] = {
    "attendance": attendance.sheets,
    "work_plan": _work_plan,
    "progress": pokja.progress,
}
"""Sheets of editions that are more than calculations, by template."""
