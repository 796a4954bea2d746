import io
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from documents.figures.bars import Bar, ranking
from documents.figures.drawing import PHONE, fitting, height_of
from documents.figures.lettering import SIZE, width, wrapped
from documents.figures.quadrants import Stakeholder, power_and_interest
from documents.figures.results import figures as figures_of
from documents.figures.states import Light, lights
from documents.figures.tree import Branch, tree
from documents.language.wording import wording
from documents.pdf import writer
from domain.freezing import plain, revive
from domain.instruments.worksheet.columns import Column
from domain.instruments.worksheet.table import FlagCount, Row, Table
from domain.process.figures import BARS, FLOW, GANTT, LIGHTS, MATRIX, QUADRANTS, RINGS, TREE
from domain.process.figures import Figure as Spec
from tests.documents.support.figure_samples import FIGURES, ISSUES
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT
from tests.documents.support.paper_texts import squeezed
from tests.support.scenes import tallied

Figure = Callable[[tuple[str, ...], int], str]
SVG = "{http://www.w3.org/2000/svg}"
PAPER = 620
WORDING = wording()


def words(key: str) -> str:
    return WORDING.plain(f"figure.{key}")


figures = pytest.mark.parametrize("figure", FIGURES, ids=[figure.__name__ for figure in FIGURES])


def said(svg: str) -> str:
    return "".join("".join(node.itertext()) for node in etree.fromstring(svg).iter(f"{SVG}text"))


@figures
@pytest.mark.parametrize("across", [PHONE, PAPER])
def test_nothing_is_drawn_outside(figure: Figure, across: int):
    root = etree.fromstring(figure(ISSUES, across))
    high = int(root.get("height"))
    assert int(root.get("width")) == across
    for node in root.iter(f"{SVG}text"):
        x, y, text = float(node.get("x")), float(node.get("y")), node.text or ""
        long = width(text, bold=node.get("font-weight") == "bold")
        left = {"start": x, "middle": x - long / 2, "end": x - long}[node.get("text-anchor")]
        assert left >= -0.5, text
        assert left + long <= across + 0.5, text
        assert SIZE - 5 <= y <= high, text
    for node in root.iter(f"{SVG}rect"):
        assert 0 <= float(node.get("x")) <= float(node.get("x")) + float(node.get("width")) <= across + 0.5
        assert float(node.get("y")) + float(node.get("height")) <= high


@figures
def test_letters_are_large_enough_for_a_phone(figure: Figure):
    root = etree.fromstring(figure(ISSUES, PHONE))
    assert float(root.get("font-size")) * 0.75 >= 11  # points
    assert not any(node.get("font-size") for node in root.iter() if node is not root)


@figures
def test_everything_is_said(figure: Figure):
    shown = squeezed(said(figure(ISSUES, PAPER)))
    missing = [text for text in ISSUES if squeezed(text) not in shown]
    assert missing == []


@figures
@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x0b\ud800\uffff", "]]>", "</text><script>x</script>"])
def test_hostile_text_is_text(figure: Figure, text: str):
    root = etree.fromstring(figure((text, *ISSUES[1:]), PHONE))
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg",
        "title",
        "text",
        "rect",
        "line",
        "circle",
        "polygon",
    }
    if text in HOSTILE:
        assert squeezed(text) in squeezed(said(etree.tostring(root, encoding="unicode")))


@figures
def test_very_long_text_is_cut_or_broken_but_not_in_the_way(figure: Figure):
    svg = figure((LONG_TEXT, "x" * 300, *ISSUES[2:]), PHONE)
    longest = max(width(node.text or "") for node in etree.fromstring(svg).iter(f"{SVG}text"))
    assert longest <= PHONE


@figures
def test_a_figure_is_a_picture(figure: Figure):
    png = writer.drawing_png(figure(ISSUES, PHONE))
    across, down = Image.open(io.BytesIO(png), formats=["PNG"]).size
    assert across == (PHONE + 24) * writer.SHARP
    assert down > 300
    assert len(png) > 10_000


@given(st.text(max_size=200), st.integers(30, 400))
def test_wrapping_loses_nothing_and_fits(text: str, room: int):
    lines = wrapped(text, room)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(width(line) <= room or len(line) == 1 for line in lines)


@given(st.text(min_size=1, max_size=300), st.integers(60, 200), st.integers(1, 4))
def test_no_more_lines_than_asked(text: str, room: int, most: int):
    lines = wrapped(text, room, most)
    assert len(lines) <= most
    assert len(wrapped(text, room)) <= most or lines[-1].endswith("…")


