"""A walk over all that can be pressed from somewhere: each press is tried, looked at from all sides, and taken back."""

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from bot import screens
from bot.callbacks import Go, Press, View, unpack
from bot.handlers import routes
from bot.handlers.private import SENDING
from bot.places import documents
from bot.places.registry import PLACES
from bot.screen import Screen
from bot.screens.painter import Painter
from documents.language.wording import wording
from domain.faults import Rejected
from store.engine.database import Database
from store.engine.schema import METADATA
from tests.bot.support import other_pokja
from tests.support.worlds.meeting import BUDI, FITRI, HENDRA, SITI, TONO, World
from usecases.outcomes import Nothing, Outcome, Where
from usecases.registry import FORMS
from usecases.work import Actor, Work

PAINTER = Painter(wording(), "asisten_bot")
EACH = 3
"""Presses of one place that are tried in one walk."""
KEPT = frozenset(METADATA.tables) - other_pokja.PERSONAL - {"audit", "outbox"}
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
