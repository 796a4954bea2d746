"""Screens of meetings before they begin: lists, the card, the plan, the invitation, who comes."""

from collections.abc import Sequence

from bot.callbacks import Go
from bot.screen import Button, Screen
from bot.screens.painter import Painter, arranged
from domain.meetings.attendance import DEPUTY, NO, YES
from domain.meetings.meeting import CANCEL, COMING, CORRECTING, FINAL, HELD, OPEN, PLANNED, REVISE
from usecases.meetings import outcomes

PAGE = 8
SIGNS = {
    "planned": "✎", "announced": "📅", "moved": "📅", "held": "▶", "correcting": "✍", "final": "✔", "cancelled": "✖",
}  # fmt: skip
ANSWERS = {YES: "✔", NO: "✖", DEPUTY: "⇄"}


def listing(painter: Painter, shown: outcomes.Meetings) -> Screen:
    """A page of meetings with a key each, and the way to plan one."""
    start = shown.page * PAGE
    here = shown.lines[start : start + PAGE]
    keys = [
        [painter.labelled(f"{SIGNS[each.state]} {each.starts:%d/%m} {each.title}", Go("meeting", each.id))]
        for each in here
    ]
    place, number = _list_place(shown.topic_index)
    turns = page_turns(painter, place, number, shown.page, len(shown.lines))
    plan = [painter.button("plan_meeting", Go("plan_meeting", number))] if shown.may_plan else []
    return painter.page(
        "meetings", [*keys, turns, plan, [*_up(painter, shown.topic_index), painter.menu()]],
        shown=shown, here=here, signs=SIGNS, answers=ANSWERS,
    )  # fmt: skip


def _list_place(topic_index: int | None) -> tuple[str, int]:
    return ("meetings", 0) if topic_index is None else ("topic_meetings", topic_index + 1)


def page_turns(painter: Painter, place: str, of: int, page: int, total: int, word: str = "") -> list[Button]:
    """Keys to the page before and after."""
    before = [painter.button("page_before", Go(place, of, page - 1, word))] if page else []
    after = [painter.button("page_after", Go(place, of, page + 1, word))] if (page + 1) * PAGE < total else []
    return [*before, *after]


def _up(painter: Painter, topic_index: int | None) -> list[Button]:
    return [] if topic_index is None else [painter.button("topic", Go("topic", topic_index))]


def card(painter: Painter, shown: outcomes.MeetingCard) -> Screen:
    """A meeting: when, where, what about; the actor's answer, and what they may do."""
    keys = [*_answers(painter, shown), *_guiding(painter, shown), _papers(painter, shown)]
    place, number = _list_place(shown.topic_index)
    back = painter.button("meetings_back", Go(place, number))
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
    if state == HELD and not shown.here:
        return [[painter.button("i_am_here", Go("meeting_here", number))]]
    return _reading(painter, shown)


