"""The facilitator's moves on a naskah: compose a section's text, hide a contribution, bring one back."""

from collections.abc import Iterator, Mapping, Sequence

from domain.dialog.questions import Answers, Choice, Option, Question, Several, Text
from domain.instruments.base import Desk, Item, MoveForm, short_id
from domain.instruments.narrative.text import (
    COMPOSE,
    HIDE,
    LONGEST_TEXT,
    SHOW,
    TEXT_FIELD,
    Passage,
    Section,
    Settings,
    hidden,
    manuscript,
    materials,
    present_text,
    written,
)

MOST_OFFERED = 60  # to choose several from: a button carries one bit for each
LABEL = 200  # characters of a contribution among lettered options, eight of which stand in one message
IMPROVE, ADD, PICK, NEW = "improve", "add", "pick", "new"
"""What a text starts from: the present one, that and contributions, contributions alone, nothing."""

Pieces = Mapping[str, str]
"""What a text can be composed from: contributions and material, by id."""


def _ask_compose(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """The section, what to start from, and the text."""
    sections = desk.sheet.settings.sections
    if len(sections) > 1:
        options = tuple(Option(short_id(n), section.title) for n, section in enumerate(sections))
        yield Choice(key="section", about="compose.section", options=options)
    place = values.get("section", "" if len(sections) > 1 else short_id(0))
    if not place:
        return
    pieces, now = _pieces(desk, place), present_text(desk.sheet, place)
    bases = _bases(pieces, now)
    if len(bases) > 1:
        options = tuple(Option(base, about=base) for base in bases)
        yield Choice(key=f"base.{place}", about="compose.base", options=options)
    base = values.get(f"base.{place}", bases[0] if len(bases) == 1 else "")
    if base:
        yield from _ask_version(desk, place, base, pieces, values)


def _bases(pieces: Pieces, now: str) -> list[str]:
    """The ways to start: from the present text, with contributions added to it, from contributions, from nothing."""
    return [
        *([IMPROVE] if now else []),
        *([ADD] if now and pieces else []),
        *([PICK] if pieces else []),
        NEW,
    ]


def _ask_version(
    desk: Desk[Settings], place: str, base: str, pieces: Pieces, values: Answers
) -> Iterator[Question]:
    """Which contributions, where there are to be some; then the text, with what it starts from to take or to copy."""
    chosen: Sequence[str] = ()
    if base in {ADD, PICK}:
        key = f"from.{place}.{base}"
        options = tuple(Option(id_, f"{n}. {text}") for n, (id_, text) in enumerate(pieces.items(), 1))
        facts = {"pieces": list(pieces.values())}
        yield Several(key=key, about="compose.from", options=options, facts=facts)
        chosen = values.get(key, ())
        if not chosen:
            return
    now = present_text(desk.sheet, place)
    start = "\n".join([now] * (base in {IMPROVE, ADD}) + [pieces[id_] for id_ in chosen if id_ in pieces])
    yield _ask_words(desk.sheet.settings.sections[int(place, 36)], f"text.{place}.{base}", start, now)


def _ask_words(section: Section, key: str, start: str, now: str) -> Text:
    """A start that is too long can't be taken as it is; neither need the text that is there already."""
    fits = len(start) <= LONGEST_TEXT
    ready = (Option("start", start),) if start and fits and start != now else ()
    facts = {
        "section": section.title,
        "start": start if fits else "",
        "length": len(start),
        "ready": bool(ready),
        "most": LONGEST_TEXT,
    }
    return Text(key=key, about="compose.text", longest=LONGEST_TEXT, suggestions=ready, facts=facts)


def _pieces(desk: Desk[Settings], place: str) -> Pieces:
    """Contributions no version was composed from come first, then the others, then the material."""
    passage = manuscript(desk.sheet, desk.ballots).passages[int(place, 36)]
    contributions = sorted(passage.contributions, key=lambda each: each.used)
    found = {each.id: each.text for each in contributions}
    section = desk.sheet.settings.sections[int(place, 36)]
    found |= {f"b{item.id}": _material(item) for item in materials(desk.sheet, section)}
    return dict(list(found.items())[:MOST_OFFERED])


def _material(item: Item) -> str:
    """An earlier naskah brings its text, anything else its words."""
    return str(item.fields.get(TEXT_FIELD) or item.text)


def _ask_hide(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """Which contribution, and why; the section only where there is a choice."""
    contributed = _contributed(desk)
    place = values.get("section", "")
    if len(contributed) > 1:
        options = tuple(Option(each, passage.title) for each, passage in contributed.items())
        yield Choice(key="section", about="hide.section", options=options)
    else:
        place = next(iter(contributed), "")
    if place in contributed:
        which = tuple(Option(each.id, _short(each.text)) for each in contributed[place].contributions)
        yield Choice(key=f"which.{place}", about="hide.which", options=which, lettered=True)
        yield Text(key="reason", about="hide.reason", shortest=3, longest=200)


def _ask_show(desk: Desk[Settings]) -> Choice:
    options = tuple(Option(id_, _short(text)) for id_, text in _hidden(desk).items())
    return Choice(key="which", about="show.which", options=options, lettered=True)


def _contributed(desk: Desk[Settings]) -> dict[str, Passage]:
    """The sections that have contributions to see, by their place."""
    passages = manuscript(desk.sheet, desk.ballots).passages
    return {short_id(place): each for place, each in enumerate(passages) if each.contributions}


def _hidden(desk: Desk[Settings]) -> dict[str, str]:
    """The words of the hidden contributions, by id."""
    taken_out = hidden(desk.sheet.moves)
    places = map(short_id, range(len(desk.sheet.settings.sections)))
    given = [each for place in places for each in written(desk.ballots, place)]
    return {each.id: each.text for each in given if each.id in taken_out}


def _short(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"


MOVES = (
    MoveForm(COMPOSE, questions=lambda desk, values: list(_ask_compose(desk, values))),
    MoveForm(
        HIDE,
        questions=lambda desk, values: list(_ask_hide(desk, values)),
        available=lambda desk: bool(_contributed(desk)),
    ),
    MoveForm(
        SHOW,
        questions=lambda desk, _: (_ask_show(desk),),
        available=lambda desk: bool(_hidden(desk)),
    ),
)
