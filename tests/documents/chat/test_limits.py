"""What is too long, too wide or too deep for one message."""

from html import escape

from documents.chat.render import plain_pieces, rich_pieces
from tests.documents.support import telegram_html


def table(rows: int, columns: int, text: str = "{row}/{column}") -> str:
    head = "".join(f"<th>Kolom{column}</th>" for column in range(columns))
    body = [
        "".join(f"<td>{text.format(row=row, column=column)}</td>" for column in range(columns))
        for row in range(rows)
    ]
    return f"<table><thead><tr>{head}</tr></thead>{''.join(f'<tr>{cells}</tr>' for cells in body)}</table>"


def read_rich(html: str) -> list[telegram_html.Reading]:
    return [telegram_html.rich(piece) for piece in rich_pieces(html)]


def read_plain(html: str) -> list[telegram_html.Reading]:
    return [telegram_html.plain(piece) for piece in plain_pieces(html)]


def test_a_long_table_is_divided_and_each_part_has_its_head():
    pieces = read_rich(table(1200, 3))
    assert len(pieces) == 3
    assert all(piece.text.startswith("Kolom0Kolom1Kolom2") for piece in pieces)
    assert sum(piece.text.count("/") for piece in pieces) == 3600


def test_a_wide_table_is_divided_and_the_first_column_leads_each_part():
    (piece,) = read_rich(table(2, 45))
    assert piece.columns == [20, 20, 20] * 2 + [7] * 3
    assert piece.text.count("Kolom0") == 3
    assert all(f"1/{column}" in piece.text for column in range(45))


def test_a_cell_longer_than_a_message_goes_on_in_the_next():
    words = " ".join(f"kata{at}" for at in range(8000))
    pieces = read_rich(
        f"<table><tr><th>Isu</th><th>Alasan</th></tr><tr><td>Air</td><td>{words}</td></tr></table>"
    )
    assert len(pieces) > 1
    assert all(piece.text.startswith("IsuAlasan") for piece in pieces)
    assert "".join(piece.text for piece in pieces).count("kata") == 8000


def test_a_cell_that_spans_rows_is_repeated_where_its_table_is_divided():
    rows = "<tr><td rowspan=700>Bidang A</td><td>0</td></tr>" + "<tr><td>baris</td></tr>" * 699
    first, second = read_rich(f"<table>{rows}</table>")
    assert first.text.startswith("Bidang A")
    assert second.text.startswith("Bidang A")


def test_lists_go_on_with_their_numbers():
    first, second = rich_pieces("<ol>" + "<li>butir</li>" * 300 + "</ol>")
    assert first.startswith("<ol><li>")
    assert second.startswith('<ol start="250"><li>')


def test_lists_in_lists_beyond_what_telegram_nests_are_flattened():
    html = "<ul><li>dalam" * 30 + "<b><i><u><s><a href='https://go.id'>sekali" + "</li></ul>" * 30
    assert "sekali" in read_rich(html)[0].text
    assert "sekali" in read_plain(html)[0].text


def test_a_heading_is_never_last_in_its_message():
    html = f"<p>{'x ' * 1990}</p><h2>Judul</h2><p>{'y ' * 200}</p>"
    first, second = plain_pieces(html)
    assert first.endswith("x")
    assert second.startswith("<b>Judul</b>\ny")


def test_no_message_has_more_marks_than_telegram_shows():
    pieces = read_plain("".join(f"<p><b>{at}</b> <i>x</i></p>" for at in range(200)))
    assert all(len(piece.started) <= 100 for piece in pieces)
    assert len(pieces) == 4


def test_an_aligned_table_too_long_for_a_message_is_divided_with_its_head():
    pieces = plain_pieces(table(300, 2))
    assert len(pieces) > 1
    assert all(piece.startswith("<pre>Kolom0  Kolom1\n────") for piece in pieces)


def test_a_very_long_cell_is_shown_whole():
    text = "perlu diperbaiki & dijaga " * 120
    (piece,) = read_plain(f"<table><tr><td>A</td><td>{escape(text)}</td></tr></table>")
    assert piece.text.count("perlu diperbaiki & dijaga") == 120


def test_a_cut_never_parts_an_emoji_or_an_accent():
    family, accented = "👩‍👩‍👧", "e\u0301"
    for sign in (family, accented):
        pieces = read_plain(f"<p>{sign * 3000}</p>")
        assert len(pieces) > 1
        assert all(piece.text == sign * (len(piece.text) // len(sign)) for piece in pieces)
