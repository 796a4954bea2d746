"""The one engine of every conversation: which question comes next is computed from the answers so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.dialog.questions import Answers, Question


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions that count are answered."""

    done: int
    total: int


def next_question(questions: Sequence[Question], answers: Answers) -> Question | None:
    """The first question without an answer, or None when all are answered."""
    return next((question for question in questions if question.key not in answers), None)


def find(questions: Sequence[Question], key: str) -> Question | None:
    """The question of that key, if it is (still) being asked."""
    return next((question for question in questions if question.key == key), None)


def before(questions: Sequence[Question], key: str | None) -> Question | None:
    """The question to go back to from `key`; from the end (None) it is the last one."""
    keys = [question.key for question in questions]
    position = keys.index(key) if key in keys else len(keys)
    return questions[position - 1] if position > 0 else None


def progress(questions: Sequence[Question], answers: Answers) -> Progress:
    """Counts answered questions; those that don't count (a closing 'another one?') are left out."""
    counting = [question for question in questions if question.counts]
    return Progress(sum(question.key in answers for question in counting), len(counting))


def place(questions: Sequence[Question], key: str) -> int:
    """Which of those that count the question is, from 1; 0 for one that doesn't count."""
    counting = [question.key for question in questions if question.counts]
    return counting.index(key) + 1 if key in counting else 0


def is_last(questions: Sequence[Question], key: str) -> bool:
    """Whether nothing can come after the question but what doesn't ask for more: it needn't be skipped, either."""
    after = questions[[question.key for question in questions].index(key) + 1 :]
    return not after and not questions[-1].optional
