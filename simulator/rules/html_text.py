"""parse_mode HTML: markup into text and entities, with Telegram's own error words.

Follows what TDLib documents and measures: tags are read byte by byte, attributes may be bare,
quoted or a name token, an end tag may leave its name out, and entities are counted in UTF-16.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.api_error import ApiError, bad_request
from simulator.json_types import JsonList, JsonObject
from simulator.rules.utf16 import utf16_length

_SPACES = " \t\r\n\v\0"
_SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = {*_SIMPLE_TAGS, "a", "blockquote", "tg-emoji", "tg-time"}
_NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_NUMBER = 10
_LAST_CODE_POINT = 0x10FFFF
_LINK_SCHEMES = ("http://", "https://", "tg://", "ton://", "mailto:", "tel:")


@dataclass
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    text_start: int


@dataclass
class _Reader:
    """Where reading has come to, and what has been read so far."""

    source: str
    position: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: JsonList = field(default_factory=list)

    def at(self, index: int) -> str:
        """The character there; past the end the NUL that TDLib sees."""
        return self.source[index] if index < len(self.source) else "\0"

    def current(self) -> str:
        return self.at(self.position)

    def ended(self) -> bool:
        return self.position >= len(self.source)

    def append(self, piece: str) -> None:
        self.text.append(piece)
        self.length += utf16_length(piece)

    def byte_offset(self, index: int) -> int:
        return len(self.source[:index].encode())

    def fail(self, reason: str, index: int) -> ApiError:
        return bad_request(f"can't parse entities: {reason} at byte offset {self.byte_offset(index)}")

    def skip_spaces(self) -> None:
        while not self.ended() and self.current() in _SPACES:
            self.position += 1

    def take_until(self, stops: str) -> str:
        start = self.position
        found = (self.source.find(stop, start) for stop in stops)
        self.position = min((place for place in found if place >= 0), default=len(self.source))
        return self.source[start : self.position]


def parse_html(source: str) -> tuple[str, JsonList]:
    """Text and entities of `source`; ApiError 400 "can't parse entities: …" for bad markup."""
    reader = _Reader(source)
    while not reader.ended():
        _read_one(reader)
    if reader.open_tags:
        name = reader.open_tags[-1].name
        reason = f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\""
        raise bad_request(reason)
    # Inner tags close first; reversed, the outer of two that cover the same comes first.
    return "".join(reader.text), sorted_entities(reader.entities[::-1])


def sorted_entities(entities: JsonList) -> JsonList:
    """Outer before inner, in the order of the text."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _read_one(reader: _Reader) -> None:
    character = reader.current()
    if character == "&":
        reader.append(_read_character_reference(reader))
    elif character != "<":
        reader.append(reader.take_until("<&"))
    elif reader.at(reader.position + 1) == "/":
        _read_end_tag(reader)
    else:
        _read_start_tag(reader)


def _read_character_reference(reader: _Reader) -> str:
    """The character meant; an unknown reference stays as it was written."""
    start = reader.position
    decoded, end = _decode_reference(reader.source, start)
    if decoded is None:
        reader.position = start + 1
        return "&"
    reader.position = end + (reader.at(end) == ";")
    return decoded


def _decode_reference(source: str, start: int) -> tuple[str | None, int]:
    if source[start + 1 : start + 2] == "#":
        return _decode_number(source, start + 2)
    end = start + 1
    while end < len(source) and source[end].isascii() and source[end].isalpha():
        end += 1
    return _NAMED_CHARACTERS.get(source[start + 1 : end]), end


def _decode_number(source: str, start: int) -> tuple[str | None, int]:
    is_hexadecimal = source[start : start + 1] == "x"
    digits = "0123456789abcdefABCDEF" if is_hexadecimal else "0123456789"
    first = end = start + is_hexadecimal
    while end < len(source) and source[end] in digits:
        end += 1
    if not first < end < first + _LONGEST_NUMBER:
        return None, end
    number = int(source[first:end], 16 if is_hexadecimal else 10)
    return (chr(number) if _is_character(number) else None), end


def _is_character(number: int) -> bool:
    return 0 < number < _LAST_CODE_POINT and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004


def _read_start_tag(reader: _Reader) -> None:
    begin = reader.position
    reader.position += 1
    name = reader.take_until(_SPACES + ">").lower()
    if reader.ended():
        raise reader.fail("Unclosed start tag", begin)
    if name not in _TAGS:
        raise reader.fail(f'Unsupported start tag "{name}"', begin)
    attributes = _read_attributes(reader, name, begin)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise reader.fail('Tag "span" must have class "tg-spoiler"', begin)
    reader.position += 1
    reader.open_tags.append(_OpenTag(name, attributes, reader.length, len(reader.text)))


