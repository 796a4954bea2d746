import re
import struct
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from documents import pdf
from documents.figures.bars import Bar, ranking
from documents.figures.drawing import PHONE
from documents.figures.lettering import SIZE, width, wrapped
from documents.figures.quadrants import Stakeholder, power_and_interest
from documents.figures.results import figures as figures_of
from documents.figures.states import Light, lights
from documents.figures.tree import Branch, tree
from domain.freezing import plain, revive
from domain.instruments.registry import INSTRUMENTS
from tests.documents.figure_samples import FIGURES, ISSUES
from tests.documents.paper_samples import HOSTILE, LONG_TEXT
from tests.domain.scenes import SCENES

Figure = Callable[[tuple[str, ...], int], str]
SVG = "{http://www.w3.org/2000/svg}"
PAPER = 620
figures = pytest.mark.parametrize("figure", FIGURES, ids=[figure.__name__ for figure in FIGURES])


def said(svg: str) -> str:
    return "".join("".join(node.itertext()) for node in etree.fromstring(svg).iter(f"{SVG}text"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


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
        "svg", "title", "text", "rect", "line", "circle", "polygon",
    }  # fmt: skip
    if text in HOSTILE:
        assert squeezed(text) in squeezed(said(etree.tostring(root, encoding="unicode")))


@figures
def test_very_long_text_is_cut_or_broken_but_not_in_the_way(figure: Figure):
    svg = figure((LONG_TEXT, "x" * 300, *ISSUES[2:]), PHONE)
    longest = max(width(node.text or "") for node in etree.fromstring(svg).iter(f"{SVG}text"))
    assert longest <= PHONE


@figures
def test_a_figure_is_a_picture(figure: Figure):
    png = pdf.drawing_png(figure(ISSUES, PHONE))
    across, down = struct.unpack(">II", png[16:24])
    assert across == (PHONE + 24) * pdf.SHARP
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


@pytest.mark.parametrize("name", ["scoring", "weighting", "pairwise", "rating_rings"])
def test_results_have_figures_fresh_and_kept(name: str):
    desk = SCENES[name]("Air keruh & <b>")
    result = INSTRUMENTS[name].tally(desk.sheet, desk.ballots)
    drawn = figures_of(name, "Hasil", result)
    assert drawn
    assert figures_of(name, "Hasil", revive(plain(result))) == drawn
    assert "Airkeruh&<b>" in squeezed(said(drawn[0]))


def test_what_is_best_read_as_a_table_has_no_figure():
    assert figures_of("agreement", "Hasil", None) == ()
