"""Conditions over an item's fields, written as data: which field, which operator, which value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.formulas import exact
from domain.process.reading import Reader

YES, NO = "ya", "tidak"
IS, IS_NOT, EMPTY, FILLED = "is", "is_not", "empty", "filled"
BELOW, ABOVE, AT_LEAST, AT_MOST = "below", "above", "at_least", "at_most"

_COMPARED: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    BELOW: lambda given, wanted: given < wanted,
    ABOVE: lambda given, wanted: given > wanted,
    AT_LEAST: lambda given, wanted: given >= wanted,
    AT_MOST: lambda given, wanted: given <= wanted,
}
OPERATORS = (IS, IS_NOT, EMPTY, FILLED, *_COMPARED)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `value` is the text it was written with (nothing for 'empty' and 'filled')."""

    field: str
    operator: str
    value: str = ""

    def holds(self, fields: Mapping[str, object]) -> bool:
        """Whether it holds; a comparison with something that is no number does not."""
        given = said(fields.get(self.field))
        if self.operator in _COMPARED:
            number = exact(given)
            return number is not None and _COMPARED[self.operator](number, Fraction(self.value))
        if self.operator in {EMPTY, FILLED}:
            return bool(given) == (self.operator == FILLED)
        return (given.casefold() == self.value.casefold()) == (self.operator == IS)


def all_hold(conditions: Sequence[Condition], fields: Mapping[str, object]) -> bool:
    """Whether every one holds; none at all hold."""
    return all(condition.holds(fields) for condition in conditions)


def said(value: object) -> str:
    """A field's value as conditions compare it: yes and no in words, nothing as an empty text."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value).strip()


def read_conditions(reader: Reader, key: str) -> tuple[Condition, ...]:
    """The list under `key`, each as `{field: jenis, is: infrastruktur}`; faults go to the reader."""
    return tuple(_read(each) for each in reader.each(key))


def _read(reader: Reader) -> Condition:
    field = reader.text("field")
    used = [operator for operator in OPERATORS if reader.has(operator)]
    if len(used) != 1:
        reader.fault("one_operator", allowed=", ".join(OPERATORS))
    values = [reader.text(operator) for operator in used]
    condition = Condition(field, *(used[:1] or [FILLED]), *values[:1])
    if condition.operator in _COMPARED and exact(condition.value) is None:
        line, operator = reader.line_of(condition.operator), condition.operator
        reader.fault("not_number", line, field=operator, given=condition.value)
    reader.close()
    return condition
