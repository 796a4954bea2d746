"""The checklist against a count answer by answer; and how many taps it takes."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.wording import wording
from domain.dialog import engine
from domain.dialog.questions import Tapped, Text, Typed
from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, Item, Sheet
from domain.instruments.checklist.instrument import Checklist
from domain.instruments.checklist.table import ANSWERS, Line, Settings
from store.process_files import check, load
from tests.support.codes import codes_in
from tests.support.driving import TODAY, drawn, fill, sheet
from tests.support.paths import PROCESS_FILES
from tests.support.scenes.checklist import FACTS, checks

CHECK = Checklist()
WORDING = wording()
PROCESSES = [
    "Penetapan kelompok sasaran",
    "Perancangan paket layanan",
    "Mobilisasi dukungan",
    "Penyaluran",
    "Pusat",
]
CRITERIA = ["Transparan", "Partisipatif", "Akuntabel", "Aksesibel", "Terjangkau"]


def named(*titles: str):
    return tuple(Line(f"k{number}", title) for number, title in enumerate(titles, 1))


def governance():
    """The 25 cells of good governance."""
    return sheet(Settings(named(*PROCESSES), named(*CRITERIA)))


def two_by_two(**rest: bool):
    return sheet(Settings(named("A", "B"), named("X", "Y"), **rest))


@st.composite
def checked(draw):
    """A sheet and ballots, some of them unfinished."""
    on = sheet(Settings(named("A", "B"), named(*CRITERIA[: draw(st.integers(0, 3))])), "Isu 1")
    data = draw(st.data())
    ballots = {}
    for member in range(1, draw(st.integers(0, 4)) + 1):
        whole = fill(CHECK, on, drawn(data))
        keys = list(whole)[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else list(whole)
        ballots[member] = {key: whole[key] for key in keys}
    return on, ballots


def cells(result):
    return [(row, cell) for row in result.rows for cell in row.cells]


@given(checked())
def test_every_cell_counts_its_own_answers(desk):
    on, ballots = desk
    result = CHECK.tally(on, ballots)
    for _, cell in cells(result):
        given_ = [mine[cell.id] for mine in ballots.values() if cell.id in mine]
        assert [cell.yes, cell.partly, cell.no] == [given_.count(each) for each in ANSWERS]
        assert cell.answered == len(given_)
    asked = [question.key for question in CHECK.questions(on, {})]
    assert [cell.id for _, cell in cells(result)] == asked


@given(checked())
def test_what_is_not_fully_met_is_passed_on_in_the_order_of_the_table(desk):
    on, ballots = desk
    result = CHECK.tally(on, ballots)
    short = [
        (row.title, cell.criterion, cell.yes, cell.partly, cell.no)
        for row, cell in cells(result)
        if any(mine.get(cell.id, "ya") != "ya" for mine in ballots.values())
    ]
    passed_on = [item.fields for item in CHECK.items(on, result)]
    assert short == [
        (each["baris"], each.get("kriteria", ""), each["ya"], each["sebagian"], each["belum"])
        for each in passed_on
    ]


@given(checked())
def test_the_weakest_have_the_lowest_share_of_yes(desk):
    result = CHECK.tally(*desk)
    met = {(row.title, cell.criterion): cell for row, cell in cells(result) if cell.yes < cell.answered}
    share = {key: Fraction(cell.yes, cell.answered) for key, cell in met.items()}
    weakest = {(weak.row, weak.criterion): weak for weak in result.weakest}
    for key, cell in met.items():
        rank = 1 + sum(other < share[key] for other in share.values())
        assert (key in weakest) == (rank <= 5)
        if key in weakest:
            assert (weakest[key].rank, weakest[key].yes) == (rank, cell.yes)
    assert [weak.rank for weak in result.weakest] == sorted(weak.rank for weak in result.weakest)


def test_of_equal_shares_what_more_say_is_not_yet_met_comes_first():
    on = sheet(Settings(named("A", "B")))
    ballots = {1: {"r1.1": "ya", "r2.1": "ya"}, 2: {"r1.1": "sebagian", "r2.1": "belum"}}
    assert [(weak.rank, weak.row) for weak in CHECK.tally(on, ballots).weakest] == [(1, "B"), (1, "A")]


@given(checked(), st.randoms())
def test_the_order_of_ballots_does_not_matter(desk, random):
    on, ballots = desk
    members = list(ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert CHECK.tally(on, other) == CHECK.tally(on, ballots)


@given(checked(), st.permutations(range(1, 5)))
def test_nothing_tells_who_answered(desk, order):
    on, ballots = desk
    others = {order[member - 1]: mine for member, mine in ballots.items()}
    assert CHECK.tally(on, others) == CHECK.tally(on, ballots)


def test_good_governance_takes_25_taps_and_shows_how_far_one_is():
    on, mine, taps = governance(), {}, 0
    while (question := engine.next_question(CHECK.questions(on, mine), mine)) is not None:
        assert engine.progress(CHECK.questions(on, mine), mine) == engine.Progress(taps, 25)
        mine[question.key] = question.read(Tapped("ya"))
        taps += 1
    assert taps == 25
    assert CHECK.done(on, mine)


def test_a_note_can_be_left_beside_what_is_not_met_and_is_not_counted_as_progress():
    on = two_by_two()
    for answer in ("sebagian", "belum"):
        mine = {"r1.1": answer}
        note = engine.next_question(CHECK.questions(on, mine), mine)
        assert isinstance(note, Text)
        assert (note.key, note.read(Tapped("-"))) == (f"r1.1+{answer[0]}", None)
        assert engine.progress(CHECK.questions(on, mine), mine) == engine.Progress(1, 4)
        noted = {**mine, note.key: note.read(Typed("baru sebagian wilayah"))}
        ((_, cell), *_) = cells(CHECK.tally(on, {1: noted}))
        assert [(each.answer, each.text) for each in cell.notes] == [(answer, "baru sebagian wilayah")]
    mine = {"r1.1": "ya"}
    assert engine.next_question(CHECK.questions(on, mine), mine).key == "r1.2"


def test_notes_can_be_left_out_altogether():
    on = two_by_two(notes=False)
    assert len(CHECK.questions(on, {"r1.1": "belum"})) == 4


def test_a_note_goes_with_the_answer_it_was_written_beside():
    on = two_by_two()
    ballots = {1: {"r1.1": "belum", "r1.1+s": "hampir selesai"}, 2: {"r1.1": "ya", "r1.1+b": "belum ada"}}
    assert not any(cell.notes for _, cell in cells(CHECK.tally(on, ballots)))
    assert "r1.1+b" in [question.key for question in CHECK.questions(on, ballots[1])]


def test_rows_of_the_file_come_before_items_and_a_row_without_criteria_is_one_question():
    on = sheet(Settings(named("A")), "Isu 1", "Isu 2")
    assert [question.key for question in CHECK.questions(on, {})] == ["r1.1", "1.1", "2.1"]
    assert [row.title for row in CHECK.tally(on, {}).rows] == ["A", "Isu 1", "Isu 2"]


def test_items_keep_what_they_were_and_add_their_counts_and_notes():
    item = Item("1", "Pipa", "4.7/prioritas#2", "rinci", {"aspek": "teknis"})
    on = Sheet(Settings((), named("Tepat", "Cepat")), (item,), voters=4, today=TODAY)
    ballots = {1: {"1.1": "belum", "1.1+b": "dua kecamatan", "1.2": "ya"}, 2: {"1.1": "ya", "1.2": "ya"}}
    (kept,) = CHECK.items(on, CHECK.tally(on, ballots))
    assert (kept.id, kept.text) == ("1.1", "Pipa – Tepat")
    assert (kept.source, kept.detail) == ("4.7/prioritas#2", "dua kecamatan")
    assert kept.fields == {
        "aspek": "teknis",
        "baris": "Pipa",
        "kriteria": "Tepat",
        "ya": 1,
        "sebagian": 0,
        "belum": 1,
    }


def test_all_rows_are_passed_on_where_the_file_wants_it():
    on = two_by_two(all_rows=True)
    ballots = {1: {"r1.1": "ya", "r1.2": "ya", "r2.1": "sebagian", "r2.2": "belum"}}
    first, second = CHECK.items(on, CHECK.tally(on, ballots))
    assert (first.text, first.fields) == ("A", {"baris": "A", "ya": 2, "sebagian": 0, "belum": 0})
    assert (second.text, second.fields) == ("B", {"baris": "B", "ya": 0, "sebagian": 1, "belum": 1})


def test_every_cell_has_to_be_answered_by_somebody():
    on = two_by_two()
    assert CHECK.lacking(on, CHECK.tally(on, {})) == Fault("unchecked", {"cells": 4})
    half = {1: {"r1.1": "ya", "r1.2": "ya"}, 2: {"r1.1": "ya", "r2.1": "ya"}}
    assert CHECK.lacking(on, CHECK.tally(on, half)) == Fault("unchecked", {"cells": 1})
    assert CHECK.lacking(on, CHECK.tally(on, {**half, 3: {"r2.2": "belum"}})) is None
    empty = sheet(Settings(()))
    assert CHECK.lacking(empty, CHECK.tally(empty, {})) == Fault("unchecked", {"cells": 0})


def test_the_room_decides_alone():
    on = two_by_two()
    room = dict.fromkeys(("r1.1", "r1.2", "r2.1", "r2.2"), "ya")
    result = CHECK.tally(on, {PLENARY: room, 1: dict.fromkeys(room, "belum")})
    assert (result.members, result.plenary, result.weakest) == (1, True, ())
    assert CHECK.items(on, result) == ()


@pytest.mark.parametrize(("rows", "items"), [(0, 0), (0, 101), (30, 71)])
def test_nothing_or_too_much_cannot_be_checked(rows, items):
    on = sheet(Settings(named(*map(str, range(rows)))), *map(str, range(items)))
    assert CHECK.ready(on) == Fault("checklist_size", {"given": rows + items, "most": 100})
    assert CHECK.ready(governance()) is None


def test_how_a_row_or_cell_was_answered_is_told_also_of_a_kept_result():
    on = two_by_two()
    fresh = CHECK.tally(on, {1: {"r1.1": "ya", "r1.2": "belum"}, 2: {"r1.1": "sebagian"}})
    for result in (fresh, revive(plain(fresh))):
        assert CHECK.trace(on, result, "r1.1").details == {"ya": 1, "sebagian": 1, "belum": 0}
        assert CHECK.trace(on, result, "r1").details == {"ya": 1, "sebagian": 1, "belum": 1}
        assert CHECK.trace(on, result, "x") is None


def test_a_question_with_everything_in_it_stays_short():
    lines = (Line("a", "x" * 300, "y" * 300),)
    on = Sheet(Settings(lines, lines), (Item("1", "x" * 300, detail="y" * 300),), voters=4, today=TODAY)
    for question in CHECK.questions(on, {"r1.1": "belum", "1.1": "sebagian"}):
        prompt = WORDING.word(f"ask.{question.about}", "checklist", **question.facts)
        facts = {"question": question, "prompt": prompt, "sheet": on, "mine": {}}
        shown = WORDING.block("checklist", "ask", activity={"prompt": "p" * 300}, **facts)
        assert 100 < len(shown) <= 600


def page(block, on, ballots):
    facts = {"activity": {"prompt": "?"}, "sheet": on, "result": CHECK.tally(on, ballots)}
    return re.sub(r' data-item="[^"]*"', "", WORDING.block("checklist", block, **facts))


def test_the_result_shows_shares_by_row_and_criterion_and_the_notes_below():
    on = two_by_two()
    one = dict.fromkeys(("r1.1", "r1.2", "r2.1", "r2.2"), "ya")
    shown = page(
        "result", on, {1: one, 2: {**one, "r2.1": "belum", "r2.1+b": "menunggu <SK>"}, 3: {"r1.1": "ya"}}
    )
    assert "<tr><th>Yang diperiksa</th><th>X</th><th>Y</th></tr>" in shown
    assert "<tr><td>A</td><td>3/3</td><td>2/2</td></tr>" in shown
    assert "<tr><td>B</td><td>1/2</td><td>2/2</td></tr>" in shown
    assert "<tr><td>1</td><td>B – X</td><td>1/2</td><td>1/2</td></tr>" in shown
    assert "<li>X, belum: menunggu &lt;SK&gt;</li>" in shown


def test_without_criteria_all_three_answers_stand_beside_the_row():
    on = sheet(Settings(named("Undangan terkirim", "Pedoman ada")))
    ballots = {1: {"r1.1": "ya", "r2.1": "belum"}, 2: {"r1.1": "sebagian"}}
    shown = page("result", on, ballots)
    assert "<tr><td>Undangan terkirim</td><td>1/2</td><td>1</td><td>0</td></tr>" in shown
    assert "• Pedoman ada: ya 0 dari 1" in page("essence", on, ballots)


def test_when_all_is_met_the_essence_says_so():
    on = sheet(Settings(named("Undangan terkirim")))
    assert "Semuanya sudah terpenuhi" in page("essence", on, {1: {"r1.1": "ya"}})
    assert "Belum ada yang diperiksa" in page("essence", on, {})


def test_everything_it_says_has_words():
    words = WORDING._instrument_words("checklist")
    said = {key.partition(".")[2] for key in words if key.partition(".")[0] in {"fault", "pulse", "trace"}}
    assert said == codes_in("domain/instruments/checklist/instrument.py", "Fault", "Rejected")
    for key in words:
        kind, _, code = key.partition(".")
        if kind in {"fault", "pulse", "trace"}:
            assert len(WORDING.plain(key, "checklist", **FACTS.get(code, {}))) > 20


def test_rows_criteria_and_what_is_passed_on_are_read_from_a_process_file():
    process = load(PROCESS_FILES / "daftar-periksa.yaml")
    rows = (
        Line("sasaran", "Penetapan kelompok sasaran"),
        Line("penyaluran", "Penyaluran", "Sampai ke pelanggan."),
    )
    criteria = (Line("transparan", "Transparan", "Informasinya terbuka."), Line("terjangkau", "Terjangkau"))
    assert process.activity("1.1", "tata-kelola").settings == Settings(rows, criteria)
    assert process.activity("1.1", "persiapan").settings == Settings(
        (Line("undangan", "Undangan terkirim"),), notes=False, all_rows=True
    )
    assert process.activity("1.1", "isu-siap").settings == Settings(())


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("            items_from: isu\n", "", "missing_field"),
        ("key: terjangkau", "key: transparan", "duplicate_key"),
        ("{key: undangan, title: Undangan terkirim}", "{key: undangan}", "missing_field"),
        ("            notes: false", "            notes: kadang", "not_allowed"),
        ("title: Terjangkau}", "title: Terjangkau, bobot: 2}", "unknown_field"),
    ],
)
def test_a_faulty_file_is_told(before, after, code):
    text = (PROCESS_FILES / "daftar-periksa.yaml").read_text("utf-8")
    assert text.count(before) == 1
    _, faults = check(text.replace(before, after))
    assert [fault.fault.code for fault in faults] == [code]


def test_a_file_that_asks_for_too_many_cells_is_told_how_many_rows_fit():
    text = (PROCESS_FILES / "daftar-periksa.yaml").read_text("utf-8")
    last = "              - {key: terjangkau, title: Terjangkau}\n"
    row = "              - {key: penyaluran, title: Penyaluran, hint: Sampai ke pelanggan.}\n"
    more = [f"              - {{key: k{n}, title: Tambahan}}\n" for n in range(9)]
    ten_criteria = text.replace(last, last + "".join(more[:8]))
    assert check(ten_criteria.replace(row, row + "".join(more[:8])))[1] == []
    _, (fault,) = check(ten_criteria.replace(row, row + "".join(more)))
    assert (fault.fault.code, fault.fault.details["most"]) == ("too_many", 10)


def test_a_busy_table_fits_a_message():
    desk = checks("Pipa bocor di musim hujan", 9)
    facts = {"activity": {"prompt": "?"}, "sheet": desk.sheet}
    result = CHECK.tally(desk.sheet, desk.ballots)
    assert len(WORDING.block("checklist", "desk", result=result, **facts)) <= 3000
