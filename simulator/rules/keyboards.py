"""The rules of buttons beyond their JSON shape."""

from __future__ import annotations

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject

MAXIMUM_BUTTONS = 100
MAXIMUM_IN_ROW = 8
MAXIMUM_CALLBACK_DATA = 64
_MAXIMUM_COPIED_TEXT = 256
_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "disabled",
)
_STYLES = frozenset({"danger", "success", "primary"})


def check_reply_markup(markup: JsonObject | None, *, knows_styles: bool = True) -> None:
    """Raise ApiError 400 for buttons Telegram refuses; an older server refuses coloured and copying ones."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    if sum(len(row) for row in rows) > MAXIMUM_BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > MAXIMUM_IN_ROW for row in rows):
        raise bad_request("reply markup is too long: a row holds at most 8 buttons")
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            _check_inline_button(button)
            if not knows_styles:
                _check_old_button(button)


def inline_keyboard(markup: JsonObject | None) -> JsonObject | None:
    """The markup a message keeps: inline keyboards with at least one button."""
    rows = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(markup: JsonObject | None) -> JsonList | None:
    """Rows of a keyboard under the message field; [] when it is to be taken away."""
    if markup is None:
        return None
    if markup.get("remove_keyboard"):
        return []
    return [row for row in markup.get("keyboard", []) if row] or None


def _check_old_button(button: JsonObject) -> None:
    if "style" in button:
        raise bad_request("BUTTON_STYLE_INVALID")
    if "copy_text" in button:
        reason = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {reason}")


def _check_inline_button(button: JsonObject) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        reason = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {reason}")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAXIMUM_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if not button.get("url", "https://t.me").startswith(("http://", "https://", "tg://", "t.me/")):
        raise bad_request("BUTTON_URL_INVALID")
    copied = button.get("copy_text", {}).get("text", "x")
    if not 1 <= len(copied) <= _MAXIMUM_COPIED_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
