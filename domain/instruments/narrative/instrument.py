"""Naskah per bagian: members contribute to the sections they choose; the facilitator composes each section's text.

Nobody walks through sections they have nothing for: the first question is which section, or none. A section's
present text is shown in parts before the contribution is asked for.
"""

import textwrap
from collections.abc import Iterator, Sequence

from domain.dialog.questions import Answers, Choice, Option, Question, Text, Value
from domain.faults import Fault, Rejected
from domain.instruments.base import Ballots, Desk, Instrument, Item, Sheet, short_id
from domain.instruments.entries import NOWHERE, asked, brought_along, entries, free
from domain.instruments.narrative.moves import MOVES
from domain.instruments.narrative.text import (
    LONGEST_TEXT,
    SECTION_FIELD,
    TEXT_FIELD,
    Manuscript,
    Passage,
    Section,
    Settings,
    manuscript,
    materials,
    present_text,
)
from domain.process.reading import Reader

MOST_SECTIONS = 20
PART = 300  # characters of the present text shown at once
ON, WRITE = "on", "write"


class Narrative(Instrument[Settings, Manuscript]):
    """Contribute to sections; compose their text."""

    name = "narrative"
    grows = True

    def read(self, reader: Reader) -> Settings:
        """`sections` (key, title, hint, start_with, required), `most` and `longest`."""
        sections = tuple(_read_section(each) for each in reader.each("sections", required=True))
        reader.unique([section.key for section in sections], "sections")
        if len(sections) > MOST_SECTIONS:
            reader.fault("too_many", reader.line_of("sections"), field="sections", most=MOST_SECTIONS)
        return Settings(sections, reader.whole("most", 3, 1, 10), reader.whole("longest", 600, 50, 1000))

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """For each contribution its section and its text, until the member has nothing (more) to add."""
        return [question for number in asked(mine) for question in _ask(sheet, number, mine)]

    def check(self, sheet: Sheet[Settings], mine: Answers, key: str, value: Value) -> None:
        """The same words twice in one section are a slip of the finger."""
        place = key.partition(".")[2]
        others = {f"{n}.{where}" for n, where in entries(mine) if where == place} - {key}
        said = {str(mine.get(other)).casefold() for other in others}
        if place and value and value.casefold() in said:
            raise Rejected("said_twice")

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Manuscript:
        """Every section's text and contributions."""
        return manuscript(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Manuscript) -> tuple[Item, ...]:
        """The sections that have a text."""
        return tuple(_item(passage) for passage in result.passages if passage.text)

    def lacking(self, sheet: Sheet[Settings], result: Manuscript) -> Fault | None:
        """A text for every required section, and for one at least."""
        required = [each.title for each in result.passages if each.required and not each.text]
        if not required and any(each.text for each in result.passages):
            return None
        return Fault("sections_empty", {"sections": required or [each.title for each in result.passages]})

    def hint(self, desk: Desk[Settings]) -> Fault | None:
        """Sections that members contributed to and nobody has composed yet."""
        passages = manuscript(desk.sheet, desk.ballots).passages
        waiting = [each.title for each in passages if each.contributions and not each.version]
        return Fault("not_composed", {"sections": waiting}) if waiting else None

    def pulse(self, desk: Desk[Settings]) -> Fault | None:
        """How many contributions there are, and for which sections there is nothing yet."""
        passages = manuscript(desk.sheet, desk.ballots).passages
        count = sum(len(each.contributions) for each in passages)
        empty = [each.title for each in passages if not each.contributions and not each.text]
        return Fault("written", {"count": count, "sections": empty})

    def trace(self, sheet: Sheet[Settings], result: Manuscript, item_id: str) -> Fault | None:
        """Which version of the section it is, who composed it and from how many contributions."""
        for each in result.passages:
            if each.key == item_id:
                used = sum(contribution.used for contribution in each.contributions)
                facts = {"title": each.title, "version": each.version, "by": each.by, "used": used}
                return Fault("composed", facts)
        return None

    def brought(self, desk: Desk[Settings], members: Sequence[int]) -> Ballots:
        """The members' contributions and the room's."""
        return brought_along(desk.ballots, members)

    moves = MOVES


def _read_section(reader: Reader) -> Section:
    section = Section(
        key=reader.key("key"),
        title=reader.text("title"),
        hint=reader.text("hint", ""),
        start_with=reader.text("start_with", ""),
        required=reader.flag("required", default=True),
    )
    if len(section.start_with) > LONGEST_TEXT:
        reader.fault("too_long", reader.line_of("start_with"), field="start_with", most=LONGEST_TEXT)
    reader.close()
    return section


def _item(passage: Passage) -> Item:
    fields = {SECTION_FIELD: passage.key, TEXT_FIELD: passage.text}
    return Item(passage.key, passage.title, passage.key, passage.text, fields)


def _ask(sheet: Sheet[Settings], number: int, mine: Answers) -> Iterator[Question]:
    """Which section; its present text part by part; the contribution."""
    sections = {short_id(place): section for place, section in enumerate(sheet.settings.sections)}
    places = free(dict.fromkeys(sections, sheet.settings.most), mine, number)
    if not places:
        return
    options = [Option(place, sections[place].title) for place in places]
    yield _ask_section(number, options, last=number == asked(mine)[-1])
    place = mine.get(str(number), NOWHERE)
    if place in sections:
        yield from _ask_text(sheet, number, place, mine)


def _ask_section(number: int, options: Sequence[Option], *, last: bool) -> Choice:
    """Only the last one counts for progress: it says whether the member is done. Earlier ones can be taken back."""
    first = number == 1
    nothing = Option(NOWHERE, about=("nothing" if first else "done") if last else "withdraw")
    about = "section" if first else "next"
    return Choice(
        key=str(number), about=about, options=(*options, nothing), counts=last, facts={"last": last}
    )


def _ask_text(sheet: Sheet[Settings], number: int, place: str, mine: Answers) -> Iterator[Question]:
    """A long text is shown until the member has read enough; the part they stopped at stands beside the question."""
    section = sheet.settings.sections[int(place, 36)]
    parts = _parts(present_text(sheet, place))
    options = (Option(ON, about=ON), Option(WRITE, about=WRITE))
    reached = 0
    for reached, part in enumerate(parts):
        key = f"{number}.{place}~{short_id(reached)}"
        if reached == len(parts) - 1:
            break
        facts = {"section": section.title, "part": part, "number": reached + 1, "of": len(parts)}
        yield Choice(key=key, about="part", options=options, counts=False, facts=facts)
        if mine.get(key) != ON:
            break
    yield Text(
        key=f"{number}.{place}",
        about="text",
        optional=True,
        counts=False,
        longest=sheet.settings.longest,
        facts={
            "section": section.title,
            "hint": section.hint,
            "longest": sheet.settings.longest,
            "part": parts[reached] if parts else "",
            "materials": [item.text for item in materials(sheet, section)],
        },
    )


def _parts(text: str) -> list[str]:
    """The text in pieces a phone shows without scrolling, cut between words."""
    return textwrap.wrap(text, PART, expand_tabs=False, replace_whitespace=False)
