"""Formulas are read as people write them and computed exactly; what is no formula is told."""

import ast
import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formulas import LONGEST, BadFormula, cycle, evaluate, exact, names, parse, written

KNOWN = ("volume", "harga", "harga-satuan", "target", "capaian", "2026", "percent", "a", "b")
NUMBERS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


def worth(text, **values: Fraction | None):
    return evaluate(parse(text, KNOWN), lambda name: values.get(name.replace("-", "_")))


# Formulas written at random, beside Python's own reading of the same text.
TEXTS = st.recursive(
    st.sampled_from(["a", "b", "2", "0.5", "10"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", "-", "*", " / "]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=12,
).filter(lambda text: len(text) <= LONGEST)
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def computed(node, source, values):
    """What Python's grammar makes of the text, in fractions."""
    if isinstance(node, ast.BinOp):
        sides = (computed(side, source, values) for side in (node.left, node.right))
        return OPERATORS[type(node.op)](*sides)
    if isinstance(node, ast.UnaryOp):
        return -computed(node.operand, source, values)
    return values[node.id] if isinstance(node, ast.Name) else Fraction(ast.get_source_segment(source, node))


@given(TEXTS, NUMBERS, NUMBERS)
def test_formulas_mean_what_they_mean_elsewhere(text, a, b):
    try:
        expected = computed(ast.parse(text, mode="eval").body, text, {"a": a, "b": b})
    except ZeroDivisionError:
        expected = None
    assert worth(text, a=a, b=b) == expected


def test_volume_times_price():
    assert worth("volume * harga", volume=Fraction("2.5"), harga=Fraction(1_000_000)) == 2_500_000


def test_percent_is_exact():
    assert worth("percent(capaian, target)", capaian=Fraction(2), target=Fraction(3)) == Fraction(200, 3)
    assert worth("100 - percent(a, a + b)", a=Fraction(1), b=Fraction(3)) == 75


def test_names_are_as_long_as_there_are_columns():
    assert parse("harga-satuan", KNOWN) == ("name", "harga-satuan")
    assert parse("target-capaian", KNOWN) == ("-", ("name", "target"), ("name", "capaian"))
    assert parse("harga-satuan-2", KNOWN) == ("-", ("name", "harga-satuan"), ("number", "2"))
    assert parse("harga-lama", KNOWN) == ("-", ("name", "harga"), ("name", "lama"))


def test_a_column_may_look_like_a_number_or_a_function():
    assert parse("2026*2025", KNOWN) == ("*", ("name", "2026"), ("number", "2025"))
    assert parse("percent + 1", KNOWN) == ("+", ("name", "percent"), ("number", "1"))


@pytest.mark.parametrize("empty", ["a", "b"])
@pytest.mark.parametrize("text", ["a + b", "a - b", "a * b", "a / b", "percent(a, b)", "-(a + b)"])
def test_nothing_comes_of_an_empty_cell(text, empty):
    values = {"a": Fraction(1), "b": Fraction(1)} | {empty: None}
    assert worth(text, **values) is None


@pytest.mark.parametrize("text", ["a / b", "percent(a, b)", "1 / (b * 5)", "1 / 0", "a + a / b"])
def test_nothing_comes_of_dividing_by_zero(text):
    assert worth(text, a=Fraction(1), b=Fraction(0)) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("", ""),
        ("a +", ""),
        ("a b", "b"),
        ("(a", ""),
        ("a)", ")"),
        ("a ** b", "* b"),
        ("Volume", "Volume"),
        ("percent(a)", ")"),
        ("percent(a, b", ""),
        ("a + ;", ";"),
        ("a, b", ", b"),
        ("__dict__", "__dict__"),
        ("a % b", "% b"),
        ("a" * (LONGEST + 1), "a"),
        ("a //  b", "/  b"),
    ],
)
def test_what_is_no_formula_is_told_from_where_it_is_not(text, rest):
    with pytest.raises(BadFormula) as bad:
        parse(text, KNOWN)
    assert bad.value.rest == rest


@given(st.text(alphabet="ab2.,()+-*/ percnt", max_size=LONGEST))
def test_any_text_is_a_formula_or_told(text):
    try:
        formula = parse(text, KNOWN)
    except BadFormula:
        return
    assert all(name in text for name in names(formula))
    assert isinstance(evaluate(formula, lambda _: Fraction(1)), Fraction | None)


def test_deep_brackets_are_read():
    depth = LONGEST // 2 - 1
    assert worth("(" * depth + "a" + ")" * depth, a=Fraction(7)) == 7


def test_a_formula_that_needs_itself_is_found():
    def of(**formulas: str):
        return cycle({name: parse(text, [*KNOWN, *formulas]) for name, text in formulas.items()})

    assert of(x="a + 1", y="x * 2", z="x + y") == ""
    assert of(x="x + 1") == "x"
    assert of(x="y + 1", y="z + 1", z="x + a", free="a") == "x"
    assert of(y="loop + 1", loop="loop - a") == "loop"


@given(st.fractions())
def test_a_number_is_written_so_that_it_is_read_back(number):
    assert exact(written(number)) == number


@given(st.decimals(-(10**20), 10**20, places=4))
def test_what_ends_is_written_as_a_decimal(number):
    text = written(Fraction(number))
    assert "/" not in text
    assert not (text.endswith("0") and "." in text)
    assert text != "-0"


@pytest.mark.parametrize(
    "value", [None, True, False, "", "lima", "1e9", "1_000", "1/0", "0x1", "1.", ".5", 1.5, "nan"]
)
def test_what_is_no_number_has_no_value(value):
    assert exact(value) is None


def test_numbers_are_read_from_fields():
    assert [exact(each) for each in (5, "-2.50", "7/3", Fraction(1, 3))] == [
        5,
        Fraction(-5, 2),
        Fraction(7, 3),
        Fraction(1, 3),
    ]
