"""The example of docs/instrumen-baru.md is a whole instrument: what the page shows is what is run here."""

import importlib.util
import re
import sys
from fractions import Fraction

import pytest

from documents.language.wording import TEMPLATES, Wording
from domain.dialog import engine
from domain.dialog.questions import Tapped, Typed
from domain.faults import Fault, Rejected
from domain.freezing import plain, revive
from domain.instruments.base import Desk
from domain.process.model import read_process
from store.process_files import read_tree
from tests.support.driving import fill, moved, scripted, sheet
from tests.support.paths import PROCESS_FILES, ROOT

PAGE = (ROOT / "docs" / "instrumen-baru.md").read_text("utf-8")
PROCESS = (PROCESS_FILES / "jadwal.yaml").read_text("utf-8")


def shown(language: str) -> str:
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return block


@pytest.fixture
def example(tmp_path, monkeypatch):
    """The module of the page."""
    path = tmp_path / "mood.py"
    path.write_text(shown("python"), "utf-8")
    spec = importlib.util.spec_from_file_location("mood", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "mood", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wording(tmp_path):
    """The words of the page, in a folder of their own."""
    (tmp_path / "instruments").mkdir()
    (tmp_path / "words.toml").write_text("", "utf-8")
    base = "instruments/_instrument.html"
    (tmp_path / base).write_text((TEMPLATES / base).read_text("utf-8"), "utf-8")
    (tmp_path / "instruments" / "mood.html").write_text(shown("html"), "utf-8")
    return Wording(tmp_path)


def test_it_asks_checks_and_tallies(example):
    mood, on = example.Suasana(), sheet(example.Settings())
    glad = fill(mood, on, scripted(value="4"))
    sad = fill(mood, on, scripted(value="1", reason="=rapat terlalu lama"))
    assert (glad, sad) == ({"value": 4}, {"value": 1, "reason": "rapat terlalu lama"})
    with pytest.raises(Rejected) as rejected:
        mood.check(on, {"value": 1}, "reason", "bosan")
    assert rejected.value.fault == Fault("one_word", {"text": "bosan"})
    result = mood.tally(on, {1: glad, 2: sad, 3: {"value": 1}})
    assert (result.rated, result.mean, result.reasons) == (2, Fraction(5, 2), ("rapat terlalu lama",))
    assert [item.text for item in mood.items(on, result)] == ["rapat terlalu lama"]
    assert mood.lacking(on, result) is None
    assert mood.lacking(on, mood.tally(on, {})) == Fault("nobody_rated")


def test_its_move_is_a_form(example):
    desk = moved(
        Desk(sheet(example.Settings()), {1: {"value": 5}}),
        example.Suasana(),
        "remark",
        scripted(text="=bagus"),
    )
    assert example.Suasana().tally(desk.sheet, desk.ballots).remark == "bagus"


def test_a_process_file_can_use_it(example):
    text = PROCESS.replace("instrument: date_poll", "instrument: mood").replace("most: 3", "highest: 3")
    process, faults = read_process(read_tree(text), {"mood": example.Suasana().read})
    assert faults == []
    assert process.activity("1.1", "jadwal").settings == example.Settings(3)


def test_everything_it_says_has_words(example, wording):
    mood, on = example.Suasana(), sheet(example.Settings())
    questions = [*mood.questions(on, {"value": 1}), *mood.moves[0].questions(Desk(on, {}), {})]
    for question in questions:
        assert wording.plain(f"ask.{question.about}", "mood", **question.facts)
    for key in ("name", "move.remark", "moved.remark", "fault.nobody_rated"):
        assert wording.plain(key, "mood")
    assert "bosan" in wording.plain("fault.one_word", "mood", text="bosan")


def test_its_pages_show_the_fresh_and_the_kept_result(example, wording):
    on = sheet(example.Settings())
    result = example.Suasana().tally(on, {1: {"value": 1, "reason": "rapat <lama> sekali"}, 2: {"value": 4}})
    for block in ("desk", "essence", "result"):
        page = wording.block("mood", block, activity=None, sheet=on, result=result)
        assert "2,5" in page
        assert page == wording.block("mood", block, activity=None, sheet=on, result=revive(plain(result)))
    assert "rapat &lt;lama&gt; sekali" in page


def test_progress_counts_the_value_alone(example):
    questions = example.Suasana().questions(sheet(example.Settings()), {"value": 1})
    assert engine.progress(questions, {"value": 1}) == engine.Progress(1, 1)
    assert questions[0].read(Tapped("1")) == questions[0].read(Typed("1")) == 1
