"""/dokumen: which documents there are, ordering one, fetching what was made before.

An order is a row; making the files takes seconds, and happens outside of any turn (bot/printing/printer.py).
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.documents.editions import FORMATS
from domain.faults import Rejected
from domain.meetings.meeting import IN_SESSION, PLANNED
from domain.rights import (
    FINISH_PAPER,
    MEMBERS,
    ORDER_PAPER,
    READ_FINAL_PAPER,
    READ_PAPER,
    READ_PRIVATE_PAPER,
    may,
)
from store import activities, documents, letter_numbers, meetings
from store.tables.core import Membership, Pokja
from store.tables.documents import DocumentFile, DocumentOrder
from usecases.activities import inputs
from usecases.documents.kinds.base import OF_MEETING, OF_POKJA, Ground, Paper, ground
from usecases.documents.kinds.registry import find, papers_for
from usecases.documents.outcomes import FileAgain, FileLine, PaperCard, PaperLine, Papers, Printing, Version
from usecases.outcomes import AskFirst, Note, Outcome
from usecases.work import Work

READERS = MEMBERS
"""Documents are for the Pokja itself; guests read what is final of the Pokja's own, not of its meetings."""


NOT_YET_PUBLIC: Mapping[str, str] = {PLANNED: "meeting_not_announced", IN_SESSION: "minutes_not_told"}


async def listing(work: Work, subject: int = 0, page: int = 0) -> Papers:
    """The documents of the Pokja, or of one of its meetings."""
    me, pokja = await work.current()
    found = await _ground(work, me, pokja, subject)
    about = OF_MEETING if subject else OF_POKJA
    open_to_me = [each for each in papers_for(found) if each.about == about and _may_see(each, me)]
    lines = [line for each in open_to_me if (line := await _line(found, each, me))]
    may_manage = me.role in roles.MANAGERS and not subject
    return Papers(pokja=pokja.name, papers=lines, subject=subject, page=page, may_manage=may_manage)


async def card(work: Work, key: str, subject: int = 0, note: Note | None = None) -> PaperCard:
    """One document. What it lacks is found by gathering it. Raises Rejected: unknown_paper, not_allowed."""
    me, pokja = await work.current()
    found, paper = await _paper(work, me, pokja, key, subject)
    may_order = may(me.role, ORDER_PAPER)
    missing = () if paper.is_private or not may_order else (await paper.gather(found)).missing
    versions = await _readable(found, paper, me)
    if not versions and not may_order:
        raise Rejected("not_allowed", role=me.role)
    return PaperCard(
        key=key,
        subject=subject,
        title=paper.title,
        formats=paper.formats if may_order else (),
        missing=missing,
        versions=[_version(order, files) for order, files in versions],
        zone=pokja.zone,
        may_finish=may(me.role, FINISH_PAPER) and not paper.is_private,
        is_private=paper.is_private,
        has_group=pokja.group_chat_id is not None,
        note=note,
        letter_number=await letter_numbers.given(work.session, pokja.id, paper.letter, subject),
        by_hand=paper.by_hand(found) if me.role in roles.MANAGERS else (),
    )


async def order(
    work: Work, key: str, subject: int, kind: str, message_id: int | None, *, is_final: bool = False
) -> Printing:
    """Orders a document in one format, or in all (''). What is being made for this chat already isn't made twice.

    Raises Rejected: unknown_paper, not_allowed (only Ketua and Sekretaris declare final), paper_incomplete.
    """
    me, pokja = await work.current_as(roles.MANAGERS if is_final else READERS)
    found, paper = await _paper(work, me, pokja, key, subject)
    if (kind and kind not in paper.formats) or (is_final and paper.is_private):
        raise Rejected("unknown_paper")
    if is_final:
        _require_complete((await paper.gather(found)).missing)
    made = DocumentOrder(
        pokja_id=pokja.id,
        by=me.id,
        paper=key,
        subject=subject,
        formats=[kind] if kind else list(paper.formats),
        is_final=is_final,
        chat_id=work.actor.telegram_id,
        message_id=message_id,
        title=paper.title,
        ordered_at=work.now,
    )
    if (waiting := await documents.under_way(work.session, made)) is not None:
        waiting.message_id = message_id
        return await _shown(work.session, waiting)
    work.session.add(made)
    await work.session.flush()
    facts = {"paper": made.paper, "about": made.subject, "final": made.is_final}
    work.record("document.ordered", f"document {made.id}", me, **facts)
    return printing_of(made, ())


async def ask_final(work: Work, key: str, subject: int) -> AskFirst:
    """Asks before a document is made final, and tells which results are being changed. Raises Rejected."""
    me, pokja = await work.current_as(roles.MANAGERS)
    found, paper = await _paper(work, me, pokja, key, subject)
    if paper.is_private:
        raise Rejected("unknown_paper")
    _require_complete((await paper.gather(found)).missing)
    stale = await _stale(work, pokja)
    return AskFirst(step="paper_final", id=subject, word=key, details={"title": paper.title, "stale": stale})


