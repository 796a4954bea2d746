"""Who is there: checking in by button or code, being marked by whoever conducts the meeting, sending somebody else."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain.dialog.questions import Answers, Option, Question, Text
from domain.faults import Rejected
from domain.meetings.attendance import DEPUTY, NO, CheckIn, Present, Reply, check_in, standing
from domain.meetings.meeting import IN_SESSION
from store import meetings, people
from store.tables.core import Membership, User
from store.tables.meetings import MeetingRow
from usecases.meetings.live import running
from usecases.meetings.meeting import Sitting, card, present, record, sitting
from usecases.meetings.outcomes import AttendanceList, Seat
from usecases.outcomes import Note, Outcome, Person, person
from usecases.work import Form, Subject, Work

HERE, BY_DEPUTY, UNDO, ADD = "here", "deputy", "undo", "add"
"""What pressing a name does: it marks the person, or whom they sent; takes that back; adds somebody not invited."""
MODES = (HERE, BY_DEPUTY, UNDO, ADD)


async def come(work: Work, meeting_id: int) -> Outcome:
    """Notes that the actor has come. Raises Rejected."""
    found = await sitting(work, meeting_id, lock=True)
    check_in(found.meeting, found.ids, found.me.id)
    if await meetings.check_in(work.session, meeting_id, CheckIn(found.me.id, work.now, found.me.id)):
        record(work, found, "check_in", member=found.me.id)
    return await card(work, meeting_id, Note("checked_in"))


async def come_by_code(work: Work, code: str) -> Outcome:
    """The actor is there and has read the code on the screen. Raises Rejected('check_in_code')."""
    row = await meetings.by_code(work.session, code)
    if row is None or row.state != IN_SESSION:
        raise Rejected("check_in_code")
    return await come(work, row.id)


async def view(
    work: Work, meeting_id: int, mode: str = HERE, page: int = 0, note: Note | None = None
) -> AttendanceList:
    """Who is there; pressing a name marks them as `mode` says."""
    found = await running(work, meeting_id)
    shown = mode if mode in MODES else HERE
    here = await _others(work, found) if shown == ADD else None
    return AttendanceList(
        facts=found.facts(),
        seats=await seats(work.session, found.row, found.invited) if here is None else here,
        attendance=await present(work.session, found.row, found.invited),
        mode=shown,
        page=page,
        note=note,
    )


async def _others(work: Work, found: Sitting) -> list[Seat]:
    """Those in the Pokja who were not invited."""
    everybody = await people.members(work.session, found.pokja.id)
    return [Seat(person(*pair)) for pair in everybody if pair[0].id not in found.ids]


async def seats(
    session: AsyncSession, row: MeetingRow, invited: Sequence[tuple[Membership, User]]
) -> list[Seat]:
    """Everybody invited, with how they came, or why they don't."""
    came = {each.who: each for each in (await present(session, row, invited)).present}
    given = standing(meetings.of_row(row), await meetings.replies(session, row.id))
    names = {member.id: member.name for member, _ in await people.members(session, row.pokja_id)}
    return [_seat(person(*pair), came.get(pair[0].id), given.get(pair[0].id), names) for pair in invited]


def _seat(who: Person, came: Present | None, reply: Reply | None, names: dict[int, str]) -> Seat:
    if came is None:
        return Seat(who, excuse=reply.reason if reply and reply.answer == NO else "")
    by = names.get(came.entered_by, "") if came.entered_by else ""
    return Seat(who, came.at, came.late, came.deputy, by)


async def mark(work: Work, meeting_id: int, member_id: int, mode: str, page: int = 0) -> AttendanceList:
    """Marks somebody who has no phone at hand, takes a mark back, or takes in somebody who wasn't invited."""
    found = await running(work, meeting_id, lock=True)
    if mode == ADD:
        found = await _take_in(work, found, member_id)
    check_in(found.meeting, found.ids, member_id)
    if mode == UNDO:
        await meetings.delete_check_in(work.session, meeting_id, member_id)
    else:
        await meetings.check_in(work.session, meeting_id, CheckIn(member_id, work.now, found.me.id))
    record(work, found, "uncheck" if mode == UNDO else "check_in", member=member_id)
    return await view(work, meeting_id, mode, page)


async def _take_in(work: Work, found: Sitting, member_id: int) -> Sitting:
    await work.active_member(found.pokja.id, member_id)
    await meetings.invite(work.session, found.row.id, [member_id])
    return Sitting(found.row, found.pokja, found.me, await meetings.invited(work.session, found.row.id))


async def _ask_deputy(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks who came instead; the name given in the answer is offered."""
    found = await running(work, subject["meeting"])
    check_in(found.meeting, found.ids, subject["member"])
    given = standing(found.meeting, await meetings.replies(work.session, found.row.id))
    reply = given.get(subject["member"])
    offered = (Option("1", reply.deputy),) if reply and reply.answer == DEPUTY else ()
    name = next(member.name for member, _ in found.invited if member.id == subject["member"])
    return (
        Text(
            key="deputy", about="deputy", shortest=3, longest=120, suggestions=offered, facts={"name": name}
        ),
    )


async def _came_deputy(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await running(work, subject["meeting"], lock=True)
    check_in(found.meeting, found.ids, subject["member"])
    each = CheckIn(subject["member"], work.now, found.me.id, answers["deputy"])
    await meetings.delete_check_in(work.session, found.row.id, subject["member"])
    await meetings.check_in(work.session, found.row.id, each)
    record(work, found, "check_in", member=subject["member"], deputy=answers["deputy"])
    return await view(work, found.row.id, BY_DEPUTY)


CAME = Form("meeting_came", _ask_deputy, _came_deputy)