def test_bars_are_as_long_as_their_values():
    bars = [Bar("a", Fraction(4), "4"), Bar("b", Fraction(2), "2"), Bar("c", Fraction(0), "0")]
    found = [float(node.get("width")) for node in etree.fromstring(ranking(bars, "x")).iter(f"{SVG}rect")]
    assert found[1] == pytest.approx(found[0] / 2, abs=0.1)
    assert found[2] == 0


def test_discs_do_not_cover_one_another():
    people = [Stakeholder(f"p{n}", Fraction(1, 2), Fraction(1, 2)) for n in range(15)]
    svg = power_and_interest(people, ("a", "b", "c", "d"), ("x", "y"), "t")
    discs = [(float(c.get("cx")), float(c.get("cy"))) for c in etree.fromstring(svg).iter(f"{SVG}circle")][
        :15
    ]
    for at, (x, y) in enumerate(discs):
        assert all((x - a) ** 2 + (y - b) ** 2 > 22**2 for a, b in discs[:at])


def test_colours_are_told_by_shape_and_word_too():
    svg = lights([Light("a", "merah"), Light("b", "kuning"), Light("c", "hijau"), Light("d", "")], "x")
    root = etree.fromstring(svg)
    assert [len(list(root.iter(f"{SVG}{tag}"))) for tag in ("rect", "polygon", "circle")] == [1, 1, 2]
    assert all(word in said(svg) for word in ("Merah", "Kuning", "Hijau"))


def test_a_branch_hangs_on_the_last_one_above_it():
    svg = tree([Branch("a"), Branch("b", depth=1), Branch("c", depth=2), Branch("d", depth=1)], "x")
    assert len(list(etree.fromstring(svg).iter(f"{SVG}line"))) == 6


@pytest.mark.parametrize("figure", FIGURES, ids=[figure.__name__ for figure in FIGURES])
def test_nothing_to_show_is_still_a_drawing(figure: Figure):
    assert etree.fromstring(figure((), PHONE)).tag == f"{SVG}svg"


KINDS = {"scoring": BARS, "weighting": BARS, "selection": BARS, "pairwise": MATRIX, "rating_rings": RINGS}


def drawn_of(figure: Spec | None, instrument: str, result: object, highest: int = 0) -> tuple[str, ...]:
    return figures_of(figure, instrument, "Hasil", result, words, PHONE, highest)


@pytest.mark.parametrize("name", KINDS)
def test_results_have_figures_fresh_and_kept(name: str):
    result = tallied(name)
    drawn = drawn_of(Spec(KINDS[name]), name, result)
    assert drawn
    assert drawn_of(Spec(KINDS[name]), name, revive(plain(result))) == drawn
    assert "Airkeruh&<b>" in squeezed(said(drawn[0]))


def test_a_result_is_drawn_only_where_the_process_says_so():
    assert drawn_of(None, "scoring", tallied("scoring")) == ()


COLUMNS = (
    Column("langkah", "Langkah", "text"),
    Column("pelaku", "Pelaku", "text"),
    Column("lama", "Lama", "number", unit="jam"),
    Column("ubah", "Perubahan", "choice", options=("Tetap", "Dihapus", "Baru")),
    Column("mulai", "Mulai", "date"),
    Column("selesai", "Selesai", "date"),
    Column("minat", "Minat", "choice", options=("Tinggi", "Sedang", "Rendah")),
)
ROWS = (
    Row(
        "1",
        "Daftar & <b>",
        ("Daftar & <b>", "Loket", "2", "Tetap", "2026-01-05", "2026-01-09", "Tinggi"),
        flags=("Jauh",),
    ),
    Row(
        "2",
        "Periksa",
        ("Periksa", "Bagian Teknik", "7/2", "Dihapus", "2026-02-02", "2026-02-01", "Rendah"),
        depth=1,
    ),
    Row("3", "Pasang", ("Pasang", None, None, "Baru", None, "2026-03-01", None), depth=1),
)
TABLE = Table(COLUMNS, 0, ROWS, (None,) * 7, 0, 0, (FlagCount("Jauh", "merah", 1),), 1)


def of_table(kind: str, highest: int = 0, **more: Any) -> tuple[str, ...]:
    fresh = drawn_of(Spec(kind, **more), "worksheet", TABLE, highest)
    assert drawn_of(Spec(kind, **more), "worksheet", revive(plain(TABLE)), highest) == fresh
    assert fresh
    return fresh


