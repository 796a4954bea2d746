"""What use cases of reminders hand back: digests, reports, absences, rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.meetings.meeting import Plan
from domain.reminders.rules import Rules
from usecases.follow_ups.outcomes import FollowUpLine
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A line of a digest. `days` are left, negative when overdue; `moment` where it has one, `plan` of a meeting.

    `owners` are named where it is told to the Ketua.
    """

    kind: str
    id: int
    text: str
    days: int
    due: date
    as_ketua: bool = False
    owners: Sequence[str] = ()
    moment: datetime | None = None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What a person is reminded of on a day, most urgent first; `alone`: the word shortly before a meeting."""

    pokja: str
    zone: str
    lines: Sequence[DigestLine]
    alone: bool


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """The tindak lanjut of a Pokja in a week; `percent` of all that are done, `latest` the longest overdue."""

    pokja: str
    day: date
    done: int
    due: int
    late: int
    percent: int
    latest: Sequence[FollowUpLine] = ()


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """A member is away from `first` to `last`, both included."""

    id: int
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences(Outcome):
    """When the actor is away, now or later."""

    lines: Sequence[AbsenceLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRules(Outcome):
    """The rules by which a Pokja is reminded of each of the `kinds`; the actor may change those `changeable`."""

    pokja: str
    zone: str
    rules: Rules
    kinds: Sequence[str]
    changeable: Sequence[str]
