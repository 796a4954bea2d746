"""Every button, pressed as people can press it: what its repeat must not change again, and what it must not change
while another Pokja is the active one, and who may press it.
"""

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bot import screens
from bot.callbacks import Go, Press, View, unpack
from bot.handlers import routes
from bot.handlers.private import SENDING
from bot.places import activities as to
from bot.places import answering, broadcasts, documents, meetings, people, reminders, table_check, topics
from bot.places.registry import PLACES
from bot.screen import Screen
from bot.screens import messages
from bot.screens.painter import Painter
from documents.language.wording import wording
from domain.broadcasts.broadcast import Audience
from domain.dialog.questions import Typed
from domain.faults import Rejected
from domain.follow_ups.follow_up import ASK, BLOCK, FINISH, RESUME
from domain.instruments.base import PLENARY
from domain.process.states import OPEN, SKIPPED
from store import activities, outbox
from store.documents import READY
from store.engine.database import Database
from store.people import PENDING
from store.tables.core import Base, Membership, Outgoing, TopicRun, User
from store.tables.documents import DocumentFile, DocumentOrder
from store.tables.reminders import AbsenceRow
from tests.bot.support import other_pokja, rights
from tests.support.worlds import chain
from tests.support.worlds.meeting import BUDI, FITRI, HENDRA, SITI, TONO, World
from usecases import incoming
from usecases.activities import adopting, breakouts, opening
from usecases.broadcasts import sending
from usecases.follow_ups import steps
from usecases.meetings import agenda, corrections
from usecases.outcomes import Nothing, Outcome, Where
from usecases.people import groups
from usecases.registry import FORMS
from usecases.topics import topic
from usecases.work import Actor, Work

PAINTER = Painter(wording(), "asisten_bot")
EACH = 3
"""Presses of one place that are tried in one walk."""
KEPT = frozenset(Base.metadata.tables) - other_pokja.PERSONAL - {"audit", "outbox"}
"""Tables of how things stand, and not of what happened."""


class Undone(Exception):  # noqa: N818 - nothing is wrong: what was tried is taken back
    """Rolls a trial back."""


