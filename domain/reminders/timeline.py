"""The timeline of each subject: which step stands for each person at a moment, and which comes next.

Of all steps whose moment has come only the latest stands; those before it are outdated, sent or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from domain.calendar.work_calendar import OfficeHours
from domain.calendar.working_days import DAY
from domain.reminders.rules import PATTERNS, Rules
from domain.reminders.state import Recipient, Reminder, Snooze, State, Subject, hours_of
from domain.reminders.steps import Step, ahead, for_ketua, overdue, shortly_before, upto

SNOOZED = "tunda"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where everything stands at a moment.

    `standing` is the latest step of each subject for each person, sent or not, whoever can be reached now; `coming`
    are the moments of the next steps, or when a snooze ends.
    """

    standing: tuple[Reminder, ...]
    coming: tuple[datetime, ...]


def timeline(state: State, now: datetime) -> Timeline:
    """The timelines of all subjects that aren't over; `state.sent` doesn't matter to them."""
    hours = hours_of(state)
    now = now.astimezone(
        hours.zone
    )  # as the steps are: within one zone moments are compared far more quickly
    found = [each for subject in state.subjects for each in _of_subject(state, subject, hours, now)]
    return Timeline(
        tuple(reminder for reminder, _ in found if reminder), tuple(moment for _, moment in found if moment)
    )


def _of_subject(
    state: State, subject: Subject, hours: OfficeHours, now: datetime
) -> Iterator[tuple[Reminder | None, datetime | None]]:
    """For each person the reminder that stands now, and the moment of the next one."""
    if _is_over(subject, now):
        return
    for as_ketua, people, steps in _audiences(state, subject, hours, now):
        come, following = upto(steps, now)
        for each in people:
            # What the Ketua put off as an owner of it is no reason to hear of it before it is late.
            until = None if as_ketua and not come else _snoozed_until(state, each, subject, hours)
            step = _latest(come, each.since, until, now)
            reminder = _reminder(subject, each.who, step, hours, now, as_ketua=as_ketua) if step else None
            yield reminder, until if until and until > now else following.at if following else None


def _audiences(
    state: State, subject: Subject, hours: OfficeHours, now: datetime
) -> Iterator[tuple[bool, Sequence[Recipient], Iterator[Step]]]:
    today = hours.local_day(now)
    yield False, subject.recipients, _steps(state.rules, subject, hours, today)
    watching = _watching(state, subject)
    if watching:
        yield True, watching, for_ketua(state.rules, subject.day, hours, today)


def _watching(state: State, subject: Subject) -> tuple[Recipient, ...]:
    """The Ketua, for what can be overdue and waits for somebody else."""
    if not PATTERNS[subject.kind].overdue or not subject.recipients:
        return ()
    since = min(each.since for each in subject.recipients)
    own = {each.who for each in subject.recipients}
    return tuple(Recipient(who, since) for who in state.ketua if who not in own)


def _steps(rules: Rules, subject: Subject, hours: OfficeHours, today: date) -> Iterator[Step]:
    last = subject.day
    if subject.moment is not None and hours.opening(last) >= subject.moment:
        last -= DAY
    pattern = PATTERNS[subject.kind]
    early = list(ahead(getattr(rules, pattern.days), subject.day, last, hours))
    minutes = getattr(rules, pattern.minutes) if pattern.minutes else 0
    if minutes and subject.moment is not None:
        early = sorted([*early, shortly_before(minutes, subject.moment, hours)], key=lambda step: step.at)
    return chain(early, overdue(rules, subject.day, hours, today) if pattern.overdue else ())


def _latest(come: Sequence[Step], since: datetime, until: datetime | None, now: datetime) -> Step | None:
    floor = since if until is None else max(since, until)
    if come and come[-1].at > floor:
        return come[-1]
    return Step(SNOOZED, until) if until is not None and since < until <= now else None


def _snoozed_until(
    state: State, recipient: Recipient, subject: Subject, hours: OfficeHours
) -> datetime | None:
    found = [each.until for each in state.snoozes if is_about(each, recipient.who, subject)]
    return hours.opening(hours.days.next_on_or_after(max(found))) if found else None


def is_about(each: Snooze, who: int, subject: Subject) -> bool:
    """Whether a snooze is of that person and subject, with the day it has now."""
    return (each.who, each.kind, each.id, each.day) == (who, subject.kind, subject.id, subject.day)


def _is_over(subject: Subject, now: datetime) -> bool:
    return not subject.recipients or (subject.moment is not None and subject.moment <= now)


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
    """Everybody a subject concerns: its recipients, and the Ketua who watches."""
    return {each.who for each in subject.recipients} | {each.who for each in _watching(state, subject)}
