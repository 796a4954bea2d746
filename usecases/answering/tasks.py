"""A task: something one person answers question by question. An activity's ballot or a form's draft, told alike."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.dialog.questions import Question, Value
from domain.faults import Rejected

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
REF = re.compile(r"([af])([0-9a-z]{1,8})(?:\.([0-9a-z]{1,8}))?", re.ASCII)
LARGEST = 2**31 - 1  # the largest number a row can have


def base36(number: int) -> str:
    """A natural number in as few characters as buttons have room for."""
    head, tail = divmod(number, 36)
    return (base36(head) if head else "") + DIGITS[tail]


@dataclass(frozen=True, slots=True)
class TaskRef:
    """Which task: 'a5' my own ballot in activity 5, 'a5.0' its plenary, 'a5.c' on behalf of member 12, 'f7' draft 7."""

    kind: str
    id: int
    ballot: int | None = None

    def __str__(self) -> str:
        return self.kind + base36(self.id) + ("" if self.ballot is None else f".{base36(self.ballot)}")

    @classmethod
    def parse(cls, text: str) -> "TaskRef":
        """The reverse of str(). Raises Rejected('unknown_button') for anything else."""
        matched = REF.fullmatch(text)
        if matched is None:
            raise Rejected("unknown_button")
        kind, number, ballot = matched.groups()
        found = cls(kind, int(number, 36), int(ballot, 36) if ballot else None)
        if max(found.id, found.ballot or 0) > LARGEST:
            raise Rejected("unknown_button")
        return found


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What a template may say of an activity."""

    title: str
    prompt: str
    instrument: str
    authors_shown: bool = False


@dataclass(slots=True)
class Task:
    """A task as it stands: its questions in order, the answers so far, and a rule over single answers.

    `vocabulary` names the instrument whose words a form's questions use; `ballot` is what an activity's task is about.
    """

    ref: TaskRef
    questions: Sequence[Question]
    answers: dict[str, Value]
    check: Callable[[str, Value], None]
    activity: ActivityFacts | None = None
    form: str = ""
    sheet: object = None
    for_whom: str = ""
    subject: dict[str, Value] | None = None
    vocabulary: str = ""
    ballot: Any = None
