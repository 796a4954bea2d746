"""A form on its way: what it changes and what it leaves alone, however the table has changed meanwhile."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.instruments.base import UNDO, Desk, Move
from domain.instruments.worksheet.columns import Column, Settings
from domain.instruments.worksheet.form import (
    FilledForm,
    FormRow,
    Mark,
    left_out,
    move_values,
    plain_rows,
    preview,
    rows_to_take,
    seen,
    troubles_of,
)
from tests.support.desks.starting_table import on_sheet
from tests.support.desks.worksheet import WORKSHEET
from tests.support.driving import sheet, with_moves

COLUMNS = (
    Column("uraian", "Uraian", "text", longest=50),
    Column("biaya", "Biaya", "money", optional=True),
    Column("induk", "Bagian dari", "reference", own=True),
)
KEYS = [column.key for column in COLUMNS]
WORDS = st.sampled_from(["pipa", "pompa", "aki", "sumur"])


def desk_of(*rows: tuple, **settings: object) -> Desk:
    answers: dict = {"0.more": bool(rows)}
    for number, row in enumerate(rows, 1):
        answers |= {f"{number}.{key}": cell for key, cell in zip(KEYS, row, strict=True)}
        answers[f"{number}.more"] = number < len(rows)
    return Desk(sheet(Settings(COLUMNS, 30, **settings)), {1: answers})


def cells_of(desk: Desk, *, hides: bool = False) -> list[tuple[str, dict]]:
    """The rows as a form holds them."""
    shown = seen(desk, hides=hides)
    rows = WORKSHEET.tally(shown.sheet, shown.ballots).rows
    columns = [column.key for column in desk.sheet.settings.columns]
    return [
        (row.id, {k: None if c is None else str(c) for k, c in zip(columns, row.cells, strict=True)})
        for row in rows
    ]


def form_of(
    sent: list[tuple[str, dict]], *changes: tuple[int, dict], new: tuple[dict, ...] = ()
) -> FilledForm:
    """The form that comes back with changes in some of its rows, by their place, and new rows below."""
    said = dict(changes)
    rows = [
        FormRow(6 + n, id_, {**cells, **said.get(n, {})}, frozenset(cells.keys() - said.get(n, {}).keys()))
        for n, (id_, cells) in enumerate(sent)
    ]
    rows += [FormRow(6 + len(sent) + n, "", {**dict.fromkeys(KEYS), **cells}) for n, cells in enumerate(new)]
    letters = {key: letter for letter, key in zip("BCDEFG", sent[0][1] if sent else KEYS, strict=False)}
    return FilledForm(Mark(1, 0, "x"), letters, tuple(rows), tuple(id_ for id_, _ in sent))


def applied(desk: Desk, form: FilledForm, *, orders: bool = False) -> Desk:
    rows = rows_to_take(desk, form)
    assert troubles_of(desk, form, rows, hides=False) == []
    values = move_values(desk, plain_rows(desk.sheet, rows), orders=orders)
    return with_moves(desk, [*desk.sheet.moves, Move(1 + len(desk.sheet.moves), "fill", values)])


def weighed(desk: Desk, form: FilledForm, *, hides: bool = False, orders: bool = False):
    values = move_values(desk, plain_rows(desk.sheet, rows_to_take(desk, form)), orders=orders)
    return preview(desk, values, hides=hides)


ROWS = st.lists(st.tuples(WORDS, st.none() | st.integers(0, 99), st.none()), min_size=1, max_size=5)


@given(ROWS, st.data())
def test_the_preview_tells_what_happens(rows, data):
    desk = desk_of(*rows)
    sent = cells_of(desk)
    places = data.draw(st.sets(st.integers(0, len(sent) - 1)))
    changes = [(place, {"biaya": str(data.draw(st.integers(0, 99)))}) for place in places]
    new = tuple({"uraian": each} for each in data.draw(st.lists(WORDS, max_size=3)))
    form = form_of(sent, *changes, new=new)
    told = weighed(desk, form)
    before, after = dict(cells_of(desk)), dict(cells_of(applied(desk, form)))
    assert told.added == len(new) == len(after) - len(before)
    assert told.changed == sum(after[id_] != cells for id_, cells in before.items())
    assert not told.reordered
    assert {id_: after[id_]["uraian"] for id_ in before} == {
        id_: cells["uraian"] for id_, cells in before.items()
    }
    assert all(after[sent[place][0]]["biaya"] == cells["biaya"] for place, cells in changes)
    assert len(told.changes) == told.added + told.changed


@given(ROWS)
def test_a_file_is_one_step_and_is_taken_back_as_one(rows):
    desk = desk_of(*rows)
    after = applied(desk, form_of(cells_of(desk), (0, {"uraian": "baru"}), new=({"uraian": "lain"},)))
    assert cells_of(after) != cells_of(desk)
    assert cells_of(with_moves(after, [*after.sheet.moves, Move(2, UNDO, {})])) == cells_of(desk)


def test_what_others_changed_since_the_form_was_sent_stays():
    desk = desk_of(("pipa", 5, None), ("pompa", 7, None))
    sent = cells_of(desk)
    edit = Move(1, "edit", {"row": sent[0][0], "column": "biaya", "v.biaya": 6})
    meanwhile = with_moves(desk, [edit])
    after = applied(meanwhile, form_of(sent, (0, {"uraian": "Pipa besar"}), (1, {"biaya": "9"})))
    assert [tuple(cells.values())[:2] for _, cells in cells_of(after)] == [
        ("Pipa besar", "6"),
        ("pompa", "9"),
    ]


def test_a_form_sent_while_members_answer_leaves_their_cells_alone_now_and_later():
    desk = Desk(on_sheet(), {1: {"pick/1": "R1", "R1.capaian": "75", "R1.tren": None}})
    sent = cells_of(desk, hides=True)
    assert sent[0] == ("R1", {"indikator": "Cakupan", "target": "80", "capaian": None, "tren": None})
    after = applied(desk, form_of(sent, (0, {"tren": "naik"})))
    assert WORKSHEET.tally(after.sheet, after.ballots).rows[0].cells == ("Cakupan", "80", "75", "naik")
    later = replace(after, ballots={1: {**desk.ballots[1], "R1.capaian": "90"}})
    assert WORKSHEET.tally(later.sheet, later.ballots).rows[0].cells == ("Cakupan", "80", "90", "naik")


def test_old_values_are_told_as_far_as_the_form_knew_them():
    desk = Desk(on_sheet(), {1: {"pick/1": "R1", "R1.capaian": "75", "R1.tren": None}})
    form = form_of(cells_of(desk, hides=True), (0, {"capaian": "9"}))
    (hidden,) = weighed(desk, form, hides=True).changes
    (shown,) = weighed(desk, form).changes
    assert (hidden.row, hidden.old, hidden.new) == ("Cakupan", None, "9")
    assert (shown.old, shown.new) == ("75", "9")


def test_untouched_rows_that_are_gone_are_nobodys_concern_and_changed_ones_are_told():
    desk = desk_of(("pipa", 5, None), ("pompa", 7, None))
    sent = cells_of(desk)
    gone = with_moves(desk, [Move(1, "remove", {"row": sent[0][0]})])
    assert rows_to_take(gone, form_of(sent)) == []
    form = form_of(sent, (0, {"biaya": "1"}))
    (trouble,) = troubles_of(gone, form, rows_to_take(gone, form), hides=False)
    assert (trouble.number, trouble.fault.code) == (6, "row_gone")
    with pytest.raises(Rejected):
        move_values(gone, plain_rows(gone.sheet, rows_to_take(gone, form)), orders=False)


def test_new_rows_refer_to_each_other():
    desk = desk_of(("pipa", 5, None), tree="induk")
    form = form_of(
        cells_of(desk), new=({"uraian": "anak", "induk": "cucu"}, {"uraian": "cucu", "induk": "pipa"})
    )
    rows = WORKSHEET.tally(applied(desk, form).sheet, desk.ballots).rows
    assert [(row.text, row.depth) for row in rows] == [("pipa", 0), ("cucu", 1), ("anak", 2)]


def test_only_a_new_order_moves_rows():
    desk = desk_of(("pipa", 5, None), ("pompa", 7, None), ("sumur", 9, None), ordered=True)
    sent = cells_of(desk)
    changed = form_of(sent, (2, {"biaya": "1"}))
    assert [cells["uraian"] for _, cells in cells_of(applied(desk, changed))] == ["pipa", "pompa", "sumur"]
    turned = form_of(sent[::-1])
    turned = replace(turned, issued=tuple(id_ for id_, _ in sent))
    assert weighed(desk, turned, orders=True).reordered
    after = applied(desk, turned, orders=True)
    assert [cells["uraian"] for _, cells in cells_of(after)] == ["sumur", "pompa", "pipa"]


def test_rows_the_file_no_longer_holds_are_counted():
    sent = cells_of(desk_of(("pipa", 5, None), ("pompa", 7, None)))
    form = form_of(sent)
    assert left_out(form) == 0
    assert left_out(replace(form, rows=form.rows[:1])) == 1
