"""Screens about people: welcome, menu, members, invitations, groups, one's own data."""

from bot.callbacks import Go, View
from bot.places import people as to
from bot.places.broadcasts import BROADCASTS, REACH
from bot.places.documents import PAPERS
from bot.places.follow_ups import FOLLOW_UP, FOLLOW_UPS
from bot.places.meetings import MEETING, MEETINGS
from bot.places.reminders import ABSENCES
from bot.places.topics import TOPICS
from bot.screen import NEXT, Button, Screen
from bot.screens import guiding
from bot.screens.paging import PAGE, last_page, page_of, turns
from bot.screens.painter import Painter
from domain import roles
from domain.guiding.steps import RUNNING
from usecases import outcomes
from usecases.menu import Menu, Welcome
from usecases.people.outcomes import GroupCard, Invited, MemberCard, Members, OwnData, PokjaList

MOST_STEPS = 5
"""So many steps of a kind have a button in the menu; whoever has done these sees the next."""
MOST_PENDING = 20
"""So many who ask to join have a button; when some are decided, the next appear."""
IN_GROUPS = frozenset({"group_pointer", "group_linked"})
"""What is said in a group: its key leads into the private chat."""
LINK_HERE = "tautkan-"
"""What the payload of a link begins with that links the group it stands in; the group's number without sign follows."""
RIGHTS = "pin_messages"
"""The rights the bot uses in a group, as Telegram's link asks for them, with '+' between them."""


def welcome(painter: Painter, shown: Welcome) -> Screen:
    """For somebody who is in no Pokja."""
    return painter.page(
        "welcome", [[painter.button("found", to.FOUND())], [painter.button("help", to.HELP())]], shown=shown
    )


def menu(painter: Painter, shown: Menu) -> Screen:
    """What waits, the next steps of whoever guides first, then the ways to everything else."""
    tasks = [
        [
            painter.labelled(
                f"▸ {each.label}{f' · {each.pokja}' if each.pokja else ''}",
                View(each.task) if each.task else FOLLOW_UP(each.follow_up_id or 0),
            )
        ]
        for each in shown.waiting[:8]
    ]
    pressing = [step for step in shown.steps if step.kind is not RUNNING]
    running = [step for step in shown.steps if step.kind is RUNNING]
    tasks = [[guiding.button(painter, step)] for step in pressing[:MOST_STEPS]] + tasks
    manages = shown.role in roles.MANAGERS
    if shown.meeting:
        way = painter.button("meeting_next", MEETING(shown.meeting.id), state=shown.meeting.state)
        tasks.append([way])
    tasks += [[guiding.button(painter, step)] for step in running[:MOST_STEPS]]
    tasks += [
        [painter.button("steps_elsewhere", to.POKJA(number), pokja=name)]
        for number, name, _ in shown.elsewhere
    ]
    ways = [
        [painter.button("topics", TOPICS()), painter.button("follow_ups", FOLLOW_UPS())],
        [
            painter.button("meetings", MEETINGS()),
            painter.button("members", to.MEMBERS()),
        ],
        [painter.button("broadcasts", BROADCASTS()), painter.button("group", to.GROUP())] if manages else [],
        [painter.button("absence", ABSENCES()), painter.button("papers", PAPERS())],
        [painter.button("switch", to.POKJA_LIST())] if shown.several else [],
    ]
    told = {
        "steps": [guiding.sentence(painter, step) for step in pressing[:MOST_STEPS]],
        "more": max(0, len(pressing) - MOST_STEPS),
        "running": [guiding.sentence(painter, step) for step in running[:MOST_STEPS]],
    }
    return painter.page("menu", [*tasks, *ways], shown=shown, **told)


def said(painter: Painter, shown: outcomes.Said) -> Screen:
    """A sentence and the way on."""
    ways = [[painter.button(shown.way_on, Go(shown.way_on))]] if shown.way_on else []
    if shown.code in IN_GROUPS:
        ways = [[Button(painter.wording.plain("button.answer_here"), url=painter.start_link("menu"))]]
    if shown.code == "group_unlinked":
        link = painter.start_link(f"{LINK_HERE}{-int(str(shown.details['chat']))}")
        ways = [[Button(painter.wording.plain("button.link_here"), url=link, style=NEXT)]]
    key = shown.code if shown.code.startswith("fault.") else f"said.{shown.code}"
    facts = {"commands": painter.commands, **shown.details}
    text = painter.wording.word(key, str(facts.pop("instrument", "")), **facts)
    return Screen(str(text), tuple(tuple(row) for row in ways))


