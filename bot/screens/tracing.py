"""Screens for looking back: what an activity builds on, and where a row comes from."""

from bot.callbacks import View
from bot.places import activities as to
from bot.screen import Screen
from bot.screens.paging import last_page, page_of, turns
from bot.screens.painter import Painter, arranged
from documents.language import indonesian
from usecases.activities.trace_outcomes import Material, Rows, Trace
from usecases.answering.tasks import TaskRef


def material(painter: Painter, shown: Material) -> Screen:
    """What to keep in mind, and the way back to answering."""
    keys = [[painter.labelled(title, to.RESULT(number))] for number, title in shown.results]
    back = painter.button("to_answers", View(TaskRef("a", shown.activity_id)))
    return painter.page("material", [*keys, [back]], shown=shown)


def rows_to_trace(painter: Painter, shown: Rows) -> Screen:
    """The rows of a result, a page of letters at a time."""
    number = shown.activity_id
    here = page_of(list(enumerate(shown.rows)), shown.page)
    letters = [painter.labelled(indonesian.letter(n), to.TRACE(number, item_id=id_)) for n, (id_, _) in here]
    pages = turns(painter, lambda page: to.ROWS(number, page), shown.page, last_page(len(shown.rows)))
    lines = [(indonesian.letter(n), text) for n, (_, text) in here]
    back = [painter.button("result", to.RESULT(number)), painter.menu()]
    return painter.page("rows", [*arranged(letters), pages, back], shown=shown, lines=lines)


def trace(painter: Painter, shown: Trace) -> Screen:
    """The origin of a row, step by step, the newest first."""
    told = [
        painter.wording.word(f"trace.{step.told.code}", step.instrument, **step.told.details)
        if step.told
        else ""
        for step in shown.steps
    ]
    keys = [[painter.button("other_row", to.ROWS(shown.activity_id)), painter.menu()]]
    return painter.page("trace", keys, shown=shown, told=told)
