import re

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.html_pieces import pieces, shown_length
from simulator.rules.html_text import parse_html  # the simulator's parser refuses what Telegram would refuse

TAGS = ["b", "i", "code", "blockquote", 'a href="https://contoh.go.id/?a=1&amp;b=2"']


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", st.sampled_from(TAGS), inner)


word = st.sampled_from(["satu", "dua tiga", "&lt;", "&amp;", "\n", "é", "🙂", "&#39;", "\n\n"])
telegram_html = st.recursive(
    word, lambda inner: element(inner) | st.lists(inner, max_size=8).map("".join), max_leaves=60
)


def shown(html: str) -> str:
    return re.sub(r"</?[a-z][^>]*>", "", html)


@given(telegram_html, st.integers(12, 60))
def test_every_piece_is_well_formed_and_fits(html: str, limit: int) -> None:
    for piece in pieces(html, limit):
        text, _ = parse_html(piece)
        assert len(text) <= limit


@given(telegram_html, st.integers(12, 60))
def test_nothing_but_empty_lines_is_lost_and_the_order_stays(html: str, limit: int) -> None:
    together = "".join(pieces(html, limit))

    assert shown(together).replace("\n", "") == shown(html).replace("\n", "")


@given(telegram_html)
def test_the_length_is_what_telegram_counts(html: str) -> None:
    text, _ = parse_html(html)
    assert shown_length(html) == len(text)


def test_a_short_text_stays_whole() -> None:
    assert pieces("<b>a</b>\n\nb") == ["<b>a</b>\n\nb"]


def test_markup_does_not_count() -> None:
    html = '<a href="https://contoh.go.id/halaman">x</a>' * 5
    assert pieces(html, 10) == [html]


def test_cut_at_a_line_end_outside_tags() -> None:
    html = "satu\n<b>dua\ntiga</b>\nempat lima"
    assert pieces(html, 20) == ["satu\n<b>dua\ntiga</b>", "empat lima"]


def test_a_long_quotation_is_closed_and_opened_again() -> None:
    html = "<blockquote><b>satu dua\ntiga empat</b></blockquote>"
    assert pieces(html, 12) == [
        "<blockquote><b>satu dua</b></blockquote>",
        "<blockquote><b>tiga empat</b></blockquote>",
    ]


def test_a_line_without_end_is_cut_where_it_must() -> None:
    assert pieces("&lt;" * 25, 10) == ["&lt;" * 10, "&lt;" * 10, "&lt;" * 5]