def members(painter: Painter, shown: Members) -> Screen:
    """Everybody, a page of them with a key each."""
    pending = [
        [painter.labelled(f"⏳ {each.name}", to.MEMBER(each.id))] for each in shown.pending[:MOST_PENDING]
    ]
    here = page_of(shown.people, shown.page)
    people = [painter.labelled(each.name, to.MEMBER(each.id)) for each in here]
    pairs = [people[n : n + 2] for n in range(0, len(people), 2)]
    pages = turns(painter, to.MEMBERS, shown.page, last_page(len(shown.people)))
    invite = (
        [painter.button("invite", to.INVITE()), painter.button("reach", REACH())] if shown.may_manage else []
    )
    authors = painter.button("authors", to.AUTHORS(shown=not shown.authors_shown), shown=shown.authors_shown)
    keys = [*pending, *pairs, pages, invite, [authors] if shown.may_chair else [], [painter.menu()]]
    return painter.page("members", keys, shown=shown, start=shown.page * PAGE, here=here)


def member_card(painter: Painter, shown: MemberCard) -> Screen:
    """One member, and what may be done."""
    who, keys = shown.person, []
    if shown.state == "pending" and shown.may_manage:
        keys.append(
            [painter.button("accept", to.ACCEPT(who.id)), painter.button("decline", to.DECLINE(who.id))]
        )
    elif shown.state == "active":
        keys += _actions(painter, shown)
    return painter.page(
        "member_card", [*keys, [painter.button("members", to.MEMBERS()), painter.menu()]], shown=shown
    )


def _actions(painter: Painter, shown: MemberCard) -> list[list[Button]]:
    who, keys = shown.person, []
    if shown.may_chair and not shown.is_me:
        given = [
            painter.button(f"role_{role}", to.ROLE(who.id, role=role))
            for role in roles.ASSIGNABLE
            if role != who.role
        ]
        keys += [given[n : n + 2] for n in range(0, len(given), 2)]
        if who.role != roles.TAMU:
            keys.append([painter.button("hand_over", to.SURE("hand_over", who.id))])
    if shown.is_me:
        keys.append([painter.button("leave", to.SURE("leave", who.id))])
    elif shown.may_manage:
        keys.append([painter.button("remove", to.SURE("remove", who.id))])
    return keys


def sure(painter: Painter, shown: outcomes.Sure) -> Screen:
    """A second question before something that is hard to take back."""
    yes = painter.button(f"sure_{shown.action}", to.DO(shown.id, action=shown.action))
    text = painter.wording.word(f"said.sure_{shown.action}", **shown.details)
    return Screen(str(text), ((yes,), (painter.button("no_back", to.MENU()),)))


def invited(painter: Painter, shown: Invited) -> Screen:
    """The links, and keys to get them as a picture or again."""
    keys = [
        [guiding.button(painter, shown.onward)] if shown.onward else [],
        [
            painter.copying("copy_link", painter.start_link(shown.code)),
            painter.copying("copy_code", shown.code),
        ],
        [painter.button("qr", to.QR())],
        [painter.button("renew", to.RENEW())],
        [painter.button("members", to.MEMBERS()), painter.menu()],
    ]
    links = {"link": painter.start_link(shown.code), "guest_link": painter.start_link(shown.guest_code)}
    return painter.page("invited", keys, shown=shown, **links)


def pokja_list(painter: Painter, shown: PokjaList) -> Screen:
    """One key for each Pokja."""
    keys = [
        [painter.labelled(("✓ " if current else "") + name, to.POKJA(number))]
        for number, name, current in shown.choices
    ]
    return painter.page(
        "pokja_list", [*keys, [painter.button("found", to.FOUND())], [painter.menu()]], shown=shown
    )


def group_card(painter: Painter, shown: GroupCard) -> Screen:
    """How to link a group; or which one is linked, and how to let it go."""
    link = painter.group_link(f"g{shown.pokja_id}", RIGHTS)
    words = painter.wording.plain("button.move_group" if shown.linked else "button.link_group")
    key = Button(words, url=link, style="" if shown.linked else NEXT)
    unlink = [painter.button("unlink_group", to.UNLINK_GROUP())] if shown.linked and shown.may_chair else []
    return painter.page("group_card", [[key], unlink, [painter.menu()]], shown=shown)


def own_data(painter: Painter, shown: OwnData) -> Screen:
    """What is kept of a person."""
    return painter.page("own_data", [[painter.button("erase", to.ERASE())], [painter.menu()]], shown=shown)
