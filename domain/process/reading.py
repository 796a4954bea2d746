"""Reading a process file's tree into typed data, collecting every fault with its line."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from domain.faults import Fault

MISSING = "\0missing"
_KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_FRACTION = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(?:/(\d{1,6}))?(%?)")


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the file: a mapping, a list or a scalar as its text, and the line it starts on (from 1)."""

    value: Mapping[str, "Node"] | Sequence["Node"] | str
    line: int


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong, on which line, and where in the structure ('topik 2.1 › kegiatan isu › columns')."""

    line: int
    place: str
    fault: Fault


@dataclass(slots=True)
class Scope:
    """What a reader knows of its surroundings: the topic, the activities before, what the present one draws on."""

    topic: str = ""
    known: set[str] = field(default_factory=set)
    draws: dict[str, tuple[Any, ...]] = field(default_factory=dict)  # name → domain.process.sources.Source


@dataclass(slots=True)
class Reader:
    """Reads the fields of one mapping. A field asked for is known; `close` reports those nobody asked for."""

    node: Node
    place: str
    faults: list[FileFault]
    scope: Scope = field(default_factory=Scope)
    asked: set[str] = field(default_factory=set)

    def text(self, key: str, default: str = MISSING) -> str:
        """A text that isn't empty."""
        node = self._field(key, default)
        if node is None:
            return "" if default == MISSING else default
        if not isinstance(node.value, str) or not node.value.strip():
            self.fault("not_text", node.line, field=key)
            return ""
        return node.value.strip()

    def key(self, key: str, longest: int = 12) -> str:
        """A short name that fits in a button's data: a-z, 0-9, single points and hyphens."""
        text = self.text(key)
        if text and not (_KEY.fullmatch(text) and len(text) <= longest):
            self.fault("not_key", self.line_of(key), field=key, longest=longest, given=text)
        return text

    def whole(self, key: str, default: int | None = None, least: int = 0, most: int = 10**6) -> int:
        """A whole number between `least` and `most`."""
        node = self._field(key, MISSING if default is None else str(default))
        if node is None:
            return least if default is None else default
        if not isinstance(node.value, str) or not re.fullmatch(r"-?[0-9]{1,12}", node.value.strip()):
            self.fault("not_whole", node.line, field=key)
            return least
        number = int(node.value)
        if not least <= number <= most:
            self.fault("out_of_range", node.line, field=key, least=least, most=most)
        return min(max(number, least), most)

    def fraction(self, key: str, default: str = MISSING) -> Fraction:
        """An exact number that isn't negative: 2/3, 0.25, 50%; 1 where a fault was noted."""
        text = self.text(key, default)
        match = _FRACTION.fullmatch(text.replace(" ", ""))
        if match and int(match[2] or 1):
            return Fraction(match[1]) / int(match[2] or 1) / (100 if match[3] else 1)
        if text:
            self.fault("not_fraction", self.line_of(key), field=key, given=text)
        return Fraction(1)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Whether the field says true; anything but true or false is a fault."""
        return self.one_of(key, ("true", "false"), "true" if default else "false") == "true"

    def one_of(self, key: str, allowed: Sequence[str], default: str = MISSING) -> str:
        """One of the allowed words, or nothing where a fault was noted."""
        text = self.text(key, default)
        if text and text not in allowed and text != default:
            self.fault("not_allowed", self.line_of(key), field=key, allowed=", ".join(allowed), given=text)
            return ""
        return text

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; empty where the field is left out."""
        return tuple(
            str(node.value).strip() for node in self._list(key, required=required) if self._scalar(node, key)
        )

    def nodes(self, key: str) -> Sequence[Node]:
        """What stands in a field, as a list: a single text or mapping is a list of one."""
        node = self._field(key, "")
        if node is None:
            return ()
        return [node] if isinstance(node.value, str | Mapping) else node.value

    def within(self, node: Node, place: str) -> "Reader":
        """A reader for a mapping inside this one."""
        return Reader(node, f"{self.place} › {place}", self.faults, self.scope)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of names to texts; empty where the field is left out."""
        node = self._field(key, "")
        if node is None:
            return ()
        if not isinstance(node.value, Mapping):
            self.fault("not_mapping", node.line, field=key)
            return ()
        return tuple(
            (name, str(each.value).strip()) for name, each in node.value.items() if self._scalar(each, name)
        )

    def each(self, key: str, *, required: bool = False) -> list["Reader"]:
        """A reader for each mapping in a list."""
        readers = []
        for number, node in enumerate(self._list(key, required=required), 1):
            if isinstance(node.value, Mapping):
                readers.append(Reader(node, f"{self.place} › {key} {number}", self.faults, self.scope))
            else:
                self.fault("not_mapping", node.line, field=key)
        return readers

    def has(self, key: str) -> bool:
        """Whether the field is given."""
        return isinstance(self.node.value, Mapping) and key in self.node.value

    def line_of(self, key: str) -> int:
        """The line of a field, or of the mapping where it isn't given."""
        found = self.node.value.get(key) if isinstance(self.node.value, Mapping) else None
        return found.line if found else self.node.line

    def fault(self, code: str, line: int | None = None, **details: object) -> None:
        """Notes a fault at this place."""
        self.faults.append(FileFault(line or self.node.line, self.place, Fault(code, details)))

    def unique(self, keys: Sequence[str], field_: str) -> None:
        """Notes a fault for each key that a list names twice."""
        for key in sorted({key for key in keys if key and keys.count(key) > 1}):
            self.fault("duplicate_key", self.line_of(field_), given=key)

    def close(self) -> None:
        """Reports fields that are given but unknown, with the likeliest meant name."""
        fields = self.node.value if isinstance(self.node.value, Mapping) else {}
        for key in sorted(set(fields) - self.asked):
            near = difflib.get_close_matches(key, sorted(self.asked), 1)
            self.fault("unknown_field", fields[key].line, field=key, meant=near[0] if near else "")

    def _field(self, key: str, default: str) -> Node | None:
        self.asked.add(key)
        fields = self.node.value if isinstance(self.node.value, Mapping) else {}
        if key not in fields and default == MISSING:
            self.fault("missing_field", field=key)
        return fields.get(key)

    def _list(self, key: str, *, required: bool) -> Sequence[Node]:
        node = self._field(key, MISSING if required else "")
        if node is None:
            return ()
        if isinstance(node.value, str | Mapping) or (required and not node.value):
            self.fault("not_list", node.line, field=key)
            return ()
        return node.value

    def _scalar(self, node: Node, key: str) -> bool:
        if isinstance(node.value, str) and node.value.strip():
            return True
        self.fault("not_text", node.line, field=key)
        return False
