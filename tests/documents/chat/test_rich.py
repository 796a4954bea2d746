"""How a document reads as a rich message."""

from documents.chat.render import rich_pieces
from tests.documents.support import telegram_html


def shown(html: str) -> str:
    (piece,) = rich_pieces(html)
    telegram_html.rich(piece)
    return piece


def test_text_keeps_its_tags_in_their_short_form():
    html = "<h2>Judul</h2>\n<p>Pada <strong>Senin <em>ini</em></strong>,\nbaris<br>\n tiga</p><hr>"
    assert shown(html) == "<h2>Judul</h2><p>Pada <b>Senin <i>ini</i></b>,<br>baris<br>tiga</p><hr/>"


def test_lists_and_quotes():
    html = "<ol start=3><li><p>satu</p><ul><li>a</li></ul><li>dua</ol><blockquote>kutip</blockquote>"
    assert shown(html) == (
        '<ol start="3"><li>satu<ul><li>a</li></ul></li><li>dua</li></ol><blockquote><p>kutip</p></blockquote>'
    )


def test_tables_keep_spans_and_alignment():
    html = """<table class="x"><caption>Nilai</caption><thead><tr><th colspan="2">A &amp; B</th></tr></thead>
        <tbody><tr><td rowspan="2">1</td><td align="right">2<p>dua</p></td></tr>
        <tr><td>3</td></tr></tbody></table>"""
    assert shown(html) == (
        '<table bordered striped><caption>Nilai</caption><tr><th colspan="2">A &amp; B</th></tr>'
        '<tr><td rowspan="2">1</td><td align="right">2<br>dua</td></tr><tr><td>3</td></tr></table>'
    )


def test_fixed_text_keeps_its_blanks():
    assert shown("<pre>a  b\n   &lt;c</pre>") == "<pre>a  b\n   &lt;c</pre>"


def test_nothing_to_show_is_no_message():
    assert rich_pieces("<p></p>\n<table></table>") == []
