"""The processes a Pokja can go through: those shipped, and the versions that runs have started with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.instruments.base import Item
from domain.process import ActivitySpec, Process
from store import activities, process_files
from store.tables import ProcessVersion


@dataclass(frozen=True, slots=True)
class Frame:
    """What of an activity never changes once it has begun."""

    pokja_id: int
    spec: ActivitySpec
    items: tuple[Item, ...]
    context: tuple[Item, ...]


class Library:
    """Parsed processes and frames of activities, kept as long as the program runs: neither ever changes."""

    def __init__(self, folder: Path = process_files.FOLDER) -> None:
        self._shipped = {each.process.name: each for each in process_files.available(folder)}
        self._versions: dict[int, Process] = {}
        self._frames: dict[int, Frame] = {}

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

    async def frame(self, session: AsyncSession, activity_id: int) -> Frame | None:
        """The frame of an activity that exists."""
        if activity_id not in self._frames:
            found = await activities.place(session, activity_id)
            if found is None:
                return None
            activity, version_id = found
            spec = (await self.get(session, version_id)).activity(activity.topic_key, activity.key)
            frame = Frame(activity.pokja_id, spec, read_items(activity.items), read_items(activity.context))
            self._frames[activity_id] = frame
        return self._frames[activity_id]


def read_items(data: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Items as they were kept."""
    return tuple(Item(**each) for each in data)
