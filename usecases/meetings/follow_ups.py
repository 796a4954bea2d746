"""Giving a tindak lanjut at a meeting: it carries the meeting as its source, and stands in the minutes."""

from collections.abc import Sequence
from datetime import date

from domain.dialog.questions import Answers, Date, Person, Question, Several, Text
from usecases.follow_ups import follow_up
from usecases.meetings.minutes import SOURCE, point, writing
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """What, who leads, who else, by when."""
    found = await writing(work, subject["meeting"])
    options = await follow_up.member_options(work, found.pokja.id)
    today, lead = work.today(found.pokja.zone), str(answers.get("owner", ""))
    facts = {"text": answers.get("text", "")}
    others = tuple(option for option in options if option.value != lead)[: follow_up.MOST_OWNERS]
    also = Several(
        key=f"others.{lead}", about="others", options=others, optional=True, counts=False, facts=facts
    )
    return (
        Text(key="text", about="text", shortest=5, longest=200),
        Person(key="owner", about="owner", options=options, facts=facts),
        *((also,) if others and lead else ()),
        Date(key="due", about="due", today=today, earliest=today, facts=facts),
    )


async def _give(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await writing(work, subject["meeting"])
    owners = [int(answers["owner"]), *map(int, answers.get(f"others.{answers['owner']}") or ())]
    names = [(await work.active_member(found.pokja.id, each))[0].name for each in owners]
    due, source = date.fromisoformat(answers["due"]), SOURCE.format(found.row.id)
    await follow_up.give(work, found.me, found.pokja, answers["text"], owners, due, source)
    return await point(work, found.row.id, subject["item"], note=Note("meeting_given", {"names": names}))


FORM = Form("meeting_follow_up", _questions, _give)
