"""What the bot says unasked: the templates under `messages/`, each with the keys that let its reader act."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.callbacks import Back, View
from bot.places import activities, broadcasts, follow_ups, people
from bot.screen import Button, Screen
from bot.screens import meeting_notices
from bot.screens.painter import Painter, rows
from usecases.answering.tasks import TaskRef

RESULT_LINK = "hasil-"
"""What the payload of a link that shows a result begins with; the activity's number follows."""

Facts = Mapping[str, Any]
Keys = Callable[[Painter, Facts], list[list[Button]]]


def _answer(painter: Painter, facts: Facts) -> list[list[Button]]:
    return [[painter.button("begin_answering", View(TaskRef("a", facts["activity_id"])))]]


def _check(painter: Painter, facts: Facts) -> list[list[Button]]:
    return [[painter.button("check_answers", Back(TaskRef("a", facts["activity_id"])))]]


def _newcomer(painter: Painter, facts: Facts) -> list[list[Button]]:
    number = facts["member_id"]
    return [
        [painter.button("accept", people.ACCEPT(number)), painter.button("decline", people.DECLINE(number))]
    ]


def _follow_up(painter: Painter, facts: Facts) -> list[list[Button]]:
    return [[painter.button("open_follow_up", follow_ups.FOLLOW_UP(facts["follow_up_id"]))]]


def _wish(painter: Painter, facts: Facts) -> list[list[Button]]:
    number = facts["follow_up_id"]
    answers = [
        painter.button("fu_accept", follow_ups.ACCEPT(number)),
        painter.button("fu_refuse", follow_ups.REFUSE(number)),
    ]
    return [answers, [painter.button("fu_grant", follow_ups.GRANT(number))], *_follow_up(painter, facts)]


def _desk(painter: Painter, facts: Facts) -> list[list[Button]]:
    number = facts["activity_id"]
    return [
        [
            painter.button("close", activities.CLOSE(number)),
            painter.button("deadline", activities.DEADLINE(number)),
        ],
        [painter.button("desk", activities.DESK(number))],
    ]


def _menu(painter: Painter, facts: Facts) -> list[list[Button]]:
    return [[painter.menu()]]


def _none(painter: Painter, facts: Facts) -> list[list[Button]]:
    return []


def _reach(painter: Painter, facts: Facts) -> list[list[Button]]:
    return [[painter.button("reach", broadcasts.REACH()), painter.menu()]]


def _group(painter: Painter, facts: Facts) -> list[list[Button]]:
    return [[painter.button("group", people.GROUP()), painter.menu()]]


KEYS: Mapping[str, Keys] = {
    "asked_to_answer": _answer,
    "nudged": _answer,
    "entered_for": _check,
    "newcomer": _newcomer,
    "follow_up_given": _follow_up,
    "follow_up_done": _follow_up,
    "follow_up_blocked": _follow_up,
    "follow_up_resumed": _follow_up,
    "follow_up_wish": _wish,
    "follow_up_extended": _follow_up,
    "follow_up_refused": _follow_up,
    "follow_up_handed": _follow_up,
    "follow_up_cancelled": _follow_up,
    "follow_up_reopened": _follow_up,
    "deadline": _answer,
    "time_over": _desk,
    "group_lost": _group,
    "unreachable": _reach,
    "topic_opened": _none,
    "group_left": _none,
    "group_linked": _none,
    "group_pins": _group,
    "group_rights": _group,
    **meeting_notices.KEYS,
}


def words(painter: Painter, payload: Mapping[str, Any]) -> Screen:
    """The message of an outbox row of kind 'words'."""
    facts = payload["facts"]
    text = painter.wording.page(f"messages/{payload['page']}", **facts)
    return Screen(text, rows(*KEYS.get(payload["page"], _menu)(painter, facts)))


def open_result(painter: Painter, activity_id: int) -> list[list[Button]]:
    """The key under a result in the group: the whole of it in the private chat."""
    link = painter.start_link(f"{RESULT_LINK}{activity_id}")
    return [[Button(painter.wording.plain("button.result_in_private"), url=link)]]


def board(painter: Painter, activity_id: int, title: str, state: str, done: int, total: int) -> Screen:
    """The group's board of an activity: how many have answered, never what."""
    text = painter.wording.page("screens/board", title=title, state=state, done=done, total=total)
    if state != "open":
        return Screen(text)
    link = painter.start_link(f"t{TaskRef('a', activity_id)}")
    return Screen(text, ((Button(painter.wording.plain("button.answer_here"), url=link),),))
