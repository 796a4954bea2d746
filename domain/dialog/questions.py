"""The kinds of question a person can be asked, and how what they gave is read into a value.

A value is always JSON: text, whole number, boolean, list of option values, or None for 'skipped'.
Numbers are kept as canonical decimal text ("1250.5"), dates and times in ISO form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar

from domain.dialog import reading
from domain.faults import Rejected

Value = Any
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button of the question was pressed; `value` is the option's value."""

    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text was sent."""

    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file was sent; `size` in bytes, `picture` where it was sent as a photo, `caption` what stood below it."""

    file_id: str
    name: str
    mime: str
    size: int
    picture: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something no question takes (a sticker, a voice message, a location)."""

    kind: str


Given = Tapped | Typed | Sent | Unreadable


def words_of(given: Given) -> str:
    """What somebody wrote, or the name of the file they sent; empty for a button and what can't be read."""
    if isinstance(given, Typed):
        return given.text
    return (given.caption or given.name) if isinstance(given, Sent) else ""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: its short `value` (fits in a button), and the words shown for it.

    `label` is text from data; where it is empty, `about` names the words in the templates.
    """

    value: str
    label: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked next. `key` names the answer; `prompt` is text from data, else `about` names words."""

    kind: ClassVar[str] = ""
    takes_text: ClassVar[bool] = False

    key: str
    prompt: str = ""
    about: str = ""
    optional: bool = False
    counts: bool = True  # whether 'n dari m' counts it
    facts: Mapping[str, object] = field(default_factory=dict)  # what the words of `about` need to know

    @property
    def takes_messages(self) -> bool:
        """Whether it can be answered by a message, a text or a file, and not by buttons alone."""
        return self.takes_text or type(self).sent is not Question.sent

    def read(self, given: Given) -> Value:
        """The value of what was given. Raises Rejected with a fault that says what is expected."""
        if self.optional and self._skips(given):
            return None
        if isinstance(given, Tapped):
            return self.tapped(given.value)
        if isinstance(given, Typed) and self.takes_text:
            return self.typed(given.text)
        if isinstance(given, Sent):
            return self.sent(given)
        raise Rejected("unexpected_input", kind=self.kind)

    def tapped(self, value: str) -> Value:
        """The value of a pressed button."""
        return self.typed(value) if self.takes_text else self.refuse_tap()

    def typed(self, text: str) -> Value:
        """The value of a typed text."""
        raise Rejected("unexpected_input", kind=self.kind)

    def sent(self, file: Sent) -> Value:
        """The value of a sent file."""
        raise Rejected("unexpected_input", kind=self.kind)

    def refuse_tap(self) -> Value:
        """For kinds that have no buttons of their own."""
        raise Rejected("unknown_option")

    def _skips(self, given: Given) -> bool:
        """The skip button, or the lone '-' people write into a form's empty field."""
        value = given.value if isinstance(given, Tapped) else given.text if isinstance(given, Typed) else ""
        return value.strip() == SKIP


