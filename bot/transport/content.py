"""A screen's parts in Telegram's words: text, caption, keys."""

from typing import Any

from telegram import InputFile, InputMediaDocument

from bot.screen import Button, Keyboard, Screen


def text_of(html: str) -> dict[str, object]:
    """An ordinary message."""
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def caption_of(screen: Screen) -> dict[str, object]:
    """The words under a file; nothing where there are none."""
    return {"caption": screen.text, "parse_mode": "HTML"} if screen.text else {}


def album_of(screen: Screen) -> list[InputMediaDocument]:
    """The files of an album; the words are under the last one, unless keys follow in a message of their own."""
    words = "" if screen.keyboard else screen.text
    files = [
        each.file_id or InputFile(each.content, filename=each.name, attach=True) for each in screen.album
    ]
    captions = [*("" for _ in files[1:]), words]
    return [
        InputMediaDocument(file, caption=said or None, parse_mode="HTML")
        for file, said in zip(files, captions, strict=True)
    ]


def keys_of(keyboard: Keyboard) -> dict[str, object]:
    """The keys; nothing where there are none."""
    if not keyboard:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_key(button) for button in row] for row in keyboard]}}


def _key(button: Button) -> dict[str, object]:
    style = {"style": button.style} if button.style else {}
    return {"text": button.label, **_action(button), **style}


def _action(button: Button) -> dict[str, object]:
    if button.copy:
        return {"copy_text": {"text": button.copy}}
    return {"url": button.url} if button.url else {"callback_data": button.data}


def without_news(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same call without what an older server doesn't know of keys: colours go, and keys that only copy.

    What these copy stands in the text, too.
    """
    rows = arguments.get("reply_markup", {}).get("inline_keyboard", [])
    known = [[_plain(key) for key in row if "copy_text" not in key] for row in rows]
    if known == rows:
        return arguments
    kept = {name: value for name, value in arguments.items() if name != "reply_markup"}
    known = [row for row in known if row]
    return {**kept, "reply_markup": {"inline_keyboard": known}} if known else kept


def _plain(key: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in key.items() if name != "style"}
