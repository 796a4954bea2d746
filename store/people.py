"""Users, memberships and invitations."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.upsert import insert_into
from store.tables.core import Invitation, Membership, Pokja, User

ACTIVE, PENDING = "active", "pending"
ERASED = "(dihapus)"
"""The name of somebody whose data were removed at their wish."""


async def user_by_telegram(session: AsyncSession, telegram_id: int) -> User | None:
    """The account, if it has ever been seen."""
    return await session.scalar(sa.select(User).where(User.telegram_id == telegram_id))


async def see_user(
    session: AsyncSession, telegram_id: int, name: str, username: str | None, now: datetime
) -> User:
    """The account with its newest name, made when it is new."""
    statement = insert_into(session, User).values(
        telegram_id=telegram_id, name=name, username=username, reach="unknown", created_at=now
    )
    changes = {"name": name, "username": username}
    await session.execute(statement.on_conflict_do_update(index_elements=["telegram_id"], set_=changes))
    user = await user_by_telegram(session, telegram_id)
    assert user is not None
    return user


async def memberships_of(session: AsyncSession, user_id: int) -> Sequence[tuple[Membership, Pokja]]:
    """The Pokja a person is in or waits for, oldest first."""
    query = (
        sa.select(Membership, Pokja)
        .join(Pokja, Pokja.id == Membership.pokja_id)
        .where(Membership.user_id == user_id, Membership.state.in_((ACTIVE, PENDING)))
        .order_by(Membership.id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def topic_of(session: AsyncSession, chat_id: int) -> int | None:
    """The forum topic that what is said to a group goes to; None for General."""
    return await session.scalar(sa.select(Pokja.group_topic_id).where(Pokja.group_chat_id == chat_id))


async def pokja_of_group(session: AsyncSession, chat_id: int) -> Pokja | None:
    """The Pokja a group is linked with."""
    return await session.scalar(sa.select(Pokja).where(Pokja.group_chat_id == chat_id))


async def menus(session: AsyncSession) -> Mapping[int, tuple[str, str]]:
    """By Telegram account: the role in the Pokja they are in now, and the mark of the commands their chat lists.

    Empty where there is none; who has neither, or can't be written to, is left out.
    """
    query = (
        sa.select(User.telegram_id, Membership.role, User.menu)
        .outerjoin(Membership, (Membership.user_id == User.id) & (Membership.state == ACTIVE))
        .where(User.reach == "started", (User.menu != "") | Membership.role.is_not(None))
        .order_by(sa.case((Membership.pokja_id == User.active_pokja_id, 0), else_=1), Membership.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for telegram_id, role, menu in await session.execute(query):
        found.setdefault(telegram_id, (role or "", menu))
    return found


async def note_menu(session: AsyncSession, telegram_id: int, mark: str) -> None:
    """Notes which commands a person's chat lists now."""
    await session.execute(sa.update(User).where(User.telegram_id == telegram_id).values(menu=mark))


async def all_pokja(session: AsyncSession) -> Sequence[Pokja]:
    """Every Pokja, oldest first."""
    return list(await session.scalars(sa.select(Pokja).order_by(Pokja.id)))


async def membership(session: AsyncSession, pokja_id: int, user_id: int) -> Membership | None:
    """A person's membership of a Pokja, whatever its state."""
    return await session.scalar(
        sa.select(Membership).where(Membership.pokja_id == pokja_id, Membership.user_id == user_id)
    )


async def members(
    session: AsyncSession, pokja_id: int, state: str = ACTIVE, roles: frozenset[str] | None = None
) -> Sequence[tuple[Membership, User]]:
    """Members with their accounts, in the order they came."""
    query = (
        sa.select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.pokja_id == pokja_id, Membership.state == state)
        .order_by(Membership.id)
    )
    if roles:
        query = query.where(Membership.role.in_(roles))
    return [(row[0], row[1]) for row in await session.execute(query)]


async def member_with_user(session: AsyncSession, membership_id: int) -> tuple[Membership, User] | None:
    """One member with the account."""
    query = (
        sa.select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.id == membership_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def everyone(session: AsyncSession, pokja_id: int) -> Mapping[int, Membership]:
    """All who are or ever were in the Pokja, by number: history names them too."""
    found = await session.scalars(sa.select(Membership).where(Membership.pokja_id == pokja_id))
    return {member.id: member for member in found}


async def names(session: AsyncSession, pokja_id: int) -> Mapping[int, str]:
    """The names of all who are or ever were in the Pokja, by membership id."""
    query = sa.select(Membership.id, Membership.name).where(Membership.pokja_id == pokja_id)
    return {row[0]: row[1] for row in await session.execute(query)}


async def chats(session: AsyncSession, membership_ids: Collection[int]) -> dict[int, int]:
    """The private chats of members."""
    query = sa.select(Membership.id, User.telegram_id).join(User, User.id == Membership.user_id)
    return {row[0]: row[1] for row in await session.execute(query.where(Membership.id.in_(membership_ids)))}


async def invite(session: AsyncSession, pokja_id: int, role: str, user_id: int, now: datetime) -> Invitation:
    """The Pokja's valid invitation for that role, made when there is none."""
    found = await session.scalar(
        sa.select(Invitation)
        .where(Invitation.pokja_id == pokja_id, Invitation.role == role, Invitation.revoked_at.is_(None))
        .order_by(Invitation.id.desc())
    )
    if found:
        return found
    made = Invitation(
        pokja_id=pokja_id, code=secrets.token_urlsafe(12), role=role, created_by=user_id, created_at=now
    )
    session.add(made)
    await session.flush()
    return made


async def revoke_invitations(session: AsyncSession, pokja_id: int, now: datetime) -> None:
    """Makes all links of the Pokja worthless."""
    await session.execute(
        sa.update(Invitation)
        .where(Invitation.pokja_id == pokja_id, Invitation.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def is_invitation(session: AsyncSession, code: str) -> bool:
    """Whether this is the code of an invitation, be it revoked."""
    return await session.scalar(sa.select(Invitation.id).where(Invitation.code == code)) is not None


async def invitation(session: AsyncSession, code: str) -> tuple[Invitation, Pokja] | None:
    """A valid invitation by its code, with its Pokja."""
    query = (
        sa.select(Invitation, Pokja)
        .join(Pokja, Pokja.id == Invitation.pokja_id)
        .where(Invitation.code == code, Invitation.revoked_at.is_(None))
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None
