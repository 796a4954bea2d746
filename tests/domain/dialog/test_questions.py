from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Sent,
    Several,
    Tapped,
    Text,
    Time,
    Typed,
    Unreadable,
)
from domain.faults import Rejected

TODAY = date(2026, 11, 23)
AB = (Option("a", "Air"), Option("b", "Banjir"))
PDF = Sent("f1", "peta.pdf", "application/pdf", 1000)
EVERY_KIND = (
    Choice(key="k", options=AB),
    Person(key="k", options=AB),
    Several(key="k", options=AB),
    Rating(key="k", lowest=1, highest=5),
    Text(key="k"),
    Number(key="k"),
    Money(key="k"),
    Date(key="k", today=TODAY),
    Time(key="k"),
    Confirm(key="k"),
    File(key="k"),
)


def fault_of(question, given_):
    with pytest.raises(Rejected) as rejected:
        question.read(given_)
    return rejected.value.fault.code


@pytest.mark.parametrize(
    ("question", "given_", "value"),
    [
        (Choice(key="k", options=AB), Tapped("b"), "b"),
        (Person(key="k", options=AB), Tapped("a"), "a"),
        (Several(key="k", options=AB), Tapped("b,a"), ["a", "b"]),
        (Several(key="k", options=AB, least=0), Tapped(""), []),
        (Rating(key="k", lowest=1, highest=5), Tapped("5"), 5),
        (Rating(key="k", lowest=1, highest=5), Typed(" 3 "), 3),
        (Text(key="k"), Typed(" air "), "air"),
        (Text(key="k", suggestions=AB), Tapped("b"), "Banjir"),
        (Number(key="k"), Typed("1.250,50"), "1250.5"),
        (Money(key="k"), Typed("1,5 juta"), 1_500_000),
        (Date(key="k", today=TODAY), Tapped("2026-11-30"), "2026-11-30"),
        (Date(key="k", today=TODAY), Typed("besok"), "2026-11-24"),
        (Time(key="k"), Tapped("09.30"), "09:30"),
        (Confirm(key="k"), Tapped("y"), True),
        (Confirm(key="k"), Tapped("n"), False),
        (File(key="k"), PDF, {"file_id": "f1", "name": "peta.pdf", "mime": "application/pdf", "size": 1000}),
    ],
)
def test_what_each_kind_reads(question, given_, value):
    assert question.read(given_) == value


@pytest.mark.parametrize(
    ("question", "given_", "code"),
    [
        (Choice(key="k", options=AB), Tapped("c"), "unknown_option"),
        (Choice(key="k", options=AB), Typed("Air"), "unexpected_input"),
        (Several(key="k", options=AB), Tapped("a,c"), "unknown_option"),
        (Several(key="k", options=AB), Tapped(""), "wrong_count"),
        (Several(key="k", options=AB, most=1), Tapped("a,b"), "wrong_count"),
        (Rating(key="k", lowest=1, highest=5), Tapped("6"), "number_out_of_range"),
        (Rating(key="k", lowest=1, highest=5), Typed("1,5"), "too_many_decimals"),
        (Text(key="k"), Tapped("a"), "unknown_option"),
        (Text(key="k", longest=3), Typed("abcd"), "text_too_long"),
        (Number(key="k", highest=Decimal(9)), Typed("10"), "number_out_of_range"),
        (Date(key="k", today=TODAY, earliest=TODAY), Typed("22/11/2026"), "date_out_of_range"),
        (Confirm(key="k"), Tapped("ya"), "unknown_option"),
        (Confirm(key="k"), Typed("ya"), "unexpected_input"),
        (File(key="k", largest=999), PDF, "file_too_large"),
        (File(key="k", types=("image/*",)), PDF, "file_type"),
        (File(key="k"), Tapped("x"), "unknown_option"),
    ],
)
def test_what_each_kind_rejects(question, given_, code):
    assert fault_of(question, given_) == code


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda question: question.kind)
def test_a_sticker_is_never_an_answer(question):
    assert fault_of(question, Unreadable("sticker")) == "unexpected_input"


@pytest.mark.parametrize("question", EVERY_KIND[:-1], ids=lambda question: question.kind)
def test_a_file_is_only_for_file_questions(question):
    assert fault_of(question, PDF) == "unexpected_input"


@pytest.mark.parametrize("skip", [Tapped("-"), Typed("-"), Typed(" - ")])
def test_only_an_optional_question_can_be_skipped(skip):
    assert Text(key="k", optional=True).read(skip) is None
    assert Money(key="k", optional=True).read(skip) is None
    assert fault_of(Money(key="k"), skip) == "not_money"
    assert fault_of(Choice(key="k", options=AB), Tapped("-")) == "unknown_option"


@given(st.sampled_from(EVERY_KIND), st.text(max_size=30), st.booleans())
def test_whatever_is_given_is_a_value_or_a_fault(question: Question, text: str, tapped: bool):
    try:
        value = question.read(Tapped(text) if tapped else Typed(text))
    except Rejected:
        return
    assert isinstance(value, str | int | list)
