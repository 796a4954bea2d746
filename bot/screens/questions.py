"""A question on the phone: its words, and the keys that fit its kind."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.callbacks import Answer, Back, Cancel, Choose, Clear, Toggle, Turn, View, pack
from bot.places.activities import MATERIAL
from bot.places.answering import ANSWERS, FORGET_KEPT, GIVE_KEPT
from bot.places.people import LATER
from bot.screen import Button, Screen
from bot.screens.calendar_keys import date_keys
from bot.screens.paging import PAGE, last_page, turns
from bot.screens.painter import Painter, arranged, rows, shorten
from bot.screens.question_shown import Shown
from documents.language import indonesian
from domain.dialog.questions import (
    SKIP,
    Choice,
    Confirm,
    Option,
    Question,
    Rating,
    Several,
    Text,
    Time,
)
from usecases.answering.outcomes import Answers, Asked, Opening, Unplaced
from usecases.answering.tasks import Task

ROOM, SHORTEST, LONGEST_PROMPT = 510, 25, 120
"""Characters of a prompt and its options together, besides title and hint; what is left of an option at least;
characters of a prompt that is told by the way."""
TAG = re.compile(r"<[^>]*>")


def paint(painter: Painter, asked: Asked, page: str = "", mask: int | None = None) -> Screen:
    shown = Shown(asked, page, mask)
    keys = KEYS.get(asked.question.kind, _no_keys)(painter, shown)
    return Screen(text(painter, shown), rows(*keys, *_extras(painter, shown), _ways(painter, shown)))


def answers(painter: Painter, shown: Answers) -> Screen:
    """What was answered, a page of it with a key each to mend it; then the ways on."""
    last = last_page(len(shown.questions))
    at = min(shown.page, last)
    lines = [
        (
            number,
            shorten(_in_words(painter, shown.task, each), LONGEST_PROMPT),
            shorten(shown_value(painter, shown.task, each, shown.task.answers[each.key]), LONGEST_PROMPT),
        )
        for number, each in list(enumerate(shown.questions, 1))[at * PAGE : (at + 1) * PAGE]
    ]
    ref = shown.task.ref
    keys = [
        [painter.labelled(f"{number}. {value}", View(ref, shown.questions[number - 1].key))]
        for number, _, value in lines
    ]
    pages = turns(painter, lambda page: ANSWERS(str(ref), page), at, last)
    ways = [painter.button("onward", View(ref)), _way_out(painter, shown.task)]
    title = _title(painter, shown.task)
    return painter.page("answers", [*keys, pages, ways], shown=shown, title=title, lines=lines)


def _way_out(painter: Painter, task: Task) -> Button:
    """A form can be cancelled; anything else waits."""
    return (
        painter.button("cancel", Cancel(task.ref))
        if task.form
        else painter.button("later", LATER(str(task.ref)))
    )


def unplaced(painter: Painter, shown: Unplaced) -> Screen:
    """What was sent, and what it could be for."""
    places = [
        (_placed(painter, each), shorten(_in_words(painter, each.task, each.question), LONGEST_PROMPT))
        for each in shown.places
    ]
    keys = [
        [painter.labelled(f"{title}: {prompt}", GIVE_KEPT(shown.number, n, str(each.task.ref)))]
        for n, ((title, prompt), each) in enumerate(zip(places, shown.places, strict=True))
    ]
    keys.append([painter.button("no_back", FORGET_KEPT(shown.number))])
    return painter.page("unplaced", keys, shown=shown, places=places)


def text(painter: Painter, shown: Shown) -> str:
    """Title, progress, the instrument's own view where it has one, else prompt and lettered options."""
    asked = shown.asked
    prompt = prompt_of(painter, asked.task, asked.question)
    body = ""
    if asked.task.activity:
        body = painter.wording.block(
            asked.task.activity.instrument,
            "ask",
            activity=asked.task.activity,
            question=asked.question,
            prompt=prompt,
            sheet=asked.task.sheet,
            mine=asked.task.answers,
        )
    return painter.wording.page(
        "screens/asked",
        asked=asked,
        title=_title(painter, asked.task),
        prompt=prompt,
        body=body,
        options=_listed(painter, shown, ROOM - _length(body or prompt)),
        given=shown_value(painter, asked.task, asked.question, asked.given) if asked.editing else "",
        hint=_hint(painter, asked.question),
    )


