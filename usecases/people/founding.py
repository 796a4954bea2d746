"""Making a Pokja: the form, and the Pokja with its Ketua and its process."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain import roles
from domain.dialog.questions import Answers, Choice, Confirm, Date, Option, Question, Text
from domain.guiding.course import Course
from domain.guiding.steps import after
from store import people
from store.tables.core import Membership, Pokja, Run
from usecases.answering.forms import SURE
from usecases.outcomes import Note, Outcome
from usecases.people import members
from usecases.work import Form, Subject, Work

ZONES = (("b", "Asia/Jakarta"), ("t", "Asia/Makassar"), ("i", "Asia/Jayapura"))
DEFAULT_ZONE = "Asia/Jakarta"
SHORTEST_NAME, LONGEST_NAME = 3, 80


def about_me(name: str) -> tuple[Question, ...]:
    """Who somebody is: asked of a founder and of a newcomer alike."""
    known = (Option("t", name),) if SHORTEST_NAME <= len(name) <= LONGEST_NAME else ()
    return (
        Text(key="name", about="name", shortest=SHORTEST_NAME, longest=LONGEST_NAME, suggestions=known),
        Text(key="instansi", about="instansi", shortest=2, longest=100),
        Text(key="jabatan", about="jabatan", shortest=2, longest=100),
    )


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    shipped = work.library.shipped()
    processes = tuple(Option(str(index), process.title) for index, process in enumerate(shipped))
    titles = {option.value: option.label for option in processes}
    facts = {**answers, "process": titles.get(answers.get("process", ""), "")}
    return (
        Text(key="pokja", about="pokja", shortest=3, longest=100),
        Text(key="region", about="region", shortest=3, longest=80),
        Choice(key="process", about="process", options=processes),
        Choice(
            key="zone",
            about="zone",
            options=tuple(Option(value, about=f"zone.{value}") for value, _ in ZONES),
        ),
        Date(key="start", about="start", today=work.today(DEFAULT_ZONE)),
        *about_me(work.actor.name),
        Confirm(key=SURE, about=SURE, counts=False, facts=facts),
    )


def in_one_line(answers: Answers) -> dict[str, Any]:
    """Names stand in lists, where a line break could pass for a line of the list."""
    return {
        key: " ".join(value.split()) if isinstance(value, str) else value for key, value in answers.items()
    }


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    user, answers = await work.known_again(), in_one_line(answers)
    process = work.library.shipped()[int(answers["process"])]
    zone = dict(ZONES)[answers["zone"]]
    pokja = await found(work, answers["pokja"], answers["region"], zone)
    chair = _chair(work, pokja, user.id, answers)
    work.session.add(chair)
    await start_run(work, pokja, process.name, date.fromisoformat(answers["start"]))
    user.reach = "started"
    work.record("pokja.found", f"pokja {pokja.id}", chair)
    await work.move_to(pokja.id)
    shown = await members.invitation(work, Note("founded", {"pokja": pokja.name}))
    return replace(shown, onward=after(Course(process, {}, {}), work.now))


async def found(work: Work, name: str, region: str, zone: str) -> Pokja:
    """A new Pokja; its Ketua and run are added by the caller in the same transaction."""
    pokja = Pokja(name=name, region=region, zone=zone, created_at=work.now)
    work.session.add(pokja)
    await work.session.flush()
    return pokja


def _chair(work: Work, pokja: Pokja, user_id: int, answers: Answers) -> Membership:
    return Membership(
        pokja_id=pokja.id,
        user_id=user_id,
        name=answers["name"],
        instansi=answers["instansi"],
        jabatan=answers["jabatan"],
        role=roles.KETUA,
        state=people.ACTIVE,
        joined_at=work.now,
    )


async def start_run(work: Work, pokja: Pokja, process: str, start: date) -> Run:
    """The Pokja begins a process, at the version it has now."""
    version = await work.library.take(work.session, process)
    run = Run(pokja_id=pokja.id, process_version_id=version, start_date=start, created_at=work.now)
    work.session.add(run)
    await work.session.flush()
    return run


FORM = Form("found", _questions, _finish)
