"""The minutes: written under the points of the agenda, sent round for corrections, made final."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.dialog.questions import Answers, Question, Text
from domain.faults import Rejected
from domain.meetings import meeting as rules
from domain.meetings import minutes as book
from domain.meetings.agenda import LATE, AgendaItem, find
from domain.meetings.meeting import CORRECTING, FINAL, IN_SESSION
from domain.meetings.minutes import DECISION, GENERAL, NOTE, by_point
from store import meetings
from store.tables.core import FollowUp, Membership, Pokja, User
from store.tables.meetings import MeetingRow, MinuteEntry
from usecases.meetings import notices
from usecases.meetings.attendance import seats
from usecases.meetings.meeting import Sitting, facts_of, present, record, share, sitting
from usecases.meetings.outcomes import LivePoint, Minutes, Notice, Written
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

LONGEST = 1500
CIRCULATED, FINISHED = "meeting_minutes", "meeting_minutes_final"
"""The messages that bring the minutes."""
SOURCE = "pertemuan/{}"
"""The source of a tindak lanjut that was given at a meeting."""


async def written(
    session: AsyncSession, row: MeetingRow, pokja: Pokja, invited: Sequence[tuple[Membership, User]]
) -> Written:
    """The minutes as they stand."""
    facts = facts_of(row, pokja)
    given = await meetings.given_at(session, pokja.id, SOURCE.format(row.id))
    return Written(
        facts=facts,
        opened=row.opened_at,
        points=by_point(facts.plan.agenda, await meetings.entries(session, row.id)),
        seats=await seats(session, row, invited),
        attendance=await present(session, row, invited),
        share=str(await share(session, row.id)),
        given=[(follow_up.text, owner.name, follow_up.due) for follow_up, owner in given],
        until=until(row, pokja),
    )


async def told(session: AsyncSession, payload: Mapping[str, Any]) -> Notice | None:
    """What a row of the outbox about a meeting says now, with the minutes where it is about them."""
    notice = await notices.read(session, payload)
    if notice is None or notice.page not in {CIRCULATED, FINISHED}:
        return notice
    row = await session.get_one(MeetingRow, notice.facts.id)
    pokja = await session.get_one(Pokja, row.pokja_id)
    invited = await meetings.invited(session, row.id)
    return replace(notice, written=await written(session, row, pokja, invited))


def until(row: MeetingRow, pokja: Pokja) -> date | None:
    """The last day for corrections."""
    ends = row.corrections_until
    return ends.astimezone(ZoneInfo(pokja.zone)).date() if ends else None


async def view(work: Work, meeting_id: int, note: Note | None = None) -> Minutes:
    """The minutes, for everybody of the meeting once it is over, and for who conducts it while it runs."""
    found = await sitting(work, meeting_id)
    if found.row.state == IN_SESSION:
        found.guide()
    if found.row.state not in {IN_SESSION, CORRECTING, FINAL}:
        raise Rejected("minutes_not_yet")
    kept = await meetings.corrections(work.session, meeting_id)
    waiting = sum(each.state == "open" for each in kept)
    return Minutes(
        written=await written(work.session, found.row, found.pokja, found.invited),
        open=waiting,
        corrections=len(kept),
        can=rules.open_to(found.meeting, found.me.role),
        may_write=found.guides and found.row.state in {IN_SESSION, CORRECTING},
        may_correct=_may_correct(work, found),
        is_ripe=found.row.state == CORRECTING and not waiting and not _is_time(work, found),
        may_decide=found.me.role in roles.MANAGERS,
        note=note,
    )


def _may_correct(work: Work, found: Sitting) -> bool:
    return found.row.state == CORRECTING and _is_time(work, found) and found.me.id in found.ids


def _is_time(work: Work, found: Sitting) -> bool:
    """Whether corrections are still taken."""
    last = until(found.row, found.pokja)
    return last is not None and work.today(found.pokja.zone) <= last


async def writing(work: Work, meeting_id: int, *, lock: bool = False) -> Sitting:
    """A meeting whose minutes can be written, for who may. Raises Rejected."""
    found = await sitting(work, meeting_id, lock=lock)
    found.guide()
    book.check_writing(found.meeting)
    return found


async def point(
    work: Work, meeting_id: int, key: int, *, drop: bool = False, note: Note | None = None
) -> LivePoint:
    """A point with what was written under it; `drop` offers to strike something out."""
    found = await writing(work, meeting_id)
    item = find(found.meeting.plan.agenda, key) if key != GENERAL else None
    kept = await meetings.entries(work.session, meeting_id)
    return LivePoint(
        facts=found.facts(),
        key=key,
        title=item.text if item else "",
        done=key in await meetings.ticks(work.session, meeting_id),
        entries=[each for each in kept if each.item == key],
        late=await _late(work, item),
        live=found.row.state == IN_SESSION,
        drop=drop,
        note=note,
    )


async def _late(work: Work, item: AgendaItem | None) -> list[str]:
    """The tindak lanjut a point is about."""
    if item is None or item.kind != LATE:
        return []
    found = [await work.session.get(FollowUp, number) for number in item.follow_ups]
    return [each.text for each in found if each]


async def _ask_entry(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await writing(work, subject["meeting"])
    key = subject["item"]
    title = find(found.meeting.plan.agenda, key).text if key != GENERAL else ""
    if subject["kind"] not in {DECISION, NOTE}:
        raise Rejected("unknown_button")
    about = "decision" if subject["kind"] == DECISION else "entry"
    return (Text(key="text", about=about, shortest=3, longest=LONGEST, facts={"title": title}),)


async def _write(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await writing(work, subject["meeting"], lock=True)
    await add(work, found, subject["item"], subject["kind"], answers["text"])
    return await point(work, found.row.id, subject["item"], note=Note("written"))


async def add(work: Work, found: Sitting, key: int, kind: str, text: str) -> None:
    """Adds a note or a decision to the minutes."""
    entry = MinuteEntry(
        meeting_id=found.row.id, item_key=str(key), kind=kind, text=text, by=found.me.id, at=work.now
    )
    work.session.add(entry)
    await work.session.flush()
    record(work, found, "write", item=key, kind=kind, text=text)


async def entry_of(work: Work, entry_id: int) -> tuple[Sitting, MinuteEntry]:
    """Something written, where it can still be changed. Raises Rejected."""
    entry = await work.session.get(MinuteEntry, entry_id)
    if entry is None:
        raise Rejected("unknown_button")
    return await writing(work, entry.meeting_id, lock=True), entry


async def strike(work: Work, entry_id: int) -> LivePoint:
    """Removes an entry from the minutes; the audit keeps it. Raises Rejected."""
    found, entry = await entry_of(work, entry_id)
    key = int(entry.item_key)
    record(work, found, "strike", item=key, kind=entry.kind, text=entry.text)
    await work.session.delete(entry)
    await work.session.flush()
    return await point(work, found.row.id, key, note=Note("struck"))


async def _ask_rewriting(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    _, entry = await entry_of(work, subject["entry"])
    return (Text(key="text", about="rewrite", shortest=3, longest=LONGEST, facts={"text": entry.text}),)


async def _rewrite(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found, entry = await entry_of(work, subject["entry"])
    await rewrite(work, found, entry, answers["text"])
    return await point(work, found.row.id, int(entry.item_key), note=Note("written"))


async def rewrite(work: Work, found: Sitting, entry: MinuteEntry, text: str) -> None:
    """Changes the text of an entry; the audit keeps the old one."""
    record(work, found, "rewrite", entry=entry.id, before=entry.text, after=text)
    entry.text = text
    await work.session.flush()


ENTRY = Form("minute", _ask_entry, _write)
REWRITE = Form("minute_rewrite", _ask_rewriting, _rewrite)
