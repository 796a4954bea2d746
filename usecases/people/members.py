"""The people of a Pokja: the list, invitations, roles, handing over, leaving, removing."""

from collections.abc import Awaitable, Callable, Mapping

from domain import roles
from domain.faults import Rejected
from store import outbox, people
from store.tables.core import Membership, Pokja, User
from usecases import notifying
from usecases.outcomes import Note, Outcome, Said, Sure, person
from usecases.people.outcomes import Invited, MemberCard, Members, PokjaList
from usecases.work import Work, require


async def listing(work: Work, page: int = 0, note: Note | None = None) -> Members:
    """Everybody, and for managers who waits to be let in."""
    me, pokja = await work.current()
    may_manage = me.role in roles.MANAGERS
    pending = await people.members(work.session, pokja.id, people.PENDING) if may_manage else []
    return Members(
        pokja=pokja.name,
        people=[person(*pair) for pair in await people.members(work.session, pokja.id)],
        pending=[person(*pair) for pair in pending],
        may_manage=may_manage,
        may_chair=me.role == roles.KETUA,
        authors_shown=pokja.authors_shown,
        page=page,
        note=note,
    )


async def invitation(work: Work, note: Note | None = None) -> Invited:
    """The links that bring members and guests in."""
    me, pokja = await work.current_as(roles.MANAGERS)
    code = await people.invite(work.session, pokja.id, roles.ANGGOTA, me.user_id, work.now)
    guest = await people.invite(work.session, pokja.id, roles.TAMU, me.user_id, work.now)
    return Invited(pokja=pokja.name, code=code.code, guest_code=guest.code, note=note)


async def renew_invitation(work: Work) -> Invited:
    """New links; the old ones are worth nothing from now on."""
    me, pokja = await work.current_as(roles.MANAGERS)
    await people.revoke_invitations(work.session, pokja.id, work.now)
    work.record("invitation.renew", f"pokja {pokja.id}", me)
    return await invitation(work, Note("invitation_renewed"))


async def card(work: Work, membership_id: int, note: Note | None = None) -> MemberCard:
    """One member."""
    me, member, user = await work.member_of_mine(membership_id)
    return MemberCard(
        person=person(member, user),
        state=member.state,
        may_manage=me.role in roles.MANAGERS and member.role != roles.KETUA,
        may_chair=me.role == roles.KETUA,
        is_me=me.id == member.id,
        note=note,
    )


async def set_role(work: Work, membership_id: int, role: str) -> MemberCard:
    """The Ketua gives a member another role; being Ketua itself is handed over."""
    me, member, user = await work.member_of_mine(membership_id)
    require(me, frozenset({roles.KETUA}))
    if role not in roles.ASSIGNABLE or member.role == roles.KETUA or member.state != people.ACTIVE:
        raise Rejected("role_not_given")
    if member.role != role:
        work.record("member.role", f"member {member.id}", me, before=member.role, after=role)
        member.role = role
        await work.session.flush()
        await _tell(work, member, user, "role_given", role=role)
    return await card(work, membership_id, Note("role_set", {"name": member.name, "role": role}))


async def show_authors(work: Work, *, shown: bool) -> Members:
    """The Ketua sets whether writers are named; what began before keeps to what its members were told."""
    me, pokja = await work.current_as(frozenset({roles.KETUA}))
    if pokja.authors_shown != shown:
        pokja.authors_shown = shown
        work.record("pokja.authors", f"pokja {pokja.id}", me, shown=shown)
        await work.session.flush()
    return await listing(work, note=Note("authors_shown" if shown else "authors_hidden", stays=True))


async def ask(work: Work, action: str, membership_id: int) -> Sure:
    """Asks once more before something that is hard to take back."""
    me, member, _ = await work.member_of_mine(membership_id)
    _permit(action, me, member)
    return Sure(action=action, id=membership_id, details={"name": member.name})


