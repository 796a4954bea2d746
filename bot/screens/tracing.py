"""Screens for looking back: what an activity builds on, and where a row comes from."""

from bot.callbacks import Go, View
from bot.screen import Screen
from bot.screens.painter import Painter, arranged
from documents.language import indonesian
from usecases.activities.trace_outcomes import Material, Rows, Trace
from usecases.answering.tasks import TaskRef

PAGE = 8


def material(painter: Painter, shown: Material) -> Screen:
    """What to keep in mind, and the way back to answering."""
    keys = [[painter.labelled(title, Go("result", number))] for number, title in shown.results]
    back = painter.button("to_answers", View(TaskRef("a", shown.activity_id)))
    return painter.page("material", [*keys, [back]], shown=shown)


def rows_to_trace(painter: Painter, shown: Rows) -> Screen:
    """The rows of a result, a page of letters at a time."""
    start, number = shown.page * PAGE, shown.activity_id
    here = list(enumerate(shown.rows))[start : start + PAGE]
    letters = [painter.labelled(indonesian.letter(n), Go("trace", number, 0, id_)) for n, (id_, _) in here]
    turns = [painter.button("page_before", Go("rows", number, shown.page - 1))] if shown.page else []
    if start + PAGE < len(shown.rows):
        turns.append(painter.button("page_after", Go("rows", number, shown.page + 1)))
    lines = [(indonesian.letter(n), text) for n, (_, text) in here]
    back = [painter.button("result", Go("result", number)), painter.menu()]
    return painter.page("rows", [*arranged(letters), turns, back], shown=shown, lines=lines)


def trace(painter: Painter, shown: Trace) -> Screen:
    """The way back from a row, the newest first."""
    told = [
        painter.wording.word(f"trace.{step.told.code}", step.instrument, **step.told.details)
        if step.told
        else ""
        for step in shown.steps
    ]
    keys = [[painter.button("other_row", Go("rows", shown.activity_id)), painter.menu()]]
    return painter.page("trace", keys, shown=shown, told=told)
