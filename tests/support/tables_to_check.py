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


RIGHT = {
    "weights in the head": "Pilihan; Dampak (60%); Biaya (40%); Total; Peringkat\n"
    "A; 4; 3; 3,6; 2\nB; 5; 4; 4,6; 1",
    "decimal weights": "Pilihan; Dampak (0,6); Biaya [0,4]; Total\nA; 4; 3; 3,6\nB; 5; 4; 4,6",
    "named weights": "Pilihan; Dampak (bobot 60); Biaya (bobot: 40); Total\nA; 4; 3; 3,6\nB; 5; 4; 4,6",
    "fractions": "Pilihan; Dampak (2/3); Biaya (1/3); Total\nA; 4; 3; 3,67\nB; 5; 4; 4,67",
    "an exact fraction as total": "Pilihan; Dampak (2/3); Biaya (1/3); Total\nA; 4; 3; 11/3\nB; 5; 4; 14/3",
    "a row of weights": "Pilihan\tDampak\tBiaya\tTotal\tPeringkat\n"
    "Bobot\t60%\t40%\t100%\t\nA\t4\t3\t3,6\t2\nB\t5\t4\t4,6\t1",
    "weights below": "Pilihan; Dampak; Biaya; Total\nA; 4; 3; 3,6\nB; 5; 4; 4,6\nBobot; 0,6; 0,4; 1",
    "weights above the head": "Bobot; 60; 40; \nPilihan; Dampak; Biaya; Total\nA; 4; 3; 3,6\nB; 5; 4; 4,6",
    "totals not divided by 100": "Pilihan; Dampak; Biaya; Total\nBobot; 60; 40;\nA; 4; 3; 360\nB; 5; 4; 460",
    "divided by all weights": "Pilihan; Dampak; Biaya; Total\nBobot; 3; 2;\nA; 4; 3; 3,6\nB; 5; 4; 4,6",
    "importance": "Pilihan; Dampak; Biaya; Jumlah Skor\nBobot; 3; 2;\nA; 4; 3; 18\nB; 5; 4; 23",
    "Markdown": "| Pilihan | Dampak (60%) | Biaya (40%) | **Total** |\n"
    "|:--|--:|--:|--:|\n| A | 4 | 3 | **3,6** |\n| B | 5 | 4 | 4,6 |",
    "a frame": "+---+----+---+\n| Nama | K1 | K2 | Total |\n"
    "+====+===+\n| A | 1 | 2 | 3 |\n| B | 2 | 2 | 4 |\n+---+",
    "a drawn frame": "│ Nama │ K1 │ K2 │ Total │\n├──────┼────┤\n│ A │ 1 │ 2 │ 3 │",
    "wide gaps": "Pilihan     Dampak   Biaya   Total\nSumur bor   4   3   7\nPipa   5   4   9",
    "commas": "Nama,K1,K2,Total\nA,3,4,7\nB,2,2,4",
    "English": "Nama,K1 (0.6),K2 (0.4),Score\nA,4,3,3.6\nB,5,4,4.6",
    "single spaces": "No Usulan Dampak (60%) Biaya (40%) Skor Akhir Peringkat\n"
    "1 Sumur bor 4 3 3,6 2\n2 Pipa baru 5 4 4,6 1",
    "names that end in numbers": "Usulan Dampak Biaya Skor Akhir\n"
    "Usulan 1 4 3 7\nUsulan 2 5 4 9\nUsulan 3 4 3 7",
    "a spreadsheet's spaces": "Pilihan Dampak Biaya Total Peringkat\n"
    "Bobot 0,6 0,4  \nSumur bor 4 3 3,6 2\nPipa 5 4 4,6 1",
    "a head of two rows": "No;Usulan;Kriteria;;Total;Peringkat\n;;Dampak;Biaya;;\n"
    ";Bobot;60%;40%;;\n1;A;4;3;3,6;2\n2;B;5;4;4,6;1",
    "numbers of columns": "No;Usulan;Dampak (60%);Biaya (40%);Total\n"
    "(1);(2);(3);(4);(5)=(3)+(4)\n1;A;4;3;3,6\n2;B;5;4;4,6",
    "a title, a source": "Tabel 3. Skor usulan\n\nNo;Usulan;K1;K2;Jumlah\n"
    "1;A;1;2;3\n2;B;2;2;4\n;Jumlah;3;4;7\nSumber: Bappeda",
    "turned": "Kriteria;Bobot;A;B\nDampak;60%;4;5\nBiaya;40%;3;4\nTotal;100%;3,6;4,6\nPeringkat;;2;1",
    "products": "No;Masalah;Dampak (60%);;Biaya (40%);;Total\n"
    ";;N;BN;N;BN;\n1;A;4;2,4;3;1,2;3,6\n2;B;5;3;4;1,6;4,6",
    "turned with products": "Kriteria;Bobot;A;;B;\n;;N;BN;N;BN\nDampak;5;4;20;3;15\n"
    "Biaya;3;2;6;4;12\nJumlah;;;26;;27\nPeringkat;;;2;;1",
    "one of them": "Kriteria;Bobot;Skor;Nilai\nDampak;60%;4;2,4\nBiaya;40%;3;1,2\nTotal;100%;;3,6",
    "a mean": "Nama; K1; K2; Rata-rata\nA; 3; 4; 3,5\nB; 2; 2; 2\nC; 5; 5; 5",
    "only totals and ranks": "Nama; Total; Rank\nA; 3,5; 2\nB; 4; 1\nC; 3,5; 2",
    "only ranks": "Nama; K1; K2; Prioritas\nA; 3; 4; 1\nB; 2; 2; 2",
    "Roman ranks": "Nama; K1; K2; Ranking\nA; 3; 4; II\nB; 2; 2; III\nC; 5; 5; I",
    "dense ranks": "Nama; Total; Rank\nA; 5; 1\nB; 4; 2\nC; 4; 2\nD; 3; 3",
    "shared ranks": "Nama; Total; Rank\nA; 5; 1\nB; 4; 2,5\nC; 4; 2,5\nD; 3; 4",
    "remarks in cells": "Nama; K1; K2; Total\nA; 3 (cukup); 4 (baik); 7\nB; 2 (kurang); 2; 4",
    "thousands": "Nama; K1; K2; Total\nA; 1.250.000; 250.500,5; 1.500.500,5\nB; 1; 2; 3",
    "no totals yet": "Nama; K1 (60%); K2 (40%); Total; Peringkat\nA; 3; 4; ; \nB; 2; 2; ;",
    "quoted cells": 'Nama\tK1\tK2\tTotal\n"Pipa\n4"" baru"\t1\t2\t3\nA\t2\t2\t4',
    "an inch": 'Nama;K1;K2;Total\n"4" pipa;1;2;3\nA;2;2;4',
    "columns aside": "Nama; Tahun; K1; K2; Jumlah; Ranking; Pagu\n"
    "A; 2026; 4; 3; 7; 2; 100\nB; 2025; 5; 4; 9; 1; 50",
    "extra columns": "Nama; Tahun; K1 (60%); K2 (40%); Total; Ket\n"
    "A; 2026; 4; 3; 3,6; ok\nB; 2025; 5; 4; 4,6;",
}


HEAD = "Nama; K1 (60%); K2 (40%); Total; Peringkat\n"
