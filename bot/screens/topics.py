"""Screens of the process: topics, activities, the facilitator's desk, turnout, results, tindak lanjut."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.callbacks import Back, View
from bot.places import activities as to
from bot.places.follow_ups import TOPIC_FOLLOW_UPS
from bot.places.meetings import OF_TOPIC
from bot.places.people import LATER
from bot.places.topics import BEGIN, CLOSE_TOPIC, OPEN_TOPIC, SKIP, TOPIC, TOPICS
from bot.screen import Button, Screen
from bot.screens import guiding
from bot.screens.messages import open_result
from bot.screens.paging import last_page, page_of, turns
from bot.screens.painter import Painter, arranged, rows, shorten
from bot.transport.html_pieces import MESSAGE_CHARACTERS, shown_length
from documents.chat import render
from domain import roles
from domain.faults import Fault
from domain.guiding import steps
from domain.instruments.base import PLENARY
from usecases.activities.outcomes import NOBODY, ROOM, Desk, Result, Turnout
from usecases.answering.outcomes import Finished, Paused
from usecases.answering.tasks import TaskRef
from usecases.topics.outcomes import ActivityLine, Framework, TopicCard

SIGNS = {
    "ahead": "○",
    "draft": "✎",
    "open": "▶",
    "parted": "⁂",
    "closed": "■",
    "adopted": "✔",
    "done": "✔",
    "skipped": "–",
}
STALE = "↻ "
"""Before the title of an activity that rests on something that has changed since."""


def framework(painter: Painter, shown: Framework) -> Screen:
    """The whole process; a key for each topic of one stage, and for each other stage."""
    keys = [
        [painter.labelled(f"{SIGNS[line.state]} {line.key} {line.title}", TOPIC(line.index))]
        for line in shown.topics
    ]
    stages = [
        painter.button("stage", TOPICS(index), key=stage.key)
        for index, stage in enumerate(shown.stages)
        if index != shown.here
    ]
    return painter.page("framework", [*keys, *arranged(stages), [painter.menu()]], shown=shown, signs=SIGNS)


def topic_card(painter: Painter, shown: TopicCard) -> Screen:
    """A topic's card: what it is for, and its activities with a key each."""
    keys: list[Sequence[Button]] = []
    first = shown.onward if shown.state in {"open", "done"} else None
    keys += guiding.onward(painter, first)
    if shown.state in {"ahead", "skipped"} and shown.may_guide:
        skip = [painter.button("skip_topic", SKIP(shown.index))] if shown.state == "ahead" else []
        keys.append([painter.button("open_topic", OPEN_TOPIC(shown.index)), *skip])
    if shown.state not in {"ahead", "skipped"}:
        keys += [[key] for line in shown.activities if (key := _activity_key(painter, shown, line))]
        keys.append(
            [
                painter.button("topic_meetings", OF_TOPIC(shown.index)),
                painter.button("topic_follow_ups", TOPIC_FOLLOW_UPS(shown.index)),
            ]
        )
    if shown.state == "open" and shown.may_guide and not (first and first.kind is steps.CLOSE_TOPIC):
        keys.append([painter.button("close_topic", CLOSE_TOPIC(shown.index))])
    fold = painter.button("shorter" if shown.whole else "longer", TOPIC(shown.index, whole=not shown.whole))
    keys += [[fold], [painter.button("topics", TOPICS()), painter.menu()]]
    return painter.page("topic_card", keys, shown=shown, signs=SIGNS)


def _activity_key(painter: Painter, shown: TopicCard, line: ActivityLine) -> Button | None:
    label = f"{SIGNS[line.state]} {STALE if line.stale else ''}{line.spec.title}"
    if line.id is not None:
        return painter.labelled(label, to.DESK(line.id))
    if shown.may_guide and not line.blocked_by:
        return painter.labelled(label, BEGIN(shown.index, number=line.index))
    return None


