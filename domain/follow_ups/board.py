"""Tindak lanjut seen together: how late they are, the Ketua's board, the weekly report, what goes on an agenda."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from fractions import Fraction

from domain.follow_ups.follow_up import CANCELLED, DONE, FINISH, LIVE, FollowUp
from domain.reminders.rules import FOLLOW_UP, WEEK
from domain.reminders.state import Recipient, Subject

LATE, SOON, LATER = "late", "soon", "later"


def days_late(follow_up: FollowUp, today: date) -> int:
    """The number of days it is overdue; 0 where it isn't, or is over."""
    return max(0, (today - follow_up.due).days) if follow_up.state in LIVE else 0


def subject(follow_up: FollowUp) -> Subject:
    """The tindak lanjut as a subject of reminders to its owners, until it is over."""
    owners = follow_up.owners if follow_up.state in LIVE else ()
    recipients = tuple(Recipient(owner.who, owner.since) for owner in owners)
    return Subject(FOLLOW_UP, follow_up.id, follow_up.due, recipients)


@dataclass(frozen=True, slots=True)
class Week:
    """The weekly report: `done` in the last seven days, `due` in the next seven, `late`, and the `share` done.

    `share` is of all that were given and not cancelled; None where there are none.
    """

    done: int
    due: int
    late: int
    share: Fraction | None


def week(follow_ups: Sequence[FollowUp], today: date, zone: tzinfo) -> Week:
    """The counts of a Pokja on that day, which belongs to both weeks."""
    kept = [each for each in follow_ups if each.state != CANCELLED]
    finished = [each for each in kept if each.state == DONE]
    span = timedelta(WEEK)
    return Week(
        done=sum(today - span < _finished_on(each, zone) <= today for each in finished),
        due=sum(each.state in LIVE and today <= each.due < today + span for each in kept),
        late=sum(days_late(each, today) > 0 for each in kept),
        share=Fraction(len(finished), len(kept)) if kept else None,
    )


def _finished_on(follow_up: FollowUp, zone: tzinfo) -> date:
    last = [event.at for event in follow_up.history if event.kind == FINISH][-1]
    return last.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the board: what it is grouped by, and the tindak lanjut in it, soonest due first."""

    key: str
    follow_ups: tuple[FollowUp, ...]


def board(
    follow_ups: Iterable[FollowUp], key: Callable[[FollowUp], Iterable[str]], order: Sequence[str] = ()
) -> tuple[Group, ...]:
    """The groups, those named in `order` first; one with several keys (owners) stands in each of its groups."""
    groups: defaultdict[str, list[FollowUp]] = defaultdict(list)
    for follow_up in sorted(follow_ups, key=lambda each: (each.due, each.id)):
        for name in key(follow_up):
            groups[name].append(follow_up)
    places = {name: number for number, name in enumerate(order)}
    names = sorted(groups, key=lambda name: (places.get(name, len(places)), name))
    return tuple(Group(name, tuple(groups[name])) for name in names)


def by_state(follow_up: FollowUp) -> tuple[str]:
    """A key of `board`: its state."""
    return (follow_up.state,)


def by_owner(names: Mapping[int, str]) -> Callable[[FollowUp], Iterable[str]]:
    """A key of `board`: the names of its owners."""
    return lambda follow_up: [names[owner.who] for owner in follow_up.owners]


def by_topic(topics: Mapping[int, str]) -> Callable[[FollowUp], Iterable[str]]:
    """A key of `board`: its topic, from a mapping of tindak lanjut to topics."""
    return lambda follow_up: [topics[follow_up.id]]


def by_age(today: date) -> Callable[[FollowUp], Iterable[str]]:
    """A key of `board`: LATE, SOON (within a week) or LATER; what is over has none."""

    def age(follow_up: FollowUp) -> tuple[str, ...]:
        if follow_up.state not in LIVE:
            return ()
        if follow_up.due < today:
            return (LATE,)
        return (SOON if follow_up.due < today + timedelta(WEEK) else LATER,)

    return age
