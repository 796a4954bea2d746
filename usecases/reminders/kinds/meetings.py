"""Meetings that were announced remind everybody invited who hasn't declined, until they begin."""

from collections.abc import Iterable, Mapping, Sequence

from domain.meetings.attendance import NO, Reply, standing, subject
from domain.meetings.meeting import COMING, Meeting
from domain.reminders.rules import MEETING
from domain.reminders.state import Subject
from store import reminder_facts as facts
from store.tables.meetings import MeetingRow
from usecases.reminders.kinds.base import Delivery, Kind, Line, Look, is_about
from usecases.reminders.outcomes import DigestLine


async def _subjects(look: Look) -> Sequence[Subject]:
    coming = await facts.meetings(look.session, look.pokja.id, look.now)
    ids = [meeting.id for meeting in coming]
    invited, replies = await facts.invited(look.session, ids), await facts.replies(look.session, ids)
    return [subject(each, invited.get(each.id, ()), replies.get(each.id, ()), look.zone) for each in coming]


async def _lines(at: Delivery, lines: Sequence[Line]) -> Mapping[str, DigestLine]:
    coming = {each.id: each for each in await facts.meetings(at.session, at.me.pokja_id, at.moment)}
    replies = await facts.replies(at.session, coming)
    return {
        each["reason"]: _line(at, coming[each["id"]])
        for each in lines
        if each["id"] in coming and _still_comes(at, each, coming[each["id"]], replies.get(each["id"], ()))
    }


def _still_comes(at: Delivery, line: Line, meeting: Meeting, replies: Iterable[Reply]) -> bool:
    own = standing(meeting, replies).get(at.me.id)
    is_so = meeting.state in COMING and is_about(line, at.when(meeting.plan.starts))
    return is_so and not (own and own.answer == NO)


def _line(at: Delivery, meeting: Meeting) -> DigestLine:
    plan = meeting.plan
    day = at.day_of(plan.starts)
    days = (day - at.today).days
    return DigestLine(MEETING, meeting.id, plan.title, days, day, moment=plan.starts, plan=plan)


KIND = Kind(MeetingRow, _subjects, _lines)