def _read_attributes(reader: _Reader, tag: str, begin: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        reader.skip_spaces()
        if reader.current() == ">":
            return attributes
        name = reader.take_until(_SPACES + "=>/\"'")
        if not name:
            raise reader.fail(f'Empty attribute name in the tag "{tag}"', begin)
        attributes[name] = _read_attribute_value(reader, tag, begin)


def _read_attribute_value(reader: _Reader, tag: str, begin: int) -> str:
    reader.skip_spaces()
    if not reader.ended() and reader.current() != "=":
        return ""
    reader.position += 1
    reader.skip_spaces()
    if reader.ended():
        raise reader.fail(f'Unclosed start tag "{tag}"', begin)
    is_quoted = reader.current() in "'\""
    value = _read_quoted(reader) if is_quoted else _read_name_token(reader)
    if reader.ended():
        raise reader.fail("Unclosed start tag", begin)
    return value


def _read_quoted(reader: _Reader) -> str:
    quote = reader.current()
    reader.position += 1
    value: list[str] = []
    while not reader.ended() and reader.current() != quote:
        if reader.current() == "&":
            value.append(_read_character_reference(reader))
        else:
            value.append(reader.current())
            reader.position += 1
    if not reader.ended():
        reader.position += 1
    return "".join(value)


def _read_name_token(reader: _Reader) -> str:
    start = reader.position
    while (reader.current().isascii() and reader.current().isalnum()) or reader.current() in ".-":
        reader.position += 1
    if reader.current() not in _SPACES + ">":
        raise reader.fail("Unexpected end of name token", start)
    return reader.source[start : reader.position].lower()


def _read_end_tag(reader: _Reader) -> None:
    begin = reader.position
    if not reader.open_tags:
        raise reader.fail("Unexpected end tag", begin)
    reader.position += 2
    name = reader.take_until(_SPACES + ">").lower()
    reader.skip_spaces()
    if reader.current() != ">":
        raise reader.fail("Unclosed end tag", begin)
    opened = reader.open_tags[-1]
    if name and name != opened.name:
        where = f"at byte offset {reader.byte_offset(begin)}"
        reason = f'Unmatched end tag {where}, expected "</{opened.name}>", found "</{name}>"'
        raise bad_request(f"can't parse entities: {reason}")
    reader.open_tags.pop()
    reader.position += 1
    _close(reader, opened)


def _close(reader: _Reader, opened: _OpenTag) -> None:
    length = reader.length - opened.offset
    covered = "".join(reader.text[opened.text_start :])
    entity = _entity(opened, covered, reader.entities, length) if length else None
    if entity is not None:
        reader.entities.append({**entity, "offset": opened.offset, "length": length})


def _entity(tag: _OpenTag, covered: str, inner: JsonList, length: int) -> JsonObject | None:
    """The entity a finished tag makes; None where Telegram silently makes none."""
    if tag.name == "a":
        return _link(tag.attributes.get("href") or covered)
    if tag.name == "blockquote":
        expands = "expandable" in tag.attributes
        return {"type": "expandable_blockquote" if expands else "blockquote"}
    if tag.name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": tag.attributes.get("emoji-id", "")}
    if tag.name == "tg-time":
        return _moment(tag.attributes)
    if tag.name == "pre":
        return _preformatted(inner, tag.offset, length)
    return _plain(tag)


def _plain(tag: _OpenTag) -> JsonObject:
    language = tag.attributes.get("class", "")
    if tag.name == "code" and language.startswith("language-"):
        return {"type": "code", "_language": language.removeprefix("language-")}
    return {"type": _SIMPLE_TAGS[tag.name]}


def _preformatted(inner: JsonList, offset: int, length: int) -> JsonObject:
    """`<pre><code class="language-x">` is one block with a language, not two entities."""
    for entity in inner:
        same_place = entity["offset"] == offset and entity["length"] == length
        if same_place and entity["type"] == "code":
            inner.remove(entity)
            language = entity.get("_language")
            return {"type": "pre", **({"language": language} if language else {})}
    return {"type": "pre"}


def _moment(attributes: dict[str, str]) -> JsonObject | None:
    unix_time = attributes.get("unix", "")
    if not unix_time.isdigit():
        return None
    moment: JsonObject = {"type": "date_time", "unix_time": int(unix_time)}
    if attributes.get("format"):
        moment["date_time_format"] = attributes["format"]
    return moment


def _link(target: str) -> JsonObject | None:
    user_id = target.removeprefix("tg://user?id=")
    if user_id != target and user_id.isdigit():
        return {"type": "text_mention", "_user_id": int(user_id)}
    if target.lower().startswith(_LINK_SCHEMES):
        return {"type": "text_link", "url": target}
    host = target.split("/", 1)[0]
    if "." in host.strip(".") and " " not in target:
        return {"type": "text_link", "url": f"http://{target}"}
    return None
