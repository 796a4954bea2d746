"""Handing a final document round: to the group, or to each member, after a second question. To nobody twice."""

from collections.abc import Mapping

from domain import roles
from domain.broadcasts.broadcast import UNREACHABLE
from domain.faults import Rejected
from store import documents, outbox, people
from store.outbox import Message
from store.tables.core import Pokja
from store.tables.documents import DocumentFile, DocumentOrder
from usecases.documents.ordering import READERS, card, rank
from usecases.documents.outcomes import PaperCard, Share
from usecases.notifying import NORMAL
from usecases.outcomes import Note
from usecases.work import Work

GROUP, MEMBERS = "group", "members"


async def ask(work: Work, order_id: int, to: str) -> Share:
    """Asks once more, with how many it will go to.

    Raises Rejected: not_allowed, file_gone, no_group, shared_already (nobody is left who hasn't got it).
    """
    _, pokja = await work.current_as(roles.MANAGERS)
    order, file = await _final(work, pokja, order_id)
    chats, lost = await _chats(work, pokja, file, to)
    return Share(
        order_id=order.id,
        key=order.paper,
        subject=order.subject,
        title=order.title,
        version=order.version,
        kind=file.format,
        to=to,
        count=len(chats),
        lost=lost,
    )


async def send(work: Work, order_id: int, to: str) -> PaperCard:
    """Sends the document to those who haven't got it. Raises Rejected as `ask`."""
    me, pokja = await work.current_as(roles.MANAGERS)
    order, file = await _final(work, pokja, order_id)
    chats, _ = await _chats(work, pokja, file, to)
    messages = [
        Message(
            reason, chat_id, "document", {"file_id": file.id}, work.now, priority=NORMAL, pokja_id=pokja.id
        )
        for reason, chat_id in chats.items()
    ]
    count = await outbox.queue(work.session, messages)
    work.has_news = True
    work.record("document.shared", f"document {order.id}", me, to=to, count=count)
    return await card(work, order.paper, order.subject, Note(f"paper_shared_{to}", {"count": count}))


async def card_of(work: Work, order_id: int) -> PaperCard:
    """The card of the document that was ordered. Raises Rejected('file_gone')."""
    _, pokja = await work.current()
    order = await work.session.get(DocumentOrder, order_id)
    if order is None or order.pokja_id != pokja.id:
        raise Rejected("file_gone")
    return await card(work, order.paper, order.subject)


async def _final(work: Work, pokja: Pokja, order_id: int) -> tuple[DocumentOrder, DocumentFile]:
    """The version with the file that is handed round: the PDF, where there is one."""
    order = await work.session.get(DocumentOrder, order_id)
    if order is None or order.pokja_id != pokja.id or not order.is_final:
        raise Rejected("file_gone")
    files = sorted(await documents.files_of(work.session, [order.id]), key=rank)
    if not files:
        raise Rejected("file_gone")
    return order, files[0]


async def _chats(work: Work, pokja: Pokja, file: DocumentFile, to: str) -> tuple[Mapping[str, int], int]:
    """Reason → chat of all who haven't got it yet, and how many can't be reached."""
    if to == GROUP:
        if pokja.group_chat_id is None:
            raise Rejected("no_group")
        chats, lost = [pokja.group_chat_id], 0
    else:
        chats, lost = await _members(work, pokja)
    reasons = {documents.reason(file.order_id, file.format, chat_id): chat_id for chat_id in chats}
    albums = [documents.reason(file.order_id, documents.ALBUM, chat_id) for chat_id in chats]
    known = await outbox.known(work.session, [*reasons, *albums])
    fresh = {
        reason: chat_id
        for (reason, chat_id), album in zip(reasons.items(), albums, strict=True)
        if not known & {reason, album}
    }
    if not fresh:
        raise Rejected("shared_already")
    return fresh, lost


async def _members(work: Work, pokja: Pokja) -> tuple[list[int], int]:
    """The chats of those who may read documents, and how many of them can't be reached."""
    found = await people.members(work.session, pokja.id, roles=READERS)
    reached = [user.telegram_id for _, user in found if user.reach not in UNREACHABLE]
    return reached, len(found) - len(reached)
