"""Rich messages: HTML into blocks, limits, and servers that don't know them."""

from __future__ import annotations

import pytest

from simulator.api_error import ApiError
from simulator.phones.phone import Person, Simulator
from simulator.rules.rich_html import parse_rich_html
from simulator.rules.rich_messages import plain_text, rich_message_from
from tests.simulator.support.bot_side import BotSide


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<h2>Judul</h2>", [{"type": "heading", "size": 2, "text": "Judul"}]),
        (
            "<p>satu <b>dua</b><br>tiga</p>",
            [{"type": "paragraph", "text": ["satu ", {"type": "bold", "text": "dua"}, "\ntiga"]}],
        ),
        ("lepas\n  saja", [{"type": "paragraph", "text": "lepas saja"}]),
        ("<hr>", [{"type": "divider"}]),
        (
            "<ol start='3'><li>a</li></ol>",
            [
                {
                    "type": "list",
                    "items": [
                        {
                            "label": "3.",
                            "value": 3,
                            "type": "1",
                            "blocks": [{"type": "paragraph", "text": "a"}],
                        }
                    ],
                }
            ],
        ),
        (
            '<pre><code class="language-sql">a  b</code></pre>',
            [{"type": "pre", "text": "a  b", "language": "sql"}],
        ),
        (
            "<details open><summary>s</summary><p>i</p></details>",
            [
                {
                    "type": "details",
                    "summary": "s",
                    "blocks": [{"type": "paragraph", "text": "i"}],
                    "is_open": True,
                }
            ],
        ),
        (
            "<blockquote>k <a href='https://a.id'>l</a></blockquote>",
            [
                {
                    "type": "blockquote",
                    "blocks": [
                        {
                            "type": "paragraph",
                            "text": ["k ", {"type": "url", "text": "l", "url": "https://a.id"}],
                        }
                    ],
                }
            ],
        ),
    ],
)
def test_html_becomes_blocks(html: str, blocks: list[object]) -> None:
    assert parse_rich_html(html) == blocks


def test_tables_keep_headers_spans_and_sides() -> None:
    html = (
        "<table bordered><caption>Rekap</caption>"
        "<thead><tr><th>Nama</th><th align='right'>Nilai</th></tr></thead>"
        "<tr><td colspan=2 rowspan='2'>x</td><td></td></tr></table>"
    )
    (table,) = parse_rich_html(html)
    assert (table["caption"], table["is_bordered"]) == ("Rekap", True)
    left = {"align": "left", "valign": "top"}
    assert table["cells"] == [
        [
            {**left, "text": "Nama", "is_header": True},
            {**left, "align": "right", "text": "Nilai", "is_header": True},
        ],
        [{**left, "text": "x", "colspan": 2, "rowspan": 2}, left],
    ]
    assert plain_text([table]) == "Rekap\nNama | Nilai\nx | "


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>a", "can't parse rich message: Can't find end tag corresponding to start tag \"p\""),
        ("<b>a</p>", 'can\'t parse rich message: Unmatched end tag, expected "</b>", found "</p>"'),
        ("</p>", 'can\'t parse rich message: Unexpected end tag "p"'),
        ("<svg></svg>", 'can\'t parse rich message: Unsupported start tag "svg"'),
        ("<p></p>", "message text is empty"),
        ("a" * 32769, "message is too long"),
        ("<hr>" * 500 + "a", "RICH_MESSAGE_TOO_MANY_BLOCKS"),
        ("<blockquote>" * 16 + "a" + "</blockquote>" * 16, "RICH_MESSAGE_TOO_DEEP"),
        (f"<table><tr>{'<td>a</td>' * 21}</tr></table>", "RICH_MESSAGE_TABLE_TOO_WIDE"),
    ],
)
def test_what_is_wrong_or_too_big_is_refused(html: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        rich_message_from({"html": html})
    assert caught.value.description == f"Bad Request: {reason}"


async def test_a_rich_message_is_read_and_edited(bot: BotSide, siti: Person) -> None:
    sent = await bot.call("sendRichMessage", chat_id=siti.id, rich_message={"html": "<h1>Satu</h1>"})
    assert sent["rich_message"]["blocks"][0]["size"] == 1
    message = {"chat_id": siti.id, "message_id": sent["message_id"]}
    await bot.call("editMessageText", rich_message={"html": "<ul><li>Dua</li></ul>"}, **message)
    await siti.sees("• Dua")
    await bot.call("editMessageText", text="Tiga", **message)
    assert "rich_message" not in await siti.sees("Tiga")


@pytest.mark.parametrize(
    ("switch", "refusal"),
    [("404", "404 Not Found: method not found"), ("400", "400 Bad Request: RICH_MESSAGE_UNSUPPORTED")],
)
async def test_an_older_server_knows_no_rich_messages(
    sim: Simulator, bot: BotSide, siti: Person, switch: str, refusal: str
) -> None:
    await sim.switches(rich=switch)
    rich = {"chat_id": siti.id, "rich_message": {"html": "<h1>a</h1>"}}
    assert await bot.refusal("sendRichMessage", **rich) == refusal
    assert await sim.faults() == []
