"""Where the keys of broadcasts, and of who can be reached, lead."""

from bot.places.base import ITSELF, Place, form
from domain import roles
from usecases.broadcasts import form as writing
from usecases.broadcasts import reach, sending, views
from usecases.outcomes import Nothing, Outcome
from usecases.work import Subject, Work


async def _card(work: Work, broadcast_id: int, page: int = 0) -> Outcome:
    return await views.card(work, broadcast_id, page=page)


BROADCASTS = Place("broadcasts", views.listing, more="page")
BROADCAST = Place("broadcast", _card, "broadcast_id", more="page")
BESIDE = Place("broadcast_more", _card, "broadcast_id", more="page")
"""Shown in a message of its own: the one pressed goes on showing how far the broadcast is."""


async def _of_mine(work: Work) -> Subject:
    _, pokja = await work.current_as(roles.MANAGERS)
    return {"pokja": pokja.id}


WRITE = form("write_broadcast", writing.FORM, _of_mine)


async def _sent(work: Work, broadcast_id: int, on_card: bool) -> Outcome:
    """The message that shows how far it is stays as it is."""
    return await views.card(work, broadcast_id) if on_card else Nothing()


AGAIN = Place("broadcast_again", sending.send_again, "broadcast_id", more="on_card", done_at=_sent)
CANCEL = Place("broadcast_cancel", sending.ask_to_cancel, "broadcast_id", done_at=BROADCAST)
OFF = Place("broadcast_off", sending.cancel, "broadcast_id", done_at=BROADCAST, is_final=True)
READ = Place("broadcast_read", sending.read, "recipient_id", done_at=ITSELF)
REACH = Place("reach", reach.listing, more="page", done_at=ITSELF)
