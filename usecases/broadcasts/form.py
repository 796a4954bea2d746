"""Writing a broadcast: what it says, to whom, when; the last question shows it all before it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain import roles
from domain.broadcasts import broadcast
from domain.broadcasts.content import Content
from domain.broadcasts.weekly import Weekly, upcoming
from domain.dialog.questions import Answers, Choice, Confirm, Date, Option, Question, Time, Value
from domain.faults import Rejected
from store.tables.core import Membership, Pokja
from usecases.answering.forms import SURE
from usecases.broadcasts import audience as audiences
from usecases.broadcasts import sending
from usecases.broadcasts.hours import hours_of
from usecases.outcomes import Outcome
from usecases.work import Form, Subject, Work, require

NOW, LATER, WEEKLY = "now", "later", "weekly"
OPENING, ANYWAY = "opening", "anyway"
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterTime(Time):
    """A time on `day` that is still to come."""

    day: date
    zone: str
    now: datetime

    def typed(self, text: str) -> Value:
        """The time as HH:MM. Raises Rejected('broadcast_past')."""
        read = Time.typed(self, text)
        broadcast.check_time(_combined(self.day.isoformat(), read, self.zone), self.now)
        return read


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTime(Time):
    """A time within the office hours."""

    opens: time
    closes: time

    def typed(self, text: str) -> Value:
        """The time as HH:MM. Raises Rejected('broadcast_hours')."""
        read = Time.typed(self, text)
        if not self.opens <= time.fromisoformat(read) < self.closes:
            raise Rejected("broadcast_hours", opens=f"{self.opens:%H:%M}", closes=f"{self.closes:%H:%M}")
        return read


def _combined(day: str, at: str, zone: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    me, pokja = await _mine(work, subject)
    asked: list[Question] = [
        Content(key="what", about="what"),
        Confirm(key="ack", about="ack"),
        *await audiences.questions(work, pokja, me, answers),
        *_when(work, pokja, answers),
    ]
    if all(question.key in answers for question in asked):
        asked.append(
            Confirm(key=SURE, about=SURE, facts=await _preview(work, pokja, me, answers), counts=False)
        )
    return asked


async def _mine(work: Work, subject: Subject) -> tuple[Membership, Pokja]:
    """The writer, who may broadcast in the Pokja the form was begun for. Raises Rejected."""
    pokja = await work.session.get_one(Pokja, subject["pokja"])
    return require(await work.member_in(pokja.id), roles.MANAGERS), pokja


def _when(work: Work, pokja: Pokja, answers: Answers) -> list[Question]:
    options = tuple(Option(each, about=f"when.{each}") for each in (NOW, LATER, WEEKLY))
    first = Choice(key="when", about="when", options=options)
    if answers.get("when") == LATER:
        return [first, *_later(work, pokja, answers), *_office(work, pokja, answers)]
    if answers.get("when") == WEEKLY:
        return [first, *_weekly(work, pokja)]
    return [first, *_office(work, pokja, answers)]


def _later(work: Work, pokja: Pokja, answers: Answers) -> list[Question]:
    today = work.today(pokja.zone)
    day = Date(key="day", about="day", today=today, earliest=today)
    if "day" not in answers:
        return [day]
    on = date.fromisoformat(answers["day"])
    return [day, LaterTime(key="time", about="time", day=on, zone=pokja.zone, now=work.now)]


def _weekly(work: Work, pokja: Pokja) -> list[Question]:
    today, hours = work.today(pokja.zone), hours_of(pokja, work.now)
    days = tuple(Option(str(n), about=f"weekday.{n}") for n in range(WORKING_DAYS))
    return [
        Choice(key="weekday", about="weekday", options=days),
        OfficeTime(key="at", about="time", opens=hours.opens, closes=hours.closes),
        Date(key="until", about="until", today=today, earliest=today, optional=True),
    ]


def _office(work: Work, pokja: Pokja, answers: Answers) -> list[Question]:
    """Outside the office hours the writer says whether people are to be disturbed."""
    moment, hours = _moment(work, pokja, answers), hours_of(pokja, work.now)
    if moment is None or hours.allows(moment):
        return []
    facts = {"moment": moment, "opening": hours.next_opening(moment), "zone": pokja.zone}
    options = tuple(Option(each, about=f"hours.{each}") for each in (OPENING, ANYWAY))
    return [Choice(key="hours", about="hours", options=options, facts=facts)]


def _moment(work: Work, pokja: Pokja, answers: Answers) -> datetime | None:
    """The moment that was asked for, if it is known already."""
    if answers.get("when") == NOW:
        return work.now
    known = answers.get("when") == LATER and {"day", "time"} <= set(answers)
    return _combined(answers["day"], answers["time"], pokja.zone) if known else None


def _goes(work: Work, pokja: Pokja, answers: Answers) -> tuple[datetime | None, Weekly | None]:
    """When it goes (None: at once), and the rule of one that recurs. Raises Rejected('broadcast_never')."""
    hours = hours_of(pokja, work.now)
    if answers["when"] == WEEKLY:
        last = date.fromisoformat(answers["until"]) if answers["until"] else None
        weekly = Weekly(int(answers["weekday"]), time.fromisoformat(answers["at"]), work.now, last)
        first = upcoming(weekly, hours, work.now)
        if first is None:
            raise Rejected("broadcast_never")
        return first.at, weekly
    moment = _moment(work, pokja, answers)
    assert moment is not None
    if answers.get("hours") == OPENING and not hours.allows(moment):
        return hours.next_opening(moment), None
    return (None if answers["when"] == NOW else moment), None


async def _preview(work: Work, pokja: Pokja, me: Membership, answers: Answers) -> dict[str, object]:
    """What is sent, to whom, when, and who can't be reached."""
    audience = await audiences.chosen(work, pokja, me, answers)
    found = await audiences.addressees(work.session, work.library, pokja, audience, me.id)
    at, weekly = _goes(work, pokja, answers)
    shown = await audiences.shown(work, audience)
    lost = [
        f"{member.name} ({member.instansi})" for member, user in found if user.reach in broadcast.UNREACHABLE
    ]
    return {
        "text": answers["what"]["text"],
        "file": (answers["what"]["file"] or {}).get("name", ""),
        "wants_read": answers["ack"],
        "kind": shown.kind,
        "names": list(shown.names),
        "count": len(found),
        "lost": lost,
        "at": at,
        "weekday": None if weekly is None else weekly.weekday,
        "zone": pokja.zone,
    }


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    me, pokja = await _mine(work, subject)
    at, weekly = _goes(work, pokja, answers)
    if at is not None:
        broadcast.check_time(at, work.now)
    what = sending.Written(
        text=answers["what"]["text"],
        file=answers["what"]["file"],
        wants_read=answers["ack"],
        audience=await audiences.chosen(work, pokja, me, answers),
    )
    return await sending.give(work, me, pokja, what, at, weekly)


FORM = Form("broadcast", _questions, _finish)
