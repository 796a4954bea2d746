"""parse_mode HTML, held against what TDLib is known to say."""

from __future__ import annotations

import contextlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.api_error import ApiError
from simulator.rules.formatted_text import from_markup, typed_by_person
from simulator.rules.html_text import parse_html
from simulator.rules.utf16 import utf16_length, utf16_slice

TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "tg-spoiler": "spoiler"}
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def markup() -> st.SearchStrategy[tuple[str, str, int]]:
    """Markup, the text it means, and how many tags hold some of it."""
    leaf = TEXTS.map(lambda text: (html.escape(text), text, 0))

    def wrap(inner: st.SearchStrategy[tuple[str, str, int]]) -> st.SearchStrategy[tuple[str, str, int]]:
        tagged = st.builds(_tagged, st.sampled_from(sorted(TAGS)), inner)
        joined = st.builds(lambda one, two: (one[0] + two[0], one[1] + two[1], one[2] + two[2]), inner, inner)
        return tagged | joined

    return st.recursive(leaf, wrap, max_leaves=8)


def _tagged(tag: str, inner: tuple[str, str, int]) -> tuple[str, str, int]:
    source, text, count = inner
    return f"<{tag}>{source}</{tag}>", text, count + bool(text)


@given(markup())
def test_well_formed_markup_gives_its_text_and_entities_inside_of_it(made: tuple[str, str, int]) -> None:
    source, meant, tags = made
    text, entities = parse_html(source.replace("&#x27;", "'"))
    assert text == meant
    assert len(entities) == tags
    for entity in entities:
        assert 0 <= entity["offset"] <= entity["offset"] + entity["length"] <= utf16_length(text)
        assert utf16_slice(text, entity["offset"], entity["length"])


@given(st.text(alphabet="<>/b i&;=\"'aé🏟", max_size=40))
def test_any_markup_is_understood_or_refused_in_telegrams_words(source: str) -> None:
    assert understood(source) or refused(source)


def understood(source: str) -> bool:
    with contextlib.suppress(ApiError):
        text, entities = parse_html(source)
        return all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)
    return False


def refused(source: str) -> bool:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    is_bad_request = caught.value.code == 400
    return is_bad_request and caught.value.description.startswith("Bad Request: can't parse entities: ")


@given(TEXTS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("satu<br>dua", 'Unsupported start tag "br" at byte offset 4'),
        ("<p>satu</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("a<", "Unclosed start tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_errors_are_told_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
        ("🏟<b>🏟</>", "🏟🏟", [("bold", 2, 2)]),
        ("&#65;&#x42;&nbsp;&amp", "AB&nbsp;&", []),
        ("<b><i>a</i></b>", "a", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<a href='https://a.id'>a</a>", "a", [("text_link", 0, 1)]),
        ("<a href='kosong'>a</a>", "a", []),
        ('<tg-time unix="1795000000" format="wDT">besok</tg-time>', "besok", [("date_time", 0, 5)]),
    ],
)
def test_markup_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found, made = parse_html(source)
    assert found == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in made] == entities


def test_mentions_hold_the_known_user_and_vanish_for_strangers() -> None:
    user = {"id": 7, "is_bot": False, "first_name": "Siti"}
    known = from_markup('<a href="tg://user?id=7">Siti</a>', "HTML", None, lambda _: user)
    assert known.entities == [{"type": "text_mention", "offset": 0, "length": 4, "user": user}]
    assert from_markup('<a href="tg://user?id=8">X</a>', "HTML", None, lambda _: None).entities == []


def test_ends_are_trimmed_and_entities_move_along() -> None:
    made = from_markup("  \n satu <b>dua  </b>\n", "HTML", None, lambda _: None)
    assert made.text == "satu <b>dua".replace("<b>", "")
    assert [(entity["offset"], entity["length"]) for entity in made.entities] == [(5, 3)]


def test_commands_mentions_and_addresses_are_found() -> None:
    made = typed_by_person("/start@asisten_pokja_bot x, tanya @budi_s di https://a.id/b. #pokja")
    kinds = {
        entity["type"]: utf16_slice(made.text, entity["offset"], entity["length"]) for entity in made.entities
    }
    assert kinds == {
        "bot_command": "/start@asisten_pokja_bot",
        "mention": "@budi_s",
        "url": "https://a.id/b",
        "hashtag": "#pokja",
    }


def test_an_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        from_markup("*a*", "MarkdownV2", None, lambda _: None)