def desk(painter: Painter, shown: Desk) -> Screen:
    """The facilitator's view: how far it is, what can be done."""
    assert shown.activity is not None
    body = painter.wording.block(
        shown.activity.instrument, "desk", activity=shown.activity, sheet=shown.sheet, result=shown.result
    )
    keys = [row for part in _order(shown) for row in part(painter, shown)]
    up = to.DESK(shown.parent_id) if shown.parent_id else TOPIC(shown.topic_index)
    back = [painter.button("whole" if shown.parent_id else "topic", up), painter.menu()]
    hidden = (
        not shown.shows_tally or shown.state == "skipped" or (shown.state == "draft" and not shown.may_guide)
    )
    return painter.page(
        "desk",
        [*keys, back],
        shown=shown,
        body="" if hidden else body,
        lacking=_said_of(painter, shown, shown.lacking) if shown.may_guide else "",
        hint=_said_of(painter, shown, shown.hint, "pulse" if shown.state == "open" else "fault"),
        signs=SIGNS,
        sign=SIGNS[shown.state],
    )


def _order(shown: Desk) -> Sequence[Callable[[Painter, Desk], list[list[Button]]]]:
    """The parts of the keyboard; the sensible next step stands first."""
    if shown.state == "draft" and shown.lacking:
        return [_drawing, _moves, _aside, _states, _groups]
    if shown.state == "draft":
        return [_drawing, _states, _moves, _groups, _aside]
    if shown.state == "closed" and shown.lacking:
        return [_drawing, _moves, _answering, _states, _groups, _aside]
    if shown.state == "open" and not _is_answered(shown):
        return [_answering, _states, _moves, _groups, _aside]
    return [_onward, _drawing, _states, _answering, _moves, _groups, _aside]


def _is_answered(shown: Desk) -> bool:
    """Whether there is nothing left to wait for."""
    return shown.filled or bool(shown.total and shown.done == shown.total)


def _onward(painter: Painter, shown: Desk) -> list[list[Button]]:
    return guiding.onward(painter, shown.onward)


def _drawing(painter: Painter, shown: Desk) -> list[list[Button]]:
    if shown.may_guide and shown.stale and shown.state in {"draft", "closed"}:
        return [[painter.button("draw_again", to.DRAW_AGAIN(shown.activity_id))]]
    return []


def _said_of(painter: Painter, shown: Desk, fault: Fault | None, kind: str = "fault") -> str:
    """What an instrument finds lacking, or worth a look."""
    if fault is None or shown.activity is None:
        return ""
    return painter.wording.word(f"{kind}.{fault.code}", shown.activity.instrument, **fault.details)


def _answering(painter: Painter, shown: Desk) -> list[list[Button]]:
    """Keys to answer, to see who has answered, and to enter answers for others."""
    number = shown.activity_id
    mine = [painter.button("answer_mine", View(TaskRef("a", number)))] if shown.may_answer else []
    room = [painter.button("plenary", View(TaskRef("a", number, PLENARY)))]
    if shown.state in {"draft", "parted"} or not shown.may_guide:
        return [mine]
    if not shown.total:
        return _room_alone(painter, shown)
    nudge = (
        [painter.button("nudge", to.NUDGE(number))]
        if shown.state == "open" and not _is_answered(shown)
        else []
    )
    keys = [[painter.button("turnout", to.TURNOUT(number)), *nudge]]
    keys.insert(1 if shown.mine_done else 0, mine)
    if shown.state == "open":
        keys.append([painter.button("on_behalf", to.ON_BEHALF(number)), *room])
        keys.append([painter.button("drop_plenary", to.DROP_PLENARY(number))] if shown.plenary else [])
    return keys


def _room_alone(painter: Painter, shown: Desk) -> list[list[Button]]:
    """Where no member is asked: to enter what the room says, and to ask members after all."""
    if shown.state != "open" or shown.asks == NOBODY:
        return []
    number = shown.activity_id
    keys = [[painter.button("plenary", View(TaskRef("a", number, PLENARY)))]]
    keys.append([painter.button("ask_members", to.ASK_MEMBERS(number))] if shown.in_plenary else [])
    keys.append([painter.button("drop_plenary", to.DROP_PLENARY(number))] if shown.plenary else [])
    return keys


