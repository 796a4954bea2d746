"""Screens of meetings before they begin: lists, the card, the plan, the invitation, who comes."""

from collections.abc import Sequence

from bot.callbacks import Go
from bot.places import meetings as to
from bot.places.documents import PAPERS
from bot.places.topics import TOPIC
from bot.screen import Button, Screen
from bot.screens.paging import last_page, page_of, turns
from bot.screens.painter import Painter, arranged
from domain.meetings.attendance import DEPUTY, NO, YES
from domain.meetings.meeting import CANCEL, COMING, CORRECTING, FINAL, IN_SESSION, OPEN, PLANNED, REVISE
from usecases.meetings import outcomes
from usecases.switches import word_to_turn

SIGNS = {
    "planned": "✎",
    "announced": "📅",
    "moved": "📅",
    "held": "▶",
    "correcting": "✍",
    "final": "✔",
    "cancelled": "✖",
}
ANSWERS = {YES: "✔", NO: "✖", DEPUTY: "⇄"}


def listing(painter: Painter, shown: outcomes.Meetings) -> Screen:
    """A page of meetings with a key each, and the way to plan one."""
    here = page_of(shown.lines, shown.page)
    keys = [
        [painter.labelled(f"{SIGNS[each.state]} {each.starts:%d/%m} {each.title}", to.MEETING(each.id))]
        for each in here
    ]
    index = shown.topic_index
    pages = turns(painter, lambda page: to.OF_TOPIC(index, page), shown.page, last_page(len(shown.lines)))
    plan = [painter.button("plan_meeting", to.PLAN(index))] if shown.may_plan else []
    return painter.page(
        "meetings",
        [*keys, pages, plan, [*_up(painter, index), painter.menu()]],
        shown=shown,
        here=here,
        signs=SIGNS,
        answers=ANSWERS,
    )


def _up(painter: Painter, topic_index: int | None) -> list[Button]:
    return [] if topic_index is None else [painter.button("topic", TOPIC(topic_index))]


def card(painter: Painter, shown: outcomes.MeetingCard) -> Screen:
    """A meeting: when, where, what about; the actor's answer, and what they may do."""
    begins = shown.is_due and OPEN in shown.can and not shown.manage
    first = [painter.button("meeting_open", to.OPEN(shown.facts.id))] if begins else []
    keys = [first, *_answers(painter, shown), *_guiding(painter, shown), _papers(painter, shown)]
    back = painter.button("meetings_back", to.OF_TOPIC(shown.topic_index))
    return painter.page("meeting_card", [*keys, [back, painter.menu()]], shown=shown, sign=SIGNS)


