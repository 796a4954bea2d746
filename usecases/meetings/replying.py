"""Answering an invitation: hadir, tidak with the reason, diwakilkan with the name; who answered what."""

from collections.abc import Sequence

from domain.dialog.questions import Answers, Question, Text
from domain.meetings.attendance import DEPUTY, NO, YES, Reply, check_reply, counted, standing
from store import meetings
from store.tables.meetings import MeetingReply
from usecases.meetings.meeting import Sitting, card, record, sitting
from usecases.meetings.outcomes import MeetingReplies
from usecases.outcomes import Note, Outcome, Person, person
from usecases.work import Form, Subject, Work


async def coming(work: Work, meeting_id: int) -> Outcome:
    """Notes that the actor will come. Raises Rejected."""
    return await _answer(work, meeting_id, YES)


async def _answer(work: Work, meeting_id: int, answer: str, reason: str = "", deputy: str = "") -> Outcome:
    """Keeps the answer; a later one takes its place. Raises Rejected."""
    found = await sitting(work, meeting_id, lock=True)
    reply = Reply(found.me.id, answer, work.now, reason, deputy)
    check_reply(found.meeting, found.ids, reply)
    kept = MeetingReply(
        meeting_id=meeting_id,
        membership_id=found.me.id,
        answer=answer,
        reason=reason,
        deputy=deputy,
        at=work.now,
    )
    work.session.add(kept)
    await work.session.flush()
    record(work, found, "reply", answer=answer)
    return await card(work, meeting_id, Note("replied"))


def _form(answer: str, key: str, longest: int) -> Form:
    """A form that asks one text and then keeps the answer."""

    async def ask(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
        found = await sitting(work, subject["meeting"])
        check_reply(found.meeting, found.ids, Reply(found.me.id, answer, work.now, "-", "-"))
        return (Text(key=key, about=key, shortest=3, longest=longest, facts={"title": found.row.title}),)

    async def finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
        return await _answer(work, subject["meeting"], answer, **{key: answers[key]})

    return Form(f"meeting_{answer}", ask, finish)


async def view(work: Work, meeting_id: int) -> MeetingReplies:
    """Who answered what, by name, for who guides."""
    found = await sitting(work, meeting_id)
    found.guide()
    replies = await meetings.replies(work.session, meeting_id)
    people = _people(found)
    given = standing(found.meeting, replies)
    sides = counted(found.meeting, found.ids, replies)
    return MeetingReplies(
        facts=found.facts(),
        coming=[people[each] for each in sides.coming],
        declined=[(people[each], given[each].reason) for each in sides.declined],
        deputed=[(people[each], given[each].deputy) for each in sides.deputed],
        silent=[people[each] for each in sides.silent],
    )


def _people(found: Sitting) -> dict[int, Person]:
    return {member.id: person(member, user) for member, user in found.invited}


DECLINE = _form(NO, "reason", 300)
SEND_DEPUTY = _form(DEPUTY, "deputy", 120)
