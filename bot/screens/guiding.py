"""The next steps of whoever guides: each has one button, wherever it is shown."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.callbacks import Go
from bot.places import activities, meetings, people, topics
from bot.screen import Button, Screen
from bot.screens.painter import Painter, shorten
from domain.guiding import steps
from domain.guiding.steps import Step
from usecases.guiding.notices import Told

LABEL = 48
"""More of a title than a phone shows on a button."""

WAYS: Mapping[str, Callable[[Step], Go]] = {
    steps.NOT_HELD.name: lambda step: meetings.MEETING(step.id),
    steps.CIRCULATE.name: lambda step: meetings.LIVE(step.id),
    steps.CORRECTIONS.name: lambda step: meetings.CORRECTIONS(step.id),
    steps.FINALISE.name: lambda step: meetings.MINUTES(step.id),
    steps.ANNOUNCE.name: lambda step: meetings.PREVIEW(step.id),
    steps.JOIN.name: lambda step: people.MEMBER(step.id) if step.total == 1 else people.MEMBERS(),
    steps.CLOSE.name: lambda step: activities.CLOSE(step.id),
    steps.TIME_OVER.name: lambda step: activities.DESK(step.id),
    steps.FILL.name: lambda step: activities.DESK(step.id),
    steps.UNITE.name: lambda step: activities.UNITE(step.id),
    steps.DECIDE.name: lambda step: activities.DESK(step.id),
    steps.ADOPT.name: lambda step: activities.DESK(step.id),
    steps.DUE.name: lambda step: activities.NUDGE(step.id),
    steps.REVIEW.name: lambda step: activities.DESK(step.id),
    steps.BEGIN.name: lambda step: topics.BEGIN_NOW(step.id, number=step.number),
    steps.CLOSE_TOPIC.name: lambda step: topics.CLOSE_TOPIC(step.id),
    steps.OPEN_TOPIC.name: lambda step: topics.TOPIC(step.id),
    steps.RUNNING.name: lambda step: activities.DESK(step.id),
}
"""Where each kind of step leads: to the deed itself where nothing needs to be seen before."""


def button(painter: Painter, step: Step) -> Button:
    """The one button of a step."""
    words = painter.wording.plain(f"step_button.{step.kind.name}", step=step)
    return Button(shorten(words, LABEL), painter.labelled("", WAYS[step.kind.name](step)).data)


def onward(painter: Painter, step: Step | None) -> list[list[Button]]:
    """The keys of what comes next: an activity can also be prepared (groups, participants, a deadline) before."""
    if step is None:
        return []
    prepare = painter.button("prepare", topics.BEGIN(step.id, number=step.number))
    return [[button(painter, step)], [prepare] if step.kind is steps.BEGIN else []]


def sentence(painter: Painter, step: Step) -> Markup:
    """What is said of a step."""
    return painter.wording.word(f"step.{step.kind.name}", step=step)


def told(painter: Painter, said: Told) -> Screen:
    """The message that tells a step unasked."""
    keys = [[button(painter, said.step)], [painter.menu()]]
    return painter.page("step", keys, sentence=sentence(painter, said.step), pokja=said.pokja)
