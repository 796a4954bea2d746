"""The Bot API contract: which methods exist, and what a request or object must look like.

`contract.json` is the published contract in short: ``"!"`` marks what is required and ``"|"``
separates the types allowed, e.g. ``"chat_id": "!Integer|String"``. Real Telegram ignores what it
does not know; here an unknown parameter is a fault, so that a slip is seen at once.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import orjson

from simulator.json_types import JsonObject

Fields = Mapping[str, str]
_ARRAY = "Array of "


@dataclass(frozen=True)
class UploadedFile:
    """A file that came with a request."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Contract:
    """Methods with their parameters, object types with their fields, unions of types."""

    methods: Mapping[str, Fields]
    other_methods: frozenset[str]
    types: Mapping[str, Fields]
    unions: Mapping[str, list[str]]

    def method_named(self, name: str) -> str | None:
        """The method's proper spelling; names are case-insensitive."""
        return self._spellings.get(name.lower())

    @functools.cached_property
    def _spellings(self) -> Mapping[str, str]:
        return {method.lower(): method for method in self.methods}

    def knows(self, name: str) -> bool:
        """Whether Telegram has the method, supported here or not."""
        return name.lower() in {method.lower() for method in self.other_methods}

    def faults_of_call(self, method: str, parameters: JsonObject) -> list[str]:
        """What is wrong with a call, with the place of each fault; empty when all is well."""
        return self._faults_of_fields(self.methods[method], parameters, method)

    def faults_of_object(self, kind: str, value: object) -> list[str]:
        """What is wrong with an object of type `kind`."""
        return self._faults_of_value([kind], value, kind)

    def _faults_of_fields(self, fields: Fields, values: JsonObject, place: str) -> list[str]:
        unknown = [f"{place}: unknown field {name!r}" for name in values if name not in fields]
        missing = [
            f"{place}: {name!r} is required"
            for name, types in fields.items()
            if types.startswith("!") and values.get(name) is None
        ]
        wrong = [
            fault
            for name, value in values.items()
            if name in fields and value is not None
            for fault in self._faults_of_value(
                fields[name].removeprefix("!").split("|"), value, f"{place}.{name}"
            )
        ]
        return unknown + missing + wrong

    def _faults_of_value(self, kinds: list[str], value: object, place: str) -> list[str]:
        """Faults against the alternative that fits best."""
        attempts = (self._faults_of_kind(kind, value, place) for kind in self._alternatives(kinds))
        return min(attempts, key=len, default=[f"{place}: no type allowed"])

    def _alternatives(self, kinds: list[str]) -> list[str]:
        return [leaf for kind in kinds for leaf in self._alternatives_of(kind)]

    def _alternatives_of(self, kind: str) -> list[str]:
        return self._alternatives(self.unions[kind]) if kind in self.unions else [kind]

    def _faults_of_kind(self, kind: str, value: object, place: str) -> list[str]:
        if kind.startswith(_ARRAY):
            return self._faults_of_array(kind.removeprefix(_ARRAY), value, place)
        if kind in self.types and kind != "InputFile":
            return self._faults_of_structure(kind, value, place)
        is_right = _is_primitive(kind, value)
        return [] if is_right else [f"{place}: {kind} expected, got {_shown(value)}"]

    def _faults_of_array(self, kind: str, value: object, place: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{place}: array of {kind} expected, got {_shown(value)}"]
        return [
            fault
            for index, item in enumerate(value)
            for fault in self._faults_of_value([kind], item, f"{place}[{index}]")
        ]

    def _faults_of_structure(self, kind: str, value: object, place: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{place}: {kind} expected, got {_shown(value)}"]
        return self._faults_of_fields(self.types[kind], value, place)


@functools.cache
def load_contract() -> Contract:
    """The contract that comes with the package, read once."""
    raw = orjson.loads(files("simulator.rules").joinpath("contract.json").read_bytes())
    return Contract(raw["methods"], frozenset(raw["other_methods"]), raw["types"], raw["unions"])


def _is_primitive(kind: str, value: object) -> bool:
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "InputFile":
            return isinstance(value, UploadedFile)
    return False


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004
