"""What Telegram does to a text after parsing: cleaning, trimming, finding commands and links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject
from simulator.rules.html_text import parse_html, sorted_entities
from simulator.rules.utf16 import utf16_length

MAXIMUM_TEXT = 4096
MAXIMUM_CAPTION = 1024
FindUser = Callable[[int], JsonObject | None]

# One for one, so that entity offsets stay true.
_CONTROL_CHARACTERS = {code: " " for code in range(32) if chr(code) != "\n"}
_FOUND = (
    ("url", re.compile(r"(?:https?://|t\.me/|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)]")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
)
# Inside these nothing is looked for; the other styles may hold a command or an address.
_CLOSED_TYPES = {"code", "pre", "text_link", "text_mention"}


@dataclass(frozen=True)
class FormattedText:
    """A text and the entities that lie on it."""

    text: str
    entities: JsonList

    def __len__(self) -> int:
        """Code points, which is what Telegram's limits count."""
        return len(self.text)


def from_markup(
    source: str, parse_mode: str | None, entities: JsonList | None, find_user: FindUser
) -> FormattedText:
    """The text a bot means; ApiError 400 for bad markup or an unknown parse_mode."""
    if not parse_mode:
        return finish(source, entities or [], find_user)
    if parse_mode.lower() != "html":
        # Markdown is not spoken here: the bot writes HTML only, and a slip should be loud.
        raise bad_request("unsupported parse_mode")
    text, parsed = parse_html(source)
    return finish(text, parsed, find_user)


def typed_by_person(text: str) -> FormattedText:
    """The text somebody typed, with the entities the apps find in it."""
    return finish(text, [], lambda _: None)


def finish(text: str, entities: JsonList, find_user: FindUser) -> FormattedText:
    """Clean, trim, name the mentioned users and add what is found by itself."""
    trimmed, shifted = _trim(text.translate(_CONTROL_CHARACTERS), entities)
    named = [found for entity in shifted if (found := _named(entity, find_user)) is not None]
    return FormattedText(trimmed, sorted_entities(named + _find_entities(trimmed, named)))


def _trim(text: str, entities: JsonList) -> tuple[str, JsonList]:
    first_entity = min((entity["offset"] for entity in entities), default=len(text))
    leading = len(text) - len(text.lstrip())
    cut = min(leading, first_entity)
    trimmed = text[cut:].rstrip()
    end = utf16_length(trimmed)
    moved = [_moved(entity, cut, end) for entity in entities]
    return trimmed, [entity for entity in moved if entity["length"] > 0]


def _moved(entity: JsonObject, cut: int, end: int) -> JsonObject:
    offset = entity["offset"] - cut
    return {**entity, "offset": offset, "length": min(entity["length"], end - offset)}


def _named(entity: JsonObject, find_user: FindUser) -> JsonObject | None:
    """Mentions by id hold the whole user; of an unknown user no entity remains."""
    plain = {key: value for key, value in entity.items() if not key.startswith("_")}
    if "_user_id" not in entity:
        return plain
    user = find_user(entity["_user_id"])
    return {**plain, "user": user} if user is not None else None


def _find_entities(text: str, present: JsonList) -> JsonList:
    closed = [entity for entity in present if entity["type"] in _CLOSED_TYPES]
    found: JsonList = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            entity = {"type": kind, "offset": offset, "length": utf16_length(match.group())}
            if not any(_overlap(entity, other) for other in closed + found):
                found.append(entity)
    return found


def _overlap(one: JsonObject, other: JsonObject) -> bool:
    one_end = one["offset"] + one["length"]
    other_end = other["offset"] + other["length"]
    return bool(one["offset"] < other_end and other["offset"] < one_end)
