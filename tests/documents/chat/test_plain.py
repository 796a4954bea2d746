"""How a document reads as ordinary messages."""

from html import escape
from textwrap import dedent

import pytest

from documents.chat.render import plain_pieces
from documents.chat.text_table import WIDTH, width
from tests.documents.support import telegram_html


def shown(html: str) -> str:
    (piece,) = plain_pieces(html)
    telegram_html.plain(piece)
    return piece


def test_headings_paragraphs_and_lists():
    html = """
      <h1>Notulen</h1>
      <p>Pada <strong>Senin</strong>, <em>Pokja</em> bertemu<br>
        di balai.</p>
      <ul><li>Air<ol start="2"><li>jaringan</li></ol></li><li>Sampah <code>x</code></li></ul>
      <hr>
      <p></p>
    """
    assert shown(html) == dedent("""\
        <b><u>Notulen</u></b>
        Pada <b>Senin</b>, <i>Pokja</i> bertemu
        di balai.

        • Air
           2. jaringan
        • Sampah <code>x</code>

        ────────────""")


def test_a_narrow_table_is_aligned():
    html = """<table><caption>Peringkat</caption>
        <tr><th>Isu</th><th align=right>Nilai</th></tr>
        <tr><td>Air bersih</td><td align="right">12</td></tr>
        <tr><td>Sampah</td><td align="right">3</td></tr></table>"""
    assert shown(html) == dedent("""\
        <b>Peringkat</b>
        <pre>Isu         Nilai
        ─────────────────
        Air bersih     12
        Sampah          3</pre>""")


def test_cells_wrap_to_a_phone():
    text = "Perlindungan sumber air baku bersama"
    html = f"<table><tr><th>Isu</th><th>Peringkat</th></tr><tr><td>{text}</td><td>1</td></tr></table>"
    assert shown(html) == dedent("""\
        <pre>Isu                      Peringkat
        ──────────────────────────────────
        Perlindungan sumber air  1
        baku bersama</pre>""")


def test_rows_of_several_lines_are_told_apart():
    cells = "<tr><td>Perlindungan sumber air baku bersama</td><td>sangat penting</td></tr>" * 2
    lines = shown(f"<table>{cells}</table>").splitlines()
    assert lines[2] == "╌" * WIDTH


def test_a_wide_table_is_a_list_with_labels():
    html = """<table><tr><th rowspan=2>Kegiatan</th><th colspan=2>Anggaran</th></tr>
        <tr><th>2026</th><th>2027</th></tr>
        <tr><td>Pembangunan</td><td>Rp1.250.000.000</td><td>Rp2.500.000.000</td></tr>
        <tr><td colspan=3>Bidang B</td></tr>
        <tr><td>Penyuluhan <a href="https://go.id">ini</a></td><td></td><td>Rp2</td></tr></table>"""
    assert shown(html) == dedent("""\
        <b>Kegiatan: Pembangunan</b>
        Anggaran – 2026: Rp1.250.000.000
        Anggaran – 2027: Rp2.500.000.000

        <b>Bidang B</b>
        <b>Kegiatan: Penyuluhan <a href="https://go.id">ini</a></b>
        Anggaran – 2026: –
        Anggaran – 2027: Rp2""")


def test_names_and_values_are_lines():
    html = "<table><tr><th>Hari</th><td>Senin</td></tr><tr><th>Tempat</th><td>Balai</td></tr></table>"
    assert shown(html) == "<b>Hari</b>: Senin\n<b>Tempat</b>: Balai"


def test_a_quote_is_one_quote_and_a_table_in_it_stands_outside():
    html = "<blockquote><p>satu<blockquote>dua</blockquote><table><tr><td>a</table>tiga</blockquote>"
    assert shown(html) == (
        "<blockquote>satu\n\ndua</blockquote>\n\n<pre>a</pre>\n\n<blockquote>tiga</blockquote>"
    )


def test_links_that_lead_nowhere_are_text():
    assert shown('<p><a href="javascript:x">a</a> <a href="#b">b</a> <a>c</a></p>') == "a b c"


def test_drawings_scripts_and_styles_are_left_out():
    assert (
        shown("<style>p{}</style><script>x<y</script><figure><svg><text>n</text></svg>Gambar</figure>")
        == "Gambar"
    )


def test_nothing_to_show_is_no_message():
    assert plain_pieces(" <p> </p><table><tr></tr></table><ul></ul> ") == []


@pytest.mark.parametrize(
    "typed", ["<b>", "</p>", "&amp;", "a & b", '"x"', "it's", "👩‍👩‍👧 🏽", "baris\ndua", "שלום עולם", "é"]
)
@pytest.mark.parametrize(
    "around", ["<p>{}</p>", "<li>{}</li>", "<h2>{}</h2>", "<table><tr><td>{}</td></tr></table>"]
)
def test_what_a_person_typed_is_shown_as_typed(typed, around):
    text = telegram_html.plain(shown(around.format(escape(typed)))).text
    assert text.removeprefix("• ").replace("\n   ", "\n") == typed


def test_right_to_left_words_are_not_put_in_columns():
    html = "<table><tr><th>A</th><th>B</th></tr><tr><td>שלום</td><td>1</td></tr></table>"
    assert shown(html) == "<b>A: שלום</b>\nB: 1"


@pytest.mark.parametrize(
    ("text", "places"), [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("😀", 2), ("\u200e", 0)]
)
def test_width_in_fixed_width_type(text, places):
    assert width(text) == places
