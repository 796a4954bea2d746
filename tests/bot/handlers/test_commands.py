"""One table of commands: Telegram's list, what is carried out and the help come from it."""

import re
import tomllib

import pytest

from bot.handlers.commands import COMMANDS, GROUP, OTHERWISE, PRIVATE, described, listed_for
from bot.screens import paint
from bot.screens.painter import Painter
from documents.language.wording import TEMPLATES, wording
from tests.bot.support.rights import ALLOWED
from usecases.outcomes import Said

WORDS = wording()
LONGEST = 256
"""Characters of a description, says Telegram."""


def test_a_command_is_one_thing_in_each_kind_of_chat() -> None:
    named = [(each.where, each.name) for each in COMMANDS]
    assert len(set(named)) == len(named)
    assert {each.where for each in COMMANDS} == {PRIVATE, GROUP} == set(OTHERWISE)


def test_telegram_takes_their_names() -> None:
    assert [each.name for each in COMMANDS if not re.fullmatch("[a-z0-9_]{1,32}", each.name)] == []


@pytest.mark.parametrize("where", [PRIVATE, GROUP])
def test_every_listed_command_has_its_words(where: str) -> None:
    listed = described(WORDS, where)
    assert list(listed) == [each.name for each in COMMANDS if each.where == where and each.is_listed]
    assert all(0 < len(what) <= LONGEST for what in listed.values())


def test_nobody_is_listed_what_they_may_not() -> None:
    letters = {"sekretaris": "s", "fasilitator": "f", "anggota": "a", "tamu": "t", "": "o"}
    for role, letter in letters.items():
        listed = listed_for(WORDS, role)
        leading = {each.name: ALLOWED[each.place] for each in COMMANDS if each.place and each.name in listed}
        assert leading
        assert [name for name, allowed in leading.items() if letter not in allowed] == []


def test_there_are_words_for_no_other() -> None:
    words = tomllib.loads((TEMPLATES / "words.toml").read_text("utf-8"))["command"]
    assert set(words) == {each.name for each in COMMANDS if each.is_listed}


def test_the_help_names_every_command_of_the_private_chat() -> None:
    painter = Painter(WORDS, "asisten_bot", described(WORDS, PRIVATE))
    text = paint(painter, Said(code="help")).text
    assert re.findall(r"/([a-z]+) – ", text) == [name for name in painter.commands if name != "bantuan"]
    assert "• /menu – apa yang menunggu Bapak/Ibu\n• /topik – kerangka" in text
    assert "hapus data sendiri\n\nCukup tekan tombolnya" in text
