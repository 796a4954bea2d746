"""Rows of typed columns: what counts, exact totals, and the facilitator's mending."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.dialog import engine
from domain.dialog.questions import Answers, Tapped, Typed
from domain.faults import Fault
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move, short_id
from domain.instruments.worksheet.columns import KINDS, PERSON, Column, Settings
from tests.support.desks.worksheet import DANA, URAIAN, WORKSHEET, rows_of
from tests.support.driving import TODAY, drawn, fill, moved, scripted, sheet, with_moves

EVERY_KIND = tuple(
    Column(
        f"k{n}",
        kind,
        kind,
        longest=100,
        options=("APBD", "APBN") if kind == "choice" else (),
        optional=n % 2 == 0,
        free=kind == PERSON,
        formula=("number", "1") if kind == "computed" else (),
        look="number" if kind == "computed" else "",
    )
    for n, kind in enumerate(KINDS)
)
INPUTS = {
    "people": (Item("1", "Siti"), Item("2", "Budi")),
    "ref.k7": (Item("1", "Program air", "2.1/program#4"), Item("2", "Program sampah", "2.1/program#5")),
}


def desk_of(*members: Answers, columns=DANA, most=5):
    return Desk(sheet(Settings(columns, most)), dict(enumerate(members, 1)))


def tally(desk):
    return WORKSHEET.tally(desk.sheet, desk.ballots)


ADDED = {"v.uraian": Typed("pompa"), "v.biaya": Typed("7"), "v.volume": Tapped("-")}
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
    on = sheet(Settings(EVERY_KIND, most), inputs=INPUTS)
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
    assert engine.progress(WORKSHEET.questions(on, mine), mine) == engine.Progress(1, 3)


def test_an_unfinished_row_does_not_count():
    desk = desk_of(rows_of(("pipa", 5, None)), {"0.more": True, "1.uraian": "pompa"})
    table = tally(desk)
    assert [row.cells for row in table.rows] == [("pipa", 5, None)]
    assert table.unfinished == 1


def test_a_row_taken_back_does_not_count():
    answers = {**rows_of(("pipa", 5, None), ("pompa", 7, "2")), "1.more": False}
    assert [row.cells[0] for row in tally(desk_of(answers)).rows] == ["pipa"]


def test_every_kind_of_column_is_read_and_kept():
    on = sheet(Settings(EVERY_KIND, 1), inputs=INPUTS)
    samples = {"text": "pipa", "number": "1.250,50", "money": "1,5 juta", "date": "besok"}
    answers = {"0.more": True}
    for question in WORKSHEET.questions(on, answers)[1:]:
        taps = {"confirm": "y", "choice": "1", "person": "2"}
        given_ = Tapped(taps[question.kind]) if question.kind in taps else Typed(samples[question.kind])
        answers[question.key] = question.read(given_)
    (row,) = WORKSHEET.tally(on, {1: answers}).rows
    assert row.cells == ("pipa", "1250.5", 1_500_000, "2026-11-24", "APBN", True, "Budi", "Program air", "1")
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
    question = engine.next_question(WORKSHEET.moves[0].questions(desk, values), values)
    assert (question.key, question.kind) == ("v.uraian", "text")


def test_a_person_who_is_no_member_is_named():
    column = Column("pj", "Penanggung jawab", "person", free=True)
    on = sheet(Settings((column,), 1), inputs=INPUTS)
    mine = fill(WORKSHEET, on, scripted(**{"0": "y", "1": "other", "1+pj": "=Pak Lurah"}))
    assert WORKSHEET.tally(on, {1: mine}).rows[0].cells == ("Pak Lurah",)
    mine["1.pj"] = "1"
    assert WORKSHEET.tally(on, {1: mine}).rows[0].cells == ("Siti",)


def test_without_members_to_choose_from_a_name_is_typed():
    column = Column("pj", "Penanggung jawab", "person", free=True)
    on = sheet(Settings((column,), 1))
    mine = fill(WORKSHEET, on, scripted(**{"0": "y", "1+pj": "=Pak Lurah"}))
    assert WORKSHEET.tally(on, {1: mine}).rows[0].cells == ("Pak Lurah",)


def test_a_choice_is_mended_by_its_words():
    sumber = Column("sumber", "Sumber dana", "choice", options=("APBD", "APBN"))
    desk = desk_of(rows_of(("0",), columns=(sumber,)), columns=(sumber,))
    row = tally(desk).rows[0]
    assert row.cells == ("APBD",)
    desk = moved(desk, WORKSHEET, "edit", scripted(row=row.id, column="sumber", v="1"))
    assert tally(desk).rows[0].cells == ("APBN",)


def test_the_facilitator_adds_a_row():
    desk = moved(desk_of(rows_of(("pipa", 5, None))), WORKSHEET, "add", lambda question: ADDED[question.key])
    added = tally(desk).rows[1]
    assert (added.cells, added.edited) == (("pompa", 7, None), False)
    desk = moved(desk, WORKSHEET, "add", lambda question: ADDED[question.key])
    assert len({row.id for row in tally(desk).rows}) == 3


def test_a_table_that_takes_no_rows_offers_none():
    desk = Desk(sheet(Settings(DANA, add=False)), {})
    assert [move.kind for move in WORKSHEET.moves if move.available(desk)] == []


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.data())
def test_rows_of_an_ordered_table_are_put_after_others(picks, data):
    names = [f"langkah {number}" for number in range(6)]
    desk = Desk(
        sheet(Settings((URAIAN,), 9, ordered=True)), {1: rows_of(*[(n,) for n in names], columns=(URAIAN,))}
    )
    for pick in picks:
        rows = {row.text: row.id for row in tally(desk).rows}
        moving = names.pop(pick)
        after = data.draw(st.sampled_from([None, *names]))
        names.insert(names.index(after) + 1 if after else 0, moving)
        desk = moved(desk, WORKSHEET, "place", scripted(row=rows[moving], a=rows[after] if after else "-"))
    assert [row.text for row in tally(desk).rows] == names


def test_only_ordered_rows_can_be_moved():
    place = next(move for move in WORKSHEET.moves if move.kind == "place")
    desk = desk_of(rows_of(("pipa", 5, None), ("pompa", 7, None)))
    assert not place.available(desk)


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
    assert [move.kind for move in WORKSHEET.moves if move.available(desk)] == ["add"]


def test_rows_do_not_tell_who_wrote_them():
    first, second = rows_of(("pipa", 5, None), ("aki", 1, None)), rows_of(("kabel", 7, None))
    room = rows_of(("zat", 1, None))
    for ballots in ({1: first, 2: second}, {1: second, 2: first}):
        rows = tally(Desk(sheet(Settings(DANA, 5)), {**ballots, PLENARY: room})).rows
        assert [row.text for row in rows] == ["zat", "kabel", "pipa", "aki"]


def test_items_are_the_rows_with_all_they_hold():
    desk = desk_of(rows_of(("pipa\nbesar", 5, "2.50")))
    (item,) = WORKSHEET.items(desk.sheet, tally(desk))
    assert (item.id, item.text, item.source) == ("1.1", "pipa besar", "1.1")
    assert item.fields == {"uraian": "pipa\nbesar", "biaya": 5, "volume": "2.50"}


def test_a_row_is_known_by_its_first_text():
    columns = (Column("mulai", "Mulai", "date"), Column("biaya", "Biaya", "money"), URAIAN)
    desk = desk_of(rows_of(("2026-12-01", 5, "pipa"), columns=columns), columns=columns)
    assert (tally(desk).label, tally(desk).rows[0].text) == (2, "pipa")


def test_a_row_in_which_nothing_is_written_is_left_out():
    columns = (
        Column("uraian", "Uraian", "text", optional=True),
        Column("biaya", "Biaya", "money", optional=True),
    )
    desk = desk_of(rows_of((None, None), (None, 5), columns=columns), columns=columns)
    table = tally(desk)
    assert [(row.text, row.cells) for row in table.rows] == [("5", (None, 5))]
    assert table.unfinished == 0


def test_pulse_counts_rows():
    desk = desk_of(rows_of(("pipa", 5, None)), rows_of(("pompa", 5, None), ("aki", 1, None)))
    assert WORKSHEET.pulse(desk) == Fault("rows_so_far", {"rows": 3, "given": 0, "open": 0})
    assert WORKSHEET.pulse(desk_of({"0.more": False})) is None


def test_a_row_tells_how_it_came_about():
    desk = Desk(
        sheet(Settings(DANA, 5)), {1: rows_of(("pipa", 5, None)), PLENARY: rows_of(("pompa", 7, None))}
    )
    desk = moved(desk, WORKSHEET, "add", lambda question: ADDED[question.key])
    desk = moved(desk, WORKSHEET, "edit", scripted(row="1.1", column="biaya", v="=Rp9"))
    told = {row.id: WORKSHEET.trace(desk.sheet, tally(desk), row.id).details for row in tally(desk).rows}
    assert {id_: (each["way"], each["edited"]) for id_, each in told.items()} == {
        "0.1": ("room", False),
        "1.1": ("written", True),
        "T1": ("added", False),
    }
    assert WORKSHEET.trace(desk.sheet, tally(desk), "9.9") is None


def test_buttons_hold_the_keys():
    columns = tuple(Column(f"abcdefghijk{n}", "Kolom", "text") for n in range(2))
    person = Column("abcdefghijkl", "Orang", "person", free=True)
    rows = tuple(Item(str(number), f"baris {number}") for number in range(1280, 1290))
    on = sheet(Settings((*columns, person), most=30, starts=True), inputs={"rows": rows})
    picks = {f"pick/{number}": f"R{short_id(1279 + number)}" for number in range(1, 11)}
    mine = picks | {f"{number}.more": True for number in range(30)}
    asked = WORKSHEET.questions(on, mine)
    assert max(len(question.key.encode()) for question in asked) == 16
    assert max(len(option.value.encode()) for option in asked[0].options) <= 12


def test_row_ids_fit_in_buttons():
    desk = Desk(sheet(Settings(DANA, 30)), {2**31 - 1: rows_of(*[("pipa", 5, None)] * 30)})
    assert max(len(row.id) for row in tally(desk).rows) <= 12
    assert len({row.id for row in tally(desk).rows}) == 30