def _moves(painter: Painter, shown: Desk) -> list[list[Button]]:
    assert shown.activity is not None
    keys = [
        Button(
            shorten(painter.wording.plain(f"move.{offer.kind}", shown.activity.instrument), 40),
            painter.labelled("", to.MOVE(shown.activity_id, kind=offer.kind)).data,
        )
        for offer in shown.offers
    ]
    if shown.takes_forms:
        keys.append(painter.button("excel", to.EXCEL(shown.activity_id)))
    if shown.last_move:
        keys.append(painter.button("undo", to.UNDO(shown.activity_id, number=shown.last_move)))
    return [keys[n : n + 2] for n in range(0, len(keys), 2)]


def _groups(painter: Painter, shown: Desk) -> list[list[Button]]:
    """Breakout groups: dividing before the start, each group's desk, bringing them together; who takes part."""
    number = shown.activity_id
    keys = [[painter.labelled(f"{SIGNS[part.state]} {part.name}", to.DESK(part.id))] for part in shown.parts]
    if not shown.may_guide or shown.parent_id:
        return keys
    if shown.state == "draft":
        undivide = [painter.button("undivide", to.UNDIVIDE(number))] if shown.parts else []
        participants = painter.button("participants", to.PARTICIPANTS(number))
        keys += [[painter.button("divide", to.DIVIDE(number)), participants], undivide]
    if shown.state == "parted" and not any(part.state in {"draft", "open"} for part in shown.parts):
        keys.append([painter.button("unite", to.UNITE(number))])
    return keys


def _states(painter: Painter, shown: Desk) -> list[list[Button]]:
    """Keys to open, close, adopt and reopen the activity, and to see its result."""
    number, keys = shown.activity_id, []
    if shown.state == "adopted" or shown.adopted:
        keys.append([painter.button("result", to.RESULT(number))])
    if not shown.may_guide:
        return keys
    if shown.state == "draft":
        keys += _starting(painter, shown)
    if shown.state == "open":
        keys.append([painter.button("close", to.CLOSE(number)), painter.button("refresh", to.DESK(number))])
        keys.append([painter.button("deadline", to.DEADLINE(number))] if shown.total else [])
    if shown.state == "closed" and not shown.lacking:
        keys.append([painter.button("adopt", to.ADOPT(number))])
    if shown.state in {"closed", "adopted"}:
        again = "next_period" if shown.repeats and shown.state == "adopted" else "reopen"
        keys.append([painter.button(again, to.REOPEN(number))])
    return keys


def _starting(painter: Painter, shown: Desk) -> list[list[Button]]:
    """Keys to let members answer, the room, or nobody where the result follows from what was drawn."""
    number = shown.activity_id
    if shown.lacking:
        return []
    if shown.asks == NOBODY:
        return [[painter.button("compute", to.START(number))]]
    if shown.asks == ROOM:
        return [[painter.button("start_in_plenary", to.START_IN_PLENARY(number))]]
    return [
        [painter.button("start", to.START(number)), painter.button("deadline", to.DEADLINE(number))],
        [painter.button("start_in_plenary", to.START_IN_PLENARY(number))] if not shown.parts else [],
    ]


def _aside(painter: Painter, shown: Desk) -> list[list[Button]]:
    """Keys to skip this activity, or to do it after all."""
    number = shown.activity_id
    if not shown.may_guide or shown.parent_id:
        return []
    if shown.state == "skipped":
        return [[painter.button("take_up", to.REOPEN(number))]]
    if shown.state in {"draft", "closed"}:
        return [[painter.button("skip_activity", to.SKIP_ACTIVITY(number))]]
    return []


