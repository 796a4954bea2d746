"""Who of a Pokja can't be written to, and why."""

from domain import roles
from domain.broadcasts.broadcast import UNREACHABLE
from store import people
from store.tables.core import Membership, User
from usecases.broadcasts.outcomes import OutOfReach, ReachList
from usecases.outcomes import person
from usecases.work import Work

A_PAGE = 6


async def listing(work: Work, page: int = 0) -> ReachList:
    """Active members who never pressed Start, blocked the bot, or whose account is gone; for Ketua and Sekretaris."""
    me, pokja = await work.current_as(roles.MANAGERS)
    lost = [pair for pair in await people.members(work.session, pokja.id) if pair[1].reach in UNREACHABLE]
    code = await people.invite(work.session, pokja.id, roles.ANGGOTA, me.user_id, work.now)
    here = lost[page * A_PAGE : (page + 1) * A_PAGE]
    return ReachList(
        pokja=pokja.name,
        people=[_lost(*pair) for pair in here],
        total=len(lost),
        code=code.code,
        page=page,
    )


def _lost(member: Membership, user: User) -> OutOfReach:
    return OutOfReach(person(member, user), user.reach)
