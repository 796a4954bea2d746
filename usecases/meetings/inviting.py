"""Who is invited to a meeting: by role, instansi, breakout group or one by one; materials with a person each."""

from collections.abc import Iterable, Mapping, Sequence

from domain import roles
from domain.dialog.questions import Answers, Choice, Confirm, Option, Question, Several
from domain.faults import Rejected
from domain.meetings import meeting as rules
from domain.meetings.meeting import COMING, PLANNED, REVISE
from store import activities, meetings, people
from store.tables.core import Membership, User
from usecases.answering.forms import REALLY
from usecases.meetings import notices
from usecases.meetings.meeting import Sitting, planning, record
from usecases.meetings.outcomes import Invitees, MeetingPreview
from usecases.meetings.overdue import refresh_late
from usecases.outcomes import Note, Outcome, person
from usecases.switches import turned, word_to_turn
from usecases.work import Form, Subject, Work

EVERYBODY, BY_ROLE, BY_INSTANSI, BY_GROUP = "semua", "peran", "instansi", "kelompok"
MOST_OPTIONS = 48
"""As many switches as a button has room to carry."""


async def view(work: Work, meeting_id: int, page: int = 0, note: Note | None = None) -> Invitees:
    """Everybody in the Pokja, guests too, and whether each is invited."""
    found = await _changeable(work, meeting_id)
    invited = set(found.ids)
    everybody = await people.members(work.session, found.pokja.id)
    return Invitees(
        facts=found.facts(),
        people=[(person(*pair), pair[0].id in invited) for pair in everybody],
        page=page,
        note=note,
    )


async def _changeable(work: Work, meeting_id: int) -> Sitting:
    found = await planning(work, meeting_id)
    if found.row.state in COMING:
        rules.check(found.meeting, REVISE, found.me.role)
    return found


async def toggle(work: Work, meeting_id: int, membership_id: int, page: int, wanted: str = "") -> Outcome:
    """Invites somebody, or not after all, while the meeting is being planned."""
    found = await _changeable(work, meeting_id)
    member, user = await work.active_member(found.pokja.id, membership_id)
    if found.row.state in COMING:
        raise Rejected("meeting_state", state=found.row.state)
    await _turn(work, found, member, user, wanted)
    return await view(work, meeting_id, page)


async def _turn(work: Work, found: Sitting, member: Membership, user: User, wanted: str) -> None:
    """Invites or uninvites a member, who is told where the meeting is known."""
    is_in = member.id in found.ids
    if turned(wanted, is_on=is_in) == is_in:
        return
    if not is_in:
        await invite(work, found, [member.id])
        return
    await meetings.uninvite(work.session, found.row.id, member.id)
    record(work, found, "uninvite", member=member.id)
    if found.row.state in COMING:
        await notices.uninvite(work, found, member, user)


async def invite(work: Work, found: Sitting, members: Iterable[int]) -> int:
    """Adds these to the invitation; where it was sent already, they get theirs. Returns the number of new ones."""
    new = await meetings.invite(work.session, found.row.id, members)
    if new:
        record(work, found, "invite", members=sorted(new))
    if new and found.row.state in COMING:
        invited = await meetings.invited(work.session, found.row.id)
        await notices.invite(work, Sitting(found.row, found.pokja, found.me, invited), new)
    return len(new)


async def about_one(work: Work, meeting_id: int, member_id: int) -> Subject:
    """What a member's switch asks about: it is turned as it was seen."""
    found = await planning(work, meeting_id)
    return {"meeting": meeting_id, "member": member_id, "wanted": word_to_turn(is_on=member_id in found.ids)}


async def _ask_one(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await _changeable(work, subject["meeting"])
    member, _ = await work.active_member(found.pokja.id, subject["member"])
    is_invited = turned(subject.get("wanted", ""), is_on=member.id in found.ids)
    about = "into" if is_invited else "out"
    return (Confirm(key=REALLY, about=about, facts={"name": member.name}),)


async def _one(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _changeable(work, subject["meeting"])
    member, user = await work.active_member(found.pokja.id, subject["member"])
    await _turn(work, found, member, user, subject.get("wanted", ""))
    return await view(work, found.row.id, note=Note("invitation_changed"))


async def _ask_many(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks by what the invited are chosen, and which of those."""
    found = await _changeable(work, subject["meeting"])
    choices = await _choices(work, found)
    ways = tuple(Option(way, about=f"by_{way}") for way in (EVERYBODY, *(w for w in choices if choices[w])))
    asked: list[Question] = [Choice(key="way", about="way", options=ways)]
    way = str(answers.get("way", ""))
    if way in choices:
        asked.append(Several(key=f"which.{way}", about="which", options=tuple(choices[way][:MOST_OPTIONS])))
    return asked


async def _choices(work: Work, found: Sitting) -> Mapping[str, list[Option]]:
    everybody = await people.members(work.session, found.pokja.id)
    held = {member.role for member, _ in everybody}
    instansi = list(_by_instansi(everybody))
    parts = await meetings.groups(work.session, found.row.topic_run_id) if found.row.topic_run_id else []
    return {
        BY_ROLE: [Option(role, about=f"role_{role}") for role in roles.ROLES if role in held],
        BY_INSTANSI: [Option(str(number), name) for number, name in enumerate(instansi)],
        BY_GROUP: [Option(str(number), name) for number, name in parts],
    }


def _by_instansi(everybody: Iterable[tuple[Membership, User]]) -> Mapping[str, list[int]]:
    """Members by instansi as the first of each wrote it; writing it otherwise makes no other instansi."""
    names: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    for member, _ in everybody:
        name = names.setdefault(" ".join(member.instansi.casefold().split()), member.instansi)
        found.setdefault(name, []).append(member.id)
    return found


async def _many(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _changeable(work, subject["meeting"])
    way = answers["way"]
    chosen = await _chosen(work, found, way, answers.get(f"which.{way}") or [])
    count = await invite(work, found, chosen)
    return await view(work, found.row.id, note=Note("invited_more", {"count": count}))


async def _chosen(work: Work, found: Sitting, way: str, which: Sequence[str]) -> list[int]:
    everybody = await people.members(work.session, found.pokja.id)
    if way == BY_ROLE:
        return [member.id for member, _ in everybody if member.role in which]
    if way == BY_INSTANSI:
        groups = list(_by_instansi(everybody).values())
        return [member for number in which if int(number) < len(groups) for member in groups[int(number)]]
    active = {member.id for member, _ in everybody}
    if way == BY_GROUP:
        return sorted(active & await _of_groups(work, which))
    return sorted(active)


async def _of_groups(work: Work, which: Sequence[str]) -> set[int]:
    return {member for part in which for member in await activities.participants(work.session, int(part))}


ONE = Form("meeting_guest", _ask_one, _one)
MANY = Form("meeting_invite", _ask_many, _many)


async def preview(work: Work, meeting_id: int) -> MeetingPreview:
    """The invitation as it will be sent, and to how many; the agenda speaks of what is overdue by now."""
    found = await planning(work, meeting_id)
    if found.row.state == PLANNED:
        await refresh_late(work, found)
    kept = await meetings.materials(work.session, meeting_id)
    away = [person(*pair) for pair in found.invited if pair[1].reach != "started"]
    return MeetingPreview(
        facts=found.facts(),
        invited=len(found.invited),
        unreachable=away,
        unassigned=sum(each.membership_id is None for each in kept),
        may_announce=found.me.role in roles.MANAGERS,
    )