def turnout(painter: Painter, shown: Turnout) -> Screen:
    """Names of those who have and have not answered."""
    keys: list[Sequence[Button]] = []
    if shown.choose:
        keys = [
            [painter.labelled(each.name, View(TaskRef("a", shown.activity_id, each.id)))]
            for each in page_of(shown.offered, shown.page)
        ]
        keys.append(
            turns(
                painter,
                lambda page: to.ON_BEHALF(shown.activity_id, page),
                shown.page,
                last_page(len(shown.offered)),
            )
        )
    elif shown.missing and shown.is_open:
        keys = [[painter.button("nudge", to.NUDGE(shown.activity_id))]]
    return painter.page("turnout", [*keys, [painter.button("desk", to.DESK(shown.activity_id))]], shown=shown)


def finished(painter: Painter, shown: Finished) -> Screen:
    """Thanks for the answers; they can be changed until the activity is closed."""
    keys = [[guiding.button(painter, shown.onward)]] if shown.onward else []
    keys.append([painter.button("change", Back(shown.task.ref))])
    if shown.task.ballot.role in roles.FACILITATORS:
        keys.append([painter.button("desk", to.DESK(shown.task.ref.id))])
    return painter.page("finished", [*keys, [painter.menu()]], shown=shown)


def essence(painter: Painter, shown: Result) -> Screen:
    """The essential result in words the oldest app can read."""
    text = painter.wording.block(
        shown.instrument, "essence", activity=shown, sheet=shown.sheet, result=shown.result
    )
    return painter.page("essence", shown=shown, body=text)


def essence_alone(painter: Painter, shown: Result) -> Screen:
    """The same in a private chat, where the whole is a tap away."""
    return replace(
        essence(painter, shown), keyboard=rows([painter.button("result", to.RESULT(shown.activity_id))])
    )


def result_board(painter: Painter, shown: Result) -> Screen:
    """What the board of an adopted activity shows: the essence, or the whole result where one message holds it."""
    facts = {"activity": shown, "sheet": shown.sheet, "result": shown.result}
    essence_ = painter.wording.block(shown.instrument, "essence", **facts)
    words = painter.wording.page("screens/result_board", shown=shown, body=essence_)
    if shown_length(words) > MESSAGE_CHARACTERS:
        words = painter.wording.page("screens/result_board", shown=shown, body="")
    document = painter.wording.page(
        "documents/result", shown=shown, body=result_body(painter, shown), in_group=True
    )
    pieces = [] if shown.pictured else render.rich_pieces(document)
    keys = rows(*open_result(painter, shown.activity_id))
    return Screen(words, keys, rich=pieces[0] if len(pieces) == 1 else "")


def whole_result(painter: Painter, shown: Result) -> Screen:
    """The whole result with its tables, in as many messages as it needs; each with its own fallback."""
    document = painter.wording.page(
        "documents/result", shown=shown, body=result_body(painter, shown), in_group=False
    )
    if shown.pictured:
        return Screen(_in_words(document), pictured=document)
    pieces = [Screen(_in_words(piece), rich=piece) for piece in render.rich_pieces(document)]
    return replace(pieces[0], more=tuple(pieces[1:]))


def _in_words(document: str) -> str:
    """What the oldest app can read; Telegram.show divides it where it is too long."""
    return "\n\n".join(render.plain_pieces(document))


def result_body(painter: Painter, shown: Result) -> str:
    """The semantic HTML of a result."""
    return painter.wording.block(
        shown.instrument, "result", activity=shown, sheet=shown.sheet, result=shown.result
    )


def result(painter: Painter, shown: Result) -> Screen:
    """A result looked up in the private chat."""
    number = shown.activity_id
    keys = [[painter.button("rows", to.ROWS(number))]] if shown.traceable else []
    keys.append([painter.button("desk", to.DESK(number)), painter.menu()])
    screen, whole = essence(painter, shown), whole_result(painter, shown)
    if shown.pictured:
        return replace(screen, keyboard=rows(*keys), more=(whole,))
    return replace(whole, text=f"{screen.text}\n\n{whole.text}", keyboard=rows(*keys))


def paused(painter: Painter, shown: Paused) -> Screen:
    """A resting place: go on, or later."""
    keys = [
        [
            painter.button("go_on", View(shown.task.ref)),
            painter.button("later", LATER(str(shown.task.ref))),
        ]
    ]
    return painter.page("paused", keys, shown=shown)
