"""References from the rows of a document: which rows get one, how they are numbered, how their ways are told."""

import re
from datetime import UTC, datetime
from html import escape
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.chat import render
from documents.editions.reference_lines import appendix
from documents.editions.references import References
from documents.language.wording import TEMPLATES, wording
from domain.faults import Fault
from domain.instruments.registry import INSTRUMENTS
from tests.documents.support.paper_samples import HOSTILE

WORDS = wording()
WITHOUT_ROWS = {"cards", "narrative"}
"""What people begin with, and texts: they stand in a document as lists and paragraphs."""
DAY = datetime(2026, 1, 12, 2, tzinfo=UTC)
RESULT = SimpleNamespace(activity_id=7, version=1)
IDS = st.sampled_from(["1", "2", "3", "R1", "f2", "1.1", "s1"])
ROWS = st.lists(st.tuples(st.lists(IDS, max_size=2), st.text(max_size=8)), max_size=8)


def step(text: str, *, activity: int = 7, item: str = "1", told: Fault | None = None, **rest: Any) -> Any:
    known = {
        "version": 1,
        "topic": "2.1",
        "title": "Isu",
        "instrument": "cards",
        "adopted_at": DAY,
        "writers": (),
    }
    return SimpleNamespace(activity_id=activity, item_id=item, text=text, told=told, **{**known, **rest})


def card(text: str, **rest: Any) -> Any:
    return step(text, told=Fault("written", {"cards": 1, "guide": False}), **rest)


def references(*items: str) -> References:
    return References("Asal", {(7, 1): {item: (card(f"isi {item}", item=item),) for item in items}})


def table(rows: list[tuple[list[str], str]]) -> str:
    written = "".join(
        f'<tr data-item="{" ".join(ids)}"><td>{escape(text)}</td><td>1</td></tr>' for ids, text in rows
    )
    head, foot = "<tr><th>Uraian</th><th>Nilai</th></tr>", "<tr><th>Jumlah</th><th>3</th></tr>"
    return f"<table><caption>Isu</caption>{head}{written}{foot}</table>"


@given(ROWS, st.sets(IDS))
def test_a_row_that_is_known_gets_a_reference_and_no_other(
    rows: list[tuple[list[str], str]], known: set[str]
) -> None:
    found = references(*known)
    marked = str(found.marked(table(rows), RESULT))
    expected = [next((each for each in ids if each in known), "") for ids, _ in rows]
    if not any(expected):
        assert marked == table(rows)
        assert found.listed() == ()
        return
    order = list(dict.fromkeys(each for each in expected if each))
    given_cells = re.findall(r"<tr><td>.*?</td><td>1</td><td>(.*?)</td></tr>", marked, re.DOTALL)
    assert given_cells == [f"R{order.index(each) + 1}" if each else "" for each in expected]
    assert [each.number for each in found.listed()] == list(range(1, len(order) + 1))
    assert [each.steps[0].item_id for each in found.listed()] == order
    assert {row.count("<td") + row.count("<th") for row in marked.split("<tr")[1:]} == {3}
    assert marked.count("<th>Asal</th>") == 1


@given(ROWS)
def test_a_row_shown_again_keeps_its_number(rows: list[tuple[list[str], str]]) -> None:
    found = references("1", "R1")
    assert found.marked(table(rows), RESULT) == found.marked(table(rows), RESULT)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_stays_as_it_is(text: str) -> None:
    html = table([(["1"], text)])
    marked = str(references("1").marked(html, RESULT))
    assert f"<td>{escape(text)}</td>" in marked


def test_what_stands_around_tables_stays_as_it_is() -> None:
    html = (
        f'<p>R5 &lt;tr data-item="1"&gt;</p>{table([(["1"], "a")])}<ul><li>x</li></ul>{table([(["9"], "b")])}'
    )
    marked = str(references("1").marked(html, RESULT))
    before, _, after = marked.partition("<table>")
    assert before == html.partition("<table>")[0]
    assert after.endswith(html.partition("</table>")[2])


def test_another_version_has_references_of_its_own() -> None:
    way = (card("a"),)
    found = References("Asal", {(7, 1): {"1": way}, (7, 2): {"1": way}})
    html = table([(["1"], "a")])
    first = found.marked(html, RESULT)
    second = found.marked(html, SimpleNamespace(activity_id=7, version=2))
    assert "<td>R1</td>" in first
    assert "<td>R2</td>" in second


def test_the_chat_does_not_look_at_the_mark() -> None:
    html = table([(["1"], "air"), ([], "tanah")])
    plain = re.sub(r' data-item="[^"]*"', "", html)
    assert render.plain_pieces(html) == render.plain_pieces(plain)
    assert render.rich_pieces(html) == render.rich_pieces(plain)


