"""What every screen is painted with: words, pages, buttons, links into this bot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot import callbacks
from bot.callbacks import Go, Press, pack
from bot.places.people import MENU
from bot.places.registry import PLACES
from bot.screen import DANGER, NEXT, Button, Keyboard, Screen
from documents.language.wording import Wording
from domain.faults import Fault
from usecases.outcomes import Note, Outcome

ROW_LIMIT = 8
SHORT_LABEL = 18
LONG_LABEL = 60


@dataclass(frozen=True, slots=True)
class Painter:
    """The words of the templates, the name links to this bot are made with, and what commands are for, by name."""

    wording: Wording
    bot_username: str
    commands: Mapping[str, str] = field(default_factory=dict)

    def button(self, key: str, press: Press, /, **facts: object) -> Button:
        """A button with the words `button.<key>`; red where it leads to something final."""
        is_final = isinstance(press, Go) and press.place in PLACES and PLACES[press.place].is_final
        words = self.wording.plain(f"button.{key}", **facts)
        return Button(words, pack(press), style=DANGER if is_final else "")

    def next_button(self, key: str, press: Press, /, **facts: object) -> Button:
        """The same for the one sensible next step of a screen."""
        return replace(self.button(key, press, **facts), style=NEXT)

    def copying(self, key: str, text: str) -> Button:
        """A button with the words `button.<key>` that puts a text into the clipboard; it stands in the message, too."""
        return Button(self.wording.plain(f"button.{key}"), copy=text)

    def labelled(self, label: str, press: Press) -> Button:
        """A button with a label from data, shortened to what a phone shows."""
        return Button(shorten(label, LONG_LABEL), pack(press))

    def menu(self) -> Button:
        """The way back to the menu."""
        return self.button("menu", MENU())

    def start_link(self, payload: str) -> str:
        """The link that opens the private chat with this payload."""
        return f"https://t.me/{self.bot_username}?start={payload}"

    def group_link(self, payload: str, rights: str) -> str:
        """The link that adds the bot to a group with this payload, and asks for these rights there."""
        return f"https://t.me/{self.bot_username}?startgroup={payload}&admin={rights}"

    def page(self, name: str, keyboard: Iterable[Sequence[Button]] = (), /, **facts: object) -> Screen:
        """The template `screens/<name>.html` with a keyboard; empty rows are left out."""
        text = self.wording.page(f"screens/{name}", **facts, bot_username=self.bot_username)
        return Screen(text, rows(*keyboard))

    def note(self, note: Note) -> str:
        """The sentence of a note, as plain text."""
        key = note.code if note.code.startswith(("fault.", "moved.", "said.")) else f"note.{note.code}"
        if not self.wording.has(key, note.instrument):
            key = "note.moved"
        return self.wording.plain(key, note.instrument, **note.details)

    def fault(self, fault: Fault) -> str:
        """The sentence of a fault, as plain text."""
        details = dict(fault.details)
        instrument = str(details.pop("instrument", ""))
        return self.wording.plain(f"fault.{fault.code}", instrument, **details)


def rows(*keyboard: Sequence[Button]) -> Keyboard:
    """A keyboard without its empty rows."""
    return tuple(tuple(row) for row in keyboard if row)


def shown_for(pokja_id: int, screen: Screen) -> Screen:
    """The screen with keys that act on that Pokja, whichever is the active one when they are pressed."""
    if not screen.keyboard and not screen.more:
        return screen
    keys = (
        tuple(replace(key, data=callbacks.shown_for(pokja_id, key.data)) for key in row)
        for row in screen.keyboard
    )
    more = tuple(shown_for(pokja_id, each) for each in screen.more)
    return replace(screen, keyboard=tuple(keys), more=more)


Painted = Mapping[type[Outcome], Callable[..., Screen]]
"""The screen of each kind of outcome, made by a function that takes that kind."""


def shorten(text: str, most: int) -> str:
    """The text in one line, cut with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def arranged(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Short words two in a row, single letters and numbers up to eight, long ones one below another."""
    longest = max((len(button.label) for button in buttons), default=0)
    wide = ROW_LIMIT if longest <= 3 else 2 if longest <= SHORT_LABEL else 1  # noqa: PLR2004 - 'A', '10', '100'
    if wide == ROW_LIMIT and 0 < len(buttons) <= 3:  # noqa: PLR2004 - a few letters get wide keys
        wide = len(buttons)
    return [tuple(buttons[start : start + wide]) for start in range(0, len(buttons), wide)]