def _reading(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    if shown.facts.state in {CORRECTING, FINAL}:
        return [[painter.button("minutes", Go("minutes", shown.facts.id))]]
    return []


def _papers(painter: Painter, shown: outcomes.MeetingCard) -> list[Button]:
    return [painter.button("papers", Go("papers", shown.facts.id))] if shown.may_print else []


def _to_bring(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    return [[painter.button("materials_mine", Go("materials", shown.facts.id))]] if shown.bring else []


def reply_keys(painter: Painter, number: int, given: str = "") -> list[Sequence[Button]]:
    """Hadir, tidak, diwakilkan; the present answer is marked."""
    places = {YES: "meeting_yes", NO: "meeting_no", DEPUTY: "meeting_deputy"}
    keys = [
        painter.labelled(
            ("✓ " if answer == given else "") + painter.wording.plain(f"button.{place}"), Go(place, number)
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
    if state == HELD:
        return [[painter.button("meeting_live", Go("live", number))]]
    if state not in COMING:
        return []
    if shown.manage:
        return _managing(painter, shown)
    keys: list[Sequence[Button]] = [
        [painter.button("meeting_replies", Go("meeting_replies", number))]
        + ([painter.button("meeting_manage", Go("meeting", number, 1))] if REVISE in shown.can else [])
    ]
    return (
        [*keys, [painter.button("meeting_open", Go("meeting_open", number))]] if OPEN in shown.can else keys
    )


def _planning(painter: Painter, number: int) -> list[Sequence[Button]]:
    return [
        [painter.button("meeting_preview", Go("meeting_preview", number))],
        [painter.button("agenda", Go("agenda", number)), painter.button("invitees", Go("invitees", number))],
        [painter.button("materials", Go("materials", number)), painter.button("edit_when", _edit(number, "when"))],
        [painter.button("edit_where", _edit(number, "where")), painter.button("edit_title", _edit(number, "title"))],
        [painter.button("drop_plan", Go("meeting_cancel", number))],
    ]  # fmt: skip


def _edit(number: int, what: str) -> Go:
    return Go("meeting_edit", number, 0, what)


def _managing(painter: Painter, shown: outcomes.MeetingCard) -> list[Sequence[Button]]:
    number = shown.facts.id
    cancel = [painter.button("cancel_meeting", Go("meeting_cancel", number))] if CANCEL in shown.can else []
    return [
        [painter.button("edit_when", _edit(number, "when")), painter.button("edit_where", _edit(number, "where"))],
        [painter.button("agenda", Go("agenda", number)), painter.button("edit_title", _edit(number, "title"))],
        [painter.button("invitees", Go("invitees", number)), painter.button("materials", Go("materials", number))],
        cancel,
        [painter.button("meeting_back", Go("meeting", number))],
    ]  # fmt: skip


def preview(painter: Painter, shown: outcomes.MeetingPreview) -> Screen:
    """The invitation as people will read it."""
    number = shown.facts.id
    announce = (
        [painter.button("meeting_announce", Go("meeting_announce", number), count=shown.invited)]
        if shown.may_announce
        else []
    )
    return painter.page(
        "meeting_preview", [announce, [painter.button("meeting_back", Go("meeting", number))]], shown=shown
    )


def agenda(painter: Painter, shown: outcomes.AgendaEditor) -> Screen:
    """The agenda with its clock; a number chooses a point, and then come the keys to change it."""
    number = shown.facts.id
    numbers = []
    for place, point in enumerate(shown.facts.agenda, 1):
        label = f"•{place}" if point.item.key == shown.at else str(place)
        numbers.append(painter.labelled(label, Go("agenda", number, point.item.key)))
    add = [painter.button("agenda_add", Go("agenda_edit", number, shown.at, "add"))]
    send = [painter.button("agenda_send", Go("agenda_send", number))] if shown.unsent else []
    back = [painter.button("meeting_back", Go("meeting", number))]
    keys = [*arranged(numbers), *_changing(painter, shown), add, send, back]
    return painter.page("meeting_agenda", keys, shown=shown)


def _changing(painter: Painter, shown: outcomes.AgendaEditor) -> list[Sequence[Button]]:
    number, at = shown.facts.id, shown.at
    if not at:
        return []
    return [
        [
            painter.button("agenda_up", Go("agenda_up", number, at)),
            painter.button("agenda_down", Go("agenda_down", number, at)),
            painter.button("agenda_drop", Go("agenda_drop", number, at)),
        ],
        [
            painter.button("agenda_minutes", Go("agenda_edit", number, at, "minutes")),
            painter.button("agenda_text", Go("agenda_edit", number, at, "text")),
        ],
    ]


def invitees(painter: Painter, shown: outcomes.Invitees) -> Screen:
    """Everybody with a switch each; after the announcement a switch asks once more."""
    number = shown.facts.id
    start = shown.page * PAGE if shown.page * PAGE < len(shown.people) else 0
    place = "invitee" if shown.facts.state == PLANNED else "guest"
    keys = [
        [
            painter.labelled(
                ("☑ " if invited else "☐ ") + f"{each.name} – {each.instansi}",
                Go(place, number, each.id, str(start // PAGE)),
            )
        ]
        for each, invited in shown.people[start : start + PAGE]
    ]
    turns = page_turns(painter, "invitees", number, start // PAGE, len(shown.people))
    more = [painter.button("invite_more", Go("invite_more", number))]
    back = [painter.button("meeting_back", Go("meeting", number))]
    return painter.page("meeting_invitees", [*keys, turns, more, back], shown=shown)


def materials(painter: Painter, shown: outcomes.Materials) -> Screen:
    """The checklist; what a number does is told above, and can be changed below."""
    number = shown.facts.id
    may = [shown.may_guide or line.mine for line in shown.lines]
    numbers = [
        painter.labelled(str(place), Go("meeting_material", line.id, 0, shown.mode))
        for place, line in enumerate(shown.lines, 1)
        if may[place - 1]
    ]
    modes = [
        painter.button(f"materials_{mode}", Go("materials", number, 0, mode))
        for mode in ("tick", "who", "drop")
        if mode != shown.mode and shown.lines
    ]
    add = [painter.button("material_add", Go("material_add", number))]
    guiding = [modes, add] if shown.may_guide else []
    back = [painter.button("meeting_back", Go("meeting", number))]
    return painter.page("meeting_materials", [*arranged(numbers), *guiding, back], shown=shown)


def replies(painter: Painter, shown: outcomes.MeetingReplies) -> Screen:
    """Who answered what."""
    number = shown.facts.id
    keys = [
        painter.button("refresh", Go("meeting_replies", number)),
        painter.button("meeting_back", Go("meeting", number)),
    ]
    return painter.page("meeting_replies", [keys], shown=shown)
