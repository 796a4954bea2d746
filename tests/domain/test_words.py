"""Whatever an instrument asks, offers or refuses has words; its pages hold whatever people typed."""

import functools
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from documents.language.wording import wording
from domain.dialog.questions import (
    Choice,
    Confirm,
    Date,
    File,
    Money,
    Number,
    Option,
    Rating,
    Sent,
    Several,
    Tapped,
    Text,
    Time,
    Typed,
    Unreadable,
)
from domain.faults import Rejected
from domain.freezing import plain, revive
from domain.instruments import agreement
from domain.instruments.base import Desk, Sheet
from domain.instruments.registry import INSTRUMENTS
from tests.support.codes import codes_in
from tests.support.driving import TODAY, walks
from tests.support.paths import ROOT
from tests.support.scenes import FACTS, NASTY, SCENES, long, stages
from tests.support.tags import Tags

WORDING = wording()
NAMES = sorted(each.name for each in INSTRUMENTS)
FOLDER = ROOT / "domain" / "instruments"
TELEGRAM = {"b", "i", "u", "s", "code", "pre", "blockquote", "a"}
SEMANTIC = {"h3", "p", "b", "i", "table", "caption", "tr", "th", "td", "ul", "ol", "li"}
ACTIVITY = SimpleNamespace(title=NASTY, prompt=NASTY, instrument="", authors_shown=False)
BLOCKS = ("desk", "essence", "result")


def asked(name, desk):
    """Every question members and facilitators can be asked at this desk."""
    instrument = INSTRUMENTS[name]
    yield from walks(lambda mine: instrument.questions(desk.sheet, mine), depth=14)
    for form in instrument.moves:
        if form.available(desk):
            yield from walks(lambda values, form=form: form.questions(desk, values))


@functools.cache
def everything_asked(name):
    return [question for desk in stages(SCENES[name](NASTY)) for question in asked(name, desk)]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_and_option_has_words(name):
    questions = everything_asked(name)
    assert questions
    for question in questions:
        assert (
            question.prompt
            or Tags(WORDING.word(f"ask.{question.about}", name, **question.facts)).shown.strip()
        )
        if question.optional:
            assert WORDING.plain(f"skip.{question.about.partition('.')[0]}", name)
        for option in getattr(question, "options", ()):
            assert option.label or WORDING.plain(f"option.{option.about}", name)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_there_for_nothing(name):
    used = {f"ask.{question.about}" for question in everything_asked(name)}
    written = {key for key in WORDING._instrument_words(name) if key.startswith("ask.")}
    assert written == used


@pytest.mark.parametrize("name", NAMES)
def test_buttons_hold_every_key_and_option(name):
    for question in everything_asked(name):
        assert len(question.key.encode()) <= 16
        options = [*getattr(question, "options", ()), *getattr(question, "suggestions", ())]
        assert all(len(option.value.encode()) <= 12 for option in options if isinstance(option, Option))


@pytest.mark.parametrize("name", NAMES)
def test_every_move_has_its_button_and_its_confirmation(name):
    assert len(WORDING.plain("name", name)) > 3
    for form in INSTRUMENTS[name].moves:
        assert 3 < len(WORDING.plain(f"move.{form.kind}", name)) <= 24
        assert len(WORDING.plain(f"moved.{form.kind}", name)) > 3


FAULT_FACTS = {
    "pairwise_items": {"given": 12, "most": 9},
    "tie_for_lead": {"items": [NASTY, "Tarif"]},
    "no_quorum": {"present": 1, "needed": 3, "voters": 5},
    "no_pick": {"slots": [NASTY]},
    "card_twice": {"text": NASTY},
    "clustered": {"cards": 3},
    "written": {"cards": 2, "guide": False},
    "agreed": {"agree": 3, "note": 1, "object": 0, "abstain": 2, "plenary": False},
    "ranked": {"rank": 1, "items": 5, "value": 10, "ballots": 3},
    "suited": {"yes": 3, "maybe": 1, "no": 0},
    "similar_cards": {"first": NASTY, "second": "Tarif"},
}