def _answers(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    number, state = shown.facts.id, shown.facts.state
    if shown.manage or not shown.am_invited:
        return _reading(painter, shown)
    if state in COMING:
        return [
            *reply_keys(painter, number, shown.mine.answer if shown.mine else ""),
            *_to_bring(painter, shown),
        ]
    if state == IN_SESSION and not shown.here:
        return [[painter.button("i_am_here", to.HERE(number))]]
    return _reading(painter, shown)


def _reading(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    if shown.facts.state in {CORRECTING, FINAL}:
        return [[painter.button("minutes", to.MINUTES(shown.facts.id))]]
    return []


def _papers(painter: Painter, shown: outcomes.MeetingCard) -> list[Button]:
    return [painter.button("papers", PAPERS(shown.facts.id))] if shown.may_print else []


def _to_bring(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    return [[painter.button("materials_mine", to.MATERIALS(shown.facts.id))]] if shown.bring else []


def reply_keys(painter: Painter, number: int, given: str = "") -> list[Sequence[Button]]:
    """Hadir, tidak, diwakilkan; the present answer is marked."""
    places = {YES: to.YES, NO: to.NO, DEPUTY: to.DEPUTY}
    keys = [
        painter.labelled(
            ("✓ " if answer == given else "") + painter.wording.plain(f"button.meeting_{answer}"),
            place(number),
        )
        for answer, place in places.items()
    ]
    return [keys[:2], keys[2:]]


def _guiding(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    number, state = shown.facts.id, shown.facts.state
    if not shown.may_guide:
        return []
    if state == PLANNED:
        return _planning(painter, number)
    if state == IN_SESSION:
        return [[painter.button("meeting_live", to.LIVE(number))]]
    if state not in COMING:
        return []
    if shown.manage:
        return _managing(painter, shown)
    keys: list[Sequence[Button]] = [
        [painter.button("meeting_replies", to.REPLIES(number))]
        + ([painter.button("meeting_manage", to.MEETING(number, manage=True))] if REVISE in shown.can else [])
    ]
    opens_early = OPEN in shown.can and not shown.is_due
    return [*keys, [painter.button("meeting_open", to.OPEN(number))]] if opens_early else keys


def _planning(painter: Painter, number: int) -> list[Sequence[Button]]:
    return [
        [painter.button("meeting_preview", to.PREVIEW(number))],
        [painter.button("agenda", to.AGENDA(number)), painter.button("invitees", to.INVITEES(number))],
        [
            painter.button("materials", to.MATERIALS(number)),
            painter.button("edit_when", _edit(number, "when")),
        ],
        [
            painter.button("edit_where", _edit(number, "where")),
            painter.button("edit_title", _edit(number, "title")),
        ],
        [painter.button("drop_plan", to.CALL_OFF(number))],
    ]


def _edit(number: int, what: str) -> Go:
    return to.CHANGE(number, what=what)


def _managing(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    number = shown.facts.id
    cancel = [painter.button("cancel_meeting", to.CALL_OFF(number))] if CANCEL in shown.can else []
    return [
        [
            painter.button("edit_when", _edit(number, "when")),
            painter.button("edit_where", _edit(number, "where")),
        ],
        [painter.button("agenda", to.AGENDA(number)), painter.button("edit_title", _edit(number, "title"))],
        [painter.button("invitees", to.INVITEES(number)), painter.button("materials", to.MATERIALS(number))],
        cancel,
        [painter.button("meeting_back", to.MEETING(number))],
    ]


def preview(painter: Painter, shown: outcomes.MeetingPreview) -> Screen:
    """The invitation as people will read it."""
    number = shown.facts.id
    announce = (
        [painter.button("meeting_announce", to.ANNOUNCE(number), count=shown.invited)]
        if shown.may_announce
        else []
    )
    return painter.page(
        "meeting_preview", [announce, [painter.button("meeting_back", to.MEETING(number))]], shown=shown
    )


def agenda(painter: Painter, shown: outcomes.AgendaEditor) -> Screen:
    """The agenda with its clock; a number chooses a point, and then come the keys to change it."""
    number = shown.facts.id
    numbers = []
    for place, point in enumerate(shown.facts.plan.points, 1):
        label = f"•{place}" if point.item.key == shown.at else str(place)
        numbers.append(painter.labelled(label, to.AGENDA(number, item=point.item.key)))
    add = [painter.button("agenda_add", to.AGENDA_EDIT(number, item=shown.at, what="add"))]
    send = [painter.button("agenda_send", to.AGENDA_SEND(number))] if shown.unsent else []
    back = [painter.button("meeting_back", to.MEETING(number))]
    keys = [*arranged(numbers), *_changing(painter, shown), add, send, back]
    return painter.page("meeting_agenda", keys, shown=shown)


def _changing(painter: Painter, shown: outcomes.AgendaEditor) -> list[Sequence[Button]]:
    number, at = shown.facts.id, shown.at
    if not at:
        return []
    return [
        [
            painter.button("agenda_up", to.AGENDA_UP(number, item=at)),
            painter.button("agenda_down", to.AGENDA_DOWN(number, item=at)),
            painter.button("agenda_drop", to.AGENDA_DROP(number, item=at)),
        ],
        [
            painter.button("agenda_minutes", to.AGENDA_EDIT(number, item=at, what="minutes")),
            painter.button("agenda_text", to.AGENDA_EDIT(number, item=at, what="text")),
        ],
    ]


def invitees(painter: Painter, shown: outcomes.Invitees) -> Screen:
    """Everybody with a switch each; after the announcement a switch asks once more."""
    number, is_planned = shown.facts.id, shown.facts.state == PLANNED
    last = last_page(len(shown.people))
    at = shown.page if shown.page <= last else 0
    keys = [
        [
            painter.labelled(
                ("☑ " if invited else "☐ ") + f"{each.name} – {each.instansi}",
                to.INVITEE(number, each.id, to.Switched(word_to_turn(is_on=invited), str(at)))
                if is_planned
                else to.GUEST(number, each.id),
            )
        ]
        for each, invited in page_of(shown.people, at)
    ]
    pages = turns(painter, lambda page: to.INVITEES(number, page), at, last)
    more = [painter.button("invite_more", to.INVITE_MORE(number))]
    back = [painter.button("meeting_back", to.MEETING(number))]
    return painter.page("meeting_invitees", [*keys, pages, more, back], shown=shown)


def materials(painter: Painter, shown: outcomes.Materials) -> Screen:
    """The checklist; what a number does is told above, and can be changed below."""
    number = shown.facts.id
    may = [shown.may_guide or line.mine for line in shown.lines]
    numbers = [
        painter.labelled(str(place), to.MATERIAL(line.id, mode=_material_mode(shown, line)))
        for place, line in enumerate(shown.lines, 1)
        if may[place - 1]
    ]
    modes = [
        painter.button(f"materials_{mode}", to.MATERIALS(number, mode=mode))
        for mode in ("tick", "who", "drop")
        if mode != shown.mode and shown.lines
    ]
    add = [painter.button("material_add", to.MATERIAL_ADD(number))]
    guiding = [modes, add] if shown.may_guide else []
    back = [painter.button("meeting_back", to.MEETING(number))]
    return painter.page("meeting_materials", [*arranged(numbers), *guiding, back], shown=shown)


def _material_mode(shown: outcomes.Materials, line: outcomes.MaterialLine) -> str:
    return word_to_turn(is_on=line.done) if shown.mode == "tick" else shown.mode


def replies(painter: Painter, shown: outcomes.MeetingReplies) -> Screen:
    """Who answered what."""
    number = shown.facts.id
    keys = [
        painter.button("refresh", to.REPLIES(number)),
        painter.button("meeting_back", to.MEETING(number)),
    ]
    return painter.page("meeting_replies", [keys], shown=shown)
