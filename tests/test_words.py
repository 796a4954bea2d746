"""Every sentence the code asks for exists, and every template that is named."""

import ast
import sys
from collections.abc import Iterator

import pytest

from bot.screens import PAINTED, messages
from documents.language.wording import TEMPLATES, Wording
from domain.instruments.registry import INSTRUMENTS
from tests.support.paths import ROOT
from usecases.registry import FORMS
from usecases.reminders.rules_form import ASKED

FORM_KEYS = {
    "found": ("pokja", "region", "process", "zone", "start", "name", "instansi", "jabatan", "sure"),
    "join": ("name", "instansi", "jabatan"),
    "follow_up": ("text", "owner", "others", "due"),
    "fu_done": ("proof", "more_proof"),
    "fu_blocked": ("reason",),
    "fu_extend": ("due", "reason"),
    "fu_grant": ("due",),
    "fu_refuse": ("reason",),
    "fu_hand": ("who", "reason"),
    "fu_cancel": ("reason",),
    "fu_reopen": ("reason",),
    "absence": ("first", "last", "reason"),
    "decree": ("manuscript.considering", "manuscript.recalling", "manuscript.tasks"),
    "deadline": ("closing_day", "closing_time"),
    "rule": ("opens", "closes", *(name for name in ASKED if name != "hours")),
    "move": (),
    "skip": ("reason",),
    "skip_activity": ("reason",),
    "divide": ("count", "way", "members"),
    "participants": ("members",),
    "fill": ("apply",),
    "check": ("table",),
    "stationery": (
        "kop.lines",
        "kop.address",
        "kop.place",
        "logo",
        "signer.first",
        "signer.other",
        "signer.name",
        "signer.more",
        "nip",
        "numbering",
        "pictures",
    ),
    "meeting": ("topic", "sessions", "poll", "day", "time", "place", "link"),
    "meeting_change": ("day", "time", "place", "link", "title_field", "sure"),
    "meeting_cancel": ("reason", "sure", "drop"),
    "agenda_item": ("text", "minutes"),
    "agenda_send": ("sure",),
    "meeting_guest": ("into", "out"),
    "meeting_invite": ("way", "which"),
    "meeting_material": ("text", "who"),
    "meeting_no": ("reason",),
    "meeting_deputy": ("deputy",),
    "meeting_came": ("deputy",),
    "meeting_quorum": ("share",),
    "minute": ("decision", "entry"),
    "minute_rewrite": ("rewrite",),
    "meeting_follow_up": ("text", "owner", "others", "due"),
    "meeting_close": ("until",),
    "minute_correction": ("item", "text"),
    "correction_take": ("entry", "item", "text"),
    "correction_refuse": ("reason",),
    "broadcast": (
        "what",
        "ack",
        "to",
        "roles",
        "instansi",
        "groups",
        "answered",
        "replied",
        "read",
        "when",
        "day",
        "time",
        "weekday",
        "until",
        "hours",
        "sure",
    ),
}


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


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording()


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


def test_forms_and_their_fields(wording: Wording) -> None:
    assert set(FORM_KEYS) == set(FORMS)
    wanted = [f"form.{form}.{key}" for form, keys in FORM_KEYS.items() for key in ("title", *keys)]
    assert [key for key in wanted if not wording.has(key)] == []


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
