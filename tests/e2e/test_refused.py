"""All or nothing: what is refused leaves the database byte for byte as it was, but for the mark of its update."""

import contextlib
import re
import sqlite3

import pytest
from telegram import Update

from bot.app import Running
from bot.turns import Explain, refusal
from domain.faults import Fault, Rejected
from simulator.phones.phone import Person, Simulator
from tests.e2e.steps.meetings import house_of, to_topic_meetings
from tests.e2e.steps.planting import planted
from tests.support.cast import HENDRA, SITI
from usecases.outcomes import Nothing, Outcome
from usecases.work import Work

MARK = 'INSERT INTO "handled_updates"'


def dump(running: Running) -> set[str]:
    """Every row there is."""
    with contextlib.closing(sqlite3.connect(running.database.url.database or "")) as file:
        return set(file.iterdump())


def update_from(person: Person, number: int) -> Update:
    sender = {"id": person.id, "first_name": "Nama Baru", "is_bot": False}
    message = {"message_id": 1, "date": 1, "chat": {"id": person.id, "type": "private"}, "from": sender}
    return Update.de_json({"update_id": number, "message": message}, None)


async def half_done(work: Work) -> Outcome:
    """Everything of it would be seen: the sender's new name, a changed row, a message, the trail."""
    me, pokja = await work.current()
    pokja.name = "Diubah"
    work.record("x", "y", me)
    work.boards.add(1)
    await work.session.flush()
    raise Rejected("too_late")


async def explains(work: Work, fault: Fault) -> Outcome:
    return refusal(fault)


async def looks(work: Work) -> Outcome:
    return Nothing()


@pytest.mark.parametrize("explain", [None, explains])
async def test_what_is_refused_leaves_only_its_mark(
    sim: Simulator, sqlite_bot: Running, explain: Explain | None
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    before, update = dump(sqlite_bot), update_from(house.people[0], 999_000_001)
    for usecase, again in ((half_done, half_done), (half_done, looks)):
        outcome, _ = await sqlite_bot.turns.perform(update, usecase, again, explain=explain)
        (mark,) = dump(sqlite_bot) - before
        assert mark.startswith(MARK)
        assert before - dump(sqlite_bot) == set()
    assert isinstance(outcome, Nothing)


async def test_a_last_answer_that_is_refused_leaves_the_form_as_it_was(
    sim: Simulator, sqlite_bot: Running
) -> None:
    """The moment has passed while the form was open: it is asked for again, and no topic is opened for it."""
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await to_topic_meetings(ketua)
    await ketua.taps("＋ Rencanakan pertemuan")
    await ketua.taps("☐ Sesi 1")
    await ketua.taps("Selesai memilih")
    await ketua.types("lusa")
    await ketua.taps("09.00")
    await ketua.types("Aula Bappeda")
    await house.waits(days=3)
    before = {line for line in dump(sqlite_bot) if TOUCHED.match(line)}
    await ketua.types("https://rapat.example/x")
    await ketua.sees("sudah lewat", last=1)
    assert {line for line in dump(sqlite_bot) if TOUCHED.match(line)} == before


TOUCHED = re.compile('INSERT INTO "(drafts|meetings|topic_runs|activities|audit)"')
"""What the form would have changed; what the clock does beside it is another matter."""
