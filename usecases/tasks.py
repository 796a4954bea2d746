"""A task: something one person answers question by question. An activity's ballot or a form's draft, told alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.faults import Rejected
from domain.questions import Question, Value

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


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
        try:
            number, _, ballot = text[1:].partition(".")
            if text[:1] not in {"a", "f"} or len(text) > 20:  # noqa: PLR2004 - far beyond any number of ours
                raise ValueError(text)
            return cls(text[0], int(number, 36), int(ballot, 36) if ballot else None)
        except ValueError as error:
            raise Rejected("unknown_button") from error


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What a template may say of an activity."""

    title: str
    prompt: str
    instrument: str


@dataclass(slots=True)
class Task:
    """A task as it stands: its questions in order, the answers so far, and a rule over single answers.

    `vocabulary` names the instrument whose words a form's questions use; `scene` is a ballot's activity.
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
    scene: Any = None
