"""Where the keys of the table check lead."""

from bot.places.base import Place, form
from usecases.table_check import check
from usecases.work import Subject, Work


async def _nothing(work: Work) -> Subject:
    return {}


CHECK = form("check", check.FORM, _nothing)
WORKBOOK = Place("check_excel", check.book, "kept_id")
