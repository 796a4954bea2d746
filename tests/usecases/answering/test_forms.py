"""Whatever a form asks has words: each is filled in, in every way, at the moments of a Pokja's life it is for."""

import ast
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot import screens
from bot.screens.painter import Painter
from bot.screens.questions import paint
from documents.language.wording import wording
from domain.dialog import questions
from domain.dialog.engine import Progress
from domain.dialog.questions import Question
from store.engine.database import Database
from store.tables.core import Invitation
from store.tables.meetings import MinuteCorrection, MinuteEntry
from tests.support.cast import BUDI, HENDRA, RINA, SITI
from tests.support.every_form import Met
from tests.support.paths import ROOT, WORLD_PROCESSES
from tests.support.process_files import source
from tests.support.worlds.meeting import World, planted
from tests.support.worlds.pokja import adopted
from usecases.activities import breakouts, opening
from usecases.answering.outcomes import Asked
from usecases.answering.tasks import Task, TaskRef
from usecases.documents.kinds.decree import BY_HAND
from usecases.documents.stationery import form as stationery
from usecases.library import Library
from usecases.meetings.agenda import SEND
from usecases.outcomes import Note
from usecases.people import members
from usecases.registry import FORMS
from usecases.reminders import rules_form
from usecases.topics import topic


async def newest(world: World, column: Any) -> int:
    async with world.database.reading() as session:
        return int((await session.scalars(sa.select(sa.func.max(column)))).one())


async def finish(world: World, who: str, name: str, answers: dict[str, object], **subject: object) -> None:
    await world.does(who, lambda work: FORMS[name].finish(work, subject, answers))


async def begun(world: World, number: int) -> int:
    shown = await world.does(HENDRA, lambda work: topic.begin_activity(work, 0, number))
    return int(shown.activity_id)


async def of_a_pokja(met: Met, world: World) -> None:
    """Founding, joining, rules, the paper."""
    await world.does(HENDRA, members.invitation)
    async with world.database.reading() as session:
        code = (await session.scalars(sa.select(Invitation.code))).first()
    await met.fill(world, HENDRA, "found")
    await met.fill(world, BUDI, "join", code=code)
    await met.fill(world, BUDI, "absence")
    await met.fill(world, BUDI, "check")
    for rule in rules_form.ASKED:
        await met.fill(world, HENDRA, "rule", rule=rule)
    for part in stationery.ASKED:
        await met.fill(world, HENDRA, "stationery", part=part, pokja=world.pokja_id)
    for part in BY_HAND:
        await met.fill(world, HENDRA, "decree", part=part, paper="sk", pokja=world.pokja_id)


async def of_a_topic(met: Met, world: World) -> None:
    """An activity before it starts; then groups are at it."""
    await met.fill(world, HENDRA, "skip", topic=0)
    activity = await begun(world, 0)
    for name in ("skip_activity", "divide", "participants", "deadline"):
        await met.fill(world, HENDRA, name, activity=activity)
    await finish(world, HENDRA, "divide", {"count": "2", "way": breakouts.BY_CHANCE}, activity=activity)
    await world.does(HENDRA, lambda work: opening.start(work, activity))


async def of_a_plan(met: Met, world: World) -> None:
    """A meeting before anybody knows of it; a date was agreed by poll."""
    date = {"text": "Selasa, 1 Desember 2026 pukul 09.30, Aula", "detail": "2026-12-01T09:30"}
    await adopted(world, "1.1/waktu", {}, [date])
    await met.fill(world, HENDRA, "meeting", topic=-1)
    for what in ("add", "text", "minutes"):
        await met.fill(world, HENDRA, "agenda_item", meeting=world.meeting, what=what, key=2)
    await met.fill(world, HENDRA, "meeting_guest", meeting=world.meeting, member=world.members[BUDI])
    await world.does(HENDRA, world.invites(BUDI))
    await met.fill(world, HENDRA, "meeting_guest", meeting=world.meeting, member=world.members[BUDI])
    await world.does(HENDRA, world.invites(BUDI))
    await met.fill(world, HENDRA, "meeting_invite", meeting=world.meeting)
    await met.fill(world, HENDRA, "meeting_material", meeting=world.meeting, material=0)
    await of_changes(met, world)


async def of_changes(met: Met, world: World) -> None:
    for what in ("when", "where", "title"):
        await met.fill(world, HENDRA, "meeting_change", meeting=world.meeting, what=what)
    await met.fill(world, HENDRA, "meeting_cancel", meeting=world.meeting)


async def of_an_invitation(met: Met, world: World) -> None:
    await met.fill(world, HENDRA, SEND, meeting=world.meeting)
    for name in ("meeting_no", "meeting_deputy"):
        await met.fill(world, BUDI, name, meeting=world.meeting)
    await of_changes(met, world)


