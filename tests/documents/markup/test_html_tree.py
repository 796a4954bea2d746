"""HTML as a tree: what stands in it is all there, however carelessly it was written."""

import pytest

from documents.markup.html_tree import Element, parse


def text_of(element: Element) -> str:
    return "".join(each if isinstance(each, str) else text_of(each) for each in element.children)


@pytest.mark.parametrize("depth", [1, 254, 300])
def test_however_deep_it_stands_nothing_is_lost(depth: int) -> None:
    assert text_of(parse("<b>" * depth + "kata" + "</b>" * depth + "sesudahnya")) == "katasesudahnya"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a\x00b\x01c\x7fd", "a b c d"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\ud800b", "a?b"),
        ("a<!-- b -->c<?d?>e", "ace"),
        ("a<style>b</style>c<svg><title>d</title></svg>e", "ace"),
        ("&lt;b&gt; &amp;amp; &copy; &#x1f64f;", "<b> &amp; © 🙏"),
        ("مرحبا 漢字 é", "مرحبا 漢字 é"),
        ("", ""),
    ],
)
def test_what_of_the_text_is_shown(html: str, shown: str) -> None:
    assert text_of(parse(html)) == shown


def test_tags_left_open_are_closed() -> None:
    rows = "<table><tr><td>1<td>2<tr><td>3</table><ul><li>a<li>b</ul>"
    cells = [Element("tr", {}, (Element("td", {}, ("1",)), Element("td", {}, ("2",))))]
    cells.append(Element("tr", {}, (Element("td", {}, ("3",)),)))
    items = (Element("li", {}, ("a",)), Element("li", {}, ("b",)))
    assert parse(rows).children == (Element("table", {}, tuple(cells)), Element("ul", {}, items))
