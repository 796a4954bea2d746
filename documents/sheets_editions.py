"""An edition as a workbook: a sheet for each calculation, reckoned once more by Excel itself."""

from documents.sheets import Column, Row, Sheet, Workbook
from documents.sheets_results import from_result
from domain.editions import Edition


def workbook_of(edition: Edition) -> Workbook:
    """The edition's calculations; a list of them first, so that a reader finds their way."""
    found = [
        (each.title, from_result(each.instrument, each.title, each.result)) for each in edition.calculations
    ]
    sheets = [sheet for _, made in found for sheet in made]
    return Workbook(edition.title, (_contents(edition, sheets), *sheets), edition.pokja, edition.made_at)


def _contents(edition: Edition, sheets: list[Sheet]) -> Sheet:
    rows = [Row((number, sheet.title)) for number, sheet in enumerate(sheets, 1)]
    rows += [Row((None, f"Belum ada: {title}")) for title in edition.missing]
    return Sheet(edition.title, (Column("nomor", "Nomor", "whole"), Column("isi", "Isi")), tuple(rows))
