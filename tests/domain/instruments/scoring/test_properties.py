"""Totals and ranks against a recount that knows nothing of how they are computed."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.instruments.base import Desk
from tests.support.desks.scoring import SCORING, scored, to_score
from tests.support.driving import drawn, fill
from tests.support.invariants import shuffled


@st.composite
def filled(draw):
    """A desk with up to five complete ballots on up to five items and three criteria, and one unfinished."""
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3).filter(any))
    on = to_score(draw(st.integers(1, 5)), weights, highest=3)
    width = st.tuples(*[st.integers(1, 3)] * len(weights))
    rows = st.lists(width, min_size=len(on.items), max_size=len(on.items))
    ballots = {member: scored(*draw(rows)) for member in range(1, draw(st.integers(1, 5)) + 1)}
    if len(ballots[1]) > 1:
        ballots[9] = dict(list(ballots[1].items())[1:])
    return Desk(on, ballots)


def recounted(desk):
    """Each item's total: every score times its weight, over all weight and all complete ballots."""
    weights = {each.id: each.weight for each in desk.sheet.settings.criteria}
    complete = [mine for member, mine in desk.ballots.items() if member != 9]
    sums = dict.fromkeys((item.id for item in desk.sheet.items), Fraction(0))
    for mine in complete:
        for key, score in mine.items():
            item, _, criterion = key.partition(":")[2].partition(".")
            sums[item] += weights[criterion] * score
    return {item: each / sum(weights.values()) / len(complete) for item, each in sums.items()}


@given(filled())
def test_totals_and_ranks_are_those_of_a_recount(desk):
    result = SCORING.tally(desk.sheet, desk.ballots)
    totals = recounted(desk)
    assert {standing.id: standing.total for standing in result.order} == totals
    for standing in result.order:
        assert standing.rank == 1 + sum(total > standing.total for total in totals.values())
    assert [standing.rank for standing in result.order] == sorted(standing.rank for standing in result.order)
    assert sum(each.weight for each in result.criteria) == 1


@given(filled())
def test_every_row_shows_how_its_total_is_made(desk):
    (found,) = SCORING.tally(desk.sheet, desk.ballots).rounds
    weights = [each.weight for each in SCORING.tally(desk.sheet, desk.ballots).criteria]
    complete = [mine for member, mine in desk.ballots.items() if member != 9]
    for row in found.rows:
        given_ = [[mine[f"1:{row.id}.k{n}"] for mine in complete] for n in range(1, len(weights) + 1)]
        assert row.means == tuple(Fraction(sum(each), len(each)) for each in given_)
        assert row.parts == tuple(weight * mean for weight, mean in zip(weights, row.means, strict=True))
        assert row.total == sum(row.parts)
    assert (found.complete, found.incomplete) == (len(complete), len(desk.ballots) - len(complete))


@given(filled(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    other = shuffled(desk.ballots, random)
    assert SCORING.tally(desk.sheet, other) == SCORING.tally(desk.sheet, desk.ballots)


@given(filled(), st.fractions(Fraction(1, 9), 9))
def test_only_the_proportions_of_the_weights_count(desk, factor):
    larger = tuple(replace(each, weight=each.weight * factor) for each in desk.sheet.settings.criteria)
    on = replace(desk.sheet, settings=replace(desk.sheet.settings, criteria=larger))
    assert SCORING.tally(on, desk.ballots) == SCORING.tally(desk.sheet, desk.ballots)


@given(st.data(), st.integers(1, 4), st.integers(1, 3))
def test_every_item_is_asked_about_on_every_criterion_item_by_item(data, items, width):
    on = to_score(items, (1,) * width)
    mine = fill(SCORING, on, drawn(data))
    assert list(mine) == [f"1:{item}.k{c}" for item in range(1, items + 1) for c in range(1, width + 1)]
    assert SCORING.tally(on, {1: mine}).rounds[0].complete == 1
