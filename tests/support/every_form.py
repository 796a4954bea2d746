"""What forms ask, met by filling them in: each possible answer to each question is given once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from domain.dialog import engine
from domain.dialog.questions import Answers, Date, Given, Question, Sent, Typed, Value
from domain.faults import Rejected
from tests.support.driving import SAMPLES, possible
from tests.support.pictures import PIXEL
from tests.support.worlds.meeting import World
from usecases.answering import forms
from usecases.documents.stationery.form import SentLogo
from usecases.outcomes import Outcome
from usecases.registry import FORMS
from usecases.work import Work

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = (
    Sent("f1", "foto.jpg", "image/jpeg", 1000, picture=True),
    Sent("f2", "tabel.xlsx", EXCEL, 1000),
    SentLogo("f3", "logo.png", "image/png", 1000, png=PIXEL),
)
TYPED = (
    *SAMPLES.values(),
    "23.30",
    "19800101 200501 2 001",
    "{nomor}/Pokja/2026",
    "Nama; K1; K2; Total\nA; 1; 2; 3\nB; 2; 2; 4",
)


@dataclass
class Met:
    """The questions met so far, by form and by what they are about; and what cancelling each form leads back to."""

    asked: dict[str, dict[str, Question]] = field(default_factory=lambda: defaultdict(dict))
    back: dict[str, Outcome] = field(default_factory=dict)

    async def fill(self, world: World, who: str, name: str, **subject: Any) -> None:
        """All ways through the form about that subject. Raises Rejected where it may not be asked."""

        async def everything(work: Work) -> None:
            seen: set[tuple[str, str]] = set()
            paths: list[dict[str, Value]] = [{}]
            while paths:
                answers = paths.pop()
                question = await _next(work, name, subject, answers)
                if question is None:
                    continue
                self.asked[name][question.about] = question
                new = [value for value in _values(question) if (question.key, str(value)) not in seen]
                seen |= {(question.key, str(value)) for value in new}
                paths += [{**answers, question.key: value} for value in new]

        await world.does(who, everything)
        self.back[name] = await world.does(who, lambda work: _cancelled(work, name, subject))


async def _cancelled(work: Work, name: str, subject: Mapping[str, Any]) -> Outcome:
    return await forms.cancel(work, await forms.begin(work, name, **subject))


async def _next(work: Work, name: str, subject: Mapping[str, Any], answers: Answers) -> Question | None:
    """What is asked after these answers. Nothing where they don't go together; at the beginning that is a fault."""
    try:
        return engine.next_question(await FORMS[name].questions(work, subject, answers), answers)
    except Rejected:
        if answers:
            return None
        raise


def _values(question: Question) -> list[Value]:
    """The values of what people could give and the question takes."""
    found = []
    for given in givens(question):
        with suppress(Rejected):
            found.append(question.read(given))
    return found


def givens(question: Question) -> Iterator[Given]:
    """What people could give, whether the question takes it or not."""
    yield from FILES
    if isinstance(question, Date):
        yield Typed(f"{question.earliest or question.today:%d/%m/%Y}")
    with suppress(KeyError):
        yield from possible(question)
    yield from map(Typed, TYPED)
