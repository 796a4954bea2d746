import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pypdf import PdfReader

from documents.pdf import writer
from documents.word import writer as word_writer
from tests.documents.support import figure_samples, paper_samples
from tests.documents.support.office import converted
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT, PAGE_SETUP


def opened(html: str, **changes: object) -> docx.document.Document:
    return docx.Document(io.BytesIO(word_writer.word(html, replace(PAGE_SETUP, **changes))))


def parts(html: str, **changes: object) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(word_writer.word(html, replace(PAGE_SETUP, **changes)))) as file:
        return {
            name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))
        }


def every_text(document: docx.document.Document) -> list[str]:
    """Of each paragraph, those in tables too."""
    found = document.element.body.iter(qn("w:p"))
    return [
        "".join("\n" if node.tag == qn("w:br") else node.text or "" for node in p.iter(qn("w:t"), qn("w:br")))
        for p in found
    ]


def test_headings_and_text_have_real_styles():
    document = opened(paper_samples.ordinary())
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["BERITA ACARA KESEPAKATAN"] == "Title"
    assert styles["Pembukaan"] == "Heading 1"
    assert styles["Kegiatan"] == "Heading 2"
    assert styles["Kegiatan dan biaya"] == "Caption"
    assert styles["Kota Contoh, 23 November 2026"] == "Di Kanan"
    assert all(style.font.name == "Arial" for style in document.styles if style.name in set(styles.values()))


def test_marks_are_runs_and_links_lead_where_they_say():
    document = opened(
        '<p>a <b>tebal</b> <i>miring</i> <u>garis</u> <a href="https://contoh.id/?a=1&amp;b=2">tautan</a></p>'
    )
    (paragraph,) = [p for p in document.paragraphs if "tebal" in p.text]
    assert [run.text for run in paragraph.runs if run.bold] == ["tebal"]
    assert [run.text for run in paragraph.runs if run.italic] == ["miring"]
    (link,) = paragraph.hyperlinks
    assert (link.text, link.address) == ("tautan", "https://contoh.id/?a=1&b=2")


def test_table_heads_are_repeated_and_rows_kept_whole():
    document = opened(paper_samples.table(60))
    (table,) = document.tables
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True] + [False] * 60
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[60].cells][0::3] == ["60", "Rp75000.000"]


def test_columns_are_as_wide_as_their_text_needs_and_fill_the_page():
    (table,) = opened(paper_samples.table(3)).tables
    widths = [column.width.mm for column in table.columns]
    assert sum(widths) == pytest.approx(165, abs=0.5)
    assert widths[0] < 15 < widths[1]


def test_spans_go_down_and_across():
    html = (
        "<table><tr><th rowspan=2>A</th><th colspan=2>B</th></tr><tr><th>C</th><th>D</th></tr>"
        "<tr><td rowspan=2>x</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "<tr><td colspan=3>semua</td></tr></table>"
    )
    (table,) = opened(html).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["A", "B", "B"], ["A", "C", "D"], ["x", "1", "2"], ["x", "3", "4"], ["semua"] * 3]


def test_a_wide_table_has_a_section_of_its_own():
    sections = opened(paper_samples.ordinary()).sections
    assert [each.orientation for each in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert round(sections[1].page_width.mm) == 297
    assert round(sections[0].left_margin.mm) == 25


def test_the_foot_counts_pages_and_the_head_marks_a_draft():
    for section in opened(paper_samples.ordinary(), draft=True).sections:
        codes = [node.text.strip() for node in section.footer._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]
        (foot,) = section.footer.paragraphs
        assert foot.text == f"{PAGE_SETUP.note}\tHalaman 1 dari 1"
        assert "DRAF – belum ditetapkan" in section.header.paragraphs[0].text
    final = parts(paper_samples.ordinary())
    assert not any("DRAF" in xml for xml in final.values())


def test_the_contents_are_a_field_that_lists_the_headings():
    document = opened('<nav class="contents"></nav><h1>Satu &amp; &lt;b&gt;</h1><h2>Dua</h2><h3>Tiga</h3>')
    codes = [node.text for node in document.element.body.iter(qn("w:instrText"))]
    assert codes == [r' TOC \o "1-2" \h \z \u ']
    shown = [(p.text, p.style.name) for p in document.paragraphs if p.style.name.startswith("toc")]
    assert shown == [("Satu & <b>", "toc 1"), ("Dua", "toc 2")]
    marks = {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}
    leads = {node.get(qn("w:anchor")) for node in document.element.body.iter(qn("w:hyperlink"))}
    assert leads <= marks


def test_each_numbered_list_begins_anew():
    document = opened("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><ol start=5><li>d</li></ol>")
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr.numPr is not None]
    levels = [p._p.pPr.numPr.ilvl.val for p in document.paragraphs if p._p.pPr.numPr is not None]
    assert numbers[0] == numbers[1] != numbers[3]
    assert levels == [0, 0, 1, 0]
    numbering = parts("<ol start=5><li>d</li></ol>")["word/numbering.xml"]
    assert '<w:startOverride w:val="5"/>' in numbering