async def carry_out(work: Work, action: str, membership_id: int) -> Outcome:
    """Hands over, removes or leaves, after the second yes."""
    me, member, user = await work.member_of_mine(membership_id)
    _permit(action, me, member)
    return await ACTIONS[action](work, me, member, user)


def _permit(action: str, me: Membership, member: Membership) -> None:
    """Raises Rejected where the action isn't the actor's to take."""
    if member.state != people.ACTIVE or action not in ACTIONS:
        raise Rejected("unknown_member")
    if action == "leave":
        if me.id != member.id:
            raise Rejected("not_allowed", role=me.role)
        if me.role == roles.KETUA:
            raise Rejected("ketua_must_hand_over")
    elif action == "hand_over":
        require(me, frozenset({roles.KETUA}))
        if me.id == member.id or member.role == roles.TAMU:
            raise Rejected("role_not_given")
    else:
        require(me, roles.MANAGERS)
        if member.role == roles.KETUA or me.id == member.id:
            raise Rejected("role_not_given")


async def _hand_over(work: Work, me: Membership, member: Membership, user: User) -> Outcome:
    me.role = roles.ANGGOTA
    await work.session.flush()  # there is never a second one, not even for a moment
    member.role = roles.KETUA
    work.record("member.hand_over", f"member {member.id}", me)
    await work.session.flush()
    await _tell(work, member, user, "role_given", role=roles.KETUA)
    return await listing(work, note=Note("handed_over", {"name": member.name}))


async def _remove(work: Work, me: Membership, member: Membership, user: User) -> Outcome:
    member.state = "removed"
    await _let_go(work, user, member)
    work.record("member.remove", f"member {member.id}", me)
    await work.session.flush()
    await _tell(work, member, user, "removed")
    return await listing(work, note=Note("member_removed", {"name": member.name}))


async def _leave(work: Work, me: Membership, member: Membership, user: User) -> Outcome:
    pokja = await work.session.get_one(Pokja, member.pokja_id)
    member.state, work.where = "left", None
    await _let_go(work, user, member)
    work.record("member.leave", f"member {member.id}", me)
    await work.session.flush()
    reason = f"member {member.id} left {work.now:%Y%m%d%H%M%S%f}"
    await notifying.tell_managers(
        work, pokja, reason, "member_left", name=member.name, instansi=member.instansi
    )
    return Said(code="left", details={"pokja": pokja.name})


async def _let_go(work: Work, user: User, member: Membership) -> None:
    """Commands lead no longer to a Pokja that somebody is out of, and what waits to be told of it isn't told."""
    await outbox.drop_queued(work.session, user.telegram_id, member.pokja_id)
    if user.active_pokja_id == member.pokja_id:
        user.active_pokja_id = None


Action = Callable[[Work, Membership, Membership, User], Awaitable[Outcome]]
ACTIONS: Mapping[str, Action] = {"hand_over": _hand_over, "remove": _remove, "leave": _leave}


async def choose_pokja(work: Work) -> Outcome:
    """The Pokja the actor is in."""
    user = await work.user()
    mine = [
        pair for pair in await people.memberships_of(work.session, user.id) if pair[0].state == people.ACTIVE
    ]
    if not mine:
        raise Rejected("no_pokja")
    _, current = await work.current()
    return PokjaList(choices=[(pokja.id, pokja.name, pokja.id == current.id) for _, pokja in mine])


async def set_pokja(work: Work, pokja_id: int) -> None:
    """Makes another of the actor's Pokja the active one. Raises Rejected."""
    await work.member_in(pokja_id)
    await work.move_to(pokja_id)


async def _tell(work: Work, member: Membership, user: User, page: str, **facts: str) -> None:
    pokja = await work.session.get_one(Pokja, member.pokja_id)
    reason = f"member {member.id} {page} {work.now:%Y%m%d%H%M%S%f}"
    await notifying.tell(work, user, pokja.id, reason, page, pokja=pokja.name, **facts)
