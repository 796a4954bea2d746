import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from documents.paper import reading
from documents.paper.model import Contents, headings
from documents.paper.page_setup import A3
from documents.pdf import writer
from tests.documents.support import figure_samples, paper_samples, paper_texts
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT, PAGE_SETUP
from tests.support.paths import ROOT
from tests.support.pictures import size as dimensions

A4_POINTS = (595, 842)


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in read(data).pages]


def size(page: object) -> tuple[int, int]:
    box = page.mediabox
    return round(box.width), round(box.height)


def squeezed(text: str) -> str:
    """Its letters, however a font joins them."""
    return paper_texts.squeezed(unicodedata.normalize("NFKC", text))


def test_every_page_says_its_number_and_the_note():
    pages = texts(writer.pdf(paper_samples.ordinary(), PAGE_SETUP))
    assert len(pages) == 4
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari 4" in text
        assert PAGE_SETUP.note in text


def test_only_a_draft_is_marked_and_on_every_page():
    html = paper_samples.ordinary()
    drafts = texts(writer.pdf(html, replace(PAGE_SETUP, draft=True)))
    assert all("DRAF – belum ditetapkan" in text for text in drafts)
    assert len(drafts) == 4
    assert not any("DRAF" in text for text in texts(writer.pdf(html, PAGE_SETUP)))


def test_a_table_that_goes_on_shows_its_head_again():
    pages = texts(writer.pdf(paper_samples.table(120), PAGE_SETUP))
    assert len(pages) > 2
    assert all("Kolom 2" in text and "Biaya" in text for text in pages)
    rows = [int(found) for text in pages for found in re.findall(r"^(\d+) ?Pembangunan", text, re.MULTILINE)]
    assert rows == list(range(1, 121))


def test_a_wide_table_turns_its_pages_and_takes_its_heading_along():
    pages = read(writer.pdf(paper_samples.ordinary(), PAGE_SETUP)).pages
    turned = [page for page in pages if size(page) == A4_POINTS[::-1]]
    assert [size(page) for page in pages].count(A4_POINTS) == 3
    (wide,) = turned
    assert "Rincian" in wide.extract_text()
    assert "Kolom 10" in wide.extract_text()


def test_a_few_lines_between_wide_tables_do_not_turn_the_page_back():
    wide = paper_samples.table(3, 12)
    pages = read(writer.pdf(f"{wide}<p>Sebentar.</p>{wide}<p>Akhir.</p>", PAGE_SETUP)).pages
    assert {size(page) for page in pages} == {A4_POINTS[::-1]}


def test_a_few_lines_that_close_a_wide_table_do_not_turn_the_page_back():
    html = f'{paper_samples.table(3, 12)}<p>Catatan penutup.</p><hr class="page"><h1>Lampiran</h1><p>Isi.</p>'
    reader = read(writer.pdf(html, PAGE_SETUP))
    assert [size(page) for page in reader.pages] == [A4_POINTS[::-1], A4_POINTS]
    assert "Catatan penutup." in reader.pages[0].extract_text()


def test_lines_that_lead_to_an_upright_table_stand_on_its_page():
    html = f"{paper_samples.table(3, 12)}<p>Tabel berikut lebih sempit.</p>{table(40)}"
    pages = texts(writer.pdf(html, PAGE_SETUP))
    assert "Tabel berikut" not in pages[0]
    assert "Baris-0" in next(text for text in pages if "Tabel berikut" in text)


def table(rows: int, columns: int = 2, caption: str = "") -> str:
    head = "".join(f"<th>Kolom {n}</th>" for n in range(columns))
    body = "".join(f"<tr><td>Baris-{row}</td>{'<td>isi</td>' * (columns - 1)}</tr>" for row in range(rows))
    return f"<table><caption>{caption}</caption><tr>{head}</tr>{body}</table>"


@pytest.mark.parametrize("above", range(28, 40))
@pytest.mark.parametrize("caption", ["", "Judul tabel"])
def test_a_heading_its_lines_and_the_beginning_of_its_table_stay_together(above: int, caption: str):
    filling = "".join(f"<p>Alinea {n}</p>" for n in range(above))
    html = f"{filling}<h2>Bagian</h2><p>Pengantar.</p>{table(12, caption=caption)}"
    (page,) = [text for text in texts(writer.pdf(html, PAGE_SETUP)) if "Baris-0" in text]
    assert all(word in page for word in ("Bagian", "Pengantar.", caption, "Kolom 1"))
    assert page.count("Kolom 1") == 1


def test_a_heading_stays_with_its_list():
    items = "".join(f"<li>Butir {n}</li>" for n in range(12))
    for above in range(28, 40):
        filling = "".join(f"<p>Alinea {n}</p>" for n in range(above))
        (page,) = [
            t
            for t in texts(writer.pdf(f"{filling}<h2>Catatan</h2><ul>{items}</ul>", PAGE_SETUP))
            if "Butir 0" in t
        ]
        assert "Catatan" in page


