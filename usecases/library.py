"""The processes a Pokja can go through: those shipped, and the versions that runs have started with."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.dialog.questions import Answers
from domain.instruments.base import Item, Move, Sheet, in_force
from domain.process.model import ActivitySpec, Process
from store import activities, process_files
from store.engine.database import when_committed
from store.tables.core import Activity, ProcessVersion

MOST_FRAMES = 500
"""Of some twenty kilobytes each."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an activity works on, as it was drawn from earlier results."""

    items: tuple[Item, ...]
    context: tuple[Item, ...]
    inputs: Mapping[str, tuple[Item, ...]]

    def sheet(
        self, settings: object, moves: Sequence[Move], today: date, *, voters: int = 0, plenary: bool = False
    ) -> Sheet[object]:
        """The sheet all ballots share; `moves` are all that were made."""
        return Sheet(
            settings=settings,
            items=self.items,
            context=self.context,
            moves=in_force(moves),
            voters=voters,
            inputs=self.inputs,
            plenary=plenary,
            today=today,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What of an activity stays the same as long as its revision does; `asked` alone are asked (none: everybody).

    Where it is done `in_plenary` no member is.
    """

    pokja_id: int
    revision: int
    title: str
    spec: ActivitySpec
    drawn: Drawn
    asked: frozenset[int]
    authors_shown: bool
    in_plenary: bool = False

    def asks(self, member_id: int, role: str) -> bool:
        """Whether this member's answer is asked for."""
        if self.in_plenary:
            return False
        return role in roles.ANSWERING[self.spec.answered_by] and (not self.asked or member_id in self.asked)


class Library:
    """Parsed processes, kept for ever, and frames of activities, kept as long as their revision, the latest used."""

    def __init__(self, folder: Path = process_files.FOLDER) -> None:
        self._shipped = {each.process.name: each for each in process_files.available(folder)}
        self._versions: dict[int, Process] = {}
        self._frames = OrderedDict[int, Frame]()

    def shipped(self) -> Sequence[Process]:
        """The processes a new Pokja can choose from."""
        return [each.process for each in self._shipped.values()]

    async def take(self, session: AsyncSession, name: str) -> int:
        """The id of the shipped process's present version, kept in the database from now on."""
        shipped = self._shipped[name]
        found = await session.scalar(
            sa.select(ProcessVersion.id).where(ProcessVersion.sha256 == shipped.sha256)
        )
        if found:
            return found
        made = ProcessVersion(
            name=name, version=shipped.process.version, sha256=shipped.sha256, source=shipped.source
        )
        session.add(made)
        await session.flush()
        return made.id

    async def get(self, session: AsyncSession, version_id: int) -> Process:
        """The process of a version, as it was when it was taken."""
        if version_id not in self._versions:
            kept = await session.get_one(ProcessVersion, version_id)
            self._versions[version_id] = process_files.parse_version(kept.source)
        return self._versions[version_id]

    async def frame(self, session: AsyncSession, activity_id: int, revision: int) -> Frame:
        """The frame of an activity that exists, at that revision."""
        known = self._frames.get(activity_id)
        if known is None or known.revision != revision:
            known = await self._frame(session, activity_id)
            when_committed(session, lambda: self._keep(activity_id, known))
        else:
            self._frames.move_to_end(activity_id)
        return known

    def _keep(self, activity_id: int, frame: Frame) -> None:
        self._frames[activity_id] = frame
        if len(self._frames) > MOST_FRAMES:
            self._frames.popitem(last=False)

    async def _frame(self, session: AsyncSession, activity_id: int) -> Frame:
        activity, version_id = await activities.place(session, activity_id)
        spec = (await self.get(session, version_id)).activity(activity.topic_key, activity.key)
        asked = await activities.participants(session, activity_id)
        title = full_title(activity, spec)
        return Frame(
            activity.pokja_id,
            activity.revision,
            title,
            spec,
            drawn_by(activity),
            asked,
            activity.authors_shown,
            activity.in_plenary,
        )


def full_title(activity: Activity, spec: ActivitySpec) -> str:
    """The activity's title; a breakout group's copy tells which group's it is."""
    return f"{spec.title} – {activity.name}" if activity.name else spec.title


def drawn_by(activity: Activity) -> Drawn:
    """What an activity drew, read from its row."""
    return read_drawn(activity.items, activity.context, activity.inputs)


def read_drawn(
    items: Sequence[Mapping[str, object]],
    context: Sequence[Mapping[str, object]],
    inputs: Mapping[str, Sequence[Mapping[str, object]]],
) -> Drawn:
    """What was drawn, as it was kept."""
    named = {name: read_items(each) for name, each in inputs.items()}
    return Drawn(read_items(items), read_items(context), named)


def read_items(data: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Items as they were kept."""
    return tuple(Item(**each) for each in data)


def read_moves(answers: Answers) -> tuple[Move, ...]:
    """Moves as they were kept: key 'm12' holds the twelfth."""
    return tuple(
        Move(int(key[1:]), value["kind"], value["values"], value["by"])
        for key, value in sorted(answers.items())
    )


def for_the_room(sheet: Sheet[object]) -> Sheet[object]:
    """The sheet as the room's ballot sees it."""
    return replace(sheet, plenary=True)
