"""Who is reminded of what, now: pure functions of what stands open, what was already sent, and the moment.

Of all steps of a subject whose moment has come, only the latest counts for a person: it is due until its reason is
among those sent, and the steps before it are outdated. So a wake too many sends nothing again, a wake too late (a
restart, days of downtime) sends the latest step only, and nothing depends on how often anybody looks.

A person gets one digest a day; a step that goes alone (an hour before a meeting) may follow it. A reason carries the
day or moment it is about, so what is moved or extended reminds again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from domain.faults import Rejected
from domain.reminders.state import GROUP, Absence, Message, Reminder, Snooze, State, Subject, hours_of
from domain.reminders.steps import Step, upto, weekly
from domain.reminders.timeline import Timeline, everyone, is_about, timeline


def due(state: State, now: datetime, at: Timeline | None = None) -> tuple[Message, ...]:
    """What has to be sent now: nothing outside office hours, at most one digest a person and day.

    `at` is the timeline at that moment, where it is known already; so in the functions below.
    """
    hours = hours_of(state)
    if not hours.allows(now):
        return ()
    today = hours.local_day(now)
    pending: defaultdict[int, list[Reminder]] = defaultdict(list)
    for each in _unsent(state, at or timeline(state, now)):
        pending[each.to].append(each)
    heard = [who for who in sorted(pending) if not _is_silent(state, who, today)]
    found = [_message(state, who, today, pending[who]) for who in heard]
    return (*(message for message in found if message), *_report(state, now))


def next_wake(state: State, now: datetime, at: Timeline | None = None) -> datetime | None:
    """The next moment after `now` at which something can become due, what is due now being sent; None: never."""
    at = at or timeline(state, now)
    moments = list(at.coming)
    _, report = _reports(state, now)
    if report:
        moments.append(report.at)
    if any(_unsent(state, at)) or any(_report(state, now)):
        moments.append(hours_of(state).next_opening(now))
    return min(moments, default=None)


def in_question(state: State, now: datetime, at: Timeline) -> frozenset[str]:
    """The reasons of which `state.sent` has to tell whether they were said: no others matter at that moment."""
    today = hours_of(state).local_day(now)
    digests = {_digest(each.to, today) for each in at.standing}
    step, _ = _reports(state, now)
    reports = {_weekly(state, step)} if step else set()
    return frozenset(each.reason for each in at.standing) | digests | reports


def reasons(messages: Iterable[Message]) -> frozenset[str]:
    """All that has to be remembered of messages that were sent."""
    return frozenset(
        reason
        for message in messages
        for reason in (message.reason, *(reminder.reason for reminder in message.reminders))
    )


def snooze(state: State, who: int, kind: str, subject_id: int, now: datetime, days: int) -> Snooze:
    """The member wants to be reminded `days` working days later.

    Raises Rejected: snooze_over (it doesn't wait for them), snoozed_before, snooze_too_long, snooze_too_late (it
    would begin or close before).
    """
    subject = _subject(state, who, kind, subject_id)
    if any(is_about(each, who, subject) for each in state.snoozes):
        raise Rejected("snoozed_before")
    if not 1 <= days <= state.rules.snooze_most:
        raise Rejected("snooze_too_long", most=state.rules.snooze_most)
    hours = hours_of(state)
    until = state.days.plus(hours.local_day(now), days)
    if subject.moment is not None and hours.opening(until) >= subject.moment:
        raise Rejected("snooze_too_late")
    return Snooze(who, kind, subject_id, subject.day, until)


def left_alone(subjects: Iterable[Subject], absence: Absence) -> tuple[Subject, ...]:
    """What waits for an absent member and is due while they are away: for the Ketua to know."""
    return tuple(
        subject
        for subject in subjects
        if absence.first <= subject.day <= absence.last
        and any(each.who == absence.who for each in subject.recipients)
    )


def _subject(state: State, who: int, kind: str, subject_id: int) -> Subject:
    for subject in state.subjects:
        if (subject.kind, subject.id) == (kind, subject_id) and who in everyone(state, subject):
            return subject
    raise Rejected("snooze_over")


def _is_silent(state: State, who: int, today: date) -> bool:
    away = any(each.who == who and each.first <= today <= each.last for each in state.absences)
    return away or who in state.unreachable


def _unsent(state: State, at: Timeline) -> Iterator[Reminder]:
    return (each for each in at.standing if each.reason not in state.sent)


def _digest(who: int, today: date) -> str:
    return f"digest {who} {today}"


def _weekly(state: State, step: Step) -> str:
    return f"weekly {state.pokja} {step.name}"


def _message(state: State, who: int, today: date, mine: Sequence[Reminder]) -> Message | None:
    digest = _digest(who, today)
    kept = [each for each in mine if each.alone] if digest in state.sent else list(mine)
    if not kept:
        return None
    ordered = tuple(sorted(kept, key=lambda each: (each.days, each.kind, each.id, each.as_ketua)))
    reason = kept[0].reason if all(each.alone for each in kept) else digest
    return Message(who, reason, ordered)


def _reports(state: State, now: datetime) -> tuple[Step | None, Step | None]:
    """The moments of the last weekly report that was due, and of the next."""
    if state.report_since is None:
        return None, None
    hours, since = hours_of(state), state.report_since
    steps = weekly(state.rules.report_weekday, hours.local_day(since), hours, hours.local_day(now))
    come, ahead = upto(steps, now)
    come = tuple(step for step in come if step.at > since)
    return (come[-1] if come else None), ahead


def _report(state: State, now: datetime) -> Iterator[Message]:
    step, _ = _reports(state, now)
    if step and _weekly(state, step) not in state.sent:
        yield Message(GROUP, _weekly(state, step), ())
