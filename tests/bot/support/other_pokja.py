"""The Ketua's second Pokja, as far as the first was at its beginning; and which rows of which Pokja have changed."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from store.engine.schema import METADATA
from store.tables.core import Pokja
from tests.support.cast import HENDRA
from tests.support.every_form import givens
from tests.support.process_files import source
from tests.support.worlds.founding import Newcomer, founded, joined, set_out
from usecases.answering import dialog
from usecases.answering.outcomes import Asked
from usecases.outcomes import Nothing, Outcome
from usecases.work import Work

OTHER = 2
"""The number of the second Pokja."""
PERSONAL = frozenset({"users", "drafts", "live_messages", "chat_focus", "kept_words"})
"""Tables of what is a person's, in whichever Pokja."""
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
"""The beginning of a statement that changes something."""
_TABLE = re.compile(r"(?:INTO|UPDATE|FROM) (\w+)")
Rows = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]


async def found(work: Work) -> None:
    """The Ketua of the first is the Ketua of the second too; the first stays the active one."""
    pokja = await founded(work, "Pokja Kedua")
    assert pokja.id == OTHER
    await joined(work, pokja, Newcomer(work.actor.telegram_id, HENDRA, roles.KETUA, has_started=False))
    await set_out(work, pokja, "rantai", source("rantai"))


async def joined_by_outsiders(work: Work) -> None:
    """A Sekretaris of the second alone, and somebody who was removed from the first."""
    pokja = await work.session.get_one(Pokja, OTHER)
    await joined(work, pokja, Newcomer(901, "Sekretaris Kedua", roles.SEKRETARIS))
    first = await work.session.get_one(Pokja, 1)
    removed = await joined(work, first, Newcomer(902, "Sudah Keluar"))
    removed.state = "removed"
    await work.session.flush()


async def choose(work: Work) -> None:
    """The second is the active one now."""
    (await work.user()).active_pokja_id = OTHER
    await work.session.flush()


async def fill_in(work: Work, outcome: Outcome) -> None:
    """Answers a form that was begun, to its end, with the first that each question takes."""
    while isinstance(outcome, Asked) and outcome.task.form:
        outcome = await _answered(work, outcome)


async def _answered(work: Work, asked: Asked) -> Outcome:
    """What comes after the question; nothing where it takes nothing of all that can be given."""
    for given in givens(asked.question):
        work.where, work.shown_in = None, 0  # each answer is an update of its own
        after = await dialog.answer(work, asked.task.ref, asked.question.key, given)
        if not after.note or not after.note.code.startswith("fault."):
            return after
    return Nothing()


def written(statements: Iterable[str]) -> set[str]:
    """The tables these statements may have changed; what is deleted takes along what points to it."""
    found = set()
    for statement in statements:
        table = _TABLE.findall(statement)[0]
        found |= _with_pointing(table) if "DELETE" in statement else {table}
    return found


@cache
def _with_pointing(name: str) -> frozenset[str]:
    pointing = {
        table.name
        for table in METADATA.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == name and table.name != name
    }
    return frozenset({name}.union(*map(_with_pointing, pointing)))


async def rows(session: AsyncSession, names: Collection[str] = tuple(METADATA.tables)) -> Rows:
    """All rows of these tables, by their keys."""
    found = {}
    for name in set(names) - PERSONAL:
        table = METADATA.tables[name]
        kept = [row._asdict() for row in await session.execute(sa.select(table))]
        found[name] = {tuple(row[key.name] for key in table.primary_key): row for row in kept}
    return found


def changed(before: Rows, after: Rows) -> set[int | None]:
    """The Pokja of the rows that differ; None for those of no Pokja. `after` may lack tables that are as before."""
    after = {**before, **after}
    return {
        _pokja_of(name, side[name][key], side)
        for name in after
        if after[name] is not before[name]
        for side, other in ((before, after), (after, before))
        for key in side[name]
        if other[name].get(key) != side[name][key]
    }


def _pokja_of(name: str, row: Mapping[str, Any], among: Rows) -> int | None:
    """Whose a row is, along the keys that point to others."""
    if name == "pokjas":
        return int(row["id"])
    for column in METADATA.tables[name].columns:
        for points in column.foreign_keys:
            parent = among.get(points.column.table.name, {}).get((row[column.name],))
            if parent and (found := _pokja_of(points.column.table.name, parent, among)):
                return found
    return None
