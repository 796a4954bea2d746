"""What answering hands back: a question, an end, a resting place."""

from dataclasses import dataclass

from domain.dialog.engine import Progress
from domain.dialog.questions import Question, Value
from usecases.answering.tasks import Task
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Outcome):
    """The question to answer. `given` is the answer it has already; `editing` shows an answered question again."""

    task: Task
    question: Question
    progress: Progress
    given: Value = None
    editing: bool = False
    can_go_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Outcome):
    """All questions of an activity are answered; answers may be changed until it is closed."""

    task: Task
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Outcome):
    """A resting place in a long activity: what was answered is kept, the rest can wait."""

    task: Task
    progress: Progress
