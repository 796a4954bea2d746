"""Parameters of a call, whichever way they were sent: JSON, a form, or a form with files."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from simulator.json_types import JsonObject
from simulator.rules.contract import Contract, UploadedFile

_ATTACHED = "attach://"


def typed_form(contract: Contract, method: str, form: Mapping[str, str | UploadedFile]) -> JsonObject:
    """Give form values, which are all text, the types the contract wants.

    Files named by ``attach://name`` take their place; the parts that carried them vanish.
    """
    uploads = {name: value for name, value in form.items() if isinstance(value, UploadedFile)}
    fields = contract.methods[method]
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    values = {name: _typed(fields.get(name, ""), text) for name, text in texts.items()}
    used: set[str] = set()
    resolved = {name: _attached(value, uploads, used) for name, value in values.items()}
    left = {name: upload for name, upload in uploads.items() if name not in used}
    return {**resolved, **left}


def _typed(types: str, text: str) -> object:
    kinds = types.removeprefix("!").split("|")
    if kinds in (["String"], [""]):
        return text
    parsed = _as_json(text)
    if parsed is None or ("String" in kinds and isinstance(parsed, dict | list | float)):
        return text
    return parsed


def _as_json(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return {"True": True, "False": False}.get(text)


def _attached(value: object, uploads: dict[str, UploadedFile], used: set[str]) -> object:
    """Replace a whole parameter by its file; inside media the name stays, the file is put by."""
    if isinstance(value, str) and value.startswith(_ATTACHED):
        name = value.removeprefix(_ATTACHED)
        used.add(name)
        return uploads.get(name, value)
    return value


def split_uploads(
    contract: Contract, method: str, values: JsonObject
) -> tuple[JsonObject, dict[str, UploadedFile]]:
    """Set apart the files that only media items name, which are no parameters themselves."""
    fields = contract.methods[method]
    uploads = {
        name: value
        for name, value in values.items()
        if isinstance(value, UploadedFile) and name not in fields
    }
    named = orjson.dumps(values.get("media"), default=str).decode() if uploads else ""
    put_by = {name: file for name, file in uploads.items() if f'"{_ATTACHED}{name}"' in named}
    return {name: value for name, value in values.items() if name not in put_by}, put_by
