"""What a chat can show: text, buttons, perhaps a table-bearing rich version of it or a file."""

from dataclasses import dataclass, field
from typing import Final

DANGER: Final = "danger"
NEXT: Final = "primary"


@dataclass(frozen=True, slots=True)
class Button:
    """A key under a message: `data` comes back when pressed, or `url` is opened, or `copy` is put into the clipboard.

    `style` is its colour: DANGER where a step is final or deletes, NEXT for the one sensible next step.
    """

    label: str
    data: str = ""
    url: str = ""
    copy: str = ""
    style: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file shown with the text as its caption; `picture` shows it as an image.

    With a `file_id` it is one that Telegram has already: nothing goes up, and in an edit only the caption changes.
    """

    name: str
    content: bytes = b""
    picture: bool = False
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A message. `text` is Telegram HTML (at most 4096 characters once parsed).

    `rich` is semantic HTML for servers that know rich messages; `text` is then its fallback. `pictured` is semantic
    HTML that is shown as pictures, with the same fallback; such a screen has no keys. `album` are files that come as
    one message, two to ten, before the text. `more` are messages that follow it at once, where it is longer than one
    message can be.
    """

    text: str
    keyboard: Keyboard = field(default=())
    rich: str = ""
    pictured: str = ""
    attachment: Attachment | None = None
    album: tuple[Attachment, ...] = ()
    more: tuple["Screen", ...] = ()