@contextlib.contextmanager
def writes(database: Database) -> Iterator[list[str]]:
    """The statements that change something."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: object) -> None:
        if other_pokja.WRITES.match(statement):
            seen.append(statement)

    engine = database.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


@dataclass
class Walk:
    """What can be pressed from here on, by one person, each press being taken back before the next.

    `pressed` and `changed` are the places that were carried out, and those that changed something, in any walk;
    `strayed` those that change the other Pokja where their button does not say which it was shown for.
    """

    world: World
    name: str
    pressed: set[str]
    changed: set[str]
    strayed: set[str]
    before: other_pokja.Rows = field(default_factory=dict)
    allowed: dict[str, set[str]] = field(default_factory=dict)
    refused: set[tuple[str, str]] = field(default_factory=set)

    async def from_(self, start: Iterable[Press]) -> None:
        waiting, seen, tried = list(start), set[Press](), Counter[str]()
        async with self.world.database.reading() as session:
            self.before = await other_pokja.rows(session)
        while waiting:
            press = waiting.pop()
            if press in seen:
                continue
            seen.add(press)
            if isinstance(press, Go):
                tried[press.place] += 1
                if self.name == HENDRA and tried[press.place] <= EACH:
                    await self._pressed_by_others(press)
                if tried[press.place] > EACH or press.place in self.changed:
                    continue
                if self.name == HENDRA and tried[press.place] == 1:
                    await self._pressed_elsewhere(press)
            waiting += await self._tried(press)

    async def _pressed_elsewhere(self, press: Go) -> None:
        """In the other Pokja the press changes nothing, and says which Pokja it was for; one of old is not so sure."""
        here, place = self.world.pokja_id, PLACES[press.place]
        if press.place not in FREE:
            changed, where = await self._elsewhere(replace(press, pokja=here))
            assert other_pokja.OTHER not in changed, f"{press} changes the other Pokja"
            assert where is None or (where.id, where.is_active) == (here, False), press
            if (
                place.name in STRAYING - self.strayed
                and other_pokja.OTHER in (await self._elsewhere(press))[0]
            ):
                self.strayed.add(place.name)

    async def _pressed_by_others(self, press: Go) -> None:
        """Notes who of the others may do what the Ketua may, now."""
        may = self.allowed.setdefault(press.place, set())
        for letter, actor in OTHERS.items():
            is_known = letter in may or (letter in OUTSIDERS and (press.place, letter) in self.refused)
            if not is_known and await self._is_allowed(actor, replace(press, pokja=self.world.pokja_id)):
                may.add(letter)
            self.refused.add((press.place, letter))

    async def _is_allowed(self, actor: Actor, press: Go) -> bool:
        async with self.world.database.transaction() as session:
            work = Work(session, actor, self.world.now, self.world.library, FORMS)
            try:
                await PLACES[press.place].follow(work, press)
            except Rejected:
                return False
            finally:
                await session.rollback()
        return True

    async def _elsewhere(self, press: Go) -> tuple[set[int | None], Where | None]:
        """The Pokja in which the press changes something while the other is the active one, forms to their end."""
        found: list[tuple[set[int | None], Where | None]] = []

        async def usecase(work: Work) -> None:
            await other_pokja.choose(work)
            with writes(self.world.database) as written:
                with contextlib.suppress(Rejected):
                    outcome = await PLACES[press.place].follow(work, press)
                    await other_pokja.fill_in(work, outcome)
                await work.session.flush()
            after = await other_pokja.rows(work.session, other_pokja.written(written))
            found.append((other_pokja.changed(self.before, after), work.where))
            raise Undone

        with contextlib.suppress(Undone):
            await self.world.does(self.name, usecase)
        return found[0]

    async def _tried(self, press: Press) -> Sequence[Press]:
        found: list[Press] = []

        async def usecase(work: Work) -> None:
            found.extend(await (self._gone(work, press) if isinstance(press, Go) else _looked(work, press)))
            raise Undone

        with contextlib.suppress(Undone, Rejected):
            await self.world.does(self.name, usecase)
        return found

    async def _gone(self, work: Work, press: Go) -> Sequence[Press]:
        place = PLACES[press.place]
        await work.user()
        with writes(self.world.database) as first:
            outcome = await place.follow(work, press)
            await work.session.flush()
        with writes(self.world.database) as second:
            again = await place.look_again(work, press)
            await work.session.flush()
        self.pressed.add(press.place)
        if first:
            self.changed.add(press.place)
            assert place.done_at is not None, f"{press} changes something: {first}"
            await self._pressed_by_two(work, press, other_pokja.written(first) & KEPT)
        assert second == [], f"{press} changes something when it comes again"
        return [*_keys(press, outcome), *_keys(press, again)]

    async def _pressed_by_two(self, work: Work, press: Go, written: Collection[str]) -> None:
        """Two people press the same at once: what the first has done, the second doesn't turn back."""
        once = await other_pokja.rows(work.session, written)
        turned = {name for name in written if once[name] != self.before[name]}
        if not turned:
            return
        with contextlib.suppress(Rejected):
            await PLACES[press.place].follow(work, press)
            await work.session.flush()
        twice = await other_pokja.rows(work.session, turned)
        assert any(twice[name] != self.before[name] for name in turned), press


async def _looked(work: Work, press: Press) -> Sequence[Press]:
    return _keys(press, await routes.follow(work, press)) if isinstance(press, View) else []


def _keys(press: Press, outcome: Outcome) -> list[Press]:
    """The presses of a screen; files and pictures are not drawn."""
    if isinstance(outcome, Nothing) or (
        isinstance(press, Go) and press.place in SENDING and press.place != documents.PAPER.name
    ):
        return []
    return presses(screens.paint(PAINTER, outcome))


def presses(screen: Screen) -> list[Press]:
    data = [key.data for row in screen.keyboard for key in row if key.data]
    return [*map(unpack, data), *(press for each in screen.more for press in presses(each))]


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
OTHERS = {
    "s": Actor(101, SITI),
    "f": Actor(104, FITRI),
    "a": Actor(102, BUDI),
    "t": Actor(105, TONO),
    "p": Actor(900, "Orang Baru"),
    "o": Actor(901, "Sekretaris Kedua"),
    "r": Actor(902, "Sudah Keluar"),
}
"""Sekretaris, Fasilitator, Anggota, Tamu; who asks to come in, one of another Pokja, one who was removed."""
OUTSIDERS = frozenset("por")
FREE = frozenset({"pokja", "found"})
"""What leads out of a Pokja on purpose."""
STRAYING = frozenset({"open_topic", "skip", "authors", "renew", "rule", "stationery_part"})
"""What changes the other Pokja where the button does not say which it was shown for: only the number holds it."""


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
