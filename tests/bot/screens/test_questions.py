"""A question of each kind on the phone: its keys, within Telegram's limits and a thumb's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.callbacks import Answer, Choose, Toggle, Turn, unpack
from bot.screen import Button, Screen
from bot.screens import questions
from bot.screens.painter import Painter
from documents.language.wording import wording
from domain.dialog.engine import Progress
from domain.dialog.questions import (
    Choice,
    Confirm,
    Date,
    File,
    Money,
    Number,
    Option,
    Person,
    Question,
    Rating,
    Several,
    Text,
    Time,
)
from usecases.answering.outcomes import Asked
from usecases.answering.tasks import Task, TaskRef

TODAY = date(2026, 11, 23)
MANY = tuple(Option(str(n), f"Pilihan nomor {n}") for n in range(20))


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(wording(), "asisten_bot")


def asked(question: Question, *, given: object = None, editing: bool = False) -> Asked:
    task = Task(TaskRef("f", 7), [question], {}, lambda key, value: None, form="join")
    return Asked(
        task=task,
        question=question,
        progress=Progress(2, 5),
        place=3,
        of=5,
        given=given,
        editing=editing,
        can_go_back=True,
    )


def keys(screen: Screen) -> list[Button]:
    return [button for row in screen.keyboard for button in row]


def labels(screen: Screen) -> list[list[str]]:
    return [[button.label for button in row] for row in screen.keyboard]


EVERY_KIND = (
    Choice(key="c", about="name", options=MANY),
    Choice(key="l", about="name", options=MANY, lettered=True),
    Person(key="p", about="name", options=MANY),
    Several(key="s", about="name", options=MANY),
    Rating(key="r", about="name", lowest=1, highest=10),
    Text(key="t", about="name", suggestions=(Option("t", "Siti"),)),
    Number(key="n", about="name", lowest=Decimal(0)),
    Money(key="m", about="name"),
    Date(key="d", about="name", today=TODAY),
    Time(key="i", about="name"),
    Confirm(key="y", about="name"),
    File(key="f", about="name"),
)


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda question: type(question).__name__ + question.key)
def test_every_kind_keeps_the_limits(painter: Painter, question: Question) -> None:
    screen = questions.paint(painter, asked(question))
    assert "3 dari 5" in screen.text
    assert all(1 <= len(row) <= 8 for row in screen.keyboard)
    assert len(keys(screen)) <= 100
    assert all(1 <= len(button.data.encode()) <= 64 for button in keys(screen))
    assert [button.label for button in keys(screen)][-2:] == ["« Kembali", "Batal"]


def test_letters_stand_for_long_options(painter: Painter) -> None:
    options = (Option("a", "Satu yang panjang"), Option("b", "Dua"))
    question = Choice(key="l", about="name", options=options, lettered=True)
    screen = questions.paint(painter, asked(question))
    assert labels(screen)[0] == ["A", "B"]
    assert "<b>A.</b> Satu yang panjang" in screen.text


def test_long_lists_come_in_pages(painter: Painter) -> None:
    first = questions.paint(painter, asked(EVERY_KIND[0]))
    assert sum(isinstance(unpack(button.data), Answer) for button in keys(first)) == 8
    turn = next(unpack(button.data) for button in keys(first) if button.label == "Berikutnya »")
    assert isinstance(turn, Turn)
    last = questions.paint(painter, asked(EVERY_KIND[0]), page="2")
    assert labels(last)[:2] == [[f"Pilihan nomor {n}", f"Pilihan nomor {n + 1}"] for n in (16, 18)]
    assert "Berikutnya »" not in [button.label for button in keys(last)]


def test_switches_travel_in_the_buttons(painter: Painter) -> None:
    several = EVERY_KIND[3]
    screen = questions.paint(painter, asked(several), mask=0b101)
    assert labels(screen)[0] == ["☑ Pilihan nomor 0"]
    assert labels(screen)[1] == ["☐ Pilihan nomor 1"]
    flip = unpack(keys(screen)[1].data)
    assert isinstance(flip, Toggle)
    assert (flip.mask, flip.flip) == (0b101, 1)
    done = next(unpack(button.data) for button in keys(screen) if button.label == "Selesai memilih (2)")
    assert isinstance(done, Choose)
    assert done.mask == 0b101


def test_the_calendar_shows_a_month_in_weeks(painter: Painter) -> None:
    screen = questions.paint(painter, asked(Date(key="d", about="name", today=TODAY, earliest=TODAY)))
    assert labels(screen)[1] == ["Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"]
    weeks = labels(screen)[2:8]
    assert weeks[0] == ["·"] * 7
    assert weeks[4] == ["[23]", "24", "25", "26", "27", "28", "29"]
    assert labels(screen)[8] == ["« Okt 2026", "Des 2026 »"]


def test_the_calendar_opens_where_a_day_can_be_chosen(painter: Painter) -> None:
    begins = date(2027, 2, 3)
    screen = questions.paint(painter, asked(Date(key="d", about="name", today=TODAY, earliest=begins)))
    assert labels(screen)[0] == ["Feb 2027"]
    assert "3" in labels(screen)[2]


def test_what_leaving_out_means_is_said_in_the_words_of_its_key(painter: Painter) -> None:
    last = Text(key="c.2", about="next", optional=True)
    task = Task(TaskRef("f", 7), [last], {}, lambda key, value: None, form="move", vocabulary="cards")
    assert questions.shown_value(painter, task, last, None) == "Selesai"
    assert questions.shown_value(painter, task, replace(last, about="name"), None) == "(dilewati)"


def test_the_calendar_turns_over_the_year(painter: Painter) -> None:
    screen = questions.paint(painter, asked(EVERY_KIND[8]), page="2026-12")
    turns = [unpack(button.data) for button in keys(screen) if "202" in button.label]
    assert [turn.page for turn in turns if isinstance(turn, Turn)] == ["2026-12", "2026-11", "2027-01"]


def test_an_edited_answer_is_marked_and_said(painter: Painter) -> None:
    question = Choice(key="c", about="name", options=(Option("x", "Setuju"), Option("y", "Keberatan")))
    screen = questions.paint(painter, asked(question, given="y", editing=True))
    assert labels(screen)[0] == ["Setuju", "✓ Keberatan"]
    assert "Jawaban sekarang: <b>Keberatan</b>" in screen.text


def test_what_people_wrote_is_escaped(painter: Painter) -> None:
    question = Choice(key="c", about="name", options=(Option("x", "<b>&"),), lettered=True)
    screen = questions.paint(painter, asked(question))
    assert "&lt;b&gt;&amp;" in screen.text
