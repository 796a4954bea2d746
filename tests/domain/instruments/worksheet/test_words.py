"""What a table says: every fault, pulse and trace; a row while it is filled in; the table on a phone and in full."""

import re
from types import SimpleNamespace

import pytest

from documents.language.wording import wording
from domain.instruments.base import Desk, Item
from domain.instruments.worksheet.columns import Column, Flag, Settings
from domain.process.conditions import Condition
from tests.support.codes import codes_in
from tests.support.desks.worksheet import WORKSHEET, rows_of
from tests.support.driving import moved, scripted, sheet
from tests.support.scenes.worksheet import FACTS, MODULES

WORDING = wording()
ACTIVITY = SimpleNamespace(title="Capaian", prompt="Berapa capaiannya?", instrument="worksheet")
CODES = {
    code
    for module in MODULES
    for code in codes_in(f"domain/instruments/worksheet/{module}.py", "Rejected", "Fault", "refuse")
} | {"cell_loop", "row_gone", "no_new_rows", "wrong_columns", "too_many_rows"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_fault_has_words(code):
    kind = {"rows_so_far": "pulse", "row": "trace"}.get(code, "fault")
    assert len(WORDING.plain(f"{kind}.{code}", "worksheet", **FACTS.get(code, {}))) > 20


@pytest.mark.parametrize("way", ["started", "added", "filed", "room", "written"])
def test_every_way_into_the_table_is_told(way):
    facts = {"way": way, "links": [], "flags": (), "edited": False}
    assert re.fullmatch(r"Baris ini [^.]+\.", WORDING.plain("trace.row", "worksheet", **facts))


URAIAN = Column("uraian", "Uraian", "text", value_from="text")
TARGET = Column("target", "Target", "number", unit="persen", total=True)
CAPAIAN = Column("capaian", "Capaian", "number", unit="persen")
PERSEN = Column(
    "persen",
    "Persen",
    "computed",
    formula=("percent", ("name", "capaian"), ("name", "target")),
    look="percent",
    decimals=1,
)
BIAYA = Column(
    "biaya", "Biaya", "computed", total=True, formula=("/", ("name", "target"), ("number", "3")), look="money"
)
FLAGS = (Flag("Tertinggal", (Condition("persen", "below", "100"),), color="merah"),)
SETTINGS = Settings((TARGET, URAIAN, CAPAIAN, PERSEN, BIAYA), starts=True, add=False, flags=FLAGS)
ROWS = {
    "rows": (
        Item("1", "Cakupan & mutu", fields={"target": "1300"}),
        Item("2", "Tekanan", fields={"target": "900"}),
    )
}
DESK = Desk(sheet(SETTINGS, inputs=ROWS), {1: {"pick/1": "R1", "R1.capaian": "1000"}})


def shown(block, desk=DESK):
    table = WORKSHEET.tally(desk.sheet, desk.ballots)
    return WORDING.block("worksheet", block, activity=ACTIVITY, sheet=desk.sheet, result=table)


def asked(on, mine, key):
    question = next(question for question in WORKSHEET.questions(on, mine) if question.key == key)
    prompt = WORDING.word(f"ask.{question.about}", "worksheet", **question.facts)
    return WORDING.block(
        "worksheet", "ask", activity=ACTIVITY, question=question, prompt=prompt, sheet=on, mine=mine
    )


def test_a_member_sees_which_row_is_filled_in_and_what_is_known_of_it():
    assert asked(DESK.sheet, {"pick/1": "R1"}, "R1.capaian") == (
        "<i>Baris: Cakupan &amp; mutu</i>\nTarget: 1.300\n\n<b>Capaian</b> (persen)"
    )
    assert asked(DESK.sheet, {}, "pick/1").startswith("Berapa capaiannya?\n\nBaris mana")


def test_a_member_sees_which_own_row_is_written():
    on = sheet(Settings((Column("uraian", "Uraian", "text"), CAPAIAN), 5))
    assert asked(on, {"0.more": True}, "1.uraian") == "<i>Baris 1</i>\n\n<b>Uraian</b>"
    assert asked(on, {"0.more": True, "1.uraian": "pipa"}, "1.capaian").startswith("<i>Baris 1: pipa</i>")


def test_the_table_is_shown_with_its_label_first_and_its_numbers_as_offices_write_them():
    assert re.findall(r"<t[dh]>(.*?)</t[dh]>", shown("result")) == [
        "No.",
        "Uraian",
        "Target (persen)",
        "Capaian (persen)",
        "Persen",
        "Biaya",
        "Tanda",
        "1",
        "Cakupan &amp; mutu",
        "1.300",
        "1.000",
        "76,9%",
        "Rp433",
        "🔴 Tertinggal",
        "2",
        "Tekanan",
        "900",
        "–",
        "–",
        "Rp300",
        "",
        "Jumlah",
        "",
        "2.200",
        "",
        "",
        "Rp733",
        "",
    ]


def test_the_desk_shows_rows_as_short_lines():
    assert shown("desk").splitlines() == [
        "1. Cakupan &amp; mutu · 1.300 · 1.000 🔴",
        "2. Tekanan · 900 · –",
        "",
        "2 baris, 1 belum lengkap, 1 bertanda.",
        "Jumlah Target: <b>2.200</b> persen",
        "Jumlah Biaya: <b>Rp733</b>",
        "🔴 Tertinggal: 1 baris",
    ]


def test_the_essence_names_rows_totals_and_flags():
    assert shown("essence").splitlines() == [
        "2 baris.",
        "• Cakupan &amp; mutu",
        "• Tekanan",
        "Jumlah Target: <b>2.200</b> persen",
        "Jumlah Biaya: <b>Rp733</b>",
        "🔴 Tertinggal: 1 baris",
    ]


def test_what_lies_below_is_indented():
    columns = (Column("sebab", "Sebab", "text"), Column("induk", "Akibatnya", "reference", own=True))
    on = sheet(Settings(columns, tree="induk"))
    desk = Desk(on, {1: rows_of(("keluhan", None), ("pipa tua", "1"), ("tanpa dana", "2"), columns=columns)})
    assert re.findall(r"\d\. (.*?) ·", shown("desk", desk)) == ["keluhan", "– pipa tua", "– – tanpa dana"]
    assert "<td>– – tanpa dana</td><td>pipa tua</td>" in shown("result", desk)


def test_the_facilitator_sees_what_is_in_the_cell():
    edit = WORKSHEET.moves[0]
    question = edit.questions(DESK, {"row": "R1", "column": "target"})[-1]
    assert WORDING.word("ask.edit.value", "worksheet", **question.facts).endswith("Isi sekarang: 1.300")


def test_a_cell_on_which_people_differ_is_marked_until_it_is_corrected():
    ballots = {n: {"pick/1": "R1", "R1.capaian": str(n)} for n in (1, 2)}
    desk = Desk(DESK.sheet, ballots)
    assert "≠" in shown("desk", desk)
    desk = moved(desk, WORKSHEET, "edit", scripted(row="R1", column="capaian", v="=2"))
    assert "≠" not in shown("desk", desk)