async def _stale(work: Work, pokja: Pokja) -> list[str]:
    """Titles of results that rest on something that has changed."""
    run = await activities.current_run(work.session, pokja.id)
    if run is None:
        return []
    process = await work.library.get(work.session, run.process_version_id)
    return [
        process.activity(*path.split("/")).title for path in await inputs.stale_in_run(work, run, process)
    ]


async def ordered(work: Work, key: str, subject: int, message_id: int) -> Outcome:
    """How far the order is that was pressed on that message; the document's card where there was none."""
    await work.current_as(READERS)
    found = await documents.shown_at(work.session, work.actor.telegram_id, message_id)
    return await (_shown(work.session, found) if found else card(work, key, subject))


def _require_complete(missing: Sequence[str]) -> None:
    if missing:
        raise Rejected("paper_incomplete", missing=list(missing))


async def progress(session: AsyncSession, order_id: int) -> tuple[DocumentOrder, Printing] | None:
    """How far an order is; None for one that doesn't exist."""
    found = await session.get(DocumentOrder, order_id)
    return (found, await _shown(session, found)) if found else None


async def _shown(session: AsyncSession, made: DocumentOrder) -> Printing:
    files = await documents.files_of(session, [made.id])
    return printing_of(made, [each.format for each in files])


def printing_of(made: DocumentOrder, done: Sequence[str]) -> Printing:
    """The order as it is shown."""
    return Printing(
        order_id=made.id,
        key=made.paper,
        subject=made.subject,
        title=made.title,
        state=made.state,
        formats=tuple(made.formats),
        done=tuple(done),
        missing=tuple(made.missing),
        is_final=made.is_final,
        version=made.version,
    )


async def fetch(work: Work, file_id: int) -> FileAgain:
    """A stored file, to be sent again. Raises Rejected: file_gone, not_allowed."""
    me, pokja = await work.current()
    found = await documents.find_file(work.session, file_id)
    if found is None or found[0].pokja_id != pokja.id:
        raise Rejected("file_gone")
    paper = find(await _ground(work, me, pokja, found[0].subject), found[0].paper)
    if not may_read(found[0], me) or (paper and not _may_see(paper, me)):
        raise Rejected("not_allowed", role=me.role)
    return _again(*found)


def may_read(made: DocumentOrder, me: Membership) -> bool:
    """Whether somebody may read a version that was made: guests what is final."""
    return may(me.role, READ_FINAL_PAPER if made.is_final else READ_PAPER)


async def file_of(session: AsyncSession, file_id: int) -> FileAgain | None:
    """A file that is to be sent; None once it isn't kept any more."""
    found = await documents.find_file(session, file_id)
    return _again(*found) if found else None


def _again(made: DocumentOrder, file: DocumentFile) -> FileAgain:
    return FileAgain(
        name=file.name,
        title=made.title,
        kind=file.format,
        version=made.version,
        is_final=made.is_final,
        content=file.content,
    )


async def _ground(work: Work, me: Membership, pokja: Pokja, subject: int) -> Ground:
    """What documents are made of. Raises Rejected where those of the meeting aren't the actor's to read now."""
    if subject:
        meeting = await meetings.find(work.session, subject)
        if meeting is None or meeting.pokja_id != pokja.id:
            raise Rejected("unknown_button")
        if not may(me.role, READ_PAPER):
            raise Rejected("not_allowed", role=me.role)
        if not may(me.role, READ_PAPER, meeting.state):
            raise Rejected(NOT_YET_PUBLIC[meeting.state])
    return await ground(work.session, work.library, pokja.id, work.now, subject)


async def _paper(work: Work, me: Membership, pokja: Pokja, key: str, subject: int) -> tuple[Ground, Paper]:
    found = await _ground(work, me, pokja, subject)
    paper = find(found, key)
    if paper is None or (paper.about == OF_MEETING) != bool(subject):
        raise Rejected("unknown_paper")
    if not _may_see(paper, me):
        raise Rejected("not_allowed", role=me.role)
    return found, paper


def _may_see(paper: Paper, me: Membership) -> bool:
    return not paper.is_private or may(me.role, READ_PRIVATE_PAPER)


async def _readable(
    found: Ground, paper: Paper, me: Membership
) -> Sequence[tuple[DocumentOrder, Sequence[DocumentFile]]]:
    """The versions that were made and that somebody may read, the newest first."""
    made = await documents.kept(found.session, found.pokja.id, paper.key, found.subject)
    return [each for each in made if may_read(each[0], me)]


async def _line(found: Ground, paper: Paper, me: Membership) -> PaperLine | None:
    """The document in the list; None where there is nothing of it that the actor may order or read."""
    kept = await _readable(found, paper, me)
    if not kept and not may(me.role, ORDER_PAPER):
        return None
    newest = kept[0][0] if kept else None
    return PaperLine(
        paper.key, paper.title, newest.version if newest else 0, bool(newest and newest.is_final)
    )


def _version(made: DocumentOrder, files: Sequence[DocumentFile]) -> Version:
    assert made.made_at is not None
    lines = [FileLine(each.id, each.format, each.name) for each in sorted(files, key=rank)]
    return Version(made.id, made.version, made.is_final, made.made_at, lines)


def rank(file: DocumentFile) -> int:
    """The sort key of a file: the order of the formats."""
    return FORMATS.index(file.format)
