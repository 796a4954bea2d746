"""`pokja export`: the archive that Ketua and Sekretaris can order in the chat, written to a file, whatever its size."""

import asyncio
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from bot.cli.starting import read_only_session
from bot.settings import Settings, SettingsError
from documents.editions import printing
from documents.language.wording import Wording
from domain.documents.editions import ZIP, Edition
from store import people
from usecases.documents.kinds.base import ground
from usecases.documents.kinds.registry import ARCHIVE
from usecases.library import Library

MEGABYTE = 1_000_000


async def export(settings: Settings, which: str, target: Path, now: datetime, wording: Wording) -> str:
    """Writes the archive and says so. Raises SettingsError for a Pokja that isn't there or a file that can't be."""
    if await asyncio.to_thread(target.exists):
        raise SettingsError(wording.plain("verifying.taken", file=target))
    edition = await _gathered(settings, which, now, wording)
    content = printing.printed(edition, ZIP).content
    try:
        await asyncio.to_thread(target.write_bytes, content)
    except OSError as error:
        sentence = wording.plain("verifying.unwritable", file=target, reason=type(error).__name__)
        raise SettingsError(sentence) from error
    size = Fraction(len(content), MEGABYTE)
    return wording.plain("verifying.exported", pokja=edition.pokja, file=target, size=size)


async def _gathered(settings: Settings, which: str, now: datetime, wording: Wording) -> Edition:
    """The archive of the Pokja of that number or name."""
    async with read_only_session(settings) as session:
        found = [(each.id, each.name) for each in await people.all_pokja(session)]
        called = which.strip().casefold()
        numbers = [number for number, name in found if called in {str(number), name.casefold()}]
        if len(numbers) != 1:
            raise SettingsError(wording.plain("verifying.unknown_pokja", which=which, found=found))
        return await ARCHIVE.gather(await ground(session, Library(settings.processes), numbers[0], now))