def test_a_heading_stays_with_its_text():
    for above in range(28, 40):
        filling = "".join(f"<p>Alinea {n}</p>" for n in range(above))
        for said in ("Singkat.", "Panjang sekali. " * 60):
            html = f"{filling}<h2>Bagian</h2><p>{said}</p><h2>Lain</h2><p>Lagi.</p>"
            (page,) = [text for text in texts(writer.pdf(html, PAGE_SETUP)) if "Bagian" in text]
            assert said.split()[0] in page.partition("Bagian")[2]


def test_short_parts_one_after_another_fill_their_page():
    parts = "".join(f"<h2>Bagian {n}</h2><p>Singkat.</p>" for n in range(40))
    pages = texts(writer.pdf(f"{parts}{table(12)}", PAGE_SETUP))
    counts = [text.count("Bagian") for text in pages if "Bagian" in text]
    assert sum(counts) == 40
    assert min(counts[:-1]) > 11


def test_a_heading_stays_with_its_figure():
    svg = figure_samples.rings(figure_samples.ISSUES, 600)
    filling = "".join(f"<p>Alinea {n}</p>" for n in range(18))
    pages = texts(writer.pdf(f"{filling}<h2>Bagian</h2><figure>{svg}</figure>", PAGE_SETUP))
    assert "Bagian" not in pages[0]
    assert "Bagian" in pages[1]


def test_a_new_page_before_a_turned_one_leaves_no_empty_page():
    html = f'<p>Awal</p><hr class="page"><h1>Lebar</h1>{table(3, 14)}<hr class="page"><h1>Akhir</h1>'
    pages = texts(writer.pdf(html, PAGE_SETUP))
    assert [next(word for word in ("Awal", "Lebar", "Akhir") if word in page) for page in pages] == [
        "Awal",
        "Lebar",
        "Akhir",
    ]


def test_a_few_lines_between_a_heading_and_its_wide_table_go_along():
    pages = texts(writer.pdf(f"<p>Awal</p><h2>Lebar</h2><p>Pengantar.</p>{table(3, 14)}", PAGE_SETUP))
    assert "Lebar" not in pages[0]
    assert all(word in pages[1] for word in ("Lebar", "Pengantar.", "Kolom 13"))


def test_a_small_table_between_wide_ones_stays_on_a_turned_page():
    html = f"<h2>Satu</h2>{table(3, 14)}<h2>Dua</h2>{table(3)}<h2>Tiga</h2>{table(3, 14)}"
    reader = read(writer.pdf(html, PAGE_SETUP))
    assert {size(page) for page in reader.pages} == {A4_POINTS[::-1]}


def test_a_poster_is_as_large_as_asked():
    pages = read(writer.pdf("<h1>Rencana</h1>", replace(PAGE_SETUP, paper=A3, landscape=True))).pages
    assert [size(page) for page in pages] == [(1191, 842)]


def test_the_contents_name_the_page_each_heading_is_on():
    html = paper_samples.sixty_pages()
    pages = texts(writer.pdf(html, PAGE_SETUP))
    found = headings(reading.read(html))
    contents = next(at for at, text in enumerate(pages) if "Bab 1 Keadaan" in text and "9.1 Kegiatan" in text)
    listed = "\n".join(pages[: contents + 2])
    assert len(found) == 40
    for heading in found:
        said = "".join(run.text for run in heading.runs)
        (number,) = re.findall(rf"^{re.escape(said)}\s*(\d+)$", listed, re.MULTILINE)
        assert said in pages[int(number) - 1]


@pytest.fixture(scope="module")
def hostile() -> list[str]:
    return texts(writer.pdf(paper_samples.hostile(), PAGE_SETUP))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_typed(hostile, text):
    shown, wanted = squeezed("".join(hostile)), squeezed(text)
    assert wanted in shown or wanted[::-1] in shown  # a reader may give what runs from the right turned round


def test_a_very_long_cell_is_shown_to_its_end(hostile):
    assert squeezed(LONG_TEXT) in squeezed("".join(hostile))


def test_a_cell_longer_than_a_page_goes_on_on_the_next():
    long = " ".join(f"kata{number}" for number in range(3000))
    pages = texts(
        writer.pdf(
            f"<table><tr><th>No</th><th>Isi</th></tr><tr><td>1</td><td>{long}</td></tr></table>", PAGE_SETUP
        )
    )
    assert len(pages) > 1
    assert re.findall(r"kata(\d+)", " ".join(pages)) == [str(number) for number in range(3000)]


