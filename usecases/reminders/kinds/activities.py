"""Activities with a closing moment remind those who haven't answered in full."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.reminders.rules import ACTIVITY
from domain.reminders.state import Recipient, Subject
from store import reminder_facts as facts
from store import reminders
from store.tables.core import Activity
from usecases.activities.progress import missing
from usecases.reminders.kinds.base import Delivery, Kind, Line, Look, is_about
from usecases.reminders.outcomes import DigestLine


async def _subjects(look: Look) -> Sequence[Subject]:
    """Steps before the closing moment was told are over."""
    told = await reminders.deadlines_told(look.session, look.pokja.id) if look.closing else {}
    subjects = []
    for each in look.closing:
        closes = _closes(each)
        since = max(each.opened_at, told.get(f"activity {each.id}", each.opened_at))
        recipients = [
            Recipient(member.id, since) for member, _ in await missing(look.session, look.library, each)
        ]
        day = closes.astimezone(look.zone).date()
        subjects.append(Subject(ACTIVITY, each.id, day, tuple(recipients), closes))
    return subjects


def _closes(activity: Activity) -> datetime:
    assert activity.closes_at is not None
    return activity.closes_at


async def _lines(at: Delivery, lines: Sequence[Line]) -> Mapping[str, DigestLine]:
    closing = {each.id: each for each in await facts.closing(at.session, at.me.pokja_id)}
    return {
        each["reason"]: await _line(at, closing[each["id"]])
        for each in lines
        if each["id"] in closing and await _still_open(at, each, closing[each["id"]])
    }


async def _still_open(at: Delivery, line: Line, activity: Activity) -> bool:
    closes = _closes(activity)
    lacking = {member.id for member, _ in await missing(at.session, at.library, activity)}
    return closes > at.moment and is_about(line, at.when(closes)) and at.me.id in lacking


async def _line(at: Delivery, activity: Activity) -> DigestLine:
    frame = await at.library.frame(at.session, activity.id, activity.revision)
    closes = _closes(activity)
    day = at.day_of(closes)
    return DigestLine(ACTIVITY, activity.id, frame.title, (day - at.today).days, day, moment=closes)


KIND = Kind(Activity, _subjects, _lines)
