"""Criteria with their weights, and what the values of a scale mean: read from process files and earlier results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.instruments.base import Item, Sheet
from domain.process.reading import Reader
from domain.process.sources import WEIGHTS

WEIGHT, KEY = "bobot", "kunci"
"""The fields in which an item carries its weight ('1/3') and the key its criterion has in the process file."""

Words = tuple[tuple[int, str], ...]
"""What values of a scale mean, lowest first; not every value needs words."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged by. `words` are its own meanings of the scale; `weight` is None where an item brings none."""

    id: str
    title: str
    hint: str = ""
    words: Words = ()
    weight: Fraction | None = Fraction(1)
    key: str = ""


def read_words(reader: Reader, lowest: int, highest: int) -> Words:
    """The mapping `words` of values to their meaning; a value outside the scale is a fault."""
    allowed = [str(number) for number in range(lowest, highest + 1)]
    given = reader.pairs("words")
    for value, _ in given:
        if value not in allowed:
            reader.fault(
                "not_allowed", reader.line_of("words"), field="words", allowed=", ".join(allowed), given=value
            )
    return tuple(sorted((int(value), text) for value, text in given if value in allowed))


def read_criteria(
    reader: Reader, *, required: bool, scale: tuple[int, int] | None = None
) -> tuple[Criterion, ...]:
    """The list `criteria`; with a `scale` (lowest, highest) each may have `weight` and its own `words`."""
    readers = reader.each("criteria", required=required)
    criteria = tuple(_read(each, f"k{number}", scale) for number, each in enumerate(readers, 1))
    reader.unique([each.key for each in criteria], "criteria")
    return criteria


def _read(reader: Reader, id_: str, scale: tuple[int, int] | None) -> Criterion:
    criterion = Criterion(id_, reader.text("title"), reader.text("hint", ""), key=reader.key("key"))
    if scale:
        weight = reader.fraction("weight", "1")
        criterion = replace(criterion, weight=weight, words=read_words(reader, *scale))
    reader.close()
    return criterion


def weighted(sheet: Sheet[object], written: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The criteria to score by: those an earlier activity weighted, else those of the process file.

    A drawn criterion takes hint and words from the one in the file that has its key or its title.
    """
    drawn = sheet.inputs.get(WEIGHTS, ())
    if not drawn:
        return tuple(written)
    known = dict(_names(written))
    return tuple(_drawn(item, known) for item in drawn)


def _names(written: Sequence[Criterion]) -> Iterator[tuple[str, Criterion]]:
    for criterion in written:
        yield criterion.title.casefold(), criterion
        yield criterion.key, criterion


def _drawn(item: Item, known: Mapping[str, Criterion]) -> Criterion:
    key = str(item.fields.get(KEY) or "")
    like = known.get(key) or known.get(item.text.casefold()) or Criterion("", "")
    return Criterion(
        item.id, item.text, like.hint or item.detail, like.words, exact(item.fields.get(WEIGHT)), key
    )


def shares(criteria: Sequence[Criterion]) -> tuple[Fraction, ...] | None:
    """Each one's part of all weight, summing to 1; equal parts where none brings a weight.

    None where only some bring one, or all of it is 0.
    """
    given = [each.weight for each in criteria if each.weight is not None]
    if criteria and not given:
        return (Fraction(1, len(criteria)),) * len(criteria)
    total = sum(given, Fraction(0))
    return tuple(each / total for each in given) if len(given) == len(criteria) and total else None


def exact(value: object) -> Fraction | None:
    """A number that isn't negative from an item's field ('7/3', '1.5', 2), or None where there is none."""
    try:
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None
    return number if number >= 0 else None
