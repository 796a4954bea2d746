"""A person's own data: seeing it, and having it removed."""

from collections.abc import Sequence

import sqlalchemy as sa

from domain import roles
from domain.faults import Rejected
from store import activities, people
from store import follow_ups as store_follow_ups
from store.tables.chats import ChatFocus, KeptWords, LiveMessage
from store.tables.core import Answer, Draft, FollowUp, Membership, Outgoing, Pokja, User
from store.tables.reminders import AbsenceRow
from usecases import notifying
from usecases.outcomes import Outcome, Said, Sure, person
from usecases.people.outcomes import OwnData
from usecases.work import NoMember, Work

GONE = people.ERASED
ERASED = Said(code="erased", way_on="")
ERASE = "erase"
"""What is asked once more, and done after the second yes."""


async def view(work: Work) -> OwnData:
    """What is kept of the actor."""
    user = await work.user()
    mine = await people.memberships_of(work.session, user.id)
    ids = [member.id for member, _ in mine]
    answers = await work.session.scalar(sa.select(sa.func.count()).where(Answer.ballot.in_(ids))) or 0
    follow_ups = await work.session.scalar(sa.select(sa.func.count()).where(FollowUp.owner_id.in_(ids))) or 0
    memberships = [(pokja.name, person(member, user)) for member, pokja in mine]
    return OwnData(name=user.name, memberships=memberships, answers=answers, follow_ups=follow_ups)


async def ask(work: Work) -> Sure:
    """Asks once more. Raises Rejected for a Ketua, who hands over first."""
    user = await work.user()
    _refuse_ketua(await _everywhere(work, user))
    return Sure(action=ERASE, id=user.id)


async def erase(work: Work) -> Outcome:
    """Removes the person: memberships end, name and office go, drafts go. Their answers stay, without a name.

    What the Pokja adopted is a record of the office and stays sealed. Raises Rejected for a Ketua, who hands
    over first.
    """
    user = await work.user()
    everywhere = await _everywhere(work, user)
    _refuse_ketua(everywhere)
    for member in everywhere:
        await _forget(work, member)
    await work.session.execute(sa.delete(Draft).where(Draft.user_id == user.id))
    ids = [member.id for member in everywhere]
    await activities.forget_superseded(work.session, ids)
    await work.session.execute(sa.delete(AbsenceRow).where(AbsenceRow.membership_id.in_(ids)))
    for table in (LiveMessage, ChatFocus, KeptWords, Outgoing):
        await work.session.execute(sa.delete(table).where(table.chat_id == work.actor.telegram_id))
    user.name, user.username, user.active_pokja_id = GONE, None, None
    work.record("user.erase", f"user {user.id}", NoMember(user_id=user.id))
    await work.session.flush()
    return ERASED


async def _everywhere(work: Work, user: User) -> Sequence[Membership]:
    return list(await work.session.scalars(sa.select(Membership).where(Membership.user_id == user.id)))


def _refuse_ketua(everywhere: Sequence[Membership]) -> None:
    if any(member.role == roles.KETUA and member.state == people.ACTIVE for member in everywhere):
        raise Rejected("ketua_must_hand_over")


async def _forget(work: Work, member: Membership) -> None:
    """A membership without its person. The managers hear that somebody is gone, and whether work is left behind."""
    was_active = member.state == people.ACTIVE
    member.name, member.instansi, member.jabatan, member.state = GONE, GONE, GONE, "left"
    await work.session.flush()
    if was_active:
        pokja = await work.session.get_one(Pokja, member.pokja_id)
        left = len(await store_follow_ups.open_of(work.session, member.id))
        reason = f"member {member.id} erased {work.now:%Y%m%d%H%M%S%f}"
        await notifying.tell_managers(work, pokja, reason, "member_erased", follow_ups=left)
