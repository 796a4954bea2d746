"""What the menu says to whoever guides, and where each step's button leads."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.registry import PLACES
from bot.screens import guiding
from bot.screens.painter import Painter
from bot.screens.people import menu
from documents.language.wording import Wording
from domain.guiding.steps import ORDER, RUNNING, Kind, Step
from usecases.answering.tasks import TaskRef
from usecases.menu import Menu, Waiting

PAINTER = Painter(Wording(), "asisten_bot")
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NOTHING = "Tidak ada yang menunggu"
LONG = "Kesepakatan susunan prioritas tindakan menurut kelompok masing-masing"


def step(kind: Kind, title: str = LONG, number: int = 2**31 - 1) -> Step:
    return Step(kind, number, title, NOW, number=9, done=3, total=9, until=NOW)


def shown(
    steps: Sequence[Step], waiting: Sequence[Waiting], elsewhere: Sequence[tuple[int, str, int]]
) -> Menu:
    return Menu(
        pokja="Pokja Air Minum",
        role="ketua",
        name="Hendra",
        waiting=waiting,
        steps=steps,
        elsewhere=elsewhere,
        several=bool(elsewhere),
        today=date(2026, 11, 23),
    )


@pytest.mark.parametrize("kind", ORDER, ids=lambda kind: kind.name)
def test_each_step_has_a_sentence_and_one_button_that_leads_somewhere(kind: Kind) -> None:
    assert LONG in guiding.sentence(PAINTER, step(kind)) or kind.name == "join"
    button = guiding.button(PAINTER, step(kind))
    assert button.data.split("|")[1] in PLACES
    assert len(button.data.encode()) <= 64
    assert len(button.label) <= guiding.LABEL


STEPS = st.lists(st.sampled_from(ORDER).map(step), max_size=8)
WAITING = st.lists(st.just(Waiting("Kartu isu", TaskRef("a", 1))), max_size=2)
ELSEWHERE = st.sampled_from([(), ((2, "Pokja Sanitasi", 1),)])


@given(STEPS, WAITING, ELSEWHERE)
def test_nothing_waits_is_said_exactly_where_nothing_does(
    steps: list[Step], waiting: list[Waiting], elsewhere: tuple[tuple[int, str, int], ...]
) -> None:
    screen = menu(PAINTER, shown(steps, waiting, elsewhere))
    assert (NOTHING in screen.text) == (not steps and not waiting and not elsewhere)
    pressing = [each for each in steps if each.kind is not RUNNING]
    if pressing:
        assert screen.keyboard[0] == (guiding.button(PAINTER, pressing[0]),)