KINDS_OF_WORDS = ("fault", "trace", "pulse")
"""Why something can't be, where a row comes from, what may be known while members answer."""


def modules_of(name):
    parts = [*FOLDER.glob(f"{name}.py"), *(FOLDER / name).glob("*.py")]
    return [str(path.relative_to(ROOT)) for path in parts]


@pytest.mark.parametrize("name", NAMES)
def test_everything_an_instrument_tells_has_words(name):
    facts = FAULT_FACTS | FACTS.get(name, {})
    codes = {code for module in modules_of(name) for code in codes_in(module, "Rejected", "Fault")}
    assert codes
    for code in codes:
        kinds = [kind for kind in KINDS_OF_WORDS if WORDING.has(f"{kind}.{code}", name)]
        assert kinds, code
        for kind in kinds:
            assert len(WORDING.plain(f"{kind}.{code}", name, **facts.get(code, {}))) > 20


def fault(read):
    with pytest.raises(Rejected) as rejected:
        read()
    return rejected.value.fault


ONE = (Option("a", "A"),)
REFUSED = [
    lambda: Choice(key="k", options=ONE).read(Tapped("b")),
    *(
        lambda question=question: question.read(Unreadable("sticker"))
        for question in (
            Choice(key="k", options=ONE),
            Several(key="k", options=ONE),
            Confirm(key="k"),
            File(key="k"),
            Text(key="k"),
        )
    ),
    lambda: Several(key="k", options=ONE).read(Tapped("")),
    lambda: Several(key="k", options=ONE, most=1).read(Tapped("")),
    lambda: Several(key="k", options=ONE, least=2, most=3).read(Tapped("a")),
    lambda: Text(key="k", example="air keruh").read(Typed("")),
    lambda: Text(key="k", shortest=5).read(Typed("a")),
    lambda: Text(key="k", longest=5).read(Typed("enam hu")),
    lambda: Number(key="k").read(Typed("lima")),
    lambda: Number(key="k").read(Typed("1,234")),
    lambda: Rating(key="k", lowest=1, highest=5).read(Typed("1,5")),
    lambda: Rating(key="k", lowest=1, highest=5).read(Typed("6")),
    lambda: Number(key="k", lowest=Decimal(0)).read(Typed("-1")),
    lambda: Number(key="k", highest=Decimal("1.5")).read(Typed("2")),
    lambda: Money(key="k").read(Typed("lima")),
    lambda: Money(key="k", highest=1000).read(Typed("2 juta")),
    lambda: Date(key="k", today=TODAY).read(Typed("kapan")),
    lambda: Date(key="k", today=TODAY, earliest=TODAY).read(Typed("1/1/2026")),
    lambda: Date(key="k", today=TODAY, latest=TODAY).read(Typed("besok")),
    lambda: Date(key="k", today=TODAY, earliest=TODAY, latest=date(2026, 12, 1)).read(Typed("2/12/2026")),
    lambda: Time(key="k").read(Typed("pagi")),
    lambda: File(key="k", largest=1024**2).read(Sent("f", "a.pdf", "application/pdf", 1024**2 + 1)),
    lambda: File(key="k").read(Sent("f", "a.exe", "application/x-msdownload", 1)),
]


@pytest.mark.parametrize("read", REFUSED)
def test_a_refused_answer_is_explained(read):
    refused = fault(read)
    assert len(WORDING.plain(f"fault.{refused.code}", **refused.details)) > 20


def test_every_general_fault_is_among_them():
    raised = codes_in("domain/dialog/questions.py", "Rejected") | codes_in(
        "domain/dialog/reading.py", "Rejected"
    )
    assert raised == {fault(read).code for read in REFUSED}


