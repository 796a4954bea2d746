"""Worked examples that others have published, computed again by the instruments: to the last digit.

Each names its source. Where the page itself was not at hand and the example is known by heart from the book,
it says 'recalled'; its result follows from its inputs all the same.
"""

from fractions import Fraction

import pytest

from domain.instruments.scoring.board import Settings
from domain.instruments.scoring.concordance import kendall_w
from domain.instruments.scoring.criteria import Criterion
from domain.instruments.scoring.instrument import Scoring
from domain.instruments.weighting.board import POINTS
from domain.instruments.weighting.board import Settings as Weighed
from domain.instruments.weighting.instrument import Weighting
from tests.support.driving import sheet

SCORING, WEIGHTING = Scoring(), Weighting()

MCUA_PHBS = {
    "weights": (5, 4, 3, 2),
    "scores": {
        "Pengetahuan anggota keluarga rendah": (10, 9, 8, 7),
        "Program PHBS belum dilaksanakan baik": (9, 8, 7, 6),
        "Ketidakjujuran saat ditanya petugas": (4, 3, 3, 2),
        "Petugas PHBS hanya satu": (8, 6, 4, 4),
    },
    "totals": (124, 110, 45, 84),
}
"""'Tabel MCUA', table 5.1, priorities of health problems (PHBS): weights 1-5 times scores 1-10,
pdfcoffee.com/tabel-mcua-new-pdf-free.html."""

MCUA_JORONG = {
    "weights": (5, 5, 5, 5),
    "scores": {
        "Tidak berolahraga": (2, 2, 1, 3),
        "Tidak keluar rumah": (5, 5, 5, 4),
        "Membuat disinfektan sederhana": (4, 4, 4, 4),
    },
    "totals": (40, 95, 80),
}
"""'Pembobotan prioritas masalah, Jorong Balai Mansiro, Kabupaten Lima Puluh Kota', scribd.com/document/495969914."""

PROJECTS = {
    "weights": (3, 2, 1),
    "scores": {"Alpha": (2, 1, 3), "Beta": (3, 2, 2), "Gamma": (2, 3, 3), "Delta": (3, 1, 1)},
    "totals": (11, 15, 15, 12),
}
"""'Simple scoring model' of project selection (safety, profit potential, cost): Beta and Gamma tie.
Penn State World Campus, MANGT 510, lesson 2.5.2, table 2.4."""

WEIGHTED_SUM = {
    "weights": ("0.20", "0.15", "0.40", "0.25"),
    "scores": {"A1": (25, 20, 15, 30), "A2": (10, 30, 20, 30), "A3": (30, 10, 30, 10)},
    "totals": ("21.50", "22.00", "22.00"),
}
"""'Weighted sum model', Wikipedia, after Triantaphyllou, 'Multi-Criteria Decision Making Methods', 2000: the
second and the third are equal."""

MATRIX = {
    "weights": ("0.50", "0.25", "0.15", "0.10"),
    "scores": {
        "Option 1": (3, 5, 4, 4),
        "Option 2": (5, 9, 6, 3),
        "Option 3": (5, 0, 8, 5),
        "Option 4": (5, 6, 8, 8),
    },
    "totals": ("3.75", "5.95", "4.20", "6.00"),
}
"""'Multi-criteria analysis', a panel's weights in percent and scores from 0 to 10. The sheet prints the totals with
one decimal (3.8, 6.0, 4.2, 6.0), so that options 2 and 4 look equal; its own addends make 5.95 and 6.00.
dwmbeancounter.com, Cost-Benefit Analysis, sheet 6."""

PUBLISHED = [MCUA_PHBS, MCUA_JORONG, PROJECTS, WEIGHTED_SUM, MATRIX]


def scored(example, times=1):
    """The example's table as one complete ballot, or the same from several members."""
    weights = [Fraction(weight) for weight in example["weights"]]
    criteria = tuple(Criterion(f"k{n}", f"K{n}", weight=weight) for n, weight in enumerate(weights, 1))
    on = sheet(Settings(criteria, 0, 30), *example["scores"])
    ballot = {
        f"1:{item}.k{criterion}": score
        for item, row in enumerate(example["scores"].values(), 1)
        for criterion, score in enumerate(row, 1)
    }
    return SCORING.tally(on, dict.fromkeys(range(1, times + 1), ballot)), sum(weights)


