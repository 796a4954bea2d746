"""What holds of every table that is checked, whatever stands in it."""

import random
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.table_check import text as check_text
from domain.table_check.cells import plain, revived
from domain.table_check.check import Checked, check
from domain.table_check.nameless import AS_ITEM, doubtful_row, settled
from domain.table_check.ranks import TIE
from domain.table_check.tables import check_all
from tests.support.tables_to_check import Sample, checked, kinds, rounded, samples


@given(samples())
def test_a_right_table_has_no_finding(sample: Sample):
    found = checked(sample.text())
    assert found.findings == ()
    assert [row.total for row in found.rows] == sorted(
        (sample.exact(at) for at in range(len(sample.scores))), reverse=True
    )
    assert found.remarks == ()


@given(samples(), st.data())
def test_one_changed_total_is_exactly_what_is_found(sample: Sample, data: st.DataObject):
    at = data.draw(st.integers(0, len(sample.scores) - 1))
    off = data.draw(st.integers(1, 300)) * data.draw(st.sampled_from([1, -1]))
    wrong = sample.exact(at) + Fraction(off, 100)
    assume(wrong >= 0)
    found = checked(sample.with_total(at, rounded(wrong, 2)).text())
    assert kinds(found) == ["total"]
    assert found.findings[0].row == f"Pilihan {at}"
    assert found.findings[0].expected == sample.exact(at)


@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(sample: Sample, shuffling: random.Random):
    spoilt = sample.with_total(0, "9,99").with_ranks(sample.ranks[::-1])
    order = list(range(len(sample.scores)))
    shuffling.shuffle(order)
    before, after = checked(spoilt.text()), checked(spoilt.text(order))

    def essence(found: Checked):
        return {(each.kind, frozenset(each.others) or each.row, each.expected) for each in found.findings}

    assert essence(before) == essence(after)
    assert {(row.name, row.rank) for row in before.rows} == {(row.name, row.rank) for row in after.rows}


@given(samples(), st.data())
def test_a_hidden_tie_is_found(sample: Sample, data: st.DataObject):
    """A copy of a row gets the next place instead of the same one."""
    at = data.draw(st.integers(0, len(sample.scores) - 1))
    scores = (*sample.scores, sample.scores[at])
    exact = [sample.exact(n) for n in range(len(sample.scores))]
    exact.append(exact[at])
    ordered = sorted(range(len(exact)), key=lambda n: (-exact[n], n))
    ranks = [str(ordered.index(n) + 1) for n in range(len(exact))]
    table = Sample(sample.weights, scores, (*sample.totals, sample.totals[at]), tuple(ranks))
    found = checked(table.text())
    assert set(kinds(found)) == {TIE}
    tied = [each for each in found.findings if f"Pilihan {at}" in each.others]
    assert len(tied) == 1
    assert f"Pilihan {len(sample.scores)}" in tied[0].others


@given(samples(), st.data())
def test_a_wrong_rank_is_found(sample: Sample, data: st.DataObject):
    at = data.draw(st.integers(0, len(sample.scores) - 1))
    ranks = list(sample.ranks)
    ranks[at] = str(len(sample.scores) + 1)
    found = checked(sample.with_ranks(ranks).text())
    wrong = [each for each in found.findings if each.kind == "rank"]
    assert [(each.row, each.expected) for each in wrong] == [
        (f"Pilihan {at}", Fraction(int(sample.ranks[at])))
    ]


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "Total",
            "Peringkat",
            "Bobot",
            "No",
            "N",
            "BN",
            "Skor",
            "Nilai",
            "Dampak (30%)",
            "30%",
            "1.250",
            "0,5",
            "1/3",
            "4",
            "I",
            "",
            "-",
            "=A1",
            "1/0",
            "9" * 30,
            "--5",
            "%",
            "٣",
            "½",
            "1e9",
        ]
    ),
)
REFUSALS = {"", "check_no_table", "check_no_head", "check_no_rows", "check_no_total", "check_too_big"}
PARTS = st.sampled_from(["\t", ";", "|", "  ", ",", " "])


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), PARTS)
@settings(max_examples=300)
def test_whatever_is_pasted_is_checked_or_refused(cells: list[list[str]], sign: str):
    text = "\n".join(sign.join(row) for row in cells)
    try:
        rows = check_text.read(text)
        found = check(rows)
    except Rejected as rejected:
        refused = rejected.fault.code
    else:
        refused = ""
        assert found.rows
        assert check(revived(plain(rows))) == found
    assert refused in REFUSALS


@given(st.lists(st.lists(CELLS, max_size=6), max_size=10), PARTS)
@settings(max_examples=200)
def test_whatever_tables_are_pasted_are_each_checked_or_refused(cells: list[list[str]], sign: str):
    """Also when a row without a name is settled first; answered, the question isn't asked again."""
    try:
        rows = settled(check_text.read("\n".join(sign.join(row) for row in cells)))
        found = bool(check_all(rows).tables)
    except Rejected as rejected:
        found = rejected.fault.code in REFUSALS
    else:
        assert doubtful_row(settled(rows, AS_ITEM)) == ""
    assert found


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str):
    try:
        refused = "" if check(check_text.read(text)).rows else "nothing"
    except Rejected as rejected:
        refused = rejected.fault.code
    assert refused in REFUSALS