def test_the_letterhead_has_its_logo_and_signatures_their_room():
    document = opened(paper_samples.ordinary())
    (logo,) = document.inline_shapes
    assert logo.width.mm == pytest.approx(20, abs=1)
    head, signatures = document.tables[0], document.tables[-1]
    assert "PEMERINTAH KABUPATEN CONTOH" in head.rows[0].cells[1].text
    assert [round(row.height.mm) if row.height else 0 for row in signatures.rows] == [0, 18, 0]


def test_a_figure_is_a_picture_with_its_caption_and_its_words():
    svg = figure_samples.bars(("<b>&", *figure_samples.ISSUES), 360).replace(
        "Peringkat isu", "Isu &amp; &lt;b&gt;"
    )
    document = opened(f"<figure>{svg}<figcaption>Gambar 1</figcaption></figure>")
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Isu & <b>"
    assert shape.width.mm == pytest.approx(360 * 25.4 / 96, abs=1)
    assert [p.style.name for p in document.paragraphs if p.text == "Gambar 1"] == ["Caption"]


@pytest.fixture(scope="module")
def hostile() -> list[str]:
    return every_text(opened(paper_samples.hostile()))


@pytest.mark.parametrize("text", [*HOSTILE, LONG_TEXT])
def test_hostile_text_is_kept_as_typed(hostile, text):
    assert hostile.count(text) == (1 if text == LONG_TEXT else 6)  # heading, text, item, caption, head, cell


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "\U0001fffe"])
def test_signs_that_xml_refuses_do_not_break_the_file(sign):
    assert any(
        "kata" in text
        for text in every_text(opened(f"<p>kata {sign} lagi</p><table><tr><td>{sign}</td></tr></table>"))
    )


def test_it_says_whose_it_is():
    about = opened("<p>x</p>").core_properties
    assert (about.title, about.author, about.comments) == (PAGE_SETUP.title, PAGE_SETUP.author, "")
    assert about.created.replace(tzinfo=PAGE_SETUP.made_at.tzinfo) == PAGE_SETUP.made_at


@pytest.mark.parametrize("title", ["\x00\x1f", "\ud800 kata", "a\nb", "", "x" * 3000])
def test_any_title_can_be_kept(title):
    assert len(opened("<p>x</p>", title=title, author=title, note=title).core_properties.title) <= 255


def test_two_documents_share_nothing():
    first = word_writer.word("<ol><li>a</li></ol>", PAGE_SETUP)
    word_writer.word(paper_samples.ordinary(), PAGE_SETUP)
    second = word_writer.word("<ol><li>a</li></ol>", PAGE_SETUP)
    assert zipped(first) == zipped(second)


def zipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_word_and_pdf_say_the_same():
    html = paper_samples.ordinary()
    pages = PdfReader(io.BytesIO(writer.pdf(html, PAGE_SETUP))).pages
    printed = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    for text in every_text(opened(html)):
        assert re.sub(r"\s+", "", text) in printed


def test_libreoffice_reads_it_without_repair(tmp_path):
    made = converted(
        word_writer.word(paper_samples.ordinary(), replace(PAGE_SETUP, draft=True)),
        "berita.docx",
        "pdf",
        tmp_path,
    )
    pages = PdfReader(io.BytesIO(made)).pages
    texts = [page.extract_text() for page in pages]
    assert len(pages) == 4
    assert [round(page.mediabox.width) for page in pages].count(842) == 1
    for number, text in enumerate(texts, 1):
        assert f"Halaman {number} dari 4" in text
    assert "Kolom 2" in texts[1]  # the head of a table that goes on
    assert "Rincian" in texts[2]


def test_libreoffice_shows_hostile_text_as_typed(tmp_path):
    made = converted(word_writer.word(paper_samples.hostile(), PAGE_SETUP), "jahat.docx", "pdf", tmp_path)
    shown = re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    assert len(set(re.findall(r"kata\d+", shown))) == len(set(re.findall(r"kata\d+", LONG_TEXT)))
    for text in HOSTILE:
        assert re.sub(r"\s+", "", text) in shown
