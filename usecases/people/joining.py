"""Coming in: an invitation's link, who the newcomer is, and the Ketua's or Sekretaris's yes or no."""

from collections.abc import Sequence
from datetime import timedelta

from domain import roles
from domain.dialog.questions import Answers, Question
from domain.faults import Rejected
from store import audit_trail, people
from store.tables.core import Membership, Pokja, User
from usecases import menu, notifying
from usecases.answering import forms
from usecases.answering.tasks import TaskRef
from usecases.outcomes import AskFirst, Note, Outcome, Said
from usecases.people.founding import about_me, in_one_line
from usecases.work import Form, Subject, Work, require

DECLINED = "declined"
DECLINED_WITHIN, MOST_DECLINED = timedelta(days=1), 2


async def open_link(work: Work, code: str) -> TaskRef | Outcome:
    """The form for a newcomer with a valid code; for others, where they stand.

    Raises Rejected: invalid_code; declined_often for who was declined twice within a day.
    """
    found = await people.invitation(work.session, code)
    if found is None:
        raise Rejected("invalid_code")
    user = await work.user()
    member = await people.membership(work.session, found[1].id, user.id)
    if member is not None and member.state == DECLINED:
        await _refuse_too_many(work, member)
    if member is None or member.state not in {people.ACTIVE, people.PENDING}:
        return await forms.begin(work, "join", code=code)
    if member.state == people.PENDING:
        return Said(code="join_waiting", details={"pokja": found[1].name})
    await work.move_to(found[1].id)
    return await menu.show(work, Note("already_member", {"pokja": found[1].name}))


async def _refuse_too_many(work: Work, member: Membership) -> None:
    """Whoever was declined may ask again, but not without end: each time Ketua and Sekretaris are told at once."""
    declined = await audit_trail.count(
        work.session, f"member.{DECLINED}", f"member {member.id}", work.now - DECLINED_WITHIN
    )
    if declined >= MOST_DECLINED:
        raise Rejected("declined_often")


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    if await people.invitation(work.session, subject["code"]) is None:
        raise Rejected("invalid_code")
    return about_me(work.actor.name)


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await people.invitation(work.session, subject["code"])
    if found is None:
        raise Rejected("invalid_code")
    user = await work.known_again()
    user.reach = "started"
    member = await _ask_in(work, user, found[1].id, found[0].role, answers)
    reason = f"member {member.id} asks {work.now:%Y%m%d%H%M%S%f}"
    facts = {
        "member_id": member.id,
        "name": member.name,
        "instansi": member.instansi,
        "jabatan": member.jabatan,
    }
    await notifying.tell_managers(work, found[1], reason, "newcomer", **facts)
    return Said(code="join_asked", details={"pokja": found[1].name})


async def _ask_in(work: Work, user: User, pokja_id: int, role: str, answers: Answers) -> Membership:
    member = await people.membership(work.session, pokja_id, user.id)
    given = in_one_line({key: answers[key] for key in ("name", "instansi", "jabatan")})
    if member is None:
        member = Membership(
            pokja_id=pokja_id, user_id=user.id, role=role, state=people.PENDING, joined_at=work.now, **given
        )
        work.session.add(member)
    elif member.state != people.ACTIVE:
        await _refuse_too_many(work, member)
        member.name, member.instansi, member.jabatan = given["name"], given["instansi"], given["jabatan"]
        member.role, member.state = role, people.PENDING
    await work.session.flush()
    return member


async def ask(work: Work, membership_id: int) -> Outcome:
    """Asks before a newcomer is turned away; whose request was decided stays as it was."""
    me, member, _ = await work.member_of_mine(membership_id)
    require(me, roles.MANAGERS)
    if member.state != people.PENDING:
        return await decide(work, membership_id, accept=False)
    return AskFirst(step="decline", id=membership_id, details={"name": member.name})


async def decide(work: Work, membership_id: int, *, accept: bool) -> Outcome:
    """Ketua or Sekretaris lets a newcomer in, or not; the newcomer is told."""
    me, member, user = await work.member_of_mine(membership_id)
    require(me, roles.MANAGERS)
    if member.state != people.PENDING:
        return Said(
            code="already_decided", details={"name": member.name, "state": member.state}, way_on="members"
        )
    member.state = people.ACTIVE if accept else DECLINED
    member.joined_at = work.now
    if accept:
        user.active_pokja_id = member.pokja_id
    await _tell(work, member, user, accept=accept)
    work.record(f"member.{member.state}", f"member {member.id}", me)
    await work.session.flush()
    code = "newcomer_accepted" if accept else "newcomer_declined"
    return Said(code=code, details={"name": member.name}, way_on="members")


async def _tell(work: Work, member: Membership, user: User, *, accept: bool) -> None:
    pokja = await work.session.get_one(Pokja, member.pokja_id)
    page = "accepted" if accept else "declined"
    reason = f"member {member.id} {page} {work.now:%Y%m%d%H%M%S%f}"
    await notifying.tell(
        work, user, pokja.id, reason, page, notifying.URGENT, pokja=pokja.name, name=member.name
    )


FORM = Form("join", _questions, _finish)
