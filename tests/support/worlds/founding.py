"""The rows every world begins with: a Pokja, its members, a process begun."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from domain import roles
from store import people
from store.tables.core import Membership, Pokja, ProcessVersion, Run
from usecases.people import founding
from usecases.work import Work


@dataclass(frozen=True)
class Newcomer:
    """Somebody who becomes a member; `has_started` tells whether the bot may write to them already."""

    telegram_id: int
    name: str
    role: str = roles.ANGGOTA
    instansi: str = "Dinas"
    jabatan: str = "Staf"
    has_started: bool = True


async def founded(work: Work, name: str = "Pokja Air Minum", zone: str = founding.DEFAULT_ZONE) -> Pokja:
    """A Pokja without members."""
    return await founding.found(work, name, "Kabupaten Sukamaju", zone)


async def joined(work: Work, pokja: Pokja, who: Newcomer) -> Membership:
    """An active member."""
    user = await people.see_user(work.session, who.telegram_id, who.name, None, work.now)
    if who.has_started:
        user.reach, user.active_pokja_id = "started", pokja.id
    member = Membership(
        pokja_id=pokja.id,
        user_id=user.id,
        name=who.name,
        instansi=who.instansi,
        jabatan=who.jabatan,
        role=who.role,
        state=people.ACTIVE,
        joined_at=work.now,
    )
    work.session.add(member)
    await work.session.flush()
    return member


async def set_out(work: Work, pokja: Pokja, name: str, source: str) -> None:
    """The Pokja is at the beginning of this process, which several may be on their way through."""
    seal = hashlib.sha256(source.encode()).hexdigest()
    version = await work.session.scalar(sa.select(ProcessVersion).where(ProcessVersion.sha256 == seal))
    if version is None:
        version = ProcessVersion(name=name, version=1, sha256=seal, source=source)
        work.session.add(version)
        await work.session.flush()
    begun = work.today(pokja.zone)
    work.session.add(
        Run(pokja_id=pokja.id, process_version_id=version.id, start_date=begun, created_at=work.now)
    )
    await work.session.flush()
