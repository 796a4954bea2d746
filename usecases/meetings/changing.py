"""Announcing a meeting, changing what was announced, calling it off. Everybody invited is told what changed."""

from collections.abc import Sequence
from dataclasses import replace

from domain.dialog.questions import Answers, Confirm, Question, Text
from domain.faults import Rejected
from domain.meetings import meeting as rules
from domain.meetings.meeting import ANNOUNCE, CANCEL, COMING, PLANNED, REVISE, Change, Plan
from store import meetings
from usecases.answering.forms import REALLY, SURE
from usecases.meetings import notices
from usecases.meetings.meeting import Sitting, card, planning, record, sitting
from usecases.meetings.overdue import refresh_late
from usecases.meetings.plan_questions import answered, of_part
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work


async def announce(work: Work, meeting_id: int) -> Outcome:
    """Ketua or Sekretaris invites everybody; the group is told. Raises Rejected."""
    found = await planning(work, meeting_id)
    rules.check(found.meeting, ANNOUNCE, found.me.role)
    if not found.invited:
        raise Rejected("meeting_nobody")
    await refresh_late(work, found)
    meetings.keep(found.row, rules.announce(found.meeting, found.me.role, work.now))
    await work.session.flush()
    record(work, found, "announce", invited=len(found.invited), starts=found.row.starts.isoformat())
    count = await notices.invite(work, found, found.ids)
    await notices.tell_group(work, found, "meeting_group_invited")
    return await card(work, meeting_id, Note("meeting_announced", {"count": count}))


async def revised(work: Work, found: Sitting, plan: Plan) -> Outcome:
    """The meeting with another plan; once it is announced, everybody hears what is different."""
    if found.row.state == PLANNED:
        return await _replanned(work, found, plan)
    after, changes = rules.revise(found.meeting, plan, found.me.role, work.now)
    meetings.keep(found.row, after)
    await work.session.flush()
    if not changes:
        return await card(work, found.row.id, Note("meeting_same"))
    record(work, found, "revise", changed=[each.field for each in changes], sequence=after.sequence)
    await notices.changed(work, found, changes)
    return await card(work, found.row.id, Note("meeting_revised", {"count": len(found.invited)}))


async def _replanned(work: Work, found: Sitting, plan: Plan) -> Outcome:
    if plan.starts <= work.now:
        raise Rejected("meeting_past")
    found.replan(plan)
    await work.session.flush()
    record(work, found, "replan")
    return await card(work, found.row.id, Note("meeting_changed"))


async def _ask(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """What is to be different, and, once people know of the meeting, whether they are to be told."""
    found = await planning(work, subject["meeting"])
    if found.row.state in COMING:
        rules.check(found.meeting, REVISE, found.me.role)
    asked = [*of_part(work, found.pokja, found.meeting.plan, subject["what"], answers)]
    if found.row.state in COMING:
        asked.append(_sure(work, found, subject, answers, [each.key for each in asked]))
    return asked


def _sure(work: Work, found: Sitting, subject: Subject, answers: Answers, keys: Sequence[str]) -> Question:
    """The closing question, which names what will change."""
    changes: Sequence[Change] = ()
    if all(key in answers for key in keys):
        changes = rules.changes(found.meeting.plan, _plan(found, subject, answers))
    facts = {"changes": changes, "count": len(found.invited), "zone": found.pokja.zone}
    return Confirm(key=SURE, about=SURE, facts=facts)


def _plan(found: Sitting, subject: Subject, answers: Answers) -> Plan:
    """The plan as the answers change it."""
    return replace(found.meeting.plan, **answered(subject["what"], answers, found.pokja.zone))


async def _change(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await planning(work, subject["meeting"])
    return await revised(work, found, _plan(found, subject, answers))


async def _ask_why(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await sitting(work, subject["meeting"], lock=True)
    rules.check(found.meeting, CANCEL, found.me.role)
    facts = {"title": found.row.title, "count": len(found.invited)}
    if found.row.state == PLANNED:
        return (Confirm(key=REALLY, about="drop", facts=facts),)
    why = Text(key="reason", about="reason", shortest=5, longest=300, facts=facts)
    return (why, Confirm(key=REALLY, about=SURE, facts=facts))


async def _cancel(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await sitting(work, subject["meeting"], lock=True)
    was_told = found.row.state in COMING
    reason = str(answers.get("reason") or "")
    meetings.keep(found.row, rules.cancel(found.meeting, found.me.role, reason))
    await work.session.flush()
    record(work, found, "cancel", reason=reason, sequence=found.row.sequence)
    if was_told:
        await notices.cancelled(work, found, reason)
    return await card(work, found.row.id, Note("meeting_cancelled"))


CHANGE = Form("meeting_change", _ask, _change)
CALL_OFF = Form("meeting_cancel", _ask_why, _cancel)
