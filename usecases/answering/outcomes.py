"""What answering hands back: a question, an end, a resting place."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.dialog.engine import Progress
from domain.dialog.questions import Question, Value
from domain.guiding.steps import Step
from usecases.answering.tasks import Task
from usecases.outcomes import Outcome, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Outcome):
    """The question to answer. `given` is the answer it has already; `editing` shows an answered question again.

    `place` is which it is of those that count, from 1 (0 where it doesn't), `of` how many they are (0 where that is
    not known yet).
    """

    task: Task
    question: Question
    progress: Progress
    given: Value = None
    editing: bool = False
    can_go_back: bool = False
    place: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Outcome):
    """All questions of an activity are answered; answers may be changed until it is closed.

    `onward` is what can be done now by whoever guides.
    """

    task: Task
    waiting: int
    onward: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Outcome):
    """A resting place in a long activity: what was answered is kept, the rest can wait."""

    task: Task
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(Outcome):
    """What somebody has answered so far, with the questions, to look at and to mend one."""

    task: Task
    questions: Sequence[Question]
    page: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """A question that waits, of a task that may not be on the screen; `where` is the Pokja it is of."""

    task: Task
    question: Question
    where: Where | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced(Outcome):
    """Something was sent that nothing on the screen takes: what it could be for.

    `words` are its text or its file's name; `number` is that of what is kept.
    """

    number: int
    words: str
    places: Sequence[Opening]
