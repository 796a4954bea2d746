"""The figures that papers about the Pokja itself show, drawn from their edition's facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from documents.figures.drawing import fitting
from documents.figures.gantt import Task, gantts
from documents.figures.poster import Notice, Stage, Text, poster
from documents.figures.states import GREEN, RED, YELLOW, Light, Part, lights, progress
from documents.language.wording import Wording
from documents.paper.page_setup import A3, MARGINS_MM
from domain.documents.editions import Edition

WIDTH, HEIGHT = 600, 640
"""Pixels of a figure as wide as an upright page's text; one of two thirds of its height still finds room on many."""
PIXELS_PER_MM = 96 / 25.4
FOOT_MM = 9
"""Room that the margins around a figure take from a page."""
FINISHED = {"done", "skipped"}
AGES = (("late", RED), ("soon", YELLOW), ("later", GREEN))
"""How urgent tindak lanjut are, with the colour of each."""


def drawings(edition: Edition, words: Wording) -> Mapping[str, object]:
    """What the edition's template shows besides its facts, by name; nothing for most."""
    draw = _DRAWN.get(edition.template)
    return draw(edition, words) if draw else {}


def _work_plan(edition: Edition, words: Wording) -> Mapping[str, object]:
    """`timeline`: the calendar."""
    today = edition.made_at.astimezone(ZoneInfo(edition.zone)).date()
    tasks = list(_tasks(edition.facts["calendar"].phases))
    return {"timeline": _safe(gantts(tasks, edition.title, WIDTH, HEIGHT, today))}


def _tasks(phases: Iterable[Any]) -> Iterator[Task]:
    for phase in phases:
        yield Task(phase.title, date.min, date.min, heading=True)
        for topic in phase.topics:
            label = f"{topic.key} {topic.title}"
            yield Task(label, topic.starts, topic.ends, done=topic.state in FINISHED)


def _poster(edition: Edition, words: Wording) -> Mapping[str, object]:
    """`sheet`: the poster, as big as the page."""
    _, right, _, left = MARGINS_MM
    paper = A3.turned()
    width = int((paper.width - left - right) * PIXELS_PER_MM)
    height = int((paper.height - MARGINS_MM[0] - MARGINS_MM[2] - FOOT_MM) * PIXELS_PER_MM)
    phases = edition.facts["calendar"].phases
    text = Text(
        words.plain("poster.headline", **_named(edition)),
        (words.plain("poster.about", **_named(edition)),),
        tuple(_stage(each, words) for each in phases),
    )
    (sheet,) = _safe([fitting(poster(text, edition.title, width, height), height)])
    return {"sheet": sheet}


def _named(edition: Edition) -> Mapping[str, object]:
    """What the head of the poster tells: whose it is, from when to when, who leads."""
    topics = [topic for phase in edition.facts["calendar"].phases for topic in phase.topics]
    days = (min(each.starts for each in topics), max(each.ends for each in topics)) if topics else None
    return {"edition": edition, "days": days, **edition.facts}


def _stage(phase: Any, words: Wording) -> Stage:
    title = words.plain("poster.stage", phase=phase)
    return Stage(title, ", ".join(phase.who), tuple(_notice(each, words) for each in phase.topics))


def _notice(topic: Any, words: Wording) -> Notice:
    days = words.plain("poster.days", days=(topic.starts, topic.ends))
    return Notice(f"{topic.key} {topic.title}", days, ", ".join(topic.who), topic.state in FINISHED)


def _progress(edition: Edition, words: Wording) -> Mapping[str, object]:
    """`bars`: how far each stage is; `signs`: how urgent the tindak lanjut are that aren't done."""
    counts = edition.facts["counts"]
    parts = [
        Part(f"{each.key}. {each.title}", each.settled, len(each.topics)) for each in edition.facts["stages"]
    ]
    found = [
        Light(words.plain(f"follow_up_age.{age}"), color, words.plain("progress.count", count=counts[age]))
        for age, color in AGES
        if counts[age]
    ]
    return {
        "bars": _safe((progress(parts, edition.title, WIDTH),) if parts else ()),
        "signs": _safe((lights(found, edition.title, WIDTH),) if found else ()),
    }


def _safe(drawn: Iterable[str]) -> tuple[Markup, ...]:
    return tuple(Markup(svg) for svg in drawn)  # noqa: S704 - our own SVG, texts escaped there


_DRAWN: Mapping[str, Callable[[Edition, Wording], Mapping[str, object]]] = {
    "work_plan": _work_plan,
    "poster": _poster,
    "progress": _progress,
}
