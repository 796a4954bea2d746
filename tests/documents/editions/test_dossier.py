"""Documents that a process file describes: whatever people typed, what is missing, what was left out."""

import copy
import io
import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest

from documents.editions import printing
from documents.editions.html import html_of
from domain.documents.editions import Calculation, Edition, Letterhead, Signer, Source
from domain.freezing import plain, revive
from domain.instruments.registry import INSTRUMENTS
from domain.process.figures import BARS, LIGHTS, MATRIX, QUADRANTS, RINGS, TREE, Figure
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT
from tests.documents.support.paper_texts import pdf_pages, sheets, squeezed, word_text
from tests.support.cast import HENDRA, SITI
from tests.support.scenes import SCENES
from usecases.activities.outcomes import Result
from usecases.documents.kinds.dossier import Chapter, Part

MADE = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
MARK = "Xyzzy"
NAMES = sorted(SCENES.keys() - {"date_poll"})
FIGURES = {"scoring": BARS, "weighting": BARS, "selection": BARS, "pairwise": MATRIX, "rating_rings": RINGS}
EMOJI = ("🔴", "🟡", "🟢", "⚑", "✅", "❌", "⚖️", "↳", "🎯", "📅", "▫️")
"""What belongs into a chat."""


def result(name: str, text: str, *, title: str = "", version: int = 1, days: int = 0) -> Result:
    """An adopted result in which that text is said wherever people can say something, as it was kept."""
    desk = SCENES[name](MARK)
    return Result(
        activity_id=NAMES.index(name) + 1,
        title=title or f"Kegiatan {name}",
        instrument=name,
        prompt="",
        version=version,
        adopted_by=SITI,
        adopted_at=MADE + timedelta(days=days),
        sha256="ab" * 32,
        zone="Asia/Jakarta",
        sheet=desk.sheet,
        result=revive(said_instead(plain(INSTRUMENTS[name].tally(desk.sheet, desk.ballots)), text)),
        figure=Figure(FIGURES[name]) if name in FIGURES else None,
    )


def said_instead(data: Any, text: str) -> Any:
    """The data with that text in the place of the mark: longer than anybody could type it, too."""
    if isinstance(data, str):
        return data.replace(MARK, text)
    if isinstance(data, list):
        return [said_instead(each, text) for each in data]
    return {key: said_instead(each, text) for key, each in data.items()} if isinstance(data, dict) else data


def part(found: Result, **more: Any) -> Part:
    return Part(f"1.1/{found.instrument}", found.title, "1.1 Isu", found, **more)


def edition(parts: Sequence[Part], **more: Any) -> Edition:
    chapters = (
        Chapter("Hasil", tuple(parts), "Bab 1", "Bab ini memuat hasil kegiatan."),
        Chapter("Satu saja", tuple(parts[-1:])),
    )
    found = [each for one in parts for each in one.results()]
    facts = {"process": "Proses contoh", "chapters": chapters, "cover": True, "signed": True}
    made = Edition(
        "dossier",
        "Dokumen contoh",
        "Pokja Air",
        "Kabupaten Sukamaju",
        "Asia/Jakarta",
        MADE,
        facts,
        missing=tuple(each.title for each in parts if each.is_missing),
        letterhead=Letterhead(("PEMERINTAH KABUPATEN SUKAMAJU",), "Jalan Merdeka 1", "Sukamaju"),
        signers=(Signer("Ketua Pokja", HENDRA, "19700101 199001 1 001"),),
        calculations=tuple(Calculation(each.instrument, each.title, each.result) for each in found),
        sources=tuple(
            Source(each.activity_id, "1.1/x", each.title, each.version, each.sha256) for each in found
        ),
    )
    return replace(made, **more)


def shown(made: Edition) -> dict[str, str]:
    """What a reader finds in each format, without blanks: where a line breaks is the page's business."""
    book = sheets(printing.printed(made, "excel").content)
    cells = [str(cell) for rows in book.values() for row in rows for cell in row if cell is not None]
    return {
        "pdf": squeezed("".join(pdf_pages(printing.printed(made, "pdf").content))),
        "word": squeezed(word_text(printing.printed(made, "word").content)),
        "excel": squeezed("".join(cells)),
    }


def opened(made: Edition) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(printing.printed(made, "excel").content))


@pytest.fixture(scope="module")
def everything() -> tuple[Edition, dict[str, str]]:
    """Every instrument, and in each another hostile text."""
    texts = itertools.cycle(HOSTILE)
    parts = [part(result(name, text, title=text[:200])) for name, text in zip(NAMES, texts, strict=False)]
    made = edition(parts)
    return made, shown(made)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isascii()])
@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_hostile_text_is_shown_as_typed(
    everything: tuple[Edition, dict[str, str]], kind: str, text: str
) -> None:
    assert squeezed(text) in everything[1][kind]


def test_no_text_becomes_a_formula_of_a_workbook(everything: tuple[Edition, dict[str, str]]) -> None:
    book = opened(everything[0])
    found = [cell for page in book for row in page.iter_rows() for cell in row]
    assert any("=HYPERLINK(" in str(cell.value) and cell.data_type == "s" for cell in found)
    assert not any("example.com" in str(cell.value) for cell in found if cell.data_type == "f")