def _title(painter: Painter, task: Task) -> str:
    if task.activity:
        return task.activity.title
    if task.vocabulary:
        return painter.wording.plain(f"move.{(task.subject or {})['kind']}", task.vocabulary)
    return painter.wording.plain(f"form.{task.form}.title")


def prompt_of(painter: Painter, task: Task, question: Question) -> str:
    """The sentence that asks: from data, from the instrument's words or from the form's."""
    if question.prompt or not question.about:
        return question.prompt
    instrument = task.vocabulary or (task.activity.instrument if task.activity else "")
    key = f"ask.{question.about}" if instrument else f"form.{task.form}.{question.about}"
    return painter.wording.word(key, instrument, **question.facts)


def _placed(painter: Painter, opening: Opening) -> str:
    """The title of what waits, with its Pokja where that isn't the one somebody is working in."""
    title, where = _title(painter, opening.task), opening.where
    return title if where is None or where.is_active else f"{title} · {where.name}"


def _in_words(painter: Painter, task: Task, question: Question) -> str:
    """The same as plain text."""
    prompt = prompt_of(painter, task, question)
    return str(prompt.striptags()) if isinstance(prompt, Markup) else prompt


def _option_label(painter: Painter, task: Task, option: Option) -> str:
    if option.label or not option.about:
        return option.label
    instrument = task.vocabulary or (task.activity.instrument if task.activity else "")
    return painter.wording.plain(f"option.{option.about}", instrument)


def _hint(painter: Painter, question: Question) -> str:
    key = f"hint.{question.kind}"
    return painter.wording.word(key, question=question) if painter.wording.has(key) else ""


def shown_value(painter: Painter, task: Task, question: Question, value: object) -> str:
    """An answer in words."""
    if value is None:
        return _skipping(painter, task, question, "value.skipped")
    if isinstance(question, Choice | Several):
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(
            _option_label(painter, task, each) for each in question.options if each.value in chosen
        )
    if isinstance(question, Confirm):
        return painter.wording.plain("value.yes" if value else "value.no")
    formats: Mapping[str, Callable[[Any], str]] = {
        "date": indonesian.long_date,
        "time": indonesian.clock_time,
        "money": indonesian.money,
        "number": indonesian.number,
        "file": lambda file: file["name"],
        "content": lambda content: content["text"] or content["file"]["name"],
    }
    return formats.get(question.kind, str)(value)


def _length(html: str) -> int:
    """How many characters of a page are seen."""
    return len(TAG.sub("", html))


