"""Rows of typed columns: what counts, exact totals, and the facilitator's mending."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain import dialog
from domain.faults import Fault
from domain.instruments.base import PLENARY, UNDO, Desk, Move
from domain.instruments.worksheet import KINDS, Column, Settings, Worksheet
from domain.questions import Answers, Tapped, Typed
from tests.domain.driving import TODAY, drawn, fill, moved, scripted, sheet, with_moves

WORKSHEET = Worksheet()
URAIAN = Column("uraian", "Uraian", "text", longest=100)
BIAYA = Column("biaya", "Biaya", "money", total=True)
VOLUME = Column("volume", "Volume", "number", optional=True, total=True, unit="unit")
DANA = (URAIAN, BIAYA, VOLUME)
EVERY_KIND = tuple(
    Column(
        f"k{n}",
        kind,
        kind,
        longest=100,
        options=("APBD", "APBN") if kind == "choice" else (),
        optional=n % 2 == 0,
    )
    for n, kind in enumerate(KINDS)
)


def rows_of(*rows: tuple[object, ...], columns=DANA):
    """A ballot with these rows."""
    answers = {"0.more": True}
    for number, row in enumerate(rows, 1):
        answers |= {f"{number}.{column.key}": cell for column, cell in zip(columns, row, strict=True)}
        answers[f"{number}.more"] = number < len(rows)
    return answers


def desk_of(*members: Answers, columns=DANA, most=5):
    return Desk(sheet(Settings(columns, most)), dict(enumerate(members, 1)))


def tally(desk):
    return WORKSHEET.tally(desk.sheet, desk.ballots)


ROW = st.tuples(
    st.sampled_from(["pipa", "pompa"]),
    st.integers(0, 10**15),
    st.none() | st.decimals(-(10**17), 10**17, places=2).map(lambda number: str(number + 0)),
)
TABLES = st.dictionaries(
    st.integers(0, 99), st.lists(ROW, min_size=1, max_size=4).map(lambda rows: rows_of(*rows)), max_size=4
).map(lambda ballots: Desk(sheet(Settings(DANA, 5)), ballots))


@given(TABLES)
def test_totals_are_exact(desk):
    table = tally(desk)
    assert table.totals[0] is None
    assert table.totals[1] == sum(row.cells[1] for row in table.rows)
    assert Fraction(table.totals[2]) == sum(
        (Fraction(row.cells[2]) for row in table.rows if row.cells[2]), Fraction(0)
    )


@given(TABLES, st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert WORKSHEET.tally(desk.sheet, other) == tally(desk)


@given(TABLES)
def test_every_row_has_its_own_id(desk):
    ids = [row.id for row in tally(desk).rows]
    assert (
        len(ids)
        == len(set(ids))
        == sum(mine.get(f"{n}.more") is not None for mine in desk.ballots.values() for n in range(1, 5))
    )


@given(TABLES, st.data())
def test_undo_restores(desk, data):
    offered = [move.kind for move in WORKSHEET.moves if move.available(desk)]
    if not offered:
        return
    after = moved(desk, WORKSHEET, data.draw(st.sampled_from(offered)), drawn(data))
    undone = with_moves(after, [*after.sheet.moves, Move(2, UNDO, {})])
    assert tally(undone) == tally(desk)


@given(st.data(), st.integers(1, 3))
def test_a_member_can_always_finish(data, most):
    on = sheet(Settings(EVERY_KIND, most))
    answers = fill(WORKSHEET, on, drawn(data))
    table = WORKSHEET.tally(on, {7: answers})
    assert table.unfinished == 0
    assert len(table.rows) == sum(value is True for key, value in answers.items() if key.endswith(".more"))


def test_rows_are_asked_until_no_more():
    on = sheet(Settings((URAIAN,), most=2))
    keys = lambda mine: [question.key for question in WORKSHEET.questions(on, mine)]  # noqa: E731 - said once, read thrice
    assert keys({}) == ["0.more"]
    assert keys({"0.more": False}) == ["0.more"]
    assert keys({"0.more": True}) == ["0.more", "1.uraian", "1.more"]
    assert keys({"0.more": True, "1.uraian": "a", "1.more": True})[-2:] == ["1.more", "2.uraian"]


def test_progress_counts_cells_only():
    on = sheet(Settings(DANA, most=2))
    mine = {"0.more": True, "1.uraian": "pipa"}
    assert dialog.progress(WORKSHEET.questions(on, mine), mine) == dialog.Progress(1, 3)


def test_an_unfinished_row_does_not_count():
    desk = desk_of(rows_of(("pipa", 5, None)), {"0.more": True, "1.uraian": "pompa"})
    table = tally(desk)
    assert [row.cells for row in table.rows] == [("pipa", 5, None)]
    assert table.unfinished == 1


def test_a_row_taken_back_does_not_count():
    answers = {**rows_of(("pipa", 5, None), ("pompa", 7, "2")), "1.more": False}
    assert [row.cells[0] for row in tally(desk_of(answers)).rows] == ["pipa"]


def test_every_kind_of_column_is_read_and_kept():
    on = sheet(Settings(EVERY_KIND, 1))
    samples = {"text": "pipa", "number": "1.250,50", "money": "1,5 juta", "date": "besok"}
    answers = {"0.more": True}
    for question in WORKSHEET.questions(on, answers)[1:]:
        taps = {"confirm": "y", "choice": "1"}
        given_ = Tapped(taps[question.kind]) if question.kind in taps else Typed(samples[question.kind])
        answers[question.key] = question.read(given_)
    (row,) = WORKSHEET.tally(on, {1: answers}).rows
    assert row.cells == ("pipa", "1250.5", 1_500_000, "2026-11-24", "APBN", True)
    assert TODAY.isoformat() == "2026-11-23"


def test_a_cell_is_mended_in_its_columns_kind():
    desk = desk_of(rows_of(("pipa", 5, None), ("pompa", 7, "2")))
    second = tally(desk).rows[1].id
    desk = moved(desk, WORKSHEET, "edit", scripted(row=second, column="biaya", v="=Rp9"))
    assert [(row.cells[1], row.edited) for row in tally(desk).rows] == [(5, False), (9, True)]
    assert tally(desk).totals[1] == Decimal(14)


def test_another_column_asks_anew_for_the_value():
    desk = desk_of(rows_of(("pipa", 5, None)))
    values = {"row": tally(desk).rows[0].id, "column": "uraian", "v.biaya": 9}
    question = dialog.next_question(WORKSHEET.moves[0].questions(desk, values), values)
    assert (question.key, question.kind) == ("v.uraian", "text")


def test_a_choice_is_mended_by_its_words():
    sumber = Column("sumber", "Sumber dana", "choice", options=("APBD", "APBN"))
    desk = desk_of(rows_of(("0",), columns=(sumber,)), columns=(sumber,))
    row = tally(desk).rows[0]
    assert row.cells == ("APBD",)
    desk = moved(desk, WORKSHEET, "edit", scripted(row=row.id, column="sumber", v="1"))
    assert tally(desk).rows[0].cells == ("APBN",)


def test_a_removed_row_is_gone_and_later_moves_about_it_do_no_harm():
    desk = desk_of(rows_of(("pipa", 5, None), ("pompa", 7, "2")))
    first = tally(desk).rows[0].id
    desk = moved(desk, WORKSHEET, "remove", scripted(row=first))
    assert [row.cells[0] for row in tally(desk).rows] == ["pompa"]
    later = Move(2, "edit", {"row": first, "column": "biaya", "v.biaya": 1})
    assert tally(with_moves(desk, [*desk.sheet.moves, later])) == tally(desk)


def test_what_the_room_entered_stands_beside_members_rows():
    desk = Desk(
        sheet(Settings(DANA, 5)), {1: rows_of(("pipa", 5, None)), PLENARY: rows_of(("pompa", 7, None))}
    )
    assert {row.cells[0] for row in tally(desk).rows} == {"pipa", "pompa"}


def test_no_row_is_no_result():
    desk = desk_of({"0.more": False})
    assert WORKSHEET.lacking(desk.sheet, tally(desk)) == Fault("no_rows")
    assert not any(move.available(desk) for move in WORKSHEET.moves)


def test_items_are_the_rows():
    desk = desk_of(rows_of(("pipa", 5, None)))
    (item,) = WORKSHEET.items(desk.sheet, tally(desk))
    assert (item.id, item.text) == ("11", "pipa")


def test_buttons_hold_the_keys():
    on = sheet(Settings((Column("abcdefghijkl", "Kolom", "text"),), most=30))
    mine = {f"{number}.more": True for number in range(30)}
    assert max(len(question.key.encode()) for question in WORKSHEET.questions(on, mine)) <= 16