def test_a_very_long_text_is_there_to_its_end() -> None:
    said = shown(edition([part(result("cards", LONG_TEXT))]))
    assert all(squeezed(LONG_TEXT) in said[kind] for kind in ("pdf", "word"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["<b>&\"'</b> {{ 7*191 }} {% raw %}", LONG_TEXT])
def test_every_instrument_can_be_put_on_paper_whatever_it_holds(name: str, text: str) -> None:
    html = html_of(edition([part(result(name, text))]))
    assert "1337" not in html
    assert "<b>&\"'" not in html
    assert not any(sign in html for sign in EMOJI)


def test_headings_are_counted_and_go_down_one_by_one() -> None:
    parts = [part(result(name, "Air keruh")) for name in NAMES]
    html = html_of(edition(parts))
    levels = [int(line[2]) for line in html.splitlines() if line[:2] == "<h" and line[2].isdigit()]
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels[1:]))
    assert "<h1>Bab 1. Hasil</h1>" in html
    assert "<h1>2. Satu saja</h1>" in html
    assert "<h2>1.1 Kegiatan agreement</h2>" in html
    assert "<h2>1.2 " in html


def test_a_manuscripts_sections_are_sections_of_the_document() -> None:
    found = result("narrative", "Air keruh")
    html = html_of(edition([part(found)]))
    assert "Kegiatan narrative</h2>" not in html
    assert all(f" {passage.title}</h2>" in html for passage in found.result.passages)


def test_what_is_missing_and_what_was_left_out_are_named() -> None:
    parts = [
        part(result("cards", "Air keruh")),
        Part("1.1/a", "Rencana kerja", "1.1 Isu", None),
        Part(
            "1.1/b", "Skor drainase", "1.1 Isu", None, skipped=True, reason="Tidak ada kegiatan <drainase>."
        ),
    ]
    made = edition(parts)
    assert made.missing == ("Rencana kerja",)
    for kind, said in shown(made).items():
        assert squeezed("Rencana kerja") in said, kind
    said = shown(made)["pdf"]
    assert squeezed("Belum ada: hasil kegiatan ini belum ditetapkan (topik 1.1 Isu).") in said
    assert squeezed("Kegiatan ini tidak dilaksanakan. Alasan: Tidak ada kegiatan <drainase>.") in said


def test_every_period_of_what_is_done_anew_is_there() -> None:
    first, last = (result("worksheet", f"Periode {n}", version=n, days=31 * (n - 1)) for n in (1, 2))
    said = shown(edition([part(last, earlier=(first,))]))
    for kind in ("pdf", "word"):
        assert squeezed("Masa 1, ditetapkan 23 November 2026") in said[kind]
        assert squeezed("Masa 2, ditetapkan 24 Desember 2026") in said[kind]
    assert all(f"Periode{n}" in said["excel"] for n in (1, 2))


def test_a_document_with_a_cover_names_whose_it_is_and_when() -> None:
    pages = pdf_pages(printing.printed(edition([part(result("cards", "Air keruh"))]), "pdf").content)
    assert all(
        word in pages[0]
        for word in (
            "PEMERINTAH KABUPATEN",
            "DOKUMEN CONTOH",
            "Pokja Air",
            "Kabupaten Sukamaju",
            "November 2026",
        )
    )
    assert "Daftar Isi" in pages[1]
    assert "Bab 1. Hasil" in pages[2]


def test_one_without_begins_at_once() -> None:
    made = edition([part(result("cards", "Air keruh"))])
    pages = pdf_pages(printing.printed(replace(made, facts={**made.facts, "cover": False}), "pdf").content)
    assert "Daftar Isi" not in "".join(pages)
    assert "Bab 1. Hasil" in pages[0]


@pytest.mark.parametrize("signed", [True, False])
def test_it_is_signed_where_the_process_says_so(signed: bool) -> None:
    made = edition([part(result("cards", "Air keruh"))])
    html = html_of(replace(made, facts={**made.facts, "signed": signed}))
    assert (HENDRA in html) is signed


def test_figures_are_numbered_and_a_matrix_is_not_drawn_beside_its_table() -> None:
    html = html_of(edition([part(result(name, "Air keruh")) for name in sorted(FIGURES)]))
    assert html.count("<svg") == html.count("<figure>") > 0
    assert "Gambar 1. " in html
    assert "Gambar 2. " in html
    assert "Kegiatan pairwise</figcaption>" not in html


@pytest.mark.parametrize("kind", [QUADRANTS, TREE, LIGHTS])
def test_a_figure_with_nothing_to_show_is_left_out(kind: str) -> None:
    name = "cards" if kind == QUADRANTS else "worksheet"
    found = replace(result(name, "Air keruh"), figure=Figure(kind))
    empty = revive({**plain(vars(found.result)), "rows": [], "columns": []})
    assert "<svg" not in html_of(edition([part(replace(found, result=empty))]))


def test_the_contents_of_a_workbook_lead_to_its_sheets() -> None:
    book = opened(edition([part(result("scoring", "Air keruh"))]))
    links = [
        cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink
    ]
    assert links
    assert {link.rpartition("!")[0].strip("'").replace("''", "'") for link in links} <= set(book.sheetnames)


def test_the_same_edition_is_worded_once() -> None:
    made = edition([part(result("cards", "Air keruh"))])
    assert html_of(made) is html_of(copy.deepcopy(made))
    assert html_of(replace(made, title="Lain")) is not html_of(made)
