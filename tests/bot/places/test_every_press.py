"""Every button, pressed as people can press it: what its repeat must not change again, and what it must not change
while another Pokja is the active one, and who may press it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bot import screens
from bot.callbacks import unpack
from bot.places import activities as to
from bot.places import answering, broadcasts, documents, meetings, people, reminders, table_check, topics
from bot.places.registry import PLACES
from bot.screens import messages
from domain.broadcasts.broadcast import Audience
from domain.dialog.questions import Typed
from domain.follow_ups.follow_up import ASK, BLOCK, FINISH, RESUME
from domain.instruments.base import PLENARY
from domain.process.states import OPEN, SKIPPED
from store import activities, outbox
from store.documents import READY
from store.engine.database import Database
from store.people import PENDING
from store.tables.core import Membership, Outgoing, TopicRun, User
from store.tables.documents import DocumentFile, DocumentOrder
from store.tables.reminders import AbsenceRow
from tests.bot.support import other_pokja, rights
from tests.bot.support.walking import PAINTER, STRAYING, Walk, presses
from tests.support.worlds import chain
from tests.support.worlds.meeting import BUDI, FITRI, HENDRA, SITI, World
from usecases import incoming
from usecases.activities import adopting, breakouts, opening
from usecases.broadcasts import sending
from usecases.follow_ups import steps
from usecases.meetings import agenda, corrections
from usecases.people import groups
from usecases.topics import topic
from usecases.work import Work


async def _people(world: World) -> None:
    """A newcomer waits, a member is away, and the Ketua has a second Pokja."""
    async with world.database.transaction() as session:
        user = User(telegram_id=900, name="Orang Baru", username=None, reach="started", created_at=world.now)
        session.add(user)
        await session.flush()
        said = {"instansi": "BPS", "jabatan": "Statistisi", "role": "anggota", "joined_at": world.now}
        session.add_all(
            [
                Membership(pokja_id=world.pokja_id, user_id=user.id, name=user.name, state=PENDING, **said),
                AbsenceRow(
                    membership_id=world.members[BUDI],
                    first=world.now.date(),
                    last=world.now.date(),
                    reason="Diklat",
                    at=world.now,
                ),
            ]
        )
    await world.does(HENDRA, other_pokja.found)
    await world.does(HENDRA, other_pokja.joined_by_outsiders)


async def _broadcasts(world: World) -> None:
    """One has arrived everywhere, one is still to come."""

    async def give(work: Work) -> None:
        me, pokja = await work.current()
        what = sending.Written("Rapat dipindah.", None, wants_read=True, audience=Audience())
        await sending.give(work, me, pokja, what, None, None)
        await sending.give(work, me, pokja, what, work.now + timedelta(days=2), None)
        await work.session.execute(sa.update(Outgoing).values(state=outbox.SENT))

    await world.does(HENDRA, give)


async def _documents(world: World) -> None:
    """A final document was made."""
    async with world.database.transaction() as session:
        made = DocumentOrder(
            pokja_id=world.pokja_id,
            by=world.members[HENDRA],
            paper="rangkuman",
            subject=0,
            formats=["pdf"],
            is_final=True,
            chat_id=100,
            message_id=1,
            title="Rangkuman",
            ordered_at=world.now,
            state=READY,
            version=1,
            made_at=world.now,
        )
        session.add(made)
        await session.flush()
        session.add(
            DocumentFile(order_id=made.id, format="pdf", name="rangkuman.pdf", content=b"%PDF", sha256="")
        )


async def _happens(world: World, name: str, kind: str, **details: Any) -> None:
    await world.does(name, lambda work: steps.happen(work, 1, kind, **details))


async def _walked(world: World, walks: Sequence[Walk]) -> None:
    """What everybody can press at this moment, from the menu, from commands and from every message the bot sends."""
    facts = {"activity_id": 1, "member_id": 7, "follow_up_id": 1, "meeting_id": world.meeting}
    sent = [
        unpack(key.data)
        for keys in messages.KEYS.values()
        for row in keys(PAINTER, facts)
        for key in row
        if key.data
    ]
    commands = [
        people.MENU(),
        people.OWN_DATA(),
        people.HELP(),
        people.POKJA_LIST(),
        people.FOUND(),
        table_check.CHECK(),
    ]
    told = [
        broadcasts.READ(1),
        broadcasts.BESIDE(1),
        reminders.SNOOZE("follow_up", 1),
        documents.PAPER_OF(1),
        answering.ANSWERS("a1"),
        to.DRAW_AGAIN(1),
        to.RESULT(1),
        topics.SKIP(0),
    ]
    for each in walks:
        await each.from_(
            [
                *commands,
                *told,
                *sent,
                meetings.POINT(world.meeting, 2),
                meetings.POINT(world.meeting, 2, meetings.STRIKING),
            ]
        )


async def _topic_is(world: World, state: str) -> None:
    async with world.database.transaction() as session:
        await session.execute(sa.update(TopicRun).values(state=state))


async def _changes_the_agenda(work: Work) -> None:
    await agenda.move(work, 1, 2, -1)


async def _enters_for_the_room(work: Work) -> None:
    mine = (await work.current())[0].id
    await activities.save_answer(work.session, 1, PLENARY, "isu/1", "Air keruh", mine, work.now)


async def _divides(work: Work) -> int:
    begun = await topic.begin_activity(work, 0, 1)
    await breakouts.DIVIDE.finish(
        work, {"activity": begun.activity_id}, {"count": "2", "way": breakouts.BY_CHANCE}
    )
    return begun.activity_id


async def _refuses(work: Work) -> None:
    await corrections.REFUSE.finish(work, {"correction": 1}, {"reason": "Sudah benar"})


ELSEWHERE = frozenset({"check_excel", "excel", "material", "paper_part", "snooze", "undo"})
"""What this Pokja has no use for."""


async def test_what_was_done_is_not_done_again(sqlite_url: str) -> None:
    """A Pokja at nine moments of its way."""
    world = await chain.planted(Database(sqlite_url))
    pressed, changed, strayed = set[str](), set[str](), set[str]()
    hendra, siti, budi, fitri = (
        Walk(world, name, pressed, changed, strayed) for name in (HENDRA, SITI, BUDI, FITRI)
    )
    await _people(world)
    await _broadcasts(world)
    await _documents(world)
    await _topic_is(world, SKIPPED)
    await _walked(world, [hendra])
    await _topic_is(world, OPEN)
    await hendra.from_([topics.TOPIC(0)])
    first = await world.does(HENDRA, lambda work: topic.begin_activity(work, 0, 0))
    await _walked(world, [hendra, budi])
    await world.announced()
    await world.does(HENDRA, lambda work: opening.start(work, first.activity_id))
    await world.does(HENDRA, _changes_the_agenda)
    await world.does(HENDRA, _enters_for_the_room)
    kept = await world.does(BUDI, lambda work: incoming.take(work, Typed("Pipa bocor")))
    await budi.from_(presses(screens.paint(PAINTER, kept)))
    await _walked(world, [hendra, budi])
    await world.held()
    await world.does(
        HENDRA, lambda work: groups.link(work, world.pokja_id, -1001, "creator", "Pokja Air Minum")
    )
    await chain.answered(world, first.activity_id, "Air keruh")
    await world.does(HENDRA, lambda work: opening.close(work, first.activity_id))
    await _walked(world, [hendra, budi, fitri])
    await world.closed()
    await world.does(HENDRA, lambda work: adopting.adopt(work, first.activity_id, sure=True))
    await world.wants("Dua kecamatan belum menyetor data")
    await _happens(world, BUDI, ASK, due=date(2027, 1, 5), reason="Menunggu data")
    parted = await world.does(HENDRA, _divides)
    await _walked(world, [hendra, siti, budi])
    await world.does(HENDRA, lambda work: opening.start(work, parted))
    await _happens(world, BUDI, BLOCK, reason="Tidak ada kendaraan")
    await world.does(SITI, _refuses)
    await _walked(world, [hendra, budi])
    world.now += timedelta(days=6)
    for number in (parted + 1, parted + 2):
        await world.does(HENDRA, lambda work, part=number: opening.close(work, part))
    await _happens(world, BUDI, RESUME)
    await _happens(
        world, BUDI, FINISH, reason="Selesai", files=[{"file_id": "a", "picture": True, "name": "a.jpg"}]
    )
    await _walked(world, [hendra, budi])
    await world.database.close()
    assert set(PLACES) - pressed == ELSEWHERE
    assert changed >= {
        "role",
        "adopt",
        "close",
        "start",
        "tick",
        "attend",
        "finalise",
        "meeting_announce",
        "fu_accept",
    }
    assert strayed == STRAYING
    found = {place: "".join(sorted(who)) for place, who in hendra.allowed.items()}
    assert found == rights.ALLOWED
