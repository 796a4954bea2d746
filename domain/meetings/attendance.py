"""Who comes to a meeting and who came: answers to the invitation, check-in, and the quorum."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction

from domain.faults import Rejected
from domain.meetings.meeting import COMING, IN_SESSION, Meeting
from domain.quorum import quorum_of
from domain.reminders.rules import MEETING
from domain.reminders.state import Recipient, Subject

YES, NO, DEPUTY = "yes", "no", "deputy"
"""Hadir, tidak, diwakilkan."""
GRACE = timedelta(minutes=15)
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a member answers to the invitation: YES, NO with the reason, or DEPUTY with that person's name."""

    who: int
    answer: str
    at: datetime
    reason: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Replies:
    """Who of those invited answered what, and who didn't, each in the order of the invitation."""

    coming: tuple[int, ...]
    declined: tuple[int, ...]
    deputed: tuple[int, ...]
    silent: tuple[int, ...]


def check_reply(meeting: Meeting, invited: Collection[int], reply: Reply) -> None:
    """Whether that answer can be taken; a later one replaces it.

    Raises Rejected: not_invited, meeting_state, reason_missing, deputy_missing.
    """
    if reply.who not in invited:
        raise Rejected("not_invited")
    if meeting.state not in COMING:
        raise Rejected("meeting_state", state=meeting.state)
    if reply.answer == NO and not reply.reason.strip():
        raise Rejected("reason_missing")
    if reply.answer == DEPUTY and not reply.deputy.strip():
        raise Rejected("deputy_missing")


def standing(meeting: Meeting, replies: Iterable[Reply]) -> Mapping[int, Reply]:
    """Everybody's latest answer, if it is about the time the meeting has now."""
    kept = [each for each in replies if meeting.asked_at is not None and each.at >= meeting.asked_at]
    return {each.who: each for each in sorted(kept, key=lambda each: each.at)}


def counted(meeting: Meeting, invited: Sequence[int], replies: Iterable[Reply]) -> Replies:
    """Those invited, grouped by their answers."""
    known = standing(meeting, replies)

    def of(answer: str | None) -> tuple[int, ...]:
        return tuple(who for who in invited if (known[who].answer if who in known else None) == answer)

    return Replies(of(YES), of(NO), of(DEPUTY), of(None))


def subject(meeting: Meeting, invited: Sequence[int], replies: Iterable[Reply], zone: tzinfo) -> Subject:
    """The meeting as something that reminds all invited, but for who won't come; nobody once it isn't coming."""
    known = standing(meeting, replies)
    asked = meeting.asked_at if meeting.state in COMING else None
    recipients = [
        Recipient(who, asked) for who in invited if asked and not (who in known and known[who].answer == NO)
    ]
    starts = meeting.plan.starts
    return Subject(MEETING, meeting.id, starts.astimezone(zone).date(), tuple(recipients), starts)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A member is there, or (`deputy`) the person sent instead; `by` is who entered it, the secretary perhaps."""

    who: int
    at: datetime
    by: int
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who came. `late` minutes after the start, 0 within the grace; `entered_by` another, or None."""

    who: int
    at: datetime
    late: int
    deputy: str
    entered_by: int | None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came, in the order they came; `needed` of the `entitled` make the `quorum`.

    `counted` is how many of the entitled are there, themselves or by deputy; guests are never counted.
    """

    present: tuple[Present, ...]
    counted: int
    entitled: int
    needed: int
    quorum: bool


def check_in(meeting: Meeting, known: Collection[int], who: int) -> None:
    """Whether that person can be marked as present. Raises Rejected: meeting_not_open, not_invited."""
    if meeting.state != IN_SESSION:
        raise Rejected("meeting_not_open", state=meeting.state)
    if who not in known:
        raise Rejected("not_invited")


def attendance(
    meeting: Meeting,
    entitled: Collection[int],
    check_ins: Iterable[CheckIn],
    share: Fraction = HALF,
    grace: timedelta = GRACE,
) -> Attendance:
    """Who is there and whether it is enough: `share` of the entitled, rounded up, at least one.

    The first check-in of a person stands, and with it when they came.
    """
    first: dict[int, CheckIn] = {}
    for each in sorted(check_ins, key=lambda each: each.at):
        first.setdefault(each.who, each)
    voters = set(entitled)
    there, needed = len(voters & set(first)), quorum_of(share, len(voters))
    return Attendance(
        present=tuple(_present(each, meeting.plan.starts, grace) for each in first.values()),
        counted=there,
        entitled=len(voters),
        needed=needed,
        quorum=there >= needed,
    )


def _present(each: CheckIn, starts: datetime, grace: timedelta) -> Present:
    late = each.at - starts
    minutes = late // timedelta(minutes=1) if late > grace else 0
    return Present(each.who, each.at, minutes, each.deputy, each.by if each.by != each.who else None)