def told(*ways: tuple[Any, ...], zone: str = "Asia/Jakarta") -> list[tuple[int, int, str, str]]:
    """The lines of a document whose rows have these ways."""
    found = References("Asal", {(way[0].activity_id, 1): {} for way in ways})
    for way in ways:
        found.origins[way[0].activity_id, 1][way[0].item_id] = way  # type: ignore[index]
    for activity in dict.fromkeys(way[0].activity_id for way in ways):
        mine = [([way[0].item_id], "x") for way in ways if way[0].activity_id == activity]
        found.marked(table(mine), SimpleNamespace(activity_id=activity, version=1))
    chapters = appendix(found.listed(), WORDS, zone)
    return [(line.first, line.last, line.text, line.way) for each in chapters for line in each.lines]


SCORED = Fault("scored", {"rank": 1, "places": 7, "total": "21/5", "complete": 8, "merged": False})
AGREED = Fault("agreed", {"agree": 7, "note": 1, "object": 1, "abstain": 0, "plenary": False})
CARD = "kartu anggota “Keran kering” (2.1, 12 Jan 2026)"
TOP = step("Air", activity=9, topic="2.4", instrument="agreement", told=AGREED)
MIDDLE = step("Air", activity=8, topic="2.3", instrument="scoring", told=SCORED)


def test_a_way_is_told_from_its_beginning() -> None:
    assert told((TOP, MIDDLE, card("Keran kering"))) == [
        (1, 1, "Air", f"{CARD} → peringkat 1 dari 7, nilai 4,2 (2.3, 12 Jan 2026) → disepakati 8 dari 9")
    ]


def test_who_wrote_is_told_where_the_pokja_shows_it() -> None:
    signed = card("Keran kering", writers=["Siti <b>", "Budi"])
    assert [way for *_, way in told((MIDDLE, signed))] == [
        "kartu anggota, ditulis Siti <b>, Budi “Keran kering” (2.1, 12 Jan 2026) → peringkat 1 dari 7, nilai 4,2"
    ]


def test_a_way_through_a_row_of_the_document_is_told_from_there() -> None:
    ways = ((MIDDLE, card("Keran kering")), (TOP, MIDDLE, card("Keran kering")))
    assert [way for *_, way in told(*ways)] == [
        f"{CARD} → peringkat 1 dari 7, nilai 4,2",
        f"{CARD} → … R1 → disepakati 8 dari 9",
    ]
    assert [way for *_, way in told((card("Air"),), (TOP, MIDDLE, card("Air")))][1] == (
        "R1 → peringkat 1 dari 7, nilai 4,2 (2.3, 12 Jan 2026) → disepakati 8 dari 9"
    )


def test_rows_that_came_the_same_way_share_a_line() -> None:
    ways = [(card(f"isi {n}", item=n),) for n in ("1", "2", "3")]
    assert told(*ways) == [(1, 3, "isi 1", "kartu anggota")]


@pytest.mark.parametrize("instrument", [each.name for each in INSTRUMENTS])
def test_every_step_that_phones_tell_has_short_words_for_paper(instrument: str) -> None:
    traced = [key.removeprefix("trace.") for key in WORDS._vocabulary(instrument) if key.startswith("trace.")]
    assert [code for code in traced if not WORDS.has(f"origin.{code}", instrument)] == []


@pytest.mark.parametrize("instrument", [each.name for each in INSTRUMENTS if each.name not in WITHOUT_ROWS])
def test_every_template_marks_its_rows_for_paper(instrument: str) -> None:
    source = (TEMPLATES / "instruments" / f"{instrument}.html").read_text("utf-8")
    blocks = re.findall(r"{% block (result|paper) %}(.*?){% endblock %}", source, re.DOTALL)
    assert [name for name, block in blocks if "data-item=" not in block] == []


def test_days_are_those_of_the_zone() -> None:
    late = datetime(2026, 1, 12, 16, tzinfo=UTC)
    ways = (TOP, step("Air", told=None, adopted_at=late))
    assert told(ways)[0][3].startswith("Isu (2.1, 12 Jan 2026)")
    assert told(ways, zone="Asia/Jayapura")[0][3].startswith("Isu (2.1, 13 Jan 2026)")


@given(st.data())
def test_every_way_is_told_once_and_ends(data: st.DataObject) -> None:
    """Whatever rows of one another's ways a document shows, the numbers it sends a reader to are there."""
    steps = [step(f"t{n}", activity=n, topic=f"1.{n}") for n in range(1, 7)]
    shown = data.draw(st.lists(st.integers(1, 6), unique=True, min_size=1))
    lines = told(*(tuple(reversed(steps[:n])) for n in shown))
    assert [first for first, *_ in lines] == list(range(1, len(shown) + 1))
    named = {int(number) for *_, way in lines for number in re.findall(r"R(\d+)", way)}
    assert named <= {first for first, *_ in lines}
