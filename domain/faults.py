"""What was wrong with something a person gave, as data; the sentence for it is in the templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault with the details its sentence needs (limits, an example, what was given)."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


class Rejected(Exception):  # noqa: N818 - it is an answer to a person, not an error of the program
    """Raised where an answer, a move or an intent can't be taken; carries the fault to be explained."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.fault = Fault(code, details)
