"""A daftar hadir as sheets: before the meeting who is invited, afterwards who came and who didn't."""

from collections.abc import Sequence
from typing import Any

from documents.language.indonesian import long_date
from documents.language.wording import wording
from documents.sheets.model import WHOLE, Cell, Column, Row, Sheet
from domain.documents.editions import Edition
from domain.meetings.meeting import Plan

PERSON = (
    Column("no", "No", WHOLE),
    Column("nama", "Nama"),
    Column("instansi", "Instansi"),
    Column("jabatan", "Jabatan"),
)
HOW = Column("kehadiran", "Kehadiran")
EXCUSE = Column("keterangan", "Keterangan")
BY_HAND = (Column("hp", "No. HP"), Column("tanda", "Tanda Tangan"))


def sheets(edition: Edition) -> tuple[Sheet, ...]:
    """The lists; telephone numbers and signatures are left to be filled in by hand."""
    facts = edition.facts
    plan: Plan = facts["meeting"].plan
    title = f"{edition.title}: {plan.title}, {long_date(plan.starts)}"
    notes = tuple(_said("lacks", text=each) for each in edition.missing)
    if facts["is_ahead"]:
        invited = [(*_person(each.person), "", "") for each in facts["invited"]]
        return (Sheet(title, (*PERSON, *BY_HAND), _numbered(invited), notes=notes),)
    came = [(*_who(each), _said("how", seat=each), "", "") for each in facts["present"]]
    return (Sheet(title, (*PERSON, HOW, *BY_HAND), _numbered(came), notes=notes), *_away(edition))


def _said(key: str, **facts: object) -> str:
    return wording().plain(f"attendance.{key}", **facts)


def _numbered(rows: Sequence[tuple[Cell, ...]]) -> tuple[Row, ...]:
    return tuple(Row((number, *cells)) for number, cells in enumerate(rows, 1))


def _person(who: Any) -> tuple[str, str, str]:
    return who.name, who.instansi, who.jabatan


def _who(seat: Any) -> tuple[str, str, str]:
    """The person who was there; a deputy with whom they stood for."""
    if not seat.deputy:
        return _person(seat.person)
    return seat.deputy, seat.person.instansi, _said("deputy", person=seat.person)


def _away(edition: Edition) -> tuple[Sheet, ...]:
    """The sheet of those who didn't come, or haven't yet; None where everybody is there."""
    absent, is_over = edition.facts["absent"], edition.facts["is_over"]
    rows = [(*_person(each.person), _said("excuse", absentee=each, is_over=is_over)) for each in absent]
    title = _said("away", is_over=is_over)
    return (Sheet(title, (*PERSON, EXCUSE), _numbered(rows)),) if rows else ()
