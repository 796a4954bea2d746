"""What a naskah shows fits on a phone, however much there is."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from domain.instruments.base import Item
from domain.instruments.narrative.text import Section
from tests.support.desks.narrative import (
    LATAR,
    NARRATIVE,
    WORDING,
    ballot,
    compose_questions,
    desk_of,
    ids,
    tally,
)
from tests.support.driving import moved, scripted
from tests.support.scenes.narrative import FACTS
from tests.support.tags import Tags


def asked_page(desk, question, mine):
    prompt = WORDING.word(f"ask.{question.about}", "narrative", **question.facts)
    facts = {"question": question, "prompt": prompt, "sheet": desk.sheet, "mine": mine}
    activity = SimpleNamespace(prompt="Apa masukan Bapak/Ibu? " * 40)
    return Tags(WORDING.block("narrative", "ask", activity=activity, **facts)).shown


def test_however_much_there_is_a_question_stays_short():
    long = "Air keruh di musim hujan. " * 130
    sections = (Section("a", long[:200], long[:500], long[:3400]), Section("b", long[:200], long[:500]))
    items = tuple(Item(str(n), long[:300]) for n in range(9))
    mine = ballot((0, long[:590]), (1, long[:590]), (0, long[:580]), (1, long[:580]), done=False)
    desk = desk_of(mine, sections=sections, items=items)
    desk = replace(desk, sheet=replace(desk.sheet, context=items))
    for answers in (mine, {"1": "0"}, {}):
        for question in NARRATIVE.questions(desk.sheet, answers):
            assert 20 < len(asked_page(desk, question, answers)) <= 600


def test_what_was_agreed_before_and_the_material_are_shown():
    desk = desk_of(items=(Item("1", "Air keruh"),))
    desk = replace(desk, sheet=replace(desk.sheet, context=(Item("1", "Urgensi"),)))
    first, text, _ = NARRATIVE.questions(desk.sheet, {"1": "0"})
    assert "Pertimbangan: Urgensi" in asked_page(desk, first, {})
    assert "Bahan: Air keruh" in asked_page(desk, text, {})


def test_the_questions_of_a_move_fit_in_a_message():
    long = "Air keruh di musim hujan. " * 140
    ballots = [ballot(*((0, f"{m} {n} {long}"[:600]) for n in range(3))) for m in range(30)]
    desk = desk_of(*ballots, sections=(Section("a", long[:300], "", long[:3499]), LATAR))
    for values in (
        {"section": "0", "base.0": "pick"},
        {"section": "0", "base.0": "improve"},
        {"section": "0", "base.0": "pick", "from.0.pick": ids(desk).split(",")},
    ):
        asked = compose_questions(desk, **values)[-1]
        assert 100 < len(Tags(WORDING.word(f"ask.{asked.about}", "narrative", **asked.facts)).shown) < 3850
        assert len(getattr(asked, "options", ())) <= 60
    listed = NARRATIVE.moves[1].questions(desk, {"section": "0"})[0].options
    assert sum(len(option.label) for option in listed[:8]) < 2000


@pytest.mark.parametrize("block", ["desk", "essence"])
def test_twenty_sections_still_fit_in_a_message(block):
    long = "Latar & maksud penyusunan naskah ini bagi Pokja " * 4
    sections = tuple(Section(f"b{n}", long[:120], start_with=long) for n in range(20))
    desk = desk_of(
        *(ballot(*((n % 20, f"{n} {long}") for n in range(40))) for _ in range(9)), sections=sections
    )
    page = WORDING.block("narrative", block, activity=None, sheet=desk.sheet, result=tally(desk))
    assert 1000 < len(page) <= 3000


def test_the_result_has_a_paragraph_for_each_line():
    desk = moved(desk_of(), NARRATIVE, "compose", scripted(section="0", base="new", text="=Satu.\n\nDua."))
    page = WORDING.block("narrative", "result", activity=None, sheet=desk.sheet, result=tally(desk))
    assert "<p>Satu.</p>\n<p>Dua.</p>\n<p><i>Versi 1, disusun oleh Siti.</i></p>" in page


@pytest.mark.parametrize(
    ("kind", "code"),
    [("fault", "sections_empty"), ("fault", "not_composed"), ("pulse", "written"), ("trace", "composed")],
)
def test_what_is_told_has_words(kind, code):
    assert len(WORDING.plain(f"{kind}.{code}", "narrative", **FACTS[code])) > 20