@pytest.mark.parametrize("example", PUBLISHED)
@pytest.mark.parametrize("times", [1, 7])
def test_bobot_times_skor_gives_the_published_totals(example, times):
    """Our weights sum to 1; the published total is ours times the sum of theirs."""
    result, whole = scored(example, times)
    published = dict(zip(example["scores"], map(Fraction, example["totals"]), strict=True))
    assert {standing.text: standing.total * whole for standing in result.order} == published
    for standing in result.order:
        assert standing.rank == 1 + sum(total > published[standing.text] for total in published.values())


@pytest.mark.parametrize(("example", "equal"), [(PROJECTS, ("Beta", "Gamma")), (WEIGHTED_SUM, ("A2", "A3"))])
def test_equal_totals_are_equal_and_share_the_first_rank(example, equal):
    result, _ = scored(example)
    assert [(tie.rank, tie.texts) for tie in result.ties] == [(1, equal)]
    assert result.firmness.state == "shared"


def test_totals_that_only_look_equal_are_told_apart():
    result, _ = scored(MATRIX)
    assert [(standing.text, standing.rank) for standing in result.order[:2]] == [
        ("Option 4", 1),
        ("Option 2", 2),
    ]
    assert result.decimals == 2


MCUA_WEIGHTS = (5, 4, 3)
"""Urgency, seriousness and growth weigh 5, 4 and 3 of 12: 'Penentuan prioritas masalah teknik MCUA', kelompok 3,
scribd.com/presentation/565673841."""


def test_agreed_weights_on_a_scale_are_their_parts_of_the_sum():
    criteria = tuple(
        Criterion(f"k{n}", name) for n, name in enumerate(("Urgency", "Seriousness", "Growth"), 1)
    )
    ballot = {f"k{n}": weight for n, weight in enumerate(MCUA_WEIGHTS, 1)}
    result = WEIGHTING.tally(sheet(Weighed(criteria)), {1: ballot, 2: ballot})
    assert [each.weight for each in result.criteria] == [Fraction(5, 12), Fraction(1, 3), Fraction(1, 4)]


POINT_ALLOCATION = (35, 30, 20, 10, 5)
"""A total of 100 over five criteria: 'Weighting by rating', GITTA, lesson Suitability (read in a copy)."""


def test_points_out_of_100_are_hundredths():
    criteria = tuple(Criterion(f"k{n}", f"K{n}") for n in range(1, 6))
    left, ballot = 100, {}
    for n, given in enumerate(POINT_ALLOCATION, 1):
        ballot[f"k{n}.{left}"] = str(given)
        left -= given
    result = WEIGHTING.tally(sheet(Weighed(criteria, POINTS)), {1: ballot})
    assert [each.weight for each in result.criteria] == [Fraction(each, 100) for each in POINT_ALLOCATION]


JUDGES = ((1, 3, 2), (1, 2, 3), (2, 3, 1), (3, 1, 2))
"""Three competitors, four judges: proofwiki.org, Kendall's Coefficient of Concordance, Arbitrary Example 1."""

STRAWBERRIES = (
    (8, 4, 2, 3, 5, 1, 6, 7),
    (7, 3, 1, 4, 5, 2, 6, 8),
    (8, 2, 5, 6, 7, 1, 4, 3),
    (8, 3, 4, 2, 5, 1, 6, 7),
)
"""Strawberries of eight farms, four raters, W = 500 / (504 × 16 / 12) = 0.744: influentialpoints.com,
Coefficient of concordance, worked example I."""

WINES = (
    (7, 2, 6, 3, 5, 1, 4),
    (7, 3, 4, 2, 6, 1, 5),
    (7, 1, 6, 2, 4, 5, 3),
    (7, 2, 4, 5, 1, 6, 3),
    (6, 1, 4, 2, 5, 3, 7),
    (7, 1, 6, 4, 3, 2, 5),
    (7, 2, 6, 1, 3, 5, 4),
)
"""Seven wines, seven judges, W = 0.6093: Quandt's Winetaster, liquidasset.com, report 76 (3 May 2004)."""

