"""A result as pictures: whole, each low enough to be read on a phone."""

from documents.chat import pictures
from documents.chat.pictures import HIGHEST, MOST
from tests.support.pictures import size


def table(rows: int) -> str:
    body = "".join(f"<tr><td>{n}</td><td>Air sering mati &amp; keruh {n}</td></tr>" for n in range(rows))
    return f"<h2>Isu / utama</h2><table><thead><tr><th>No.</th><th>Isu</th></tr></thead>{body}</table>"


def test_what_is_short_is_one_picture_no_higher_than_it_needs() -> None:
    (sheet,) = pictures.sheets(table(3))
    width, height = size(sheet.content)
    assert sheet.is_picture
    assert 300 < height < 800
    assert width == 1080


def test_a_long_table_goes_on_in_further_pictures() -> None:
    sheets = pictures.sheets(table(90))
    sizes = [size(each.content) for each in sheets]
    assert 2 <= len(sheets) <= MOST
    assert all(each.is_picture for each in sheets)
    assert {width for width, _ in sizes} == {1080}
    assert all(height <= HIGHEST for _, height in sizes)
    assert all(height > HIGHEST * 0.9 for _, height in sizes[:-1])
    assert len({each.content for each in sheets}) == len(sheets)


def test_one_that_would_be_too_many_pictures_is_a_file() -> None:
    (sheet,) = pictures.sheets(table(900))
    assert not sheet.is_picture
    assert sheet.name == "Isu - utama.pdf"
    assert sheet.content.startswith(b"%PDF")


def test_hostile_text_is_only_shown() -> None:
    (sheet,) = pictures.sheets(
        '<p>&lt;img src="file:///etc/passwd"&gt; {{7*7}} <img src="file:///etc/passwd"> 👍🏽 مرحبا</p>'
    )
    assert sheet.is_picture
