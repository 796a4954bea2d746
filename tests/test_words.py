"""Every sentence the code asks for exists, and every template that is named.

What forms ask is met in tests/usecases/answering/test_forms.py.
"""

import ast
import sys
from collections.abc import Iterator

import pytest

from bot.screens import PAINTED, messages
from documents.language.wording import TEMPLATES, Wording, wording
from domain.instruments.registry import INSTRUMENTS
from tests.support.paths import ROOT


def _calls(*parts: str) -> Iterator[tuple[str, ast.Call]]:
    for part in parts:
        for path in sorted((ROOT / part).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def _named(
    *names: str, parts: tuple[str, ...] = ("bot", "usecases"), keyword: str = ""
) -> Iterator[tuple[str, str]]:
    """Places and literal texts that functions of these names are called with."""
    for place, call in _calls(*parts):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        given = [word.value for word in call.keywords if word.arg == keyword] if keyword else call.args[:1]
        for value in given:
            if name in names and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield place, value.value


@pytest.fixture(name="wording")
def shipped_wording() -> Wording:
    return wording()


def _missing(wording: Wording, prefix: str, found: Iterator[tuple[str, str]]) -> list[str]:
    listed = list(found)
    assert listed, "the search itself found nothing"
    return [f"{place} {prefix}{key}" for place, key in listed if not wording.has(prefix + key)]


def test_buttons(wording: Wording) -> None:
    assert _missing(wording, "button.", _named("button", parts=("bot",))) == []


def test_notes(wording: Wording) -> None:
    found = ((place, key) for place, key in _named("Note") if not key.startswith("fault."))
    assert _missing(wording, "note.", found) == []


def test_what_is_said(wording: Wording) -> None:
    assert _missing(wording, "said.", _named("Said", keyword="code")) == []


def test_refusals(wording: Wording) -> None:
    assert _missing(wording, "fault.", _named("Rejected")) == []


def test_pages() -> None:
    screens = {name for _, name in _named("page", parts=("bot",))}
    known = {path.stem for path in (TEMPLATES / "screens").glob("*.html")}
    assert screens
    assert {name.removeprefix("screens/").removeprefix("documents/") for name in screens} <= known | {
        "result"
    }


def test_messages() -> None:
    known = {path.stem for path in (TEMPLATES / "messages").glob("*.html")}
    told = {value for _, value in _told()}
    assert told
    assert told <= known
    assert set(messages.KEYS) <= known


def _told() -> Iterator[tuple[str, str]]:
    """The pages named in calls that put something into the outbox."""
    for place, call in _calls("usecases"):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in {"tell", "tell_managers", "tell_group", "_tell", "_asking"}:
            texts = [
                value.value
                for value in call.args
                if isinstance(value, ast.Constant) and isinstance(value.value, str)
            ]
            yield from ((place, text) for text in texts)


def test_every_instrument_has_a_label_for_each_move(wording: Wording) -> None:
    wanted = [
        (name, f"move.{move.kind}") for name, each in INSTRUMENTS.by_name.items() for move in each.moves
    ]
    assert wanted
    assert [pair for pair in wanted if not wording.has(pair[1], pair[0])] == []


def test_every_outcome_but_silence_can_be_painted() -> None:
    """The routes have loaded every module that has outcomes of its own."""
    from bot.places.registry import PLACES
    from usecases import outcomes

    assert PLACES
    modules = {name: module for name, module in sys.modules.items() if name.startswith("usecases.")}
    assert set(modules) >= {"usecases.follow_ups.outcomes", "usecases.meetings.outcomes"}
    kinds = {
        each
        for module in modules.values()
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, outcomes.Outcome)
    }
    assert kinds - set(PAINTED) == {outcomes.Outcome, outcomes.Nothing}
