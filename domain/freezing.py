"""Turning a result into plain data that can be kept, compared and sealed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any


def plain(value: object) -> Any:
    """The value as JSON data: dataclasses as mappings, exact numbers as text ('7/3', '1250.5')."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def seal(data: object) -> str:
    """The SHA-256 of the data's canonical JSON (sorted keys, no blanks, UTF-8), in hexadecimal."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def revive(data: object) -> object:
    """Plain data with its mappings as objects, so that a template reads a kept result as it read the fresh one."""
    if isinstance(data, Mapping):
        return SimpleNamespace(**{str(key): revive(each) for key, each in data.items()})
    if isinstance(data, list):
        return tuple(revive(each) for each in data)
    return data
