"""A phone's screen as text, for failing tests."""

from __future__ import annotations

from simulator.json_types import JsonList, JsonObject


def screen_text(title: str, messages: JsonList) -> str:
    """The messages with their buttons, one under the other."""
    lines = [f"── {title} ──"]
    for message in messages:
        lines += _message_lines(message)
    return "\n".join(lines if messages else [*lines, "(kosong)"])


def _message_lines(message: JsonObject) -> list[str]:
    if message["service"]:
        return [f"   · {message['service']} ·"]
    edited = " (diubah)" if "edit_date" in message else ""
    files = [f"   [{item['kind']}: {item['name']}]" for item in message["files"]]
    text = [f"   {line}" for line in message["text"].splitlines()]
    rows = ["   " + " ".join(f"⟦{button['text']}⟧" for button in row) for row in message["buttons"]]
    return [f"{message['sender']}{edited}:", *files, *text, *rows]


def file_named(messages: JsonList, name: str) -> JsonObject | None:
    """The newest file from the bot whose name holds `name`."""
    files = [item for message in messages if message["from_bot"] for item in message["files"]]
    return next((item for item in reversed(files) if name in item["name"]), None)


def labels(messages: JsonList) -> list[str]:
    """Labels of all inline buttons in these messages."""
    return [button["text"] for message in messages for row in message["buttons"] for button in row]


def pinned_lines(chat: JsonObject) -> list[str]:
    """The first line of each pinned message, oldest first."""
    texts = {message["message_id"]: str(message["text"]) for message in chat["messages"]}
    return [texts[number].split("\n")[0] for number in chat["chat"]["pinned"]]
