"""Screens about people: welcome, menu, members, invitations, groups, one's own data."""

from bot.callbacks import Go, View
from bot.screen import Button, Screen
from bot.screens.painter import Painter
from domain import roles
from usecases import outcomes
from usecases.documents.ordering import READERS
from usecases.menu import Menu, Welcome
from usecases.people.outcomes import GroupCard, Invited, MemberCard, Members, OwnData, PokjaList

PEOPLE_A_PAGE = 8
IN_GROUPS = frozenset({"group_pointer", "group_linked"})
"""What is said in a group: its key leads into the private chat."""


def welcome(painter: Painter, shown: Welcome) -> Screen:
    """For somebody who is in no Pokja."""
    return painter.page(
        "welcome", [[painter.button("found", Go("found"))], [painter.button("help", Go("help"))]], shown=shown
    )


def menu(painter: Painter, shown: Menu) -> Screen:
    """What waits, then the ways to everything else."""
    tasks = [
        [
            painter.labelled(
                f"▸ {each.label}", View(each.task) if each.task else Go("follow_up", each.follow_up_id or 0)
            )
        ]
        for each in shown.waiting[:8]
    ]
    manages = shown.role in roles.MANAGERS
    if shown.meeting:
        way = painter.button("meeting_next", Go("meeting", shown.meeting.id), state=shown.meeting.state)
        tasks.append([way])
    ways = [
        [painter.button("topics", Go("topics")), painter.button("follow_ups", Go("follow_ups"))],
        [
            painter.button("meetings", Go("meetings")),
            painter.button("members", Go("members")),
        ],
        [painter.button("broadcasts", Go("broadcasts")), painter.button("group", Go("group"))]
        if manages
        else [],
        _papers(painter, shown),
        [painter.button("switch", Go("pokja_list"))] if shown.several else [],
    ]
    return painter.page("menu", [*tasks, *ways], shown=shown)


def _papers(painter: Painter, shown: Menu) -> list[Button]:
    """Documents are for the Pokja itself."""
    papers = [painter.button("papers", Go("papers"))] if shown.role in READERS else []
    return [painter.button("absence", Go("absences")), *papers]


def said(painter: Painter, shown: outcomes.Said) -> Screen:
    """A sentence and the way on."""
    ways = [[painter.button(shown.way_on, Go(shown.way_on))]] if shown.way_on else []
    if shown.code in IN_GROUPS:
        ways = [[Button(painter.wording.plain("button.answer_here"), url=painter.start_link("menu"))]]
    key = shown.code if shown.code.startswith("fault.") else f"said.{shown.code}"
    instrument = str(shown.details.get("instrument", ""))
    text = painter.wording.word(
        key, instrument, **{k: v for k, v in shown.details.items() if k != "instrument"}
    )
    return Screen(str(text), tuple(tuple(row) for row in ways))


def members(painter: Painter, shown: Members) -> Screen:
    """Everybody, a page of them with a key each."""
    pending = [[painter.labelled(f"⏳ {each.name}", Go("member", each.id))] for each in shown.pending[:5]]
    start = shown.page * PEOPLE_A_PAGE
    here = shown.people[start : start + PEOPLE_A_PAGE]
    people = [painter.labelled(each.name, Go("member", each.id)) for each in here]
    pairs = [people[n : n + 2] for n in range(0, len(people), 2)]
    turns = _turns(painter, "members", shown.page, len(shown.people))
    invite = (
        [painter.button("invite", Go("invite")), painter.button("reach", Go("reach"))]
        if shown.may_manage
        else []
    )
    authors = painter.button(
        "authors", Go("authors", more=int(not shown.authors_shown)), shown=shown.authors_shown
    )
    keys = [*pending, *pairs, turns, invite, [authors] if shown.may_chair else [], [painter.menu()]]
    return painter.page("members", keys, shown=shown, start=start, here=here)


def _turns(painter: Painter, place: str, page: int, total: int, of: int = 0) -> list[Button]:
    turns = []
    if page:
        turns.append(painter.button("page_before", Go(place, of, page - 1)))
    if (page + 1) * PEOPLE_A_PAGE < total:
        turns.append(painter.button("page_after", Go(place, of, page + 1)))
    return turns


def member_card(painter: Painter, shown: MemberCard) -> Screen:
    """One member, and what may be done."""
    who, keys = shown.person, []
    if shown.state == "pending" and shown.may_manage:
        keys.append(
            [painter.button("accept", Go("accept", who.id)), painter.button("decline", Go("decline", who.id))]
        )
    elif shown.state == "active":
        keys += _actions(painter, shown)
    return painter.page(
        "member_card", [*keys, [painter.button("members", Go("members")), painter.menu()]], shown=shown
    )


def _actions(painter: Painter, shown: MemberCard) -> list[list[Button]]:
    who, keys = shown.person, []
    if shown.may_chair and not shown.is_me:
        given = [
            painter.button(f"role_{role}", Go("role", who.id, 0, role))
            for role in roles.ASSIGNABLE
            if role != who.role
        ]
        keys += [given[n : n + 2] for n in range(0, len(given), 2)]
        if who.role != roles.TAMU:
            keys.append([painter.button("hand_over", Go("sure", who.id, 0, "hand_over"))])
    if shown.is_me:
        keys.append([painter.button("leave", Go("sure", who.id, 0, "leave"))])
    elif shown.may_manage:
        keys.append([painter.button("remove", Go("sure", who.id, 0, "remove"))])
    return keys


def sure(painter: Painter, shown: outcomes.Sure) -> Screen:
    """A second question before something that is hard to take back."""
    yes = painter.button(f"sure_{shown.action}", Go("do", shown.id, 0, shown.action))
    text = painter.wording.word(f"said.sure_{shown.action}", **shown.details)
    return Screen(str(text), ((yes,), (painter.button("no_back", Go("menu")),)))


def invited(painter: Painter, shown: Invited) -> Screen:
    """The links, and keys to get them as a picture or anew."""
    keys = [
        [painter.button("qr", Go("qr"))],
        [painter.button("renew", Go("renew"))],
        [painter.button("members", Go("members")), painter.menu()],
    ]
    links = {"link": painter.start_link(shown.code), "guest_link": painter.start_link(shown.guest_code)}
    return painter.page("invited", keys, shown=shown, **links)


def pokja_list(painter: Painter, shown: PokjaList) -> Screen:
    """One key for each Pokja."""
    keys = [
        [painter.labelled(("✓ " if current else "") + name, Go("pokja", number))]
        for number, name, current in shown.choices
    ]
    return painter.page(
        "pokja_list", [*keys, [painter.button("found", Go("found"))], [painter.menu()]], shown=shown
    )


def group_card(painter: Painter, shown: GroupCard) -> Screen:
    """How to link a group, or that one is linked."""
    link = painter.group_link(f"g{shown.pokja_id}")
    key = Button(painter.wording.plain("button.link_group"), url=link)
    return painter.page("group_card", [[key], [painter.menu()]], shown=shown, link=link)


def own_data(painter: Painter, shown: OwnData) -> Screen:
    """What is kept of a person."""
    return painter.page("own_data", [[painter.button("erase", Go("erase"))], [painter.menu()]], shown=shown)
