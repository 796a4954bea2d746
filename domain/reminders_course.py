"""The course of each subject: which step stands for each person at a moment, and which comes next.

Of all steps whose moment has come only the latest stands; those before it are outdated, sent or not.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain

from domain.reminders_rules import Rules
from domain.reminders_state import FOLLOW_UP, MEETING, Reminder, Snooze, State, Subject, Waits, hours_of
from domain.reminders_steps import Step, ahead, for_ketua, overdue, shortly_before, upto
from domain.work_calendar import OfficeHours
from domain.working_days import DAY

SNOOZED = "tunda"


def unsent(state: State, now: datetime) -> list[Reminder]:
    """The steps that stand and were not sent yet, for whoever can or can't be reached now."""
    hours = hours_of(state)
    found = chain.from_iterable(_standing(state, subject, hours, now) for subject in state.subjects)
    return [each for each in found if each.reason not in state.sent]


def coming(state: State, now: datetime) -> list[datetime]:
    """The next step of each person and subject, or when a snooze of theirs ends."""
    hours = hours_of(state)
    return [moment for subject in state.subjects for moment in _coming(state, subject, hours, now)]


def _standing(state: State, subject: Subject, hours: OfficeHours, now: datetime) -> Iterator[Reminder]:
    """The latest step of a subject for each person, whether or not it was sent."""
    if _is_over(subject, now):
        return
    for as_ketua, people, steps in _audiences(state, subject, hours, now):
        come, _ = upto(steps, now)
        for each in people:
            step = _latest(come, each.since, _snoozed_until(state, each, subject, hours), now)
            if step:
                yield _reminder(subject, each.who, step, hours, now, as_ketua=as_ketua)


def _coming(state: State, subject: Subject, hours: OfficeHours, now: datetime) -> Iterator[datetime]:
    if _is_over(subject, now):
        return
    for _, people, steps in _audiences(state, subject, hours, now):
        _, step = upto(steps, now)
        for each in people:
            until = _snoozed_until(state, each, subject, hours)
            if until is not None and until > now:
                yield until
            elif step:
                yield step.at


def _audiences(
    state: State, subject: Subject, hours: OfficeHours, now: datetime
) -> Iterator[tuple[bool, Sequence[Waits], Iterator[Step]]]:
    today = hours.local_day(now)
    yield False, subject.waits, _steps(state.rules, subject, hours, today)
    watching = _watching(state, subject)
    if watching:
        yield True, watching, for_ketua(state.rules, subject.day, hours, today)


def _watching(state: State, subject: Subject) -> tuple[Waits, ...]:
    """The Ketua, for a tindak lanjut that waits for somebody else."""
    if subject.kind != FOLLOW_UP or not subject.waits:
        return ()
    since = min(each.since for each in subject.waits)
    own = {each.who for each in subject.waits}
    return tuple(Waits(who, since) for who in state.ketua if who not in own)


def _steps(rules: Rules, subject: Subject, hours: OfficeHours, today: date) -> Iterator[Step]:
    last = subject.day
    if subject.moment is not None and hours.opening(last) >= subject.moment:
        last -= DAY
    if subject.kind == FOLLOW_UP:
        early = ahead(rules.follow_up_days, subject.day, last, hours)
        return chain(early, overdue(rules, subject.day, hours, today))
    if subject.kind == MEETING:
        return iter(_meeting_steps(rules, subject, last, hours))
    return ahead(rules.activity_days, subject.day, last, hours)


def _meeting_steps(rules: Rules, subject: Subject, last: date, hours: OfficeHours) -> list[Step]:
    steps = list(ahead(rules.meeting_days, subject.day, last, hours))
    if rules.meeting_minutes and subject.moment is not None:
        steps.append(shortly_before(rules.meeting_minutes, subject.moment, hours))
    return sorted(steps, key=lambda step: step.at)


def _latest(come: Sequence[Step], since: datetime, until: datetime | None, now: datetime) -> Step | None:
    floor = since if until is None else max(since, until)
    mine = [step for step in come if step.at > floor]
    if mine:
        return mine[-1]
    return Step(SNOOZED, until) if until is not None and since < until <= now else None


def _snoozed_until(state: State, waits: Waits, subject: Subject, hours: OfficeHours) -> datetime | None:
    found = [each.until for each in state.snoozes if is_about(each, waits.who, subject)]
    return hours.opening(hours.days.next_on_or_after(max(found))) if found else None


def is_about(each: Snooze, who: int, subject: Subject) -> bool:
    """Whether a snooze is of that person and subject, with the day it has now."""
    return (each.who, each.kind, each.id, each.day) == (who, subject.kind, subject.id, subject.day)


def _is_over(subject: Subject, now: datetime) -> bool:
    return not subject.waits or (subject.moment is not None and subject.moment <= now)


def _reminder(
    subject: Subject, who: int, step: Step, hours: OfficeHours, now: datetime, *, as_ketua: bool
) -> Reminder:
    when = subject.day.isoformat()
    if subject.moment is not None:
        when = subject.moment.astimezone(hours.zone).isoformat(timespec="minutes")
    name = f"ketua {step.name}" if as_ketua else step.name
    if step.name == SNOOZED:
        name += f" {hours.local_day(step.at)}"
    reason = f"{subject.kind} {subject.id} {name} {when} to {who}"
    days = (subject.day - hours.local_day(now)).days
    return Reminder(reason, who, subject.kind, subject.id, step.name, days, as_ketua, step.alone)


def everyone(state: State, subject: Subject) -> set[int]:
    """Whom a subject concerns: those it waits for and the Ketua who watches."""
    return {each.who for each in subject.waits} | {each.who for each in _watching(state, subject)}
