"""Tables of weights and scores as people make them, right ones, for tests to spoil."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from domain.formulas import written
from domain.table_check import text as check_text
from domain.table_check.check import Checked, check


@dataclass(frozen=True)
class Sample:
    """A weighted table: weights in hundredths, whole scores, how the totals and ranks were written."""

    weights: tuple[int, ...]
    scores: tuple[tuple[int, ...], ...]
    totals: tuple[str, ...]
    ranks: tuple[str, ...]

    def text(self, order: Sequence[int] | None = None) -> str:
        """The table as somebody would type it, its rows in that order."""
        head = ["Pilihan", *(f"K{n} ({w}%)" for n, w in enumerate(self.weights, 1)), "Total", "Peringkat"]
        rows = [
            [f"Pilihan {at}", *map(str, self.scores[at]), self.totals[at], self.ranks[at]]
            for at in (order if order is not None else range(len(self.scores)))
        ]
        return "\n".join("; ".join(row) for row in [head, *rows])

    def exact(self, at: int) -> Fraction:
        """The total of a row."""
        return _total(self.weights, self.scores[at])

    def with_total(self, at: int, text: str) -> "Sample":
        return replace(self, totals=(*self.totals[:at], text, *self.totals[at + 1 :]))

    def with_ranks(self, ranks: Sequence[str]) -> "Sample":
        return replace(self, ranks=tuple(ranks))


def _total(weights: Sequence[int], scores: Sequence[int]) -> Fraction:
    return sum((Fraction(w * s, 100) for w, s in zip(weights, scores, strict=True)), Fraction(0))


def rounded(number: Fraction, decimals: int) -> str:
    """As a spreadsheet shows it in Indonesia, with all its decimals."""
    text = written(Fraction(round(number * 10**decimals), 10**decimals))
    whole, _, rest = text.partition(".")
    return whole + ("," + rest.ljust(decimals, "0") if decimals else "")


@st.composite
def samples(draw: st.DrawFn, *, least: int = 3) -> Sample:
    """A right table: weights of 100 percent together, totals rounded to two decimals, equal ones sharing a rank."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=4)))
    weights = tuple(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True))
    row = st.tuples(*[st.integers(1, 5)] * len(weights))
    scores = tuple(draw(st.lists(row, min_size=least, max_size=8)))
    totals = [_total(weights, each) for each in scores]
    ranks = tuple(str(1 + sum(other > one for other in totals)) for one in totals)
    return Sample(weights, scores, tuple(rounded(each, 2) for each in totals), ranks)


def checked(text: str) -> Checked:
    """The pasted text, checked."""
    return check(check_text.read(text))


def kinds(found: Checked) -> list[str]:
    """What kinds of findings there are, in order."""
    return [each.kind for each in found.findings]


def found_in(text: str) -> list[tuple[str, str, str, str]]:
    """Kind, row, what was given, what was expected, for each finding."""
    return [
        (each.kind, each.row, each.given, "" if each.expected is None else written(each.expected))
        for each in checked(text).findings
    ]
