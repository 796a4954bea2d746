"""Formulas that stand in the head of a column: 'Hasil CxAxRxL', '(AxB)+C', 'Jumlah (A+2B)xC', 'Realisasi/Target x 100'.

The letters are those of the columns: so headed, with the letter in brackets ('Urgency (U)'), with it as initial, or
counted A, B, C in their order. Which of these is meant the numbers tell: each gives a formula to try.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Final

from domain.formulas import BadFormula, Formula, names, parse
from domain.table_check.titles import LONGEST

_LEAD = re.compile(
    r"^(?:(?:hasil|grand total|total|jumlah|nilai|skor|score|akhir|bobot total|prioritas|indeks)\b[\s:=]*)+"
)
_BRACKETED = re.compile(r"[(\[](.+)[)\]]\s*$")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SIGNS: Final[Mapping[str, str]] = {
    "x": "*",
    "×": "*",
    "*": "*",
    "·": "*",
    "/": "/",
    ":": "/",
    "÷": "/",
    "+": "+",
    "-": "-",
    "–": "-",
    "\N{MINUS SIGN}": "-",
}
_SHORT = re.compile(r"[(\[]\s*([a-z])\s*[)\]]\s*$|^([a-z])[.)]\s")


def key(place: int) -> str:
    """The name of a column in formulas."""
    return f"c{place}"


def head_formulas(title: str, titles: Mapping[int, str]) -> Iterator[Formula]:
    """The formulas the head may mean, over the columns (by their places) that it can be made of; often none."""
    if len(title) > LONGEST:
        return
    seen: list[Formula] = []
    for text in _texts(" ".join(title.casefold().split())):
        for known in _schemes({at: each.casefold().strip() for at, each in titles.items()}):
            formula = _parsed(text, known)
            if formula is not None and formula not in seen:
                seen.append(formula)
                yield formula


def _texts(plain: str) -> Iterator[str]:
    """What may be the formula of it: all behind the first words, behind an equals sign, or within brackets."""
    yield _LEAD.sub("", plain)
    if "=" in plain:
        yield plain.rpartition("=")[2]
    if inside := _BRACKETED.search(plain):
        yield inside[1]


def _schemes(titles: Mapping[int, str]) -> Iterator[dict[str, str]]:
    """What names may stand for which columns."""
    whole = {
        title: key(at) for at, title in titles.items() if title and list(titles.values()).count(title) == 1
    }
    yield whole
    yield whole | _unique(
        (found[1] or found[2], at) for at, each in titles.items() if (found := _SHORT.search(each))
    )
    yield _unique((each[0], at) for at, each in titles.items() if each[:1].isalpha())
    yield {letter: key(at) for letter, at in zip(ascii_lowercase, titles, strict=False)}


def _unique(letters: Iterator[tuple[str, int]]) -> dict[str, str]:
    """The letters with their columns; none where one of them stands for two."""
    pairs = list(letters)
    found = {letter: key(at) for letter, at in pairs}
    return found if len(found) == len(pairs) else {}


def _parsed(text: str, known: Mapping[str, str]) -> Formula | None:
    tokens = _tokens(text, known)
    if tokens is None:
        return None
    try:
        formula = parse("".join(tokens), set(known.values()))
    except BadFormula:
        return None
    return formula if len(formula) > 2 and any(True for _ in names(formula)) else None  # noqa: PLR2004 - sign and two parts


def _tokens(text: str, known: Mapping[str, str]) -> list[str] | None:
    """The signs of the formula; None where something in it is no sign. An 'x' between two operands multiplies."""
    longest = sorted(known, key=len, reverse=True)
    found: list[str] = []
    at, after_operand = 0, False
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        step = _operator(text, at) if after_operand else _operand(text, at, longest, known)
        if step is None and after_operand:
            step = _operand(text, at, longest, known)
            if step is None or not _multiplies(found[-1], step[0]):
                return None
            found.append("*")
            after_operand = False
        if step is None:
            return None
        found.append(step[0])
        at += step[1]
        after_operand = step[0] == ")" or step[0][-1].isalnum()
    return found


def _operator(text: str, at: int) -> tuple[str, int] | None:
    if text[at] in ")]":
        return ")", 1
    sign = _SIGNS.get(text[at])
    return (sign, 1) if sign else None


def _operand(text: str, at: int, longest: Sequence[str], known: Mapping[str, str]) -> tuple[str, int] | None:
    """A bracket, a number, the longest known name that stands here."""
    if text[at] in "([":
        return "(", 1
    if number := _NUMBER.match(text, at):
        value = number[0].replace(",", ".")
        if text.startswith("%", number.end()):
            return f"({value}/100)", len(number[0]) + 1
        return value, len(number[0])
    name = next((each for each in longest if _stands(each, text, at)), None)
    return (known[name], len(name)) if name else None


def _stands(name: str, text: str, at: int) -> bool:
    """Whether the name stands there whole: another word must not go on behind it, unless by an 'x'."""
    rest = text[at + len(name) :]
    return text.startswith(name, at) and (not rest[:1].isalpha() or rest[0] == "x")


def _multiplies(before: str, after: str) -> bool:
    """'2B', '2(A+B)', '(A+B)(C)', '(A+2B)C': two operands without a sign between them."""
    return after == "(" or before == ")" or (before[0].isdigit() and after[0] == "c")
