"""Ways in which a column is made of one or two others: share, cumulative, difference, attainment, product.

They are only tried for a column whose head speaks of such a thing ('%', 'Kumulatif', 'Capaian', 'Selisih'): among so
many pairs of columns one fits by chance.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

from domain.formulas import NAME, NUMBER, Formula
from domain.table_check.columns import RUN, SUM
from domain.table_check.head_formulas import key
from domain.table_check.titles import LONGEST

SHARE, CUMULATIVE, RATIO, DIFFERENCE, INVERSE, GROWTH, TIMES = (
    "share",
    "cumulative",
    "ratio",
    "difference",
    "inverse",
    "growth",
    "times",
)
MOST_SOURCES: Final = 6
"""Columns whose pairs are tried: the nearest ones."""

_SHARES = re.compile(
    r"%|\b(?:persen\w*|prosentase|proporsi|porsi|kontribusi|bagian|share|pangsa|rasio|capaian|pencapaian|ketercapaian"
    r"|tingkat capaian|kinerja|serapan|penyerapan|daya serap|pertumbuhan|laju)\b"
)
_OTHERS = re.compile(
    r"\b(?:kum|k[ou]mulati[fp]|kumul|akumulasi|cumulative|selisih|sisa|deviasi|gap|kesenjangan|defisit|surplus|kenaikan"
    r"|penurunan|perubahan|kurang|lebih|lebih/kurang|bobot x \w+|tertimbang)\b"
)
HUNDRED: Final[Formula] = (NUMBER, "100")


def speaks_of_share(title: str) -> bool:
    """Whether its numbers are shares or percents, so that they have been rounded."""
    return len(title) <= LONGEST and bool(_SHARES.search(title.casefold()))


def speaks(title: str) -> bool:
    """Whether the head says that the column is made of others."""
    return speaks_of_share(title) or (len(title) <= LONGEST and bool(_OTHERS.search(title.casefold())))


def relations(place: int, sources: Sequence[int]) -> Iterator[tuple[str, Formula]]:
    """Kinds and formulas that the column there may have, the nearest columns to its left first."""
    near = sorted(sources, key=lambda at: (at > place, abs(at - place)))[:MOST_SOURCES]
    for at in near:
        yield from _of_one(at)
    for one, other in permutations(near, 2):
        yield from _of_two(one, other)


def _of_one(at: int) -> Iterator[tuple[str, Formula]]:
    cell, whole, run = _name(key(at)), _name(SUM + key(at)), _name(RUN + key(at))
    yield CUMULATIVE, run
    for kind, part in ((SHARE, cell), (CUMULATIVE, run)):
        yield from _scaled(kind, ("/", part, whole))


def _of_two(one: int, other: int) -> Iterator[tuple[str, Formula]]:
    """INVERSE is twice the target less what was reached, by the target: of what is better the lower it is."""
    a, b = _name(key(one)), _name(key(other))
    yield from _scaled(RATIO, ("/", a, b))
    yield DIFFERENCE, ("-", a, b)
    yield from _scaled(INVERSE, ("/", ("-", ("*", (NUMBER, "2"), b), a), b))
    yield from _scaled(GROWTH, ("/", ("-", a, b), b))
    if one < other:
        yield TIMES, ("*", a, b)
        yield TIMES, ("/", ("*", a, b), HUNDRED)


def _scaled(kind: str, ratio: Formula) -> Iterator[tuple[str, Formula]]:
    """'80' in a column of percents is 80 of 100; '0,8' and '80%' are the ratio itself."""
    yield kind, ("*", ratio, HUNDRED)
    yield kind, ratio


def _name(name: str) -> Formula:
    return (NAME, name)
