"""Names for JSON values: the currency between the parts of the simulator."""

from __future__ import annotations

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
JsonList: TypeAlias = list[JsonObject]
