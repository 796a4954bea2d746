"""Whom a broadcast goes to: the choices a writer has, and who that is at the moment it is sent."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.broadcasts.broadcast import ANSWERED, READ, REPLIED, Asked, Audience, Person, select
from domain.dialog.questions import Answers, Choice, Option, Question, Several
from domain.faults import Rejected
from domain.meetings.attendance import standing
from domain.meetings.meeting import COMING
from store import activities, broadcasts, meetings, people
from store.tables.broadcasts import BroadcastRow
from store.tables.core import Activity, Membership, Pokja, User
from store.tables.meetings import MeetingRow
from usecases.activities import progress
from usecases.broadcasts.outcomes import AudienceShown
from usecases.library import Library
from usecases.work import Work

ALL, ROLES, INSTANSI, GROUPS = "all", "roles", "instansi", "groups"
LACKING = (ANSWERED, REPLIED, READ)
MOST_OFFERED = 40
"""Activities, meetings or broadcasts to choose from: the newest."""

MOST_INSTANSI = 60
"""As many switches as a button's number has bits for."""

Addressee = tuple[Membership, User]


def audience_of(data: Mapping[str, Any]) -> Audience:
    """An audience from the plain data it is kept as."""
    named = {kind: tuple(data[kind]) for kind in (ROLES, INSTANSI, GROUPS, "people")}
    return replace(Audience(), lacking=data["lacking"], of=data["of"], **named)


def plain(audience: Audience) -> dict[str, object]:
    """The audience as plain data."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in asdict(audience).items()
    }


async def everybody(session: AsyncSession, pokja_id: int, but: int) -> list[tuple[Person, Addressee]]:
    """All active members as audiences see them, except the writer."""
    groups = await broadcasts.groups_of_members(session, pokja_id)
    found = await people.members(session, pokja_id)
    return [(_as_person(*pair, groups), pair) for pair in found if pair[0].id != but]


def _as_person(member: Membership, user: User, groups: Mapping[int, frozenset[str]]) -> Person:
    return Person(member.id, member.role, member.instansi, groups.get(member.id, frozenset()), user.reach)


async def addressees(
    session: AsyncSession, library: Library, pokja: Pokja, audience: Audience, by: int
) -> list[Addressee]:
    """The members the audience stands for now. Raises Rejected('audience_empty')."""
    known = await everybody(session, pokja.id, by)
    done = await _asked(session, library, pokja.id, audience) if audience.lacking else None
    pairs = {person.id: pair for person, pair in known}
    return [pairs[person.id] for person in select(audience, [person for person, _ in known], done)]


async def _asked(session: AsyncSession, library: Library, pokja_id: int, audience: Audience) -> Asked:
    """Who was asked, and who has done it. Raises Rejected('audience_empty') for what isn't this Pokja's."""
    readers = {ANSWERED: _answered, REPLIED: _replied, READ: _read}
    found = await readers[audience.lacking](session, library, pokja_id, audience.of)
    if found is None:
        raise Rejected("audience_empty")
    return found


async def _answered(session: AsyncSession, library: Library, pokja_id: int, number: int) -> Asked | None:
    activity = await session.get(Activity, number)
    if activity is None or activity.pokja_id != pokja_id:
        return None
    count = await progress.count(session, library, activity)
    return Asked(frozenset(count.done + count.missing), frozenset(count.done))


async def _replied(session: AsyncSession, library: Library, pokja_id: int, number: int) -> Asked | None:
    row = await meetings.find(session, number)
    if row is None or row.pokja_id != pokja_id or row.asked_at is None:
        return None
    invited = frozenset(member.id for member, _ in await meetings.invited(session, number))
    replied = standing(meetings.of_row(row), await meetings.replies(session, number))
    return Asked(invited, frozenset(replied))


async def _read(session: AsyncSession, library: Library, pokja_id: int, number: int) -> Asked | None:
    row = await session.get(BroadcastRow, number)
    if row is None or row.pokja_id != pokja_id or row.last_planned is None:
        return None
    sent = await broadcasts.addressed(session, row)
    read = frozenset(each.member_id for each in sent if each.is_read)
    return Asked(frozenset(each.member_id for each in sent), read)


async def questions(work: Work, pokja: Pokja, me: Membership, answers: Answers) -> Sequence[Question]:
    """Which kind of audience, of those there are, and then which of that kind."""
    offered = await _offered(work, pokja, me)
    kinds = tuple(Option(kind, about=f"audience.{kind}") for kind in (ALL, *offered))
    first = Choice(key="to", about="to", options=kinds)
    kind = answers.get("to")
    if kind not in offered:
        return (first,)
    several = kind in {ROLES, INSTANSI, GROUPS}
    return (first, (Several if several else Choice)(key=kind, about=kind, options=offered[kind]))


async def _offered(work: Work, pokja: Pokja, me: Membership) -> dict[str, tuple[Option, ...]]:
    """What there is to choose from, by kind; kinds without anything are left out."""
    known = [person for person, _ in await everybody(work.session, pokja.id, me.id)]
    offered = {
        ROLES: _roles(known),
        INSTANSI: _instansi(known),
        GROUPS: await _titled(work, await broadcasts.groups(work.session, pokja.id, MOST_OFFERED)),
        ANSWERED: await _titled(work, await activities.open_activities(work.session, pokja.id)),
        REPLIED: await _meetings(work, pokja),
        READ: await _read_before(work, pokja),
    }
    return {kind: options for kind, options in offered.items() if options}


def _roles(known: Sequence[Person]) -> tuple[Option, ...]:
    held = {person.role for person in known}
    return tuple(Option(role, about=f"role.{role}") for role in roles.ROLES if role in held)


def _instansi(known: Sequence[Person]) -> tuple[Option, ...]:
    names = sorted({person.instansi for person in known})[:MOST_INSTANSI]
    return tuple(Option(_mark(name), name) for name in names)


def _mark(name: str) -> str:
    """A short, permanent name that fits into a button's data."""
    return hashlib.blake2s(name.encode(), digest_size=5).hexdigest()


