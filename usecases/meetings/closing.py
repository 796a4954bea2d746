"""The end of a meeting: its minutes go round for corrections, and become final."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.dialog.questions import Answers, Date, Question
from domain.meetings import meeting as rules
from domain.meetings import minutes as book
from domain.meetings.meeting import CIRCULATE, FINALISE
from store import holidays, meetings
from store.tables.meetings import MinuteCorrection
from usecases.meetings import notices
from usecases.meetings.meeting import record, sitting
from usecases.meetings.minutes import CIRCULATED, FINISHED, until, view
from usecases.meetings.outcomes import Minutes
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

CORRECTION_DAYS = 3
"""Working days that are suggested for corrections."""


async def _ask_until(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks until when corrections are taken."""
    found = await sitting(work, subject["meeting"])
    rules.check(found.meeting, CIRCULATE, found.me.role)
    today = work.today(found.pokja.zone)
    advised = holidays.working_days(today, today + timedelta(days=60)).plus(today, CORRECTION_DAYS)
    facts = {"title": found.row.title, "advised": advised}
    return (Date(key="until", about="until", today=today, earliest=today, facts=facts),)


async def _circulate(work: Work, subject: Subject, answers: Answers) -> Outcome:
    """The meeting is over: everybody gets the minutes and may ask for corrections until that day."""
    found = await sitting(work, subject["meeting"], lock=True)
    found.row.state = rules.proceed(found.meeting, CIRCULATE, found.me.role).state
    last = date.fromisoformat(answers["until"])
    found.row.corrections_until = datetime.combine(last, time(23, 59), ZoneInfo(found.pokja.zone))
    await work.session.flush()
    record(work, found, "circulate", until=answers["until"])
    reason = f"meeting {found.row.id} minutes"
    await notices.send(work, found, CIRCULATED, reason, found.invited)
    return await view(work, found.row.id, Note("minutes_sent", {"count": len(found.invited)}))


async def finalise(work: Work, meeting_id: int) -> Minutes:
    """The Ketua makes them final; everybody gets them, the group is told. Raises Rejected."""
    found = await sitting(work, meeting_id, lock=True)
    rules.check(found.meeting, FINALISE, found.me.role)
    kept = await meetings.corrections(work.session, meeting_id)
    last = until(found.row, found.pokja)
    assert last is not None
    book.check_final([_correction(each) for each in kept], last, work.today(found.pokja.zone))
    found.row.state = rules.proceed(found.meeting, FINALISE, found.me.role).state
    await work.session.flush()
    record(work, found, "finalise")
    reason = f"meeting {meeting_id} minutes final"
    await notices.send(work, found, FINISHED, reason, found.invited)
    await notices.tell_group(work, found, "meeting_group_final")
    return await view(work, meeting_id, Note("minutes_final"))


def _correction(kept: MinuteCorrection) -> book.Correction:
    taken = None if kept.state == "open" else kept.state == "taken"
    return book.Correction(kept.by, kept.at, kept.text, taken=taken)


CLOSE = Form("meeting_close", _ask_until, _circulate)
