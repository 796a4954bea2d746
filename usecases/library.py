"""The processes a Pokja can go through: those shipped, and the versions that runs have started with."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.process import Process
from store import process_files
from store.tables import ProcessVersion


class Library:
    """Parsed processes, kept as long as the program runs; a version never changes."""

    def __init__(self, folder: Path = process_files.FOLDER) -> None:
        self._shipped = {each.process.name: each for each in process_files.available(folder)}
        self._versions: dict[int, Process] = {}

    def shipped(self) -> Sequence[Process]:
        """The processes a new Pokja can choose from."""
        return [each.process for each in self._shipped.values()]

    async def take(self, session: AsyncSession, name: str) -> int:
        """The id of the shipped process's present version, kept in the database from now on."""
        shipped = self._shipped[name]
        found = await session.scalar(sa.select(ProcessVersion.id).where(ProcessVersion.sha256 == shipped.sha256))
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
