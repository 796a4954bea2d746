"""A fault at every point of a turn: what was typed is stored once, or is a dead letter, or is still at Telegram.

The database says no in every way it knows, at each statement, BEGIN and COMMIT, to whoever is just asking: a turn, a
board, the outbox. All of them go on afterwards.
"""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import Running
from bot.transport.polling import Polling
from simulator.phones.phone import Simulator
from store.engine.inline_sqlite import InlineConnection, InlineCursor
from store.tables.core import Answer
from tests.e2e.steps.planting import CARDS, planted
from tests.support.cast import HENDRA


def says(kind: type[sqlite3.Error], code: int) -> Callable[[], Exception]:
    def made() -> Exception:
        error = kind("x")
        error.sqlite_errorcode = code
        return error

    return made


AWAY = {
    "locked": says(sqlite3.OperationalError, sqlite3.SQLITE_BUSY),
    "full": says(sqlite3.OperationalError, sqlite3.SQLITE_FULL),
    "disk": says(sqlite3.OperationalError, sqlite3.SQLITE_IOERR),
    "gone": says(sqlite3.OperationalError, sqlite3.SQLITE_CANTOPEN),
    "damaged": says(sqlite3.DatabaseError, sqlite3.SQLITE_CORRUPT),
    "another's row": says(sqlite3.IntegrityError, sqlite3.SQLITE_CONSTRAINT_UNIQUE),
}
OWN = {
    "no such table": says(sqlite3.OperationalError, sqlite3.SQLITE_ERROR),
    "wrong value": says(sqlite3.DataError, sqlite3.SQLITE_MISMATCH),
    "our fault": lambda: ValueError("salah"),
}
MEMBERS, EACH = 6, 4
"""A member may write five cards."""
POINTS = (*(("execute", number) for number in range(1, 9)), ("commit", 1))


@dataclass
class Trap:
    """Lets the n-th call of that name from now on fail, once."""

    name: str = ""
    left: int = 0
    fault: Callable[[], Exception] = ValueError

    def set(self, name: str, number: int, fault: Callable[[], Exception]) -> None:
        self.name, self.left, self.fault = name, number, fault

    def passes(self, name: str) -> None:
        if name == self.name and self.left:
            self.left -= 1
            if not self.left:
                raise self.fault()


@pytest.fixture
def trap(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trap]:
    made = Trap()
    execute, commit = InlineCursor.execute, InlineConnection.commit

    async def executes(self: InlineCursor, *arguments: Any) -> InlineCursor:
        made.passes("execute")
        return await execute(self, *arguments)

    async def commits(self: InlineConnection) -> None:
        made.passes("commit")
        await commit(self)

    monkeypatch.setattr(InlineCursor, "execute", executes)
    monkeypatch.setattr(InlineConnection, "commit", commits)
    monkeypatch.setitem(Polling.__init__.__kwdefaults__, "first_wait", 0.02)
    yield made
    made.left = 0


async def test_what_is_typed_is_stored_or_put_aside_whatever_fails(
    trap: Trap, sim: Simulator, sqlite_bot: Running
) -> None:
    """Each kind of fault meets some of the points, and each point some of the kinds."""
    house = await planted(sim, sqlite_bot, HENDRA, *(f"Anggota {n}" for n in range(1, MEMBERS + 1)))
    activity = await house.opens(CARDS)
    kinds, typed = itertools.cycle((AWAY | OWN).items()), list[str]()
    for turn, member in enumerate(house.people[1:]):
        await member.starts(f"ta{activity}")
        for point, number in itertools.islice(itertools.cycle(POINTS), turn * EACH, (turn + 1) * EACH):
            kind, fault = next(kinds)
            typed.append(f"{kind} {point} {number} {turn}")
            trap.set(point, number, fault)
            await member.types(typed[-1], settles=False)
            await sim.handled_everything()
            trap.left = 0
        next(kinds)
    stored = [value for value in await house.rows(sa.select(Answer.value)) if isinstance(value, str)]
    letters = [letter.payload["message"]["text"] for letter in await house.dead_letters()]
    assert sorted([*stored, *letters]) == sorted(typed)
    assert {letter.rsplit(" ", 3)[0] for letter in letters} <= OWN.keys()
    assert letters
