"""A calendar on the keys: a month in weeks from Monday, and ways to the months around it."""

import calendar
from datetime import date

from bot.callbacks import Turn, pack
from bot.screen import Button
from bot.screens.painter import Painter
from bot.screens.question_shown import Shown
from documents.language import indonesian
from domain.dialog.questions import Date


def date_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    """A month: the names of the days, its days in weeks, and ways to the months around it."""
    question = shown.asked.question
    assert isinstance(question, Date)
    year, month = (int(part) for part in shown.month.split("-"))
    weeks = [
        tuple(_day_key(shown, question, date(year, month, day) if day else None) for day in week)
        for week in calendar.monthcalendar(year, month)
    ]
    title = (_still(shown, indonesian.month(date(year, month, 1))),)
    names = tuple(_still(shown, name) for name in painter.wording.plain("calendar.days").split())
    return [title, names, *weeks, _month_turns(shown, date(year, month, 1))]


def _still(shown: Shown, label: str) -> Button:
    """A key that is there to be read: it leads to the same month again."""
    return Button(label, pack(Turn(shown.task.ref, shown.asked.question.key, shown.month)))


def _day_key(shown: Shown, question: Date, day: date | None) -> Button:
    outside = (
        day is None
        or (question.earliest and day < question.earliest)
        or (question.latest and day > question.latest)
    )
    if outside or day is None:
        return _still(shown, "·")
    label = f"[{day.day}]" if day == question.today else str(day.day)
    return shown.answer(label, day.isoformat())


def _month_turns(shown: Shown, first: date) -> tuple[Button, ...]:
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)  # noqa: PLR2004 - December
    ref, key = shown.task.ref, shown.asked.question.key
    return (
        Button(f"« {indonesian.month(before)}", pack(Turn(ref, key, f"{before:%Y-%m}"))),
        Button(f"{indonesian.month(after)} »", pack(Turn(ref, key, f"{after:%Y-%m}"))),
    )
