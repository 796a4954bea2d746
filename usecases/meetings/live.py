"""A meeting while it runs: beginning it, the code on the screen, the agenda against the clock, the quorum."""

import secrets
from collections.abc import Sequence

from domain import roles
from domain.dialog.questions import Answers, Choice, Option, Question
from domain.faults import Rejected
from domain.meetings import meeting as rules
from domain.meetings.agenda import find, pace
from domain.meetings.attendance import NO, standing
from domain.meetings.meeting import IN_SESSION, OPEN
from store import meetings
from usecases import notifying
from usecases.meetings.meeting import Sitting, present, record, share, sitting
from usecases.meetings.outcomes import LiveMeeting, MeetingCode
from usecases.meetings.overdue import refresh_late
from usecases.outcomes import Note, Outcome
from usecases.switches import turned
from usecases.work import Form, Subject, Work, require

LENGTH = 6
"""Digits of a code: quick to type for who can't scan it. It is worth something only to those invited, and only then."""
SHARES = ("1/2", "3/5", "2/3", "3/4", "1")


async def start(work: Work, meeting_id: int) -> LiveMeeting:
    """Begins it: from now on people check in. Those invited who did not decline are told."""
    found = await sitting(work, meeting_id, lock=True)
    after = rules.proceed(found.meeting, OPEN, found.me.role)
    await refresh_late(work, found)
    found.row.state, found.row.opened_at, found.row.code = after.state, work.now, _new_code()
    await work.session.flush()
    record(work, found, "open")
    await _tell_all(work, found)
    return await view(work, meeting_id, Note("meeting_opened"))


def _new_code() -> str:
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"


async def _tell_all(work: Work, found: Sitting) -> None:
    given = standing(found.meeting, await meetings.replies(work.session, found.row.id))
    facts = {"meeting_id": found.row.id, "title": found.row.title, "place": found.row.place}
    for member, user in found.invited:
        if member.id == found.me.id or (member.id in given and given[member.id].answer == NO):
            continue
        reason = f"meeting {found.row.id} opened to {member.id}"
        await notifying.tell(
            work,
            user,
            found.pokja.id,
            reason,
            "meeting_opened",
            notifying.URGENT,
            link=found.row.link,
            **facts,
        )


async def running(work: Work, meeting_id: int, *, lock: bool = False) -> Sitting:
    """A meeting that runs, for those who conduct it. Raises Rejected."""
    found = await sitting(work, meeting_id, lock=lock)
    found.guide()
    if found.row.state != IN_SESSION:
        raise Rejected("meeting_not_open", state=found.row.state)
    return found


async def view(work: Work, meeting_id: int, note: Note | None = None) -> LiveMeeting:
    """How it stands: the clock, the points, who is there."""
    found = await running(work, meeting_id)
    facts = found.facts()
    done = await meetings.ticks(work.session, meeting_id)
    came = await present(work.session, found.row, found.invited)
    return LiveMeeting(
        facts=facts,
        done=done,
        pace=pace(facts.plan.points, done, work.now),
        attendance=came,
        share=str(await share(work.session, meeting_id)),
        written=len(await meetings.entries(work.session, meeting_id)),
        now=work.now,
        can=rules.open_to(found.meeting, found.me.role),
        awaits_me=found.me.id in found.ids and all(each.who != found.me.id for each in came.present),
        note=note,
    )


async def tick(work: Work, meeting_id: int, key: int, wanted: str = "") -> LiveMeeting:
    """Marks a point as dealt with, or as open again. Raises Rejected."""
    found = await running(work, meeting_id, lock=True)
    find(found.meeting.plan.agenda, key)
    was_on = key in await meetings.ticks(work.session, meeting_id)
    is_on = turned(wanted, is_on=was_on)
    if is_on == was_on:
        return await view(work, meeting_id)
    if is_on:
        await meetings.tick(work.session, meeting_id, key, found.me.id, work.now)
    else:
        await meetings.untick(work.session, meeting_id, key)
    record(work, found, "tick", item=key)
    return await view(work, meeting_id)


async def code(work: Work, meeting_id: int, *, renew: bool = False) -> MeetingCode:
    """The code for the screen; a new one makes the old worthless."""
    found = await running(work, meeting_id, lock=renew)
    if renew:
        found.row.code = _new_code()
        record(work, found, "code")
        await work.session.flush()
    return MeetingCode(facts=found.facts(), code=found.row.code)


async def _ask_share(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await running(work, subject["meeting"])
    require(found.me, roles.MANAGERS)
    options = tuple(Option(each, about=f"share.{each}") for each in SHARES)
    return (Choice(key="share", about="share", options=options),)


async def _set_share(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await running(work, subject["meeting"], lock=True)
    require(found.me, roles.MANAGERS)
    found.row.quorum = str(answers["share"])
    await work.session.flush()
    record(work, found, "quorum", share=answers["share"])
    return await view(work, found.row.id, Note("quorum_set"))


SHARE = Form("meeting_quorum", _ask_share, _set_share)
