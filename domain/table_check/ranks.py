"""Whether given ranks follow from the totals: wrong ones, ties that were hidden, an order the wrong way round."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.table_check.findings import (
    EMPTY,
    RANK,
    REVERSED,
    TIE,
    TIE_AS_WRITTEN,
    UNREAD,
    ComputedRow,
    Finding,
)

COMPETITION, DENSE, SHARED = "competition", "dense", "shared"
"""Ways to rank after a tie: 1, 1, 3 · 1, 1, 2 · 1,5, 1,5, 3."""

LEAST_ORDER: Final = 3
"""Different totals from which on an order is an order: two ranks the wrong way round are two wrong ranks."""

Ranks = Mapping[int, Fraction]
"""By the place of the row."""


@dataclass(frozen=True, slots=True)
class RankCheck:
    """What is wrong with the ranks, and in which way they were given."""

    findings: tuple[Finding, ...] = ()
    style: str = COMPETITION
    checked: bool = True


def check_ranks(title: str, rows: Sequence[ComputedRow]) -> RankCheck:
    """Compares the given ranks with those of the totals. Rows without a rank are told where others have one."""
    values = {at: row.value for at, row in enumerate(rows) if row.value is not None}
    given = {at: cell.number.value for at, row in enumerate(rows) if (cell := row.line.rank) and cell.number}
    if not given or len(values) < len(rows):
        return RankCheck(checked=False)
    unread = tuple(_unread(title, row) for at, row in enumerate(rows) if at not in given)
    ascending = _is_reversed(values, given)
    ordered = {at: -value for at, value in values.items()} if ascending else values
    style = next((each for each in STYLES if _same(given, STYLES[each](ordered))), COMPETITION)
    findings = (*_wrong_ranks(title, rows, ordered, given, style), *_ties(title, rows, ordered, given, style))
    turned = (Finding(REVERSED, column=title),) if ascending else ()
    return RankCheck((*turned, *unread, *findings), style)


def competition(values: Mapping[int, Fraction]) -> Ranks:
    """1, 1, 3: one more than there are greater values. The best first."""
    first: dict[Fraction, int] = {}
    ordered = sorted(values, key=lambda at: values[at], reverse=True)
    for place, at in enumerate(ordered, 1):
        first.setdefault(values[at], place)
    return {at: Fraction(first[values[at]]) for at in ordered}


def _dense(values: Mapping[int, Fraction]) -> Ranks:
    """1, 1, 2: one more than there are different greater values."""
    distinct = {value: place for place, value in enumerate(sorted(set(values.values()), reverse=True), 1)}
    return {at: Fraction(distinct[value]) for at, value in values.items()}


def _shared(values: Mapping[int, Fraction]) -> Ranks:
    """1,5, 1,5, 3: the mean of the places the tied ones take."""
    equal = Counter(values.values())
    return {at: rank + Fraction(equal[values[at]] - 1, 2) for at, rank in competition(values).items()}


STYLES: Mapping[str, Callable[[Mapping[int, Fraction]], Ranks]] = {
    COMPETITION: competition,
    DENSE: _dense,
    SHARED: _shared,
}


def _unread(title: str, row: ComputedRow) -> Finding:
    cell = row.line.rank
    text = cell.text if cell else ""
    kind = (cell.trouble if cell else "") or (UNREAD if text else EMPTY)
    return Finding(kind, row.line.number, row.line.name, title, text)


def _is_reversed(values: Mapping[int, Fraction], given: Ranks) -> bool:
    """Whether most ranks are right if the lowest total comes first, and more of them than the other way round."""
    upside = {at: -value for at, value in values.items()}
    enough = len(given) == len(values) and len(set(values.values())) >= LEAST_ORDER
    return enough and _holding(upside, given) > max(_holding(values, given), len(given) / 2)


def _holding(values: Mapping[int, Fraction], given: Ranks) -> int:
    """How many ranks are right in the way in which most are."""
    return max(
        sum(given[at] == rank for at, rank in style(values).items() if at in given)
        for style in STYLES.values()
    )


def _same(given: Ranks, expected: Ranks) -> bool:
    return all(given[at] == expected[at] for at in given)


def _wrong(values: Mapping[int, Fraction], given: Ranks, expected: Ranks) -> list[int]:
    """The places of ranks that are not as expected; among equal totals any of the places they take will do."""
    equal = Counter(values.values())
    return [at for at, rank in given.items() if not expected[at] <= rank < expected[at] + equal[values[at]]]


def _wrong_ranks(
    title: str, rows: Sequence[ComputedRow], values: Mapping[int, Fraction], given: Ranks, style: str
) -> Iterator[Finding]:
    expected = STYLES[style](values)
    for at in _wrong(values, given, expected):
        line = rows[at].line
        text = line.rank.text if line.rank else ""
        yield Finding(RANK, line.number, line.name, title, text, expected[at])


def _ties(
    title: str, rows: Sequence[ComputedRow], values: Mapping[int, Fraction], given: Ranks, style: str
) -> Iterator[Finding]:
    """The findings on equal totals that were given different ranks."""
    expected = STYLES[style](values)
    groups: dict[Fraction, list[int]] = {}
    for at in given:
        groups.setdefault(values[at], []).append(at)
    for tied in groups.values():
        if len({given[at] for at in tied}) > 1:
            names = tuple(rows[at].line.name for at in tied)
            ranks = "; ".join(cell.text for at in tied if (cell := rows[at].line.rank))
            kind = TIE if all(rows[at].total is not None for at in tied) else TIE_AS_WRITTEN
            yield Finding(kind, rows[tied[0]].line.number, names[0], title, ranks, expected[tied[0]], names)
