"""When answering an activity should be over: set by the facilitator, told to who has not answered yet."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.dialog.questions import Answers, Date, Question, Time
from domain.faults import Rejected
from domain.process.states import DRAFT, OPEN
from store import reminders
from usecases import notifying
from usecases.activities.announcing import asked_of
from usecases.activities.audit import note_of
from usecases.activities.desk import view
from usecases.activities.progress import missing
from usecases.activities.scenes import Scene, scene
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

EVENING = (time(12), time(15), time(16), time(17), time(20), time(23, 59))


async def _settable(work: Work, activity_id: int, *, lock: bool = False) -> Scene:
    found = await scene(work, activity_id, lock=lock)
    found.guide()
    if found.activity.state not in {DRAFT, OPEN}:
        raise Rejected("deadline_not_now")
    return found


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await _settable(work, subject["activity"])
    today = work.today(found.pokja.zone)
    facts = {"title": found.title}
    day = Date(
        key="day",
        about="closing_day",
        today=today,
        earliest=today,
        optional=found.activity.closes_at is not None,
        facts=facts,
    )
    at = Time(key="time", about="closing_time", suggestions=EVENING, facts=facts)
    return (day, at) if answers.get("day", "") is not None else (day,)


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _settable(work, subject["activity"], lock=True)
    moment = _moment(found, answers)
    if moment is not None and moment <= work.now:
        raise Rejected("deadline_past")
    found.activity.closes_at = moment
    note_of(
        work,
        found,
        reminders.DEADLINE.removeprefix("activity."),
        closes_at=moment.isoformat() if moment else "",
    )
    await work.session.flush()
    if moment is not None and found.activity.state == OPEN:
        await _tell(work, found, moment)
    note = Note("deadline_set", {"at": moment, "zone": found.pokja.zone}) if moment else Note("deadline_off")
    return await view(work, found.activity.id, note)


def _moment(found: Scene, answers: Answers) -> datetime | None:
    if answers["day"] is None:
        return None
    day, at = date.fromisoformat(answers["day"]), time.fromisoformat(answers["time"])
    return datetime.combine(day, at, ZoneInfo(found.pokja.zone))


async def _tell(work: Work, found: Scene, moment: datetime) -> None:
    reason = f"activity {found.activity.id} closes {moment:%Y%m%d%H%M} set {work.now:%Y%m%d%H%M%S%f}"
    when = {"day": moment.date().isoformat(), "time": moment.strftime("%H:%M")}
    for member, user in await missing(work.session, work.library, found.activity):
        facts = {**asked_of(found, member), **when}
        await notifying.tell(
            work, user, found.pokja.id, f"{reason} to {member.id}", "deadline", notifying.URGENT, **facts
        )


FORM = Form("deadline", _questions, _finish)
