"""A question as its message shows it: what only that message knows beside the question itself."""

import re
from dataclasses import dataclass

from bot.callbacks import Answer, pack
from bot.screen import Button
from domain.dialog.questions import Date
from usecases.answering.outcomes import Asked
from usecases.answering.tasks import Task

PAGE_NUMBER = re.compile(r"[0-9]{1,3}")
MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Shown:
    """An asked question with what only its message knows: the page, the month, the options turned on so far."""

    asked: Asked
    page: str = ""
    mask: int | None = None

    @property
    def task(self) -> Task:
        """The task the question belongs to."""
        return self.asked.task

    @property
    def number(self) -> int:
        """The page of options, from 0."""
        return int(self.page) if PAGE_NUMBER.fullmatch(self.page) else 0

    @property
    def month(self) -> str:
        """The month of a calendar ('2026-11'); where none is named, the first with a day that can be chosen."""
        question = self.asked.question
        assert isinstance(question, Date)
        first = max(question.today, question.earliest or question.today)
        return self.page if MONTH.fullmatch(self.page) else f"{first:%Y-%m}"

    def answer(self, label: str, value: str) -> Button:
        """A key that answers with the value; the present answer of an edited question is marked."""
        question = self.asked.question
        chosen = self.asked.editing and self.asked.given == value
        return Button(
            ("✓ " if chosen else "") + label,
            pack(Answer(self.task.ref, question.key, value, self.asked.editing)),
        )