def test_it_says_whose_it_is():
    about = read(writer.pdf("<p>x</p>", PAGE_SETUP)).metadata
    assert about.title == PAGE_SETUP.title
    assert about.author == PAGE_SETUP.author
    assert about.creation_date == PAGE_SETUP.made_at


@pytest.mark.parametrize("title", ["\x00\x1f", "\ud800 kata", "a\nb", "", "x" * 3000])
def test_any_title_can_be_kept(title):
    assert (
        len(texts(writer.pdf("<p>x</p>", replace(PAGE_SETUP, title=title, author=title, note=title[:200]))))
        == 1
    )


def test_nothing_is_fetched(tmp_path, capfd):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi rahasia")
    html = (
        f'<p><img src="{secret.as_uri()}" alt="gambar satu"></p><img src="http://127.0.0.1:9/x.png" alt="gambar dua">'
        f'<link rel="stylesheet" href="{secret.as_uri()}"><iframe src="{secret.as_uri()}"></iframe>'
        f"<style>@import url({secret.as_uri()})</style><script>document.write('jahat')</script><p>Selesai</p>"
    )
    (text,) = texts(writer.pdf(html, PAGE_SETUP))
    assert "gambar satu" in text
    assert "gambar dua" in text
    assert "Selesai" in text
    assert "rahasia" not in text
    assert "jahat" not in text
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "source",
    [
        "data:image/png;base64,AAAA",
        "data:image/png;base64,!!!",
        "data:text/html;base64,PGI+",
        "drawing:7",
        "drawing:x",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgD/////////CAYAAAA=",
    ],
)
def test_a_picture_that_is_none_gives_way_to_its_words(source):
    (text,) = texts(writer.pdf(f'<figure><img src="{source}" alt="Lambang"></figure><p>x</p>', PAGE_SETUP))
    assert "Lambang" in text


def test_an_empty_document_has_a_page():
    (text,) = texts(writer.pdf("", PAGE_SETUP))
    assert "Halaman 1 dari 1" in text


def test_pages_as_pictures():
    pictures = writer.page_pictures(paper_samples.ordinary(), PAGE_SETUP, width=600)
    assert [dimensions(png)[0] for png in pictures] == [600] * 4
    upright, turned = dimensions(pictures[0]), dimensions(pictures[2])
    assert upright[0] / upright[1] == pytest.approx(210 / 297, rel=0.01)
    assert turned[0] / turned[1] == pytest.approx(297 / 210, rel=0.01)
    assert all(len(png) > 5000 for png in pictures)  # an empty page takes far less


def test_a_table_as_a_picture_is_a_phone_wide_or_as_wide_as_its_words_need():
    narrow = dimensions(
        writer.picture("<table><tr><th>No</th><th>Isi</th></tr><tr><td>1</td><td>ya</td></tr></table>")
    )
    wide = dimensions(writer.picture(paper_samples.table(3, 11)))
    assert narrow[0] == writer.PHONE * writer.SHARP
    assert narrow[0] < wide[0] <= writer.WIDEST * writer.SHARP
    assert narrow[1] < 500


def test_figures_are_in_the_pdf_with_their_text():
    svg = figure_samples.bars(figure_samples.ISSUES, 620)
    html = f"<figure>{svg}<figcaption>Gambar 1. Peringkat</figcaption></figure>"
    (text,) = texts(writer.pdf(html, PAGE_SETUP))
    assert "Gambar 1. Peringkat" in text
    assert "Sampah tidak terangkut" in text


def test_inner_contents_know_only_what_they_have():
    document = reading.read('<nav class="contents"></nav><h1>Satu</h1>')
    assert isinstance(document[0].blocks[0], Contents)
    assert len(texts(writer.pdf('<nav class="contents"></nav>', PAGE_SETUP))) == 1


BARE = """
import sys
from tests.documents.support import paper_samples
from documents.pdf import writer as pdf
sys.stdout.buffer.write(pdf.pdf(paper_samples.hostile(), paper_samples.PAGE_SETUP))
"""


def test_a_machine_without_fonts_makes_the_same_pages_and_ends_in_peace(hostile, tmp_path: Path):
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    env = {
        "FONTCONFIG_PATH": str(tmp_path),
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", BARE], env=env, cwd=ROOT, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert texts(done.stdout) == hostile
    # (CairoFont is Noto Emoji too: where its bold comes first, cairo embeds a font of variable weight as shapes)
    fonts = {str(name) for page in read(done.stdout).pages for name in fonts_of(page)}
    assert {name.split("+")[-1].split("-")[0] for name in fonts} <= {
        "LiberationSans",
        "DejaVuSans",
        "NotoEmoji",
        "CairoFont",
    }


def fonts_of(page: object) -> list[str]:
    return [font.get_object()["/BaseFont"].strip("/") for font in page["/Resources"]["/Font"].values()]
