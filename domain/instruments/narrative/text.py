"""The text of a naskah: what members contributed to each section, and the versions the facilitator made of it.

Version 0 is the draft of the guide, where it has one; every composing makes the next. Contributions stand in the
order of their words, so that they don't tell who wrote them. Those the room wrote lie beside the members' own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.dialog.questions import Answers
from domain.instruments.base import Ballots, Item, Move, Sheet, short_id
from domain.instruments.entries import entries

COMPOSE, HIDE, SHOW = "compose", "hide", "show"
LONGEST_TEXT = 3500  # characters: a message of Telegram carries 4096, and the question stands in it too
SECTION_FIELD, TEXT_FIELD = "bagian", "naskah"
"""Fields of the items a naskah passes on: the section's key and its text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section to be written. `start_with` is the guide's draft; `required` ones can't stay without a text."""

    key: str
    title: str
    hint: str = ""
    start_with: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """At most `most` contributions for each member and section, each of at most `longest` characters."""

    sections: tuple[Section, ...]
    most: int = 3
    longest: int = 600


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a member wrote; `used` says whether a version was composed from it."""

    id: str
    text: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """A contribution the facilitator took out: why, and who did. Its words are left out."""

    id: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Version:
    """A text the section had; number 0 is the guide's and has no author."""

    number: int
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A section with its present `text` (empty: none yet), which `version` that is and who composed it.

    `versions` holds all of them, the oldest first; `materials` are the texts of the items that belong to this
    section alone.
    """

    key: str
    title: str
    required: bool
    text: str
    version: int
    by: str
    versions: tuple[Version, ...]
    contributions: tuple[Contribution, ...]
    hidden: tuple[Hidden, ...]
    materials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The passages in the order of the sections, how many members wrote, and the material that is for all."""

    passages: tuple[Passage, ...]
    writers: int
    materials: tuple[str, ...]


def manuscript(sheet: Sheet[Settings], ballots: Ballots) -> Manuscript:
    """The naskah after all moves in force."""
    sections = enumerate(sheet.settings.sections)
    passages = tuple(_passage(sheet, short_id(place), section, ballots) for place, section in sections)
    writers = sum(any(_written(member, mine)) for member, mine in ballots.items())
    common = tuple(item.text for item in sheet.items if not _owner(sheet.settings, item))
    return Manuscript(passages, writers, common)


def versions(sheet: Sheet[Settings], place: str) -> tuple[Version, ...]:
    """All texts that the section at this place had."""
    section = sheet.settings.sections[int(place, 36)]
    start = [Version(0, section.start_with, "")] if section.start_with else []
    made = [move for move in sheet.moves if move.kind == COMPOSE and _place(move) == place]
    return (*start, *(Version(n, move.values[_text_key(move)], move.by) for n, move in enumerate(made, 1)))


def present_text(sheet: Sheet[Settings], place: str) -> str:
    """The newest text of the section at this place, or nothing."""
    found = versions(sheet, place)
    return found[-1].text if found else ""


def written(ballots: Ballots, place: str) -> list[Contribution]:
    """Every contribution to the section at this place, hidden ones too, in the order of their words."""
    found = [
        Contribution(id_, text)
        for member, mine in ballots.items()
        for id_, where, text in _written(member, mine)
        if where == place
    ]
    return sorted(found, key=lambda each: (each.text.casefold(), each.text, each.id))


def materials(sheet: Sheet[Settings], section: Section) -> tuple[Item, ...]:
    """The items shown in a section: those that name it in the field 'bagian', then those for all sections."""
    own = [item for item in sheet.items if _owner(sheet.settings, item) == section.key]
    common = [item for item in sheet.items if not _owner(sheet.settings, item)]
    return (*own, *common)


def hidden(moves: Sequence[Move]) -> dict[str, Hidden]:
    """The contributions that are hidden now, by id."""
    found: dict[str, Hidden] = {}
    for move in moves:
        if move.kind == HIDE:
            id_ = _chosen(move)
            found[id_] = Hidden(id_, move.values["reason"], move.by)
        elif move.kind == SHOW:
            found.pop(move.values["which"], None)
    return found


def _passage(sheet: Sheet[Settings], place: str, section: Section, ballots: Ballots) -> Passage:
    texts, taken_out, used = versions(sheet, place), hidden(sheet.moves), _used(sheet.moves)
    last = texts[-1] if texts else Version(0, "", "")
    given = written(ballots, place)
    kept = tuple(Contribution(c.id, c.text, c.id in used) for c in given if c.id not in taken_out)
    return Passage(
        key=section.key,
        title=section.title,
        required=section.required,
        text=last.text,
        version=last.number,
        by=last.by,
        versions=texts,
        contributions=kept,
        hidden=tuple(taken_out[each.id] for each in given if each.id in taken_out),
        materials=tuple(item.text for item in sheet.items if _owner(sheet.settings, item) == section.key),
    )


def _written(member: int, mine: Answers) -> Iterator[tuple[str, str, str]]:
    """Id, place and text of each contribution; one that was emptied is none."""
    for number, place in entries(mine):
        text = mine.get(f"{number}.{place}")
        if text:
            yield f"{short_id(member)}-{short_id(number)}", place, text


def _owner(settings: Settings, item: Item) -> str:
    """The key of the one section an item belongs to, or nothing."""
    named = item.fields.get(SECTION_FIELD)
    return named if named in {section.key for section in settings.sections} else ""


def _chosen(move: Move) -> str:
    """The contribution to hide, within the section that was chosen last; where there is only one it isn't asked."""
    only = next(key for key in move.values if key.startswith("which."))
    return str(move.values[f"which.{move.values['section']}" if "section" in move.values else only])


def _text_key(move: Move) -> str:
    """The key of the composed text: 'text.<place>.<what it started from>'; with it the form ends."""
    return next(key for key in move.values if key.startswith("text."))


def _place(move: Move) -> str:
    return _text_key(move).split(".")[1]


def _used(moves: Sequence[Move]) -> set[str]:
    """The contributions that versions in force were composed from."""
    composed = [move for move in moves if move.kind == COMPOSE]
    return {
        id_ for move in composed for id_ in move.values.get(_text_key(move).replace("text", "from", 1), ())
    }
