"""What a broadcast says, as a question: a text, or a file with its caption."""

from dataclasses import dataclass
from typing import ClassVar

from domain.dialog import reading
from domain.dialog.questions import Question, Sent, Value
from domain.faults import Rejected

LONGEST = 3000
"""Characters: with who says it and a reminder around it, it still is one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Question):
    """A text to write, or any file to send, whose caption is then the text.

    The value is {"text": …, "file": None or what is needed to send it again: file_id, name, picture}.
    """

    kind: ClassVar[str] = "content"
    takes_text: ClassVar[bool] = True
    longest: int = LONGEST

    def typed(self, text: str) -> Value:
        return {"text": reading.read_text(text, 1, self.longest), "file": None}

    def tapped(self, value: str) -> Value:
        """Raises Rejected: this question has no buttons."""
        raise Rejected("unknown_option")

    def sent(self, file: Sent) -> Value:
        """The file, and its caption as the text."""
        caption = reading.read_text(file.caption, 0, self.longest) if file.caption.strip() else ""
        return {
            "text": caption,
            "file": {"file_id": file.file_id, "name": file.name, "picture": file.picture},
        }
