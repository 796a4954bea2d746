"""A result in the chat: whole, however long it is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.screens import topics
from bot.screens.painter import Painter
from documents.language.wording import wording
from domain.freezing import plain, revive
from domain.instruments.base import Sheet
from domain.instruments.cards.board import Column, Settings
from domain.instruments.cards.instrument import Cards
from usecases.activities.outcomes import Result

CARDS = 1200


@pytest.fixture(scope="module")
def long_result() -> Result:
    """What a large Pokja that writes a lot would adopt."""
    settings = Settings((Column("isu", "Isu"),), most=20)
    sheet = Sheet(settings=settings, today=date(2026, 11, 23))
    ballots = {
        member: {f"isu/{number}": f"gagasan {member}-{number}" for number in range(1, 21)}
        for member in range(1, CARDS // 20 + 1)
    }
    tallied = Cards().tally(sheet, ballots)
    return Result(
        activity_id=5,
        title="Isu",
        instrument="cards",
        prompt="Apa isu utama?",
        version=1,
        adopted_by="Hendra",
        adopted_at=datetime(2026, 11, 23, 3, tzinfo=UTC),
        sha256="0" * 64,
        zone="Asia/Jakarta",
        sheet=sheet,
        result=revive(plain(tallied)),
        pokja="Pokja",
    )


def test_nothing_of_a_long_result_is_left_out(long_result: Result) -> None:
    whole = topics.whole_result(Painter(wording(), "bot"), long_result)
    assert whole.more, "this result was meant to be longer than one message"
    for texts in (
        [screen.rich for screen in (whole, *whole.more)],
        [screen.text for screen in (whole, *whole.more)],
    ):
        together = "\n".join(texts)
        assert [n for n in range(1, 61) if f"gagasan {n}-20" not in together] == []
        assert together.count("gagasan ") == CARDS


def test_only_the_first_message_has_the_keys(long_result: Result) -> None:
    shown = topics.result(Painter(wording(), "bot"), long_result)
    assert shown.keyboard
    assert all(not screen.keyboard for screen in shown.more)


def test_a_server_without_tables_gets_the_essence_and_then_everything(long_result: Result) -> None:
    shown = topics.result(Painter(wording(), "bot"), long_result)
    words = "\n".join(screen.text for screen in (shown, *shown.more))
    assert words.index("hasil ditetapkan") < words.index("gagasan 1-1")
    assert [n for n in range(1, 61) if f"gagasan {n}-20" not in words] == []


def test_where_pictures_are_chosen_the_essence_stays_a_message(long_result: Result) -> None:
    pictured = replace(long_result, pictured=True)
    whole = topics.whole_result(Painter(wording(), "bot"), pictured)
    for words in (whole.text, whole.pictured):
        assert [n for n in range(1, 61) if f"gagasan {n}-20" not in words] == []
    shown = topics.result(Painter(wording(), "bot"), pictured)
    assert (shown.rich, shown.pictured, shown.more) == ("", "", (whole,))
    assert "hasil ditetapkan" in shown.text
    assert shown.keyboard
