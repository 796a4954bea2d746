"""A second question before a step that unsettles or publishes: what it does, yes, and back to where one was."""

from collections.abc import Callable, Mapping

from bot.callbacks import Go
from bot.places import activities, documents, people, topics
from bot.screen import Screen
from bot.screens.painter import Painter, rows
from usecases.outcomes import AskFirst

Ways = tuple[Callable[[AskFirst], Go], Callable[[AskFirst], Go]]

WAYS: Mapping[str, Ways] = {
    "reopen": (lambda asked: activities.REOPEN(asked.id, sure=True), lambda asked: activities.DESK(asked.id)),
    "adopt": (lambda asked: activities.ADOPT(asked.id, sure=True), lambda asked: activities.DESK(asked.id)),
    "close_topic": (
        lambda asked: topics.CLOSE_TOPIC(asked.id, sure=True),
        lambda asked: topics.TOPIC(asked.id),
    ),
    "decline": (lambda asked: people.DECLINE(asked.id, sure=True), lambda asked: people.MEMBER(asked.id)),
    "paper_final": (
        lambda asked: documents.FINAL(asked.id, asked.word, sure=True),
        lambda asked: documents.PAPER(asked.word, asked.id),
    ),
}
"""Where yes and no lead, by the step that is asked about."""


def ask_first(painter: Painter, asked: AskFirst) -> Screen:
    """The question with its two keys."""
    yes, no = WAYS[asked.step]
    text = painter.wording.word(f"ask_first.{asked.step}", **asked.details)
    keys = [painter.button(f"sure_{asked.step}", yes(asked)), painter.button("no_back", no(asked))]
    return Screen(str(text), rows(*([key] for key in keys)))