async def of_broadcasts(met: Met, world: World) -> None:
    """By day, when one was sent already, and at night."""
    content = {"what": {"text": "Halo", "file": None}, "ack": True, "to": "all", "when": "now"}
    await finish(world, HENDRA, "broadcast", content, pokja=world.pokja_id)
    await met.fill(world, HENDRA, "broadcast", pokja=world.pokja_id)
    by_day, world.now = world.now, world.now + timedelta(hours=12)
    await met.fill(world, HENDRA, "broadcast", pokja=world.pokja_id)
    world.now = by_day


async def of_a_meeting(met: Met, world: World) -> None:
    """In session, then while its minutes go round."""
    await world.opened()
    await met.fill(world, HENDRA, "meeting_came", meeting=world.meeting, member=world.members[RINA])
    await met.fill(world, HENDRA, "meeting_quorum", meeting=world.meeting)
    for kind in ("decision", "note"):
        await met.fill(world, SITI, "minute", meeting=world.meeting, item=2, kind=kind)
        await world.writes(2, kind, "Data per kecamatan")
    await met.fill(world, SITI, "minute_rewrite", entry=await newest(world, MinuteEntry.id))
    await met.fill(world, SITI, "meeting_follow_up", meeting=world.meeting, item=2)
    await world.gives("Mengumpulkan data tiga kecamatan", BUDI, "2026-12-01", SITI)
    await met.fill(world, SITI, "meeting_close", meeting=world.meeting)
    await world.closed()
    await met.fill(world, BUDI, "minute_correction", meeting=world.meeting)
    await world.wants("Dua kecamatan belum menyetor data")
    for name in ("correction_take", "correction_refuse"):
        await met.fill(world, SITI, name, correction=await newest(world, MinuteCorrection.id))


async def of_a_follow_up(met: Met, world: World) -> None:
    """What its owner does and what the Ketua decides."""
    await met.fill(world, HENDRA, "follow_up", topic=-1, number=-1)
    for name in ("fu_done", "fu_blocked", "fu_extend", "fu_hand"):
        await met.fill(world, BUDI, name, follow_up=1)
    await met.fill(world, HENDRA, "fu_cancel", follow_up=1)
    await finish(world, BUDI, "fu_extend", {"due": "2026-12-20", "reason": "Menunggu data"}, follow_up=1)
    for name in ("fu_grant", "fu_refuse"):
        await met.fill(world, HENDRA, name, follow_up=1)
    await finish(world, HENDRA, "fu_cancel", {"reason": "Tidak perlu lagi"}, follow_up=1)
    await met.fill(world, HENDRA, "fu_reopen", follow_up=1)


async def of_a_table(met: Met, world: World) -> None:
    """A form of Excel that came back, in a process that has tables."""
    await world.follows(source("tabel"))
    activity = await begun(world, 1)
    told = {"rows": [], "orders": False, "sent": 0, "left_out": 0, "ignored": [], "old": False}
    await met.fill(world, HENDRA, "fill", activity=activity, **told)


async def everything_asked(database: Database) -> Met:
    met, world = Met(), await planted(database)
    world.library = Library(WORLD_PROCESSES)
    await of_a_pokja(met, world)
    await of_a_topic(met, world)
    await of_a_plan(met, world)
    await world.announced()
    await of_an_invitation(met, world)
    await of_broadcasts(met, world)
    await of_a_meeting(met, world)
    await of_a_follow_up(met, world)
    await of_a_table(met, world)
    return met


def abouts() -> set[str]:
    """What a question of a form is about, as it stands in the code; those that depend are left out."""
    kinds = {
        name
        for name, each in vars(questions).items()
        if isinstance(each, type) and issubclass(each, Question)
    }
    return {
        word.value.value
        for path in (ROOT / "usecases").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in kinds
        for word in call.keywords
        if word.arg == "about" and isinstance(word.value, ast.Constant)
    }


async def test_whatever_a_form_asks_has_words(sqlite: Database) -> None:
    met = await everything_asked(sqlite)
    assert set(met.asked) == set(FORMS) - {"move"}  # whose words are its instrument's
    painter = Painter(wording(), "asisten_bot")
    for name, asked in met.asked.items():
        for question in asked.values():
            task = Task(TaskRef("f", 7), [question], {}, lambda key, value: None, form=name)
            shown = paint(painter, Asked(task=task, question=question, progress=Progress(1, 1)))
            assert shown.text
    for back in met.back.values():
        assert screens.paint(painter, back).keyboard
    lost = {name for name, back in met.back.items() if back.note != Note("form_cancelled")}
    assert lost == {"decree"}, "which has no paper here to lead back to"
    met_abouts = {about for asked in met.asked.values() for about in asked}
    assert abouts() - met_abouts == set(), "the way to these questions is missing here"
