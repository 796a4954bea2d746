"""Where the keys about people lead: the menu, members, invitations, the group, one's own data."""

from bot.places.base import ITSELF, Place, form
from usecases import menu
from usecases.outcomes import Note, Outcome, Said
from usecases.people import founding, groups, joining, members, privacy
from usecases.work import Subject, Work

MENU = Place("menu", menu.show)


async def _later(work: Work, task: str) -> Outcome:
    """The task is put aside: what is typed from now on does not answer it."""
    await work.release_task(task)
    return await menu.show(work, Note("kept_for_later"))


LATER = Place("later", _later, word="task", done_at=MENU)


async def _help(work: Work) -> Outcome:
    return Said(code="help")


HELP = Place("help", _help)


async def _nothing(work: Work) -> Subject:
    return {}


FOUND = form("found", founding.FORM, _nothing)
MEMBERS = Place("members", members.listing, more="page")
MEMBER = Place("member", members.card, "membership_id")


async def _accept(work: Work, membership_id: int) -> Outcome:
    return await joining.decide(work, membership_id, accept=True)


async def _decline(work: Work, membership_id: int, sure: bool = False) -> Outcome:
    return await (
        joining.decide(work, membership_id, accept=False) if sure else joining.ask(work, membership_id)
    )


ACCEPT = Place("accept", _accept, "membership_id", done_at=MEMBER)
DECLINE = Place("decline", _decline, "membership_id", more="sure", done_at=MEMBER)
AUTHORS = Place("authors", members.show_authors, more="shown", done_at=MEMBERS)
ROLE = Place("role", members.set_role, "membership_id", word="role", done_at=MEMBER)
SURE = Place("sure", members.ask, "membership_id", word="action")


async def _do(work: Work, membership_id: int, action: str) -> Outcome:
    if action == privacy.ERASE:
        return await privacy.erase(work)
    if action == groups.UNLINK:
        return await groups.unlink_by_ketua(work, membership_id)
    return await members.carry_out(work, action, membership_id)


async def _done(work: Work, action: str) -> Outcome:
    """Whoever had their data removed is told so again: looking for them would note their name again."""
    if action == groups.UNLINK:
        return await groups.card(work)
    return privacy.ERASED if action == privacy.ERASE else await menu.show(work)


DO = Place("do", _do, "membership_id", word="action", done_at=_done, is_final=True)
INVITE = Place("invite", members.invitation, done_at=ITSELF)
QR = Place("qr", members.invitation, done_at=ITSELF)
RENEW = Place("renew", members.renew_invitation, done_at=INVITE, is_final=True)
POKJA_LIST = Place("pokja_list", members.choose_pokja)


async def _pokja(work: Work, pokja_id: int) -> Outcome:
    await members.set_pokja(work, pokja_id)
    return await menu.show(work, Note("pokja_set"))


POKJA = Place("pokja", _pokja, "pokja_id", done_at=MENU)
GROUP = Place("group", groups.card)
UNLINK_GROUP = Place("unlink_group", groups.ask_to_unlink)
OWN_DATA = Place("own_data", privacy.view)
ERASE = Place("erase", privacy.ask)
