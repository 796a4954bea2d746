"""Lists of tindak lanjut: of a topic, of the Pokja, and the Ketua's board by state, person, topic and age."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from domain import roles
from domain.faults import Rejected
from domain.follow_ups.board import (
    LATE,
    LATER,
    SOON,
    Group,
    board,
    by_age,
    by_owner,
    by_state,
    by_topic,
    days_late,
)
from domain.follow_ups.follow_up import BLOCKED, CANCELLED, DONE, LIVE, OPEN, owns
from domain.follow_ups.follow_up import FollowUp as Standing
from domain.rights import READ_OTHERS_FOLLOW_UPS, may
from store import follow_ups, people
from store.follow_ups import Kept
from store.tables.core import Membership, Pokja
from usecases.follow_ups.outcomes import BoardGroup, FollowUpBoard, FollowUpLine, FollowUps
from usecases.outcomes import Note
from usecases.topics import topic as topic_
from usecases.work import Work

PAGE = 8
VIEWS = ("state", "person", "topic", "age")
ORDERS: Mapping[str, Sequence[str]] = {
    "state": (OPEN, BLOCKED, DONE, CANCELLED),
    "age": (LATE, SOON, LATER),
}


async def of_topic(work: Work, index: int, page: int = 0, note: Note | None = None) -> FollowUps:
    """A topic's tindak lanjut, and those the guide offers that nobody has yet."""
    me, pokja, _, process = await topic_.current_run(work)
    topic = topic_.topic_at(process, index)
    kept = await follow_ups.of_pokja(work.session, pokja.id, topic.key)
    given = {each.row.source for each in kept}
    lines = await _lines(work, pokja, me, readable(me, kept))
    return FollowUps(
        title=f"{topic.key} {topic.title}",
        lines=lines[page * PAGE : (page + 1) * PAGE],
        total=len(lines),
        page=page,
        offered=[
            (n, spec) for n, spec in enumerate(topic.follow_ups) if f"{topic.key}/{spec.key}" not in given
        ],
        topic_index=index,
        may_guide=me.role in roles.FACILITATORS,
        note=note,
    )


async def of_pokja(work: Work, page: int = 0, note: Note | None = None) -> FollowUps:
    """All tindak lanjut of the Pokja, one's own first."""
    me, pokja = await work.current()
    kept = await follow_ups.of_pokja(work.session, pokja.id)
    lines = sorted(
        await _lines(work, pokja, me, readable(me, kept)),
        key=lambda line: (line.state not in LIVE, not line.mine),
    )
    return FollowUps(
        title=pokja.name,
        lines=lines[page * PAGE : (page + 1) * PAGE],
        total=len(lines),
        page=page,
        may_guide=me.role in roles.FACILITATORS,
        note=note,
    )


def may_read(me: Membership, kept: Kept) -> bool:
    """Whether somebody may read a tindak lanjut: guests those that are given to them."""
    return may(me.role, READ_OTHERS_FOLLOW_UPS) or owns(kept.now, me.id)


def readable(me: Membership, kept: Sequence[Kept]) -> Sequence[Kept]:
    """Those that somebody may read."""
    return [each for each in kept if may_read(me, each)]


async def overview(work: Work, view: str = "state", page: int = 0) -> FollowUpBoard:
    """How many there are by state, person, topic or age. Raises Rejected."""
    _, pokja = await work.current_as(roles.FACILITATORS)
    kept = await follow_ups.of_pokja(work.session, pokja.id)
    today = work.today(pokja.zone)
    groups = await _groups(work, pokja, view, kept)
    standing = [each.now for each in kept]
    return FollowUpBoard(
        pokja=pokja.name,
        view=view,
        groups=[
            BoardGroup(
                group.key, len(group.follow_ups), sum(days_late(each, today) > 0 for each in group.follow_ups)
            )
            for group in groups[page * PAGE : (page + 1) * PAGE]
        ],
        page=page,
        total=len(groups),
        live=sum(each.state in LIVE for each in standing),
        done=sum(each.state == DONE for each in standing),
        late=sum(days_late(each, today) > 0 for each in standing),
    )


async def of_group(work: Work, view: str, number: int, page: int = 0) -> FollowUps:
    """A page of one group of the board. Raises Rejected."""
    me, pokja = await work.current_as(roles.FACILITATORS)
    kept = await follow_ups.of_pokja(work.session, pokja.id)
    groups = await _groups(work, pokja, view, kept)
    if not 0 <= number < len(groups):
        raise Rejected("unknown_button")
    rows = {each.row.id: each for each in kept}
    chosen = [rows[each.id] for each in groups[number].follow_ups]
    return FollowUps(
        title=groups[number].key,
        lines=(await _lines(work, pokja, me, chosen))[page * PAGE : (page + 1) * PAGE],
        total=len(chosen),
        page=page,
        view=view,
        group=number,
        may_guide=True,
    )


async def _groups(work: Work, pokja: Pokja, view: str, kept: Sequence[Kept]) -> Sequence[Group]:
    if view not in VIEWS:
        raise Rejected("unknown_button")
    counted = kept if view == "state" else [each for each in kept if each.now.state in LIVE]
    return board([each.now for each in counted], await _key(work, pokja, view, kept), ORDERS.get(view, ()))


async def _key(
    work: Work, pokja: Pokja, view: str, kept: Sequence[Kept]
) -> Callable[[Standing], Iterable[str]]:
    if view == "state":
        return by_state
    if view == "age":
        return by_age(work.today(pokja.zone))
    if view == "topic":
        return by_topic({each.row.id: each.row.source.split("/", maxsplit=1)[0] for each in kept})
    everyone = await people.everyone(work.session, pokja.id)
    return by_owner({who: f"{member.name} ({member.instansi})" for who, member in everyone.items()})


async def _lines(work: Work, pokja: Pokja, me: Membership, kept: Sequence[Kept]) -> list[FollowUpLine]:
    """Tindak lanjut as lines of a list, those still to be done first."""
    everyone = await people.everyone(work.session, pokja.id)
    ordered = sorted(kept, key=lambda each: each.now.state not in LIVE)
    return [line_of(work, pokja, me.id, each, everyone) for each in ordered]


def line_of(
    work: Work, pokja: Pokja, me_id: int, kept: Kept, everyone: Mapping[int, Membership]
) -> FollowUpLine:
    """A tindak lanjut as a line of a list."""
    lead, *others = [everyone[owner.who] for owner in kept.now.owners]
    owners = f"{lead.name} ({lead.instansi})" + (f" +{len(others)}" if others else "")
    late = days_late(kept.now, work.today(pokja.zone))
    return FollowUpLine(
        kept.row.id,
        kept.row.text,
        owners,
        kept.now.due,
        kept.now.state,
        late,
        mine=owns(kept.now, me_id),
        wish=kept.now.wish is not None,
    )
