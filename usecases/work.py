"""What a use case works with: one transaction, who acts, what time it is, which forms there are."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.dialog.questions import Answers, Question
from domain.faults import Rejected
from store import audit_trail, chat_focus, live_messages, people
from store.chat_focus import Focus
from store.tables.core import Membership, Pokja, User
from usecases.library import Library
from usecases.outcomes import Outcome, Where, where

Subject = Mapping[str, Any]
"""What a form is about, as names and plain values."""


CHANGES_ROLES = ("member.", "pokja.found", "user.erase")
"""How the audit trail's names of what gives or takes a role begin."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The Telegram account an intent comes from. Nothing of it proves a role; memberships do."""

    telegram_id: int
    name: str
    username: str | None = None


@dataclass(frozen=True, slots=True)
class NoMember:
    """What the audit trail knows of whoever did something without being a member: the clock, Telegram, who is gone."""

    pokja_id: int | None = None
    user_id: int | None = None


@dataclass(slots=True)
class Work:
    """One unit of work.

    After the commit `boards` are the activities whose board in the group is behind, and `stale_messages` the
    actor's messages whose buttons have lost their meaning; `has_news` says whether something was put into the outbox;
    `broadcasts` are those whose progress is to be shown again; `has_new_roles` says whether somebody's role, or the
    Pokja they are in, may be another one now.

    `shown_in` is the Pokja of the button or the form that began it, 0 where there is none; `where` the one it has
    turned out to be about.
    """

    session: AsyncSession
    actor: Actor
    now: datetime
    library: Library
    forms: Mapping[str, "Form"] = field(default_factory=dict)
    boards: set[int] = field(default_factory=set)
    stale_messages: set[int] = field(default_factory=set)
    has_news: bool = False
    broadcasts: set[int] = field(default_factory=set)
    has_new_roles: bool = False
    shown_in: int = 0
    where: Where | None = None
    _user: User | None = None

    @classmethod
    def by_clock(cls, session: AsyncSession, now: datetime, library: Library) -> Self:
        """Work that nobody but the clock asked for; it begins no forms."""
        return cls(session, Actor(0, ""), now, library)

    async def user(self) -> User:
        """The actor's account, made when it is new."""
        if self._user is None:
            self._user = await people.user_by_telegram(self.session, self.actor.telegram_id)
        if self._user is not None and self._user.name == people.ERASED:
            return self._user  # until they join again, nothing of them is noted anew
        if self._user is None or (self._user.name, self._user.username) != (
            self.actor.name,
            self.actor.username,
        ):
            self._user = await people.see_user(
                self.session, self.actor.telegram_id, self.actor.name, self.actor.username, self.now
            )
        return self._user

    async def known_again(self) -> User:
        """The actor's account with its name, for who joins or founds: also for who had their data removed."""
        self._user = await people.see_user(
            self.session, self.actor.telegram_id, self.actor.name, self.actor.username, self.now
        )
        return self._user

    async def current(self) -> tuple[Membership, Pokja]:
        """The actor's membership of the Pokja this is about: the one it was shown for, else their active one.

        Raises Rejected: no_pokja; left_pokja where they are no member (any longer) of the one it was shown for.
        """
        user = await self.user()
        mine = [
            pair
            for pair in await people.memberships_of(self.session, user.id)
            if pair[0].state == people.ACTIVE
        ]
        if not mine:
            raise Rejected("no_pokja")
        active = next((pair for pair in mine if pair[1].id == user.active_pokja_id), mine[0])
        meant = self.where.id if self.where else self.shown_in or active[1].id
        found = next((pair for pair in mine if pair[1].id == meant), None)
        if found is None:
            raise Rejected("left_pokja")
        self.where = where(found[1].id, found[1].name, active[1].id)
        return found

    async def member_in(self, pokja_id: int) -> Membership:
        """The actor's membership of the Pokja that something belongs to; this is about it. Raises Rejected."""
        user = await self.user()
        me = require(await people.membership(self.session, pokja_id, user.id), frozenset(roles.ROLES))
        pokja = await self.session.get_one(Pokja, pokja_id)
        self.where = where(pokja_id, pokja.name, user.active_pokja_id)
        return me

    async def move_to(self, pokja_id: int) -> None:
        """Makes a Pokja of the actor's the active one; this goes on there."""
        (await self.user()).active_pokja_id, self.where, self.shown_in = pokja_id, None, pokja_id
        self.has_new_roles = True
        await self.session.flush()

    def forget_where(self) -> None:
        """What comes next is about another thing, wherever that is."""
        self.where, self.shown_in = None, 0

    async def current_as(self, roles: frozenset[str]) -> tuple[Membership, Pokja]:
        """As `current`, for those roles only. Raises Rejected('not_allowed')."""
        me, pokja = await self.current()
        require(me, roles)
        return me, pokja

    async def member_of_mine(self, membership_id: int) -> tuple[Membership, Membership, User]:
        """The actor's membership, and another's in the same Pokja. Raises Rejected('unknown_member')."""
        found = await people.member_with_user(self.session, membership_id)
        if not found or not await people.membership(self.session, found[0].pokja_id, (await self.user()).id):
            raise Rejected("unknown_member")
        return await self.member_in(found[0].pokja_id), *found

    async def active_member(self, pokja_id: int, membership_id: int) -> tuple[Membership, User]:
        """Somebody who is in that Pokja now. Raises Rejected('unknown_member')."""
        found = await people.member_with_user(self.session, membership_id)
        if found is None or found[0].pokja_id != pokja_id or found[0].state != people.ACTIVE:
            raise Rejected("unknown_member")
        return found

    def record(self, action: str, subject: str, by: "Membership | NoMember", /, **details: object) -> None:
        """Leaves a row in the audit trail: what was done, to what, by whom."""
        self.has_new_roles |= action.startswith(CHANGES_ROLES)
        audit_trail.note(
            self.session, action, subject, self.now, pokja_id=by.pokja_id, user_id=by.user_id, **details
        )

    async def release_task(self, task: str) -> None:
        """Ends a task: its message takes no more answers and becomes stale."""
        message_id = await live_messages.find(self.session, self.actor.telegram_id, task)
        if message_id is not None:
            self.stale_messages.add(message_id)
            await live_messages.drop(self.session, self.actor.telegram_id, task)
        if (await chat_focus.find(self.session, self.actor.telegram_id)).task == task:
            await chat_focus.move(self.session, self.actor.telegram_id, Focus())

    def today(self, zone: str) -> date:
        """The date in that zone."""
        return self.now.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of form: its questions for a subject, given the answers so far, and what is done at the end.

    `back` shows where it was begun, to whoever cancels it.
    """

    name: str
    questions: Callable[[Work, Subject, Answers], Awaitable[Sequence[Question]]]
    finish: Callable[[Work, Subject, Answers], Awaitable[Outcome]]
    instrument: Callable[[Subject], str] = lambda subject: ""
    back: Callable[[Work, Subject], Awaitable[Outcome]] | None = None


def require(me: Membership | None, roles: frozenset[str]) -> Membership:
    """The membership, if it is active and has one of the roles. Raises Rejected."""
    if me is None or me.state != people.ACTIVE:
        raise Rejected("stranger")
    if me.role not in roles:
        raise Rejected("not_allowed", role=me.role)
    return me
