"""Instruments driven the way people drive them: question by question, through the questions' own reading."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.dialog import engine
from domain.dialog.questions import Answers, Confirm, Given, Question, Several, Tapped, Typed, Value
from domain.instruments.base import Desk, Instrument, Item, Move, MoveForm, Sheet, in_force

TODAY = date(2026, 11, 23)
SAMPLES: Mapping[str, str] = {
    "text": "contoh isian yang cukup panjang",
    "number": "1.250,5",
    "money": "Rp1.250.000",
    "date": "30/11/2026",
    "time": "09.30",
    "rating": "3",
}


def sheet(settings: Any, *items: str, voters: int = 5, **rest: Any) -> Sheet[Any]:
    """A sheet whose items are numbered '1', '2', … as a running activity numbers them."""
    numbered = tuple(Item(str(number), text) for number, text in enumerate(items, 1))
    return Sheet(settings, numbered, voters=voters, today=TODAY, **rest)


def possible(question: Question) -> list[Given]:
    """Things a person could give that the question takes."""
    skip: list[Given] = [Tapped("-")] if question.optional else []
    if isinstance(question, Confirm):
        return [*skip, Tapped("y"), Tapped("n")]
    if isinstance(question, Several):
        return [*skip, Tapped(",".join(option.value for option in question.options[: question.least]))]
    options = getattr(question, "options", ())
    suggestions = [o for o in getattr(question, "suggestions", ()) if hasattr(o, "value")]
    if options:
        return [*skip, *(Tapped(option.value) for option in options)]
    return [*skip, *(Tapped(option.value) for option in suggestions), Typed(SAMPLES[question.kind])]


Answerer = Callable[[Question], Given]


def fill(
    instrument: Instrument[Any, Any], on: Sheet[Any], answerer: Answerer, most: int = 200
) -> dict[str, Value]:
    """The answers of one member who answers until nothing is asked any more."""
    mine: dict[str, Value] = {}
    for _ in range(most):
        question = engine.next_question(instrument.questions(on, mine), mine)
        if question is None:
            assert instrument.done(on, mine)
            return mine
        value = question.read(answerer(question))
        instrument.check(on, mine, question.key, value)
        mine[question.key] = value
    raise AssertionError(f"never done: {mine}")


def filled_form(form: MoveForm, desk: Desk[Any], answerer: Answerer) -> dict[str, Value]:
    """The values of a move whose form was filled in."""
    values: dict[str, Value] = {}
    while (question := engine.next_question(form.questions(desk, values), values)) is not None:
        values[question.key] = question.read(answerer(question))
    return {**values, **form.keeps(desk)}


def moved(desk: Desk[Any], instrument: Instrument[Any, Any], kind: str, answerer: Answerer) -> Desk[Any]:
    """The desk after one more move, which must be on offer."""
    form = next(each for each in instrument.moves if each.kind == kind)
    assert form.available(desk)
    number = 1 + max((move.number for move in desk.sheet.moves), default=0)
    move = Move(number, kind, filled_form(form, desk, answerer), "Siti")
    return with_moves(desk, [*desk.sheet.moves, move])


def with_moves(desk: Desk[Any], moves: Sequence[Move]) -> Desk[Any]:
    """The desk with the moves that are in force of these."""
    old = desk.sheet
    new = replace(old, moves=in_force(moves))
    return Desk(new, desk.ballots, desk.similarity)


def scripted(**given: str) -> Answerer:
    """Answers by the first part of the key ('first.0' → first): '=text' types, anything else taps."""

    def answer(question: Question) -> Given:
        text = given[question.key.partition(".")[0]]
        return Typed(text[1:]) if text.startswith("=") else Tapped(text)

    return answer


def drawn(data: st.DataObject) -> Answerer:
    """Answers that hypothesis chooses."""
    return lambda question: data.draw(st.sampled_from(possible(question)))


def walks(ask: Callable[[Answers], Sequence[Question]], depth: int = 40) -> Iterator[Question]:
    """Every question met when each possible answer to each question is given once."""
    seen: set[tuple[str, str]] = set()
    paths: list[dict[str, Value]] = [{}]
    while paths:
        answers = paths.pop()
        question = engine.next_question(ask(answers), answers)
        if question is None or len(answers) > depth:
            continue
        for given in possible(question):
            if (question.key, str(given)) not in seen:
                seen.add((question.key, str(given)))
                yield question
                paths.append({**answers, question.key: question.read(given)})
