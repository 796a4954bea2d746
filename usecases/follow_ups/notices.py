"""Who hears of what happens to a tindak lanjut: at once, and never who did it."""

from collections.abc import Callable, Collection, Iterable, Mapping

from domain import roles
from domain.follow_ups.follow_up import (
    ACCEPT,
    ASK,
    BLOCK,
    CANCEL,
    FINISH,
    HAND_OVER,
    REFUSE,
    REOPEN,
    RESUME,
    Event,
)
from store import people
from store.follow_ups import Kept
from store.tables.core import Membership, Pokja
from usecases import notifying
from usecases.work import Work

Told = Callable[[Kept, Mapping[int, str]], Collection[int]]
"""The members who hear of it, from the tindak lanjut as it stands and everybody's role."""


def _owners(kept: Kept, members: Mapping[int, str]) -> set[int]:
    return {owner.who for owner in kept.now.owners}


def _of(wanted: Collection[str], members: Mapping[int, str]) -> Collection[int]:
    return {who for who, role in members.items() if role in wanted}


def _all(kept: Kept, members: Mapping[int, str]) -> Collection[int]:
    return {*_owners(kept, members), *_of(roles.MANAGERS, members)}


def _ketua(kept: Kept, members: Mapping[int, str]) -> Collection[int]:
    return _of({roles.KETUA}, members)


PAGES: Mapping[str, tuple[str, Told]] = {
    FINISH: ("follow_up_done", _all),
    BLOCK: ("follow_up_blocked", _all),
    RESUME: ("follow_up_resumed", _all),
    ASK: ("follow_up_wish", _ketua),
    ACCEPT: ("follow_up_extended", _owners),
    REFUSE: ("follow_up_refused", _owners),
    HAND_OVER: ("follow_up_handed", _all),
    CANCEL: ("follow_up_cancelled", _owners),
    REOPEN: ("follow_up_reopened", _owners),
}
"""What is said of each kind of event, and to whom."""


async def given(
    work: Work, kept: Kept, pokja: Pokja, by: Membership, owners: Iterable[int], reason: str = ""
) -> None:
    """Tells those it was given to, the giver excepted; `reason` where it was handed over."""
    members = {member.id: (member, user) for member, user in await people.members(work.session, pokja.id)}
    names = {owner.who: members[owner.who][0].name for owner in kept.now.owners if owner.who in members}
    lead = kept.now.owners[0].who
    for who in (each for each in owners if each in members and each != by.id):
        others = [name for each, name in names.items() if each != who]
        facts = {**_facts(kept, pokja, by), "leads": who == lead, "others": others, "reason": reason}
        told = f"follow-up {kept.row.id} given {work.now:%Y%m%d%H%M%S%f} to {who}"
        await notifying.tell(
            work, members[who][1], pokja.id, told, "follow_up_given", notifying.URGENT, **facts
        )


async def happened(
    work: Work, kept: Kept, pokja: Pokja, by: Membership, event: Event, event_id: int, former: Collection[int]
) -> None:
    """Tells those whom an event concerns; `former` are who owned it before."""
    members = {member.id: (member, user) for member, user in await people.members(work.session, pokja.id)}
    page, told = PAGES[event.kind]
    new = [owner.who for owner in kept.now.owners if owner.who not in former]
    lost = set(former) - _owners(kept, {})
    concerned = {*told(kept, {who: each[0].role for who, each in members.items()}), *lost} - {*new, by.id}
    wished = kept.now.wish.due.isoformat() if kept.now.wish and kept.now.wish.due else ""
    facts = {
        **_facts(kept, pokja, by),
        "reason": event.reason,
        "files": len(event.evidence),
        "owners": [members[owner.who][0].name for owner in kept.now.owners if owner.who in members],
        "wished": wished,
    }
    for who in sorted(concerned & set(members)):
        reason = f"follow-up {kept.row.id} event {event_id} to {who}"
        await notifying.tell(work, members[who][1], pokja.id, reason, page, notifying.URGENT, **facts)
    await given(work, kept, pokja, by, new, event.reason)


def _facts(kept: Kept, pokja: Pokja, by: Membership) -> Mapping[str, object]:
    return {
        "follow_up_id": kept.row.id,
        "text": kept.row.text,
        "due": kept.now.due.isoformat(),
        "by": by.name,
        "pokja": pokja.name,
    }