def _listed(painter: Painter, shown: Shown, room: int) -> list[tuple[str, str]]:
    """Options that stand in the text, by letter; long ones are cut to what there is room for on a small screen."""
    question = shown.asked.question
    if not isinstance(question, Choice) or not question.lettered:
        return []
    labels = [_option_label(painter, shown.task, option) for option in _paged(question)]
    start = shown.number * PAGE
    here = range(start, min(start + PAGE, len(labels)))
    most = max(SHORTEST, room // max(1, len(here)) - len("A. \n"))
    return [(indonesian.letter(n), shorten(labels[n], most)) for n in here]


def _choice_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    question = shown.asked.question
    assert isinstance(question, Choice)
    start = shown.number * PAGE
    paged = _paged(question)
    here = list(enumerate(paged))[start : start + PAGE]
    ending = [option for option in question.options if option.value == SKIP]
    keys = [
        shown.answer(
            indonesian.letter(n)
            if question.lettered
            else shorten(_option_label(painter, shown.task, option), 60),
            option.value,
        )
        for n, option in here
    ]
    last = [(shown.answer(_option_label(painter, shown.task, option), option.value),) for option in ending]
    return [*arranged(keys), *last, *_pages(painter, shown, len(paged))]


def _paged(question: Choice) -> list[Option]:
    """The options of a page; 'nothing (more)' stands on each."""
    return [option for option in question.options if option.value != SKIP]


def _pages(painter: Painter, shown: Shown, total: int) -> list[tuple[Button, ...]]:
    """Keys to the page before and after, where there are several."""
    ref, key = shown.task.ref, shown.asked.question.key
    return [tuple(turns(painter, lambda page: Turn(ref, key, str(page)), shown.number, last_page(total)))]


def _several_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    question = shown.asked.question
    assert isinstance(question, Several)
    given = shown.asked.given if isinstance(shown.asked.given, list) else []
    mask = shown.mask
    if mask is None:
        mask = sum(1 << n for n, option in enumerate(question.options) if option.value in given)
    start = (shown.number if shown.page else 0) * PAGE
    keys = [
        (
            painter.labelled(
                ("☑ " if mask >> n & 1 else "☐ ") + _option_label(painter, shown.task, option),
                Toggle(shown.task.ref, question.key, mask, n),
            ),
        )
        for n, option in list(enumerate(question.options))[start : start + PAGE]
    ]
    done = painter.button(
        "chosen", Choose(shown.task.ref, question.key, mask, shown.asked.editing), count=mask.bit_count()
    )
    pages = turns(
        painter,
        lambda page: Toggle(shown.task.ref, question.key, mask, PAGES + page),
        shown.number,
        last_page(len(question.options)),
    )
    return [*keys, *((turn,) for turn in pages), (done,)]


PAGES = 1000
"""A toggle of this number and beyond turns to a page instead: the mask has to travel with it."""


def _rating_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    question = shown.asked.question
    assert isinstance(question, Rating)
    return arranged([shown.answer(str(n), str(n)) for n in range(question.lowest, question.highest + 1)])


def _confirm_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    yes, no = painter.wording.plain("value.yes"), painter.wording.plain("value.no")
    return [(shown.answer(yes, "y"), shown.answer(no, "n"))]


def _text_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    question = shown.asked.question
    assert isinstance(question, Text)
    if shown.asked.editing:
        return []
    return [(shown.answer(shorten(option.label, 40), option.value),) for option in question.suggestions]


def _time_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    question = shown.asked.question
    assert isinstance(question, Time)
    keys = [shown.answer(indonesian.clock_time(at), at.strftime("%H.%M")) for at in question.suggestions]
    return [tuple(keys[start : start + 4]) for start in range(0, len(keys), 4)]


def _no_keys(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    return []


def _extras(painter: Painter, shown: Shown) -> list[tuple[Button, ...]]:
    """Skipping what may be skipped; writing a typed answer again."""
    asked, ref = shown.asked, shown.task.ref
    extras: list[tuple[Button, ...]] = []
    if asked.question.optional and not (asked.editing and asked.given is None):
        label = _skipping(painter, asked.task, asked.question, "button.skip")
        extras.append((Button(label, pack(Answer(ref, asked.question.key, SKIP, asked.editing))),))
    if asked.editing and isinstance(asked.question, Text):
        extras.append((painter.button("write_anew", Clear(ref, asked.question.key)),))
    return extras


def _skipping(painter: Painter, task: Task, question: Question, otherwise: str) -> str:
    """What leaving this question out means in the words of its instrument, as 'Selesai' after the last card."""
    key = f"skip.{question.about.split('.')[0]}" if question.about else "skip"
    instrument = task.vocabulary or (task.activity.instrument if task.activity else "")
    return painter.wording.plain(key if painter.wording.has(key, instrument) else otherwise, instrument)


def _ways(painter: Painter, shown: Shown) -> Sequence[Button]:
    """The keys to go back, on, or to answer later; a form can also be cancelled."""
    asked, ref = shown.asked, shown.task.ref
    ways = [painter.button("back", Back(ref, asked.question.key))] if asked.can_go_back else []
    if asked.editing:
        ways.append(painter.button("onward", View(ref)))
    if _has_material(asked.task):
        ways.append(painter.button("material", MATERIAL(ref.id)))
    return [*ways, _way_out(painter, asked.task)]


def _has_material(task: Task) -> bool:
    """Whether earlier results are to be kept in mind while answering."""
    return any("#" in item.source and item.source[0] != "@" for item in getattr(task.sheet, "context", ()))


KEYS: Mapping[str, Callable[[Painter, Shown], list[tuple[Button, ...]]]] = {
    "choice": _choice_keys,
    "person": _choice_keys,
    "several": _several_keys,
    "rating": _rating_keys,
    "confirm": _confirm_keys,
    "text": _text_keys,
    "time": _time_keys,
    "date": date_keys,
}
