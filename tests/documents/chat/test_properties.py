"""Whatever a document holds: nothing of it is lost, and Telegram accepts each piece."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.chat.render import plain_pieces, rich_pieces
from tests.documents.support import telegram_html
from tests.documents.support.generated import DOCUMENTS, Writer, assert_in_order

relaxed = settings(max_examples=60)


@relaxed
@given(DOCUMENTS)
def test_ordinary_messages_show_every_word_in_order(parts):
    writer = Writer()
    pieces = plain_pieces(writer.html(parts))
    assert_in_order(writer.groups, "".join(telegram_html.plain(piece).text for piece in pieces))


@relaxed
@given(DOCUMENTS)
def test_rich_messages_show_every_word_in_order(parts):
    writer = Writer()
    pieces = rich_pieces(writer.html(parts))
    assert_in_order(writer.groups, "".join(telegram_html.rich(piece).text for piece in pieces))


@relaxed
@given(DOCUMENTS, st.integers(5, 30))
def test_long_documents_are_divided_without_loss(parts, times):
    writer = Writer()
    html = writer.html(parts * times)
    ordinary = "".join(telegram_html.plain(piece).text for piece in plain_pieces(html))
    assert_in_order(writer.groups, ordinary)
    assert_in_order(writer.groups, "".join(telegram_html.rich(piece).text for piece in rich_pieces(html)))


TAGS = [
    *"pabx",
    "ul",
    "li",
    "ol",
    "table",
    "thead",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "br",
    "svg",
]
NOISE = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS])
    | st.sampled_from(
        ['<a href="tg://user?id=1">', "<td colspan=9999>", "<td rowspan=0>", "<ol start=-3>", "<td"]
    )
    | st.text(max_size=5),
    max_size=60,
)


@settings(max_examples=200)
@given(NOISE)
@example(["<table>", "<tr>", "<td colspan=9999>"])
def test_any_muddle_of_tags_makes_acceptable_messages(noise):
    for piece in plain_pieces("".join(noise)):
        telegram_html.plain(piece)
    for piece in rich_pieces("".join(noise)):
        telegram_html.rich(piece)