ESSAYS = ((8, 6, 4, 1, 3, 2, 5, 7), (7, 5, 6, 2, 3, 1, 4, 8), (8, 6, 5, 1, 2, 3, 4, 7))
"""Eight essays, three judges, W = 0.94: 'Kendall's coefficient of concordance', studylib.net/doc/25887810."""

PROPOSALS = (
    (1, 3, 4, 5, 2, 8, 6, 7, 10, 9),
    (2, 1, 4, 5, 6, 3, 8, 7, 10, 9),
    (3, 2, 1, 5, 7, 4, 6, 8, 9, 10),
    (4, 2, 3, 1, 6, 7, 5, 9, 8, 10),
)
"""Ten projects, four judges, ΣD² = 1048 (W follows from it): scribd.com/document/659863121, example 1."""

ANXIETY = (
    (3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3),
    (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
    (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
)
"""The anxiety of 20 subjects, three raters, many ties: the data of kendall() in R's irr and of KendallW() in
DescTools (rdocumentation.org). R prints Wt = 0.54 with χ²(19) = 30.8 for correct = TRUE (output recalled)."""

APPLICANTS = ((1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1))
"""Six applicants, three executives, s = 25.5, W = 0.16: Siegel, 'Nonparametric Statistics', 1956 (recalled)."""

half = Fraction(1, 2)
TIED = (
    (1, 4 + half, 2, 4 + half, 3, 7 + half, 6, 9, 7 + half, 10),
    (2 + half, 1, 2 + half, 4 + half, 4 + half, 8, 9, 6 + half, 10, 6 + half),
    (2, 1, 4 + half, 4 + half, 4 + half, 4 + half, 8, 8, 8, 10),
)
"""Ten things ranked by three with ties, s = 591, ΣT = 9.5: W = 0.828, where leaving the ties out of account would
give 0.796. Kendall, 'Rank Correlation Methods', 1948, as Siegel, 1956, tells it (recalled)."""


@pytest.mark.parametrize(
    ("ranks", "exact", "printed"),
    [
        (JUDGES, Fraction(1, 16), "0.0625"),
        (STRAWBERRIES, Fraction(500 * 12, 504 * 16), "0.744"),
        (WINES, Fraction(209, 343), "0.6093"),
        (ESSAYS, Fraction(59, 63), "0.94"),
        (PROPOSALS, Fraction(12 * 1048, 16 * 990), "0.794"),
        (ANXIETY, Fraction(6008, 11133), "0.54"),
        (APPLICANTS, Fraction(255, 1575), "0.16"),
        (TIED, Fraction(591) / (Fraction(9 * 990, 12) - 3 * Fraction(19, 2)), "0.828"),
    ],
)
def test_kendalls_w_is_the_published_one(ranks, exact, printed):
    """Published ranks are 1 for the best, ratings here are higher for the better: W is the same either way."""
    digits = len(printed) - 2
    assert kendall_w(ranks) == kendall_w([[-rank for rank in row] for row in ranks]) == exact
    assert round(exact, digits) == Fraction(printed)


def test_the_chi_square_of_the_anxiety_ratings_is_the_printed_one():
    """χ² = m (n - 1) W."""
    assert round(3 * 19 * kendall_w(ANXIETY), 1) == Fraction("30.8")


def test_the_members_of_an_activity_are_the_judges():
    """The strawberries as an activity: each rater scores each farm 9 less its rank."""
    on = sheet(Settings((Criterion("k1", "Mutu"),), 0, 10), *map(str, range(1, 9)))
    ballots = {
        rater: {f"1:{farm}.k1": 9 - rank for farm, rank in enumerate(ranks, 1)}
        for rater, ranks in enumerate(STRAWBERRIES, 1)
    }
    (round_,) = SCORING.tally(on, ballots).rounds
    assert round_.overall.w == round_.criteria[0].w == Fraction(125, 168)
    assert round_.overall.strength == "strong"
    assert round_.rows[0].text == "6"