def test_a_table_over_time_leaves_out_rows_without_both_days_in_order():
    (svg,) = of_table(GANTT, columns={"start": "mulai", "end": "selesai"})
    assert "Daftar & <b>" in said(svg)
    assert "Periksa" not in said(svg)
    assert "Pasang" not in said(svg)


def test_a_procedure_is_drawn_as_it_is_and_as_it_shall_be():
    parts = {"actor": "pelaku", "time": "lama", "change": "ubah"}
    (svg,) = of_table(FLOW, columns=parts, dropped=("Dihapus",), added=("Baru",))
    now, later = said(svg).split("Sesudah disempurnakan")
    assert "Periksa" in now
    assert "Bagian Teknik · 3,5 jam" in now
    assert "Pasang" not in now
    assert "Pasang" in later
    assert "Periksa" not in later


def test_a_procedure_without_changes_is_drawn_once():
    (svg,) = of_table(FLOW, columns={"actor": "pelaku"})
    assert "Sekarang" not in said(svg)
    assert all(text in said(svg) for text in ("Daftar & <b>", "Periksa", "Pasang"))


def test_a_tree_of_rows_and_one_of_columns():
    (svg,) = of_table(TREE)
    assert len(list(etree.fromstring(svg).iter(f"{SVG}line"))) == 4
    (svg,) = of_table(TREE, levels=("minat", "langkah", "pelaku"))
    assert said(svg).startswith("TinggiDaftar & <b>Loket")


def test_rows_without_a_branch_are_no_tree():
    flat = replace(TABLE, rows=ROWS[:1])
    assert drawn_of(Spec(TREE), "worksheet", flat) == ()


def test_a_map_puts_the_first_choice_highest():
    (svg,) = of_table(QUADRANTS, columns={"across": "minat", "up": "minat"})
    first, second = [
        (float(disc.get("cx")), float(disc.get("cy"))) for disc in etree.fromstring(svg).iter(f"{SVG}circle")
    ][:2]
    assert first[0] > second[0]
    assert first[1] < second[1]
    assert "Libatkan secara erat" in said(svg)


def test_lights_follow_the_coloured_flags():
    (svg,) = of_table(LIGHTS, columns={"note": "pelaku"})
    assert "Merah · Jauh; Loket" in said(svg)
    assert said(svg).count("–") == 2


@pytest.mark.parametrize("kind", [TREE, LIGHTS, FLOW])
def test_a_high_figure_is_divided_and_loses_nothing(kind: str):
    rows = tuple(Row(str(n), f"Baris {n}.", (f"Baris {n}.", *[None] * 6), depth=min(n, 2)) for n in range(40))
    drawn = drawn_of(Spec(kind), "worksheet", replace(TABLE, rows=rows), 500)
    assert len(drawn) > 1
    assert all(height_of(svg) <= 500 for svg in drawn)
    assert all(f"Baris {n}." in "".join(map(said, drawn)) for n in range(40))


def test_bars_that_are_divided_keep_their_scale():
    result = tallied("scoring")
    order = tuple(
        replace(result.order[0], id=str(n), text=f"T{n}", total=Fraction(40 - n)) for n in range(40)
    )
    drawn = drawn_of(Spec(BARS), "scoring", replace(result, order=order), 500)
    widths = [float(node.get("width")) for svg in drawn for node in etree.fromstring(svg).iter(f"{SVG}rect")]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(widths[0] / 40, abs=0.2)


def test_rings_too_high_for_a_page_are_told_beside():
    result = tallied("rating_rings")
    inner = replace(result.rings[0], items=tuple(result.rings[0].items) * 40)
    drawn = drawn_of(Spec(RINGS), "rating_rings", replace(result, rings=(inner, *result.rings[1:])), 740)
    assert all(height_of(svg) <= 740 for svg in drawn)
    assert len(drawn) > 1


def test_a_drawing_is_made_smaller_to_fit():
    svg = fitting(ranking([Bar(f"x{n}", Fraction(1), "1") for n in range(40)], "x"), 300)
    assert height_of(svg) == 300
    assert fitting(svg, 400) == svg


def test_what_stands_beside_a_bar_may_be_another_column():
    (svg,) = of_table(GANTT, columns={"start": "mulai", "end": "selesai", "label": "pelaku"})
    assert "Loket" in said(svg)