async def _titled(work: Work, found: Sequence[Activity]) -> tuple[Option, ...]:
    return tuple([Option(str(each.id), await title(work, each)) for each in found[:MOST_OFFERED]])


async def title(work: Work, activity: Activity) -> str:
    """The activity's title; a breakout group's copy tells which group's it is."""
    return (await work.library.frame(work.session, activity.id, activity.revision)).title


async def _meetings(work: Work, pokja: Pokja) -> tuple[Option, ...]:
    query = sa.select(MeetingRow).where(
        MeetingRow.pokja_id == pokja.id, MeetingRow.state.in_(COMING), MeetingRow.asked_at.is_not(None)
    )
    found = await work.session.scalars(query.order_by(MeetingRow.starts).limit(MOST_OFFERED))
    return tuple(Option(str(each.id), each.title) for each in found)


async def _read_before(work: Work, pokja: Pokja) -> tuple[Option, ...]:
    found = await broadcasts.asking_to_be_read(work.session, pokja.id, MOST_OFFERED)
    return tuple(Option(str(each.id), beginning(each)) for each in found)


def beginning(row: BroadcastRow) -> str:
    """What a broadcast is called in a list: how its text begins, or its file's name."""
    text = " ".join(row.text.split()) or str((row.file or {}).get("name", ""))
    return text if len(text) <= 40 else text[:39].rstrip() + "…"  # noqa: PLR2004 - a line on a phone


async def chosen(work: Work, pokja: Pokja, me: Membership, answers: Answers) -> Audience:
    """The audience that was chosen."""
    kind = answers["to"]
    if kind == ALL:
        return Audience()
    if kind in LACKING:
        return Audience(lacking=kind, of=int(answers[kind]))
    if kind == INSTANSI:
        known = [person for person, _ in await everybody(work.session, pokja.id, me.id)]
        return Audience(instansi=tuple(o.label for o in _instansi(known) if o.value in answers[kind]))
    if kind == ROLES:
        return Audience(roles=tuple(answers[kind]))
    return Audience(groups=tuple(answers[kind]))


async def shown(work: Work, audience: Audience) -> AudienceShown:
    """The audience as it is told."""
    if audience.lacking:
        return AudienceShown(audience.lacking, await _name_of(work, audience))
    for kind in (ROLES, INSTANSI):
        if named := getattr(audience, kind):
            return AudienceShown(kind, named)
    if audience.groups:
        found = [await work.session.get(Activity, int(each)) for each in audience.groups]
        return AudienceShown(GROUPS, [await title(work, each) for each in found if each is not None])
    return AudienceShown(ALL)


async def _name_of(work: Work, audience: Audience) -> list[str]:
    if audience.lacking == ANSWERED:
        activity = await work.session.get(Activity, audience.of)
        return [await title(work, activity)] if activity else []
    if audience.lacking == REPLIED:
        meeting = await work.session.get(MeetingRow, audience.of)
        return [meeting.title] if meeting else []
    row = await work.session.get(BroadcastRow, audience.of)
    return [beginning(row)] if row else []