SKIP = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """Exactly one of the options.

    `lettered` lists long options in the text and puts A, B, C on the buttons.
    """

    kind: ClassVar[str] = "choice"
    options: tuple[Option, ...]
    lettered: bool = False

    def tapped(self, value: str) -> Value:
        """The option pressed, if it is one of them."""
        if value not in {option.value for option in self.options}:
            raise Rejected("unknown_option")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Choice):
    """One member; the options are membership ids with their names."""

    kind: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Question):
    """Between `least` and `most` of the options; given as values joined by commas."""

    kind: ClassVar[str] = "several"
    options: tuple[Option, ...]
    least: int = 1
    most: int = 100

    def tapped(self, value: str) -> Value:
        """The list of chosen values, in the order of the options."""
        chosen = set(value.split(",")) - {""}
        if chosen - {option.value for option in self.options}:
            raise Rejected("unknown_option")
        if not self.least <= len(chosen) <= self.most:
            raise Rejected("wrong_count", least=self.least, most=self.most, given=len(chosen))
        return [option.value for option in self.options if option.value in chosen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Question):
    """A whole number from `lowest` to `highest`; `words` tell what each number means."""

    kind: ClassVar[str] = "rating"
    takes_text: ClassVar[bool] = True
    lowest: int
    highest: int
    words: Mapping[int, str] = field(default_factory=dict)

    def typed(self, text: str) -> Value:
        """The number, typed or pressed."""
        number = reading.read_number(
            text, decimals=0, lowest=Decimal(self.lowest), highest=Decimal(self.highest)
        )
        return int(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Question):
    """Free text of at most `longest` characters; outer white space is not kept."""

    kind: ClassVar[str] = "text"
    takes_text: ClassVar[bool] = True
    shortest: int = 1
    longest: int = 200
    example: str = ""
    suggestions: tuple[Option, ...] = ()

    def typed(self, text: str) -> Value:
        return reading.read_text(text, self.shortest, self.longest, self.example)

    def tapped(self, value: str) -> Value:
        """The words of a suggestion that was pressed."""
        labels = {option.value: option.label for option in self.suggestions}
        return self.typed(labels[value]) if value in labels else self.refuse_tap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Question):
    """A decimal number in Indonesian writing (1.250,5); `unit` is shown beside it."""

    kind: ClassVar[str] = "number"
    takes_text: ClassVar[bool] = True
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: int = 2
    unit: str = ""

    def typed(self, text: str) -> Value:
        """The number as canonical decimal text."""
        return reading.canonical(reading.read_number(text, self.decimals, self.lowest, self.highest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Question):
    """Whole rupiah; 'Rp', points and the words ribu, juta, miliar are understood."""

    kind: ClassVar[str] = "money"
    takes_text: ClassVar[bool] = True
    highest: int = 10**15

    def typed(self, text: str) -> Value:
        """The rupiah as a whole number."""
        return reading.read_money(text, self.highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Question):
    """A day, tapped in a calendar or typed (23/11/2026, 23 November 2026).

    `today` is where the calendar opens.
    """

    kind: ClassVar[str] = "date"
    takes_text: ClassVar[bool] = True
    today: date
    earliest: date | None = None
    latest: date | None = None

    def typed(self, text: str) -> Value:
        """The day in ISO form."""
        return reading.read_date(text, self.today, self.earliest, self.latest).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Question):
    """A time of day, tapped or typed (09.30)."""

    kind: ClassVar[str] = "time"
    takes_text: ClassVar[bool] = True
    suggestions: tuple[time, ...] = tuple(time(hour) for hour in range(8, 16))

    def typed(self, text: str) -> Value:
        """The time as HH:MM."""
        return reading.read_time(text).strftime("%H:%M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Question):
    """Yes or no."""

    kind: ClassVar[str] = "confirm"

    def tapped(self, value: str) -> Value:
        """True for yes."""
        if value not in {"y", "n"}:
            raise Rejected("unknown_option")
        return value == "y"


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Question):
    """A file of one of the `types` (mime types; a trailing /* means a family), at most `largest` bytes."""

    kind: ClassVar[str] = "file"
    types: tuple[str, ...] = ("image/*", "application/pdf")
    largest: int = 20 * 1024 * 1024

    def sent(self, file: Sent) -> Value:
        """What is needed to fetch it again."""
        if file.size > self.largest:
            raise Rejected("file_too_large", most_mb=self.largest // 1024**2)
        if not any(_fits(file.mime, wanted) for wanted in self.types):
            raise Rejected("file_type", wanted=", ".join(self.types))
        return {"file_id": file.file_id, "name": file.name, "mime": file.mime, "size": file.size}


def _fits(mime: str, wanted: str) -> bool:
    return mime == wanted or (wanted.endswith("/*") and mime.startswith(wanted[:-1]))
