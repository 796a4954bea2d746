"""Corrections of the minutes: members ask for them, Ketua or Sekretaris takes each up or refuses it."""

from collections.abc import Sequence

from domain import roles
from domain.dialog.questions import Answers, Choice, Option, Question, Text
from domain.faults import Rejected
from domain.meetings import minutes as book
from domain.meetings.minutes import GENERAL, NOTE
from store import meetings, people
from store.tables.meetings import MinuteCorrection
from usecases import notifying
from usecases.meetings.meeting import Sitting, record, sitting
from usecases.meetings.minutes import LONGEST, add, entry_of, rewrite, until, view
from usecases.meetings.outcomes import CorrectionLine, Corrections
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work, require

OPEN, TAKEN, REFUSED = "open", "taken", "refused"
NEW, CORRECTED = "baru", "sudah"
MOST = 10
"""Corrections one member may have waiting."""


async def _ask(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks what is to be corrected, and how it should read."""
    found = await _correctable(work, subject["meeting"])
    agenda = found.meeting.plan.agenda
    points = tuple(Option(str(item.key), item.text) for item in agenda)
    return (
        Choice(
            key="item", about="item", options=(*points, Option(str(GENERAL), about="general")), lettered=True
        ),
        Text(key="text", about="text", shortest=5, longest=700),
    )


async def _correctable(work: Work, meeting_id: int) -> Sitting:
    found = await sitting(work, meeting_id)
    if found.me.id not in found.ids:
        raise Rejected("not_invited")
    today = work.today(found.pokja.zone)
    book.check_correction(found.meeting, until(found.row, found.pokja) or today, today)
    mine = [each for each in await meetings.corrections(work.session, meeting_id) if each.by == found.me.id]
    if sum(each.state == OPEN for each in mine) >= MOST:
        raise Rejected("corrections_full", most=MOST)
    return found


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _correctable(work, subject["meeting"])
    titles = {str(item.key): item.text for item in found.meeting.plan.agenda}
    where = titles.get(answers["item"], "")
    text = f"{where}: {answers['text']}" if where else str(answers["text"])
    kept = MinuteCorrection(meeting_id=found.row.id, text=text, by=found.me.id, at=work.now)
    work.session.add(kept)
    await work.session.flush()
    record(work, found, "correction", correction=kept.id, text=text)
    facts = {"meeting_id": found.row.id, "title": found.row.title, "by": found.me.name, "text": text}
    reason = f"meeting {found.row.id} correction {kept.id}"
    await notifying.tell_managers(work, found.pokja, reason, "meeting_correction", **facts)
    return await view(work, found.row.id, Note("correction_sent"))


async def listing(work: Work, meeting_id: int, at: int = 0, note: Note | None = None) -> Corrections:
    """All corrections: managers see everybody's and decide, others their own."""
    found = await sitting(work, meeting_id)
    decides = found.me.role in roles.MANAGERS
    names = {member.id: member.name for member, _ in await people.members(work.session, found.pokja.id)}
    kept = await meetings.corrections(work.session, meeting_id)
    lines = [
        CorrectionLine(each.id, names.get(each.by, ""), each.text, each.state, each.answer)
        for each in kept
        if decides or each.by == found.me.id
    ]
    return Corrections(facts=found.facts(), lines=lines, may_decide=decides, at=at, note=note)


async def one(work: Work, correction_id: int) -> Corrections:
    """The corrections with one of them open, to decide on it. Raises Rejected."""
    kept = await work.session.get(MinuteCorrection, correction_id)
    if kept is None:
        raise Rejected("unknown_button")
    return await listing(work, kept.meeting_id, correction_id)


async def _undecided(
    work: Work, correction_id: int, *, lock: bool = False
) -> tuple[Sitting, MinuteCorrection]:
    kept = await work.session.get(MinuteCorrection, correction_id)
    if kept is None:
        raise Rejected("unknown_button")
    found = await sitting(work, kept.meeting_id, lock=lock)
    require(found.me, roles.MANAGERS)
    book.check_writing(found.meeting)
    if kept.state != OPEN:
        raise Rejected("correction_decided")
    return found, kept


async def _ask_taking(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks what in the minutes the correction changes, and how that reads from now on."""
    found, kept = await _undecided(work, subject["correction"])
    entries = await meetings.entries(work.session, found.row.id)
    places = (
        Option(NEW, about="new"),
        Option(CORRECTED, about="corrected"),
        *(Option(str(e.id), e.text) for e in entries),
    )
    asked: list[Question] = [
        Choice(key="entry", about="entry", options=places, lettered=True, facts={"text": kept.text})
    ]
    if answers.get("entry") == NEW:
        points = tuple(Option(str(item.key), item.text) for item in found.meeting.plan.agenda)
        general = Option(str(GENERAL), about="general")
        asked.append(Choice(key="item", about="item", options=(*points, general), lettered=True))
    if answers.get("entry", CORRECTED) != CORRECTED:
        asked.append(_wording(kept))
    return asked


def _wording(kept: MinuteCorrection) -> Text:
    proposed = Option("1", kept.text.partition(": ")[2] or kept.text)
    return Text(key="text", about="text", shortest=3, longest=LONGEST, suggestions=(proposed,))


async def _take(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found, kept = await _undecided(work, subject["correction"], lock=True)
    if answers["entry"] == NEW:
        await add(work, found, int(answers["item"]), NOTE, answers["text"])
    elif answers["entry"] != CORRECTED:
        _, entry = await entry_of(work, int(answers["entry"]))
        if entry.meeting_id != found.row.id:
            raise Rejected("unknown_button")
        await rewrite(work, found, entry, answers["text"])
    return await _decided(work, found, kept, TAKEN, "")


async def _ask_refusing(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    _, kept = await _undecided(work, subject["correction"])
    return (Text(key="reason", about="reason", shortest=5, longest=300, facts={"text": kept.text}),)


async def _refuse(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found, kept = await _undecided(work, subject["correction"], lock=True)
    return await _decided(work, found, kept, REFUSED, answers["reason"])


async def _decided(
    work: Work, found: Sitting, kept: MinuteCorrection, state: str, answer: str
) -> Corrections:
    """Keeps the decision and tells whoever asked."""
    kept.state, kept.answer = state, answer
    await work.session.flush()
    record(work, found, f"correction_{state}", correction=kept.id, answer=answer)
    asker = await people.member_with_user(work.session, kept.by)
    if asker is not None and asker[0].state == people.ACTIVE:
        facts = {"meeting_id": found.row.id, "title": found.row.title, "text": kept.text, "answer": answer}
        reason = f"meeting {found.row.id} correction {kept.id} decided"
        await notifying.tell(
            work, asker[1], found.pokja.id, reason, "meeting_correction_decided", state=state, **facts
        )
    return await listing(work, found.row.id, note=Note("correction_decided"))


CORRECT = Form("minute_correction", _ask, _finish)
TAKE = Form("correction_take", _ask_taking, _take)
REFUSE = Form("correction_refuse", _ask_refusing, _refuse)
