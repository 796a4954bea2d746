"""Charts over several pages, and the poster: everything on them, nothing outside."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.figures.drawing import height_of
from documents.figures.gantt import Task, gantts
from documents.figures.lettering import SIZE, width
from documents.figures.poster import Notice, Stage, Text, poster
from documents.language.indonesian import period, short_period
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT

SVG = "{http://www.w3.org/2000/svg}"
WIDE, HIGH = 1400, 900
BEGIN = date(2026, 11, 23)


def lines(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in etree.fromstring(svg).iter(f"{SVG}text")]


def said(svg: str) -> str:
    return "".join("".join(lines(svg)).split())


def process(stages: int, topics: int, title: str = "Rancangan peningkatan kapasitas") -> Text:
    return Text(
        "Jadwal Kerja Pokja",
        ("23 November 2026",),
        tuple(
            Stage(
                f"{s}. Tahap",
                "Bappeda",
                tuple(
                    Notice(
                        f"{s}.{t} {title}",
                        short_period(BEGIN, BEGIN + timedelta(t)),
                        "Dinas PUPR",
                        done=t == 1,
                    )
                    for t in range(1, topics + 1)
                ),
            )
            for s in range(1, stages + 1)
        ),
    )


def type_of(svg: str) -> float:
    """Points of the letters as they are shown."""
    root = etree.fromstring(svg)
    return SIZE * int(root.get("width")) / float(root.get("viewBox").split()[2]) * 0.75


@pytest.mark.parametrize(("stages", "topics", "points"), [(1, 1, 36), (2, 3, 26), (7, 3, 16)])
def test_the_type_is_as_big_as_the_sheet_allows(stages: int, topics: int, points: int) -> None:
    drawn = poster(process(stages, topics), "Poster", WIDE, HIGH)
    assert type_of(drawn) >= points
    assert height_of(drawn) <= HIGH + 10


@settings(max_examples=25)
@given(
    st.integers(1, 8),
    st.integers(1, 6),
    st.sampled_from(["Isu", "Analisis persoalan", HOSTILE, "kata " * 12]),
)
def test_everything_is_on_the_poster_and_nothing_beside_it(stages: int, topics: int, title: str) -> None:
    text = process(stages, topics, title)
    root = etree.fromstring(poster(text, "Poster", WIDE, HIGH))
    across, deep = (float(each) for each in root.get("viewBox").split()[2:])
    for node in root.iter(f"{SVG}text"):
        big = 1.6 if node.getparent().tag == f"{SVG}g" else 1.0
        long = width("".join(node.itertext()), bold=node.get("font-weight") == "bold")
        assert (float(node.get("x")) + long) * big <= across + 1
        assert float(node.get("y")) * big <= deep
    words = said(etree.tostring(root).decode())
    for stage in text.stages:
        for notice in stage.notices:
            assert "".join(notice.days.split()) in words
            assert notice.title.split()[0] in words


def test_what_is_too_much_for_the_sheet_makes_it_higher() -> None:
    drawn = poster(process(30, 20, LONG_TEXT[:200]), "Poster", WIDE, HIGH)
    assert height_of(drawn) > HIGH
    assert said(drawn).count("Dinas") == 600


def test_no_topics_at_all() -> None:
    assert "JadwalKerjaPokja" in said(poster(Text("Jadwal Kerja Pokja", (), ()), "Poster", WIDE, HIGH))


def tasks(groups: int, each: int) -> list[Task]:
    found = []
    for group in range(groups):
        found.append(Task(f"Tahap {group}", date.min, date.min, heading=True))
        found += [Task(f"T{group}.{at}", BEGIN, BEGIN + timedelta(at)) for at in range(each)]
    return found


@pytest.mark.parametrize("most", [120, 300, 640, 5000])
def test_charts_are_low_enough_and_hold_every_task_once(most: int) -> None:
    charts = gantts(tasks(5, 6), "Jadwal", 600, most)
    assert all(height_of(chart) <= most + 10 for chart in charts)
    labels = [line for chart in charts for line in lines(chart) if line[0] == "T" and "." in line]
    assert labels == [f"T{group}.{at}" for group in range(5) for at in range(6)]
    assert all(lines(chart)[-1].startswith("T") and "." in lines(chart)[-1] for chart in charts)


def test_a_stage_stays_together_where_it_fits() -> None:
    charts = gantts(tasks(4, 6), "Jadwal", 600, 420)
    assert [[line for line in lines(chart) if line.startswith("Tahap")] for chart in charts] == [
        ["Tahap 0", "Tahap 1"],
        ["Tahap 2", "Tahap 3"],
    ]


def test_a_day_mistyped_by_centuries_does_no_harm() -> None:
    far = [Task("Salah ketik", date(1, 1, 1), date(9999, 12, 31)), Task("Benar", BEGIN, BEGIN)]
    (drawn,) = gantts(far, "Jadwal", 600, 640)
    assert len(drawn) < 60_000
    assert "Benar" in lines(drawn)


def test_charts_of_nothing() -> None:
    assert gantts([], "Jadwal", 600, 500) == ()


@pytest.mark.parametrize(
    ("first", "last", "long", "short"),
    [
        (date(2026, 2, 2), date(2026, 2, 2), "2 Februari 2026", "2 Feb 2026"),
        (date(2026, 2, 2), date(2026, 2, 13), "2–13 Februari 2026", "2–13 Feb 2026"),
        (date(2026, 11, 23), date(2026, 12, 4), "23 November – 4 Desember 2026", "23 Nov – 4 Des 2026"),
        (
            date(2026, 12, 21),
            date(2027, 1, 7),
            "21 Desember 2026 – 7 Januari 2027",
            "21 Des 2026 – 7 Jan 2027",
        ),
    ],
)
def test_from_day_to_day(first: date, last: date, long: str, short: str) -> None:
    assert (period(first, last), short_period(first, last)) == (long, short)
