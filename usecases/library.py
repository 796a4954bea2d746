"""The processes a Pokja can go through: those shipped, and the versions that runs have started with."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.freezing import seal
from domain.process import Process
from store import process_files
from store.tables import ProcessVersion

SHIPPED = Path(__file__).parent.parent / "processes"


class Library:
    """Parsed processes, kept as long as the process lives; a version never changes."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._folder = folder
        self._versions: dict[int, Process] = {}
        self._shipped: dict[str, tuple[str, Process]] = {}

    def shipped(self) -> dict[str, tuple[str, Process]]:
        """The files in the folder as name → (text, process). Raises ValueError naming a file that has faults."""
        if not self._shipped:
            for path in sorted(self._folder.glob("*.yaml")):
                text = path.read_text("utf-8")
                process, faults = process_files.check(text)
                if process is None:
                    raise ValueError(f"{path}: {len(faults)} kesalahan; jalankan 'pokja check {path}'")
                self._shipped[process.name] = (text, process)
        return self._shipped

    async def take(self, session: AsyncSession, name: str) -> int:
        """The id of the shipped process's present version, kept in the database from now on."""
        text, process = self.shipped()[name]
        sha256 = seal(text)
        found = await session.scalar(sa.select(ProcessVersion.id).where(ProcessVersion.sha256 == sha256))
        if found:
            return found
        made = ProcessVersion(name=process.name, version=process.version, sha256=sha256, source=text)
        session.add(made)
        await session.flush()
        return made.id

    async def get(self, session: AsyncSession, version_id: int) -> Process:
        """The process of a version."""
        if version_id not in self._versions:
            kept = await session.get_one(ProcessVersion, version_id)
            process, faults = process_files.check(kept.source)
            if process is None:
                raise ValueError(f"the kept process version {version_id} no longer reads: {faults[0]}")
            self._versions[version_id] = process
        return self._versions[version_id]
