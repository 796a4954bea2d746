"""What is asked about a meeting's title, time and place, and what the answers make of its plan.

The same when it is planned and when it is changed, part by part.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.dialog.questions import Answers, Date, Option, Question, Text, Time
from domain.meetings.meeting import Plan
from store.tables.core import Pokja
from usecases.work import Work

WHEN, WHERE, NAME = "when", "where", "title"
"""The parts that can be changed on their own; the agenda has its own screen."""
TITLE, PLACE = 120, 150


def when(work: Work, pokja: Pokja) -> tuple[Question, ...]:
    """The questions for the day and the time."""
    today = work.today(pokja.zone)
    return (Date(key="day", about="day", today=today, earliest=today), Time(key="time", about="time"))


def where(places: Sequence[str] = (), place: object = "") -> tuple[Question, ...]:
    """A place, or a link, or both; one of them there must be. The keys are the fields of the plan."""
    offered = tuple(Option(str(number), each) for number, each in enumerate(dict.fromkeys(places)))
    return (
        Text(key="place", about="place", longest=PLACE, optional=True, suggestions=offered),
        Text(key="link", about="link", shortest=4, longest=300, optional=place is not None),
    )


def of_part(work: Work, pokja: Pokja, plan: Plan, part: str, answers: Answers) -> Sequence[Question]:
    """What is asked to change a part of a plan."""
    if part == WHEN:
        return when(work, pokja)
    if part == WHERE:
        return where([plan.place] if plan.place else [], answers.get("place", ""))
    return (Text(key="title", about="title_field", shortest=5, longest=TITLE),)


def answered(part: str, answers: Answers, zone: str) -> dict[str, Any]:
    """The fields of the plan that the answers to a part give."""
    if part == WHEN:
        return {"starts": moment(answers["day"], answers["time"], zone)}
    if part == WHERE:
        return {each.key: answers[each.key] or "" for each in where()}
    return {"title": answers["title"]}


def moment(day: str, clock: str, zone: str) -> datetime:
    """The moment of a day and a time ('2026-11-23', '09:30') in a zone."""
    local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(UTC)