def rendered(name, block, desk, result=None):
    instrument = INSTRUMENTS[name]
    result = result or instrument.tally(desk.sheet, desk.ballots)
    return WORDING.block(name, block, activity=ACTIVITY, sheet=desk.sheet, result=result)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("block", BLOCKS)
def test_what_people_typed_is_shown_and_never_obeyed(name, block):
    for desk in stages(SCENES[name](NASTY)):
        page = rendered(name, block, desk)
        tags = Tags(page)
        assert tags.found <= (SEMANTIC if block == "result" else TELEGRAM)
        assert "1337" not in page
        assert "<script" not in page
    assert "<script>" in tags.shown or name == "date_poll"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("block", BLOCKS)
def test_a_kept_result_is_shown_as_the_fresh_one_was(name, block):
    desk = SCENES[name]("Air keruh di musim hujan")
    fresh = INSTRUMENTS[name].tally(desk.sheet, desk.ballots)
    assert rendered(name, block, desk, revive(plain(fresh))) == rendered(name, block, desk, fresh)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("block", "most"), [("desk", 3000), ("essence", 3000)])
def test_messages_stay_short_however_much_there_is(name, block, most):
    desk = SCENES[name](long("Air & pipa"), 9)
    assert len(rendered(name, block, desk)) <= most
    assert len(rendered(name, block, desk)) > 40


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("block", BLOCKS)
def test_pages_show_an_activity_nobody_has_answered(name, block):
    busy = SCENES[name]("Air keruh")
    for items in (busy.sheet.items, ()):
        desk = Desk(Sheet(busy.sheet.settings, items, voters=4, today=TODAY), {})
        assert Tags(rendered(name, block, desk)).shown.strip()


def test_an_agreement_about_nothing_says_so():
    settings = agreement.Settings(("Isu {item}",), Fraction(1, 2), "mufakat")
    for block in BLOCKS:
        page = rendered("agreement", block, Desk(Sheet(settings, voters=4, today=TODAY), {}))
        assert Tags(page).shown.strip()


@pytest.mark.parametrize("name", NAMES)
def test_a_question_in_its_page_is_short_and_safe(name):
    desk = SCENES[name](long("Air & pipa"))
    mine = next(iter(desk.ballots.values()))
    for question in [
        *INSTRUMENTS[name].questions(desk.sheet, mine),
        *INSTRUMENTS[name].questions(desk.sheet, {}),
    ]:
        prompt = WORDING.word(f"ask.{question.about}", name, **question.facts)
        facts = {"question": question, "prompt": prompt, "sheet": desk.sheet, "mine": mine}
        page = WORDING.block(name, "ask", activity=ACTIVITY, **facts)
        assert Tags(page).found <= TELEGRAM
        assert len(Tags(page).shown) <= 600
        assert not page or Tags(prompt).shown.strip() in Tags(page).shown


def test_my_cards_are_shown_while_i_write():
    desk = SCENES["cards"]("Air keruh")
    question = INSTRUMENTS["cards"].questions(desk.sheet, desk.ballots[1])[4]
    facts = {"question": question, "prompt": "?", "sheet": desk.sheet, "mine": desk.ballots[1]}
    page = WORDING.block("cards", "ask", activity=ACTIVITY, **facts)
    assert re.findall(r"• (\d+) Air keruh", page) == ["11", "12", "13", "14"]


def test_the_agreed_criteria_are_shown_while_comparing():
    desk = SCENES["pairwise"]("Urgensi")
    question = INSTRUMENTS["pairwise"].questions(desk.sheet, {})[0]
    facts = {"question": question, "prompt": "?", "sheet": desk.sheet, "mine": {}}
    assert "Kriteria: Urgensi" in WORDING.block("pairwise", "ask", activity=ACTIVITY, **facts)


def test_long_lists_say_how_much_they_leave_out():
    page = rendered("cards", "desk", SCENES["cards"]("Air keruh", 9))
    assert re.search(r"… dan \d+ kartu lagi", page)
