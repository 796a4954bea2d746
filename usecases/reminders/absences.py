"""Dinas luar and izin: from the first to the last day nothing is sent, and the Ketua knows what is left alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain import roles
from domain.dialog.questions import Answers, Date, Question, Text
from domain.faults import Rejected
from domain.reminders.due import left_alone
from domain.reminders.rules import FOLLOW_UP
from domain.reminders.state import Absence, Subject
from store import follow_ups, people, reminders
from store.tables.core import Membership, Pokja, User
from store.tables.reminders import AbsenceRow
from usecases import notifying
from usecases.outcomes import Note, Outcome
from usecases.reminders.outcomes import AbsenceLine, Absences
from usecases.reminders.state import subjects_of
from usecases.work import Form, Work
from usecases.work import Subject as About

LONGEST = timedelta(days=180)
NAMED = 10
"""So many of what is left alone are named; the others are counted."""


async def view(work: Work, note: Note | None = None) -> Absences:
    """When the actor is away, now or later."""
    me, pokja = await work.current()
    rows = await reminders.absences_of(work.session, me.id, work.today(pokja.zone))
    lines = [AbsenceLine(row.id, row.first, row.last, row.reason) for row in rows]
    return Absences(lines=lines, note=note)


async def _questions(work: Work, subject: About, answers: Answers) -> Sequence[Question]:
    _, pokja = await work.current()
    today = work.today(pokja.zone)
    first = date.fromisoformat(answers["first"]) if "first" in answers else today
    start = max(first, today)
    return (
        Date(key="first", about="first", today=today, earliest=today, latest=today + LONGEST),
        Date(
            key=f"last{first:%y%m%d}",
            about="last",
            today=start,
            earliest=start,
            latest=start + LONGEST,
            facts={"first": start},
        ),
        Text(key="reason", about="reason", shortest=3, longest=200),
    )


async def _finish(work: Work, subject: About, answers: Answers) -> Outcome:
    me, pokja = await work.current()
    first = date.fromisoformat(answers["first"])
    last = date.fromisoformat(answers[f"last{first:%y%m%d}"])
    row = AbsenceRow(membership_id=me.id, first=first, last=last, reason=answers["reason"], at=work.now)
    work.session.add(row)
    await work.session.flush()
    _record(work, me, "note", row)
    alone = left_alone(
        await subjects_of(work.session, work.library, pokja, work.now), Absence(me.id, first, last)
    )
    await _tell(work, me, pokja, row, alone)
    return await view(work, Note("absence_noted"))


async def cancel(work: Work, absence_id: int) -> Absences:
    """Deletes an absence of the actor's. Raises Rejected."""
    me, pokja = await work.current()
    row = await work.session.get(AbsenceRow, absence_id)
    if row is None or row.membership_id != me.id:
        raise Rejected("unknown_button")
    _record(work, me, "cancel", row)
    await work.session.delete(row)
    await work.session.flush()
    facts = {"name": me.name, "first": row.first.isoformat(), "last": row.last.isoformat()}
    for who in await _ketua(work, me, pokja):
        await notifying.tell(work, who, pokja.id, f"absence {row.id} off to {who.id}", "absence_off", **facts)
    return await view(work, Note("absence_cancelled"))


async def _tell(work: Work, me: Membership, pokja: Pokja, row: AbsenceRow, alone: Sequence[Subject]) -> None:
    """Tells the Ketua who is away, when, and which work nobody else does meanwhile."""
    only = [each.id for each in alone if each.kind == FOLLOW_UP and len(each.recipients) == 1]
    kept = await follow_ups.among(work.session, only)
    left = [(kept[n].row.text, kept[n].now.due.isoformat()) for n in only]
    facts = {
        "name": me.name,
        "instansi": me.instansi,
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "reason": row.reason,
        "left": left[:NAMED],
        "more": max(0, len(left) - NAMED),
        "pokja": pokja.name,
    }
    for who in await _ketua(work, me, pokja):
        await notifying.tell(work, who, pokja.id, f"absence {row.id} to {who.id}", "absence", **facts)


async def _ketua(work: Work, me: Membership, pokja: Pokja) -> list[User]:
    """The Ketua; the Sekretaris where the Ketua is the one who is away."""
    managers = await people.members(work.session, pokja.id, roles=roles.MANAGERS)
    chair = [user for member, user in managers if member.role == roles.KETUA and member.id != me.id]
    return chair or [user for member, user in managers if member.id != me.id]


def _record(work: Work, me: Membership, action: str, row: AbsenceRow) -> None:
    facts = {"first": row.first.isoformat(), "last": row.last.isoformat(), "reason": row.reason}
    work.record(f"absence.{action}", f"member {me.id}", me, **facts)


FORM = Form("absence", _questions, _finish)
