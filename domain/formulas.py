"""Formulas of computed columns: a small closed language over a row's numbers, computed exactly.

    formula = term {("+" | "-") term};  term = factor {("*" | "/") factor}
    factor  = "-" factor | "(" formula ")" | "percent(" formula "," formula ")" | number | name

A name is as long as a known name can be, so that 'harga-satuan' is a column where there is such a column, and 'harga'
less 'satuan' where there is not. Numbers are written with a point: 0.11.

A formula is kept as plain nested tuples, its sign first: ('*', ('name', 'volume'), ('number', '1000')).
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Formula = tuple[Any, ...]
"""('name', key) · ('number', text) · ('-', x) · (sign, x, y) with one of + - * / percent as its sign."""

LONGEST = 200  # characters: brackets can't nest deeper than the stack is
NAME, NUMBER, PERCENT = "name", "number", "percent"
_WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_EXACT = re.compile(r"-?[0-9]{1,200}(?:\.[0-9]{1,200}|/0*[1-9][0-9]{0,199})?")


class BadFormula(Exception):  # noqa: N818 - it is told to whoever wrote the process file
    """The text is no formula; carries the part from which it can't be read on."""

    def __init__(self, rest: str) -> None:
        super().__init__(rest)
        self.rest = rest


def parse(text: str, known: Collection[str]) -> Formula:
    """The formula. Names outside `known` are kept, to be told by `names`. Raises BadFormula."""
    if len(text) > LONGEST:
        raise BadFormula(text[LONGEST:])
    source = _Source(text, frozenset(known))
    found = _sum(source)
    if source.rest():
        raise BadFormula(source.rest())
    return found


def names(formula: Formula) -> Iterator[str]:
    """Every name in the formula, in the order of writing."""
    if formula[0] == NAME:
        yield formula[1]
    elif formula[0] != NUMBER:
        for part in formula[1:]:
            yield from names(part)


def cycle(formulas: Mapping[str, Formula]) -> str:
    """The first name whose formula needs itself, whichever way round; an empty text where none does."""
    needs = {name: set(names(formula)) & formulas.keys() for name, formula in formulas.items()}
    return next((name for name in sorted(needs) if name in _needed(name, needs)), "")


def _needed(name: str, needs: Mapping[str, set[str]]) -> set[str]:
    """All columns the name depends on, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = needs[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def evaluate(formula: Formula, value: Callable[[str], Fraction | None]) -> Fraction | None:
    """The exact number, or None where a name has no value or something is divided by zero."""
    sign, *parts = formula
    if sign == NAME:
        return value(parts[0])
    if sign == NUMBER:
        return Fraction(parts[0])
    numbers = [evaluate(part, value) for part in parts]
    known = [number for number in numbers if number is not None]
    return _compute(sign, *known) if len(known) == len(numbers) else None


def exact(value: object) -> Fraction | None:
    """The number a field holds: whole, canonical decimal text or a fraction ('7/3'); None for all else."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        return None
    if isinstance(value, str) and not _EXACT.fullmatch(value.strip()):
        return None  # no exponents: '1e999999' is short to write and long to compute
    return Fraction(value)


def written(number: Fraction) -> str:
    """One text for one number: decimal where it ends ('1250.5'), else a fraction ('7/3')."""
    places = _places(number.denominator)
    if places is None:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    return ("-" if number < 0 else "") + whole + (f".{decimals}" if decimals else "")


def _places(denominator: int) -> int | None:
    """How many decimals a fraction over it has, or None where they never end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _compute(sign: str, first: Fraction, *rest: Fraction) -> Fraction | None:
    if not rest:
        return -first
    (second,) = rest
    if sign in {"/", PERCENT}:
        return first / second * (100 if sign == PERCENT else 1) if second else None
    return {"+": first + second, "-": first - second, "*": first * second}[sign]


@dataclass(slots=True)
class _Source:
    """A formula's text and the position up to which it has been read."""

    text: str
    known: frozenset[str]
    at: int = 0

    def rest(self) -> str:
        return self.text[self.at :].strip()

    def takes(self, *signs: str) -> str:
        """The sign that comes next, if it is one of these."""
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        found = next((sign for sign in signs if self.text.startswith(sign, self.at)), "")
        self.at += len(found)
        return found

    def needs(self, sign: str) -> None:
        if not self.takes(sign):
            raise BadFormula(self.rest())

    def word(self) -> str:
        """The longest known name or number that begins here, else the whole word."""
        self.takes()
        match = _WORD.match(self.text, self.at)
        if not match:
            raise BadFormula(self.rest())
        ends = [
            match.end(),
            *sorted((m.start() + match.start() for m in re.finditer("-", match[0])), reverse=True),
        ]
        words = [self.text[match.start() : end] for end in ends]
        word = next((each for each in words if each in self.known or _NUMBER.fullmatch(each)), words[0])
        self.at += len(word)
        return word


def _sum(source: _Source) -> Formula:
    found = _product(source)
    while sign := source.takes("+", "-"):
        found = (sign, found, _product(source))
    return found


def _product(source: _Source) -> Formula:
    found = _factor(source)
    while sign := source.takes("*", "/"):
        found = (sign, found, _factor(source))
    return found


def _factor(source: _Source) -> Formula:
    if source.takes("-"):
        return ("-", _factor(source))
    if source.takes("("):
        found = _sum(source)
        source.needs(")")
        return found
    word = source.word()
    if word == PERCENT and source.takes("("):
        return _percent(source)
    is_number = word not in source.known and _NUMBER.fullmatch(word)
    return (NUMBER if is_number else NAME, word)


def _percent(source: _Source) -> Formula:
    part = _sum(source)
    source.needs(",")
    whole = _sum(source)
    source.needs(")")
    return (PERCENT, part, whole)
