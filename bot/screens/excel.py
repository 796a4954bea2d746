"""Screens of tables filled in with Excel: the form that is sent, what is wrong with one that came back."""

from collections.abc import Sequence

from bot.places import activities as to
from bot.screen import Attachment, Button, Screen
from bot.screens.painter import Painter, shorten
from documents.excel.form import excel_form
from documents.file_names import file_name
from domain.instruments.worksheet.form import Trouble
from usecases.activities.outcomes import ExcelForm, FaultyForm

GIVEN = 40
WORKSHEET = "worksheet"


def form(painter: Painter, shown: ExcelForm) -> Screen:
    """The form as a file; making it takes a while, and belongs into a thread."""
    content = excel_form(painter.wording, shown.form)
    page = painter.page("excel_form", [_back(painter, shown.form.mark.activity)], shown=shown)
    name = file_name(f"Isian {shown.form.title}", "xlsx")
    return Screen(page.text, page.keyboard, attachment=Attachment(name, content))


def faulty(painter: Painter, shown: FaultyForm) -> Screen:
    """The first cells with what is wrong and what is expected."""
    lines = [(_place(shown, trouble), _said(painter, trouble)) for trouble in shown.troubles]
    again = [painter.button("excel", to.EXCEL(shown.activity_id))]
    return painter.page("form_faults", [again, _back(painter, shown.activity_id)], shown=shown, lines=lines)


def _back(painter: Painter, activity: int) -> Sequence[Button]:
    return [painter.button("desk", to.DESK(activity)), painter.menu()]


def _place(shown: FaultyForm, trouble: Trouble) -> str:
    """'Sel C7 (Biaya)', 'Baris 7', or nothing for the whole file."""
    if trouble.column:
        title = shorten(shown.titles[trouble.column], GIVEN)
        return f"Sel {shown.letters[trouble.column]}{trouble.number} ({title})"
    return f"Baris {trouble.number}" if trouble.number else ""


def _said(painter: Painter, trouble: Trouble) -> str:
    """Forms have words of their own for most of it: people see the cell, not the question."""
    details = dict(trouble.fault.details)
    facts = {"given": shorten(trouble.text, GIVEN), "given_length": details.get("given", ""), **details}
    own = f"excel_fault.{trouble.fault.code}"
    if not painter.wording.has(own):
        return painter.wording.word(f"fault.{trouble.fault.code}", WORKSHEET, **details)
    return painter.wording.word(own, **facts)
