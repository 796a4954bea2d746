"""The archive of a Pokja: everything it made and agreed, to be handed over or kept. For its Ketua and Sekretaris."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace

from domain.documents.archives import Archive, Issued, Unprinted
from domain.documents.editions import ZIP, Edition
from store import documents, meetings
from usecases.documents.kinds import archive_results, archive_tables
from usecases.documents.kinds.base import OF_MEETING, Ground, Paper

KEY, TITLE = "arsip", "Arsip lengkap (zip)"


def paper(papers_for: Callable[[Ground], Sequence[Paper]]) -> Paper:
    """The archive, with all that `papers_for` gives."""

    async def gather(ground: Ground) -> Edition:
        found = Archive(
            papers=tuple([each async for each in _papers(ground, papers_for(ground))]),
            results=await archive_results.of(ground),
            tables=await archive_tables.of(ground),
        )
        day = f"{ground.today():%d-%m-%Y}"
        about = f"{ground.pokja.name} {day}"
        return ground.edition("archive", "Arsip lengkap", {"archive": found}, subject=about)

    return Paper(KEY, TITLE, gather, formats=(ZIP,), is_private=True)


async def _papers(ground: Ground, papers: Sequence[Paper]) -> AsyncIterator[Unprinted | Issued]:
    """Papers of the Pokja first, then those of each meeting, the earliest meeting first."""
    others = [each for each in papers if not each.is_private]
    for each in others:
        if each.about != OF_MEETING:
            for part in await _paper(ground, each, ""):
                yield part
    for row in reversed(await meetings.listed(ground.session, ground.pokja.id)):
        about, folder = replace(ground, subject=row.id), f"{row.starts:%Y-%m-%d} {row.title}"
        for each in others:
            if each.about == OF_MEETING:
                for part in await _paper(about, each, folder):
                    yield part


async def _paper(ground: Ground, paper: Paper, folder: str) -> list[Unprinted | Issued]:
    """As it was issued as final, if it ever was; else a draft of today, of the version that would come next."""
    # Gathering takes long, and SQLite answers on the loop's own thread: others have a turn.
    await asyncio.sleep(0)
    kept = await documents.kept(ground.session, ground.pokja.id, paper.key, ground.subject)
    final = next((files for order, files in kept if order.is_final), None)
    if final:
        found = [await documents.find_file(ground.session, each.id) for each in final]
        return [Issued(file.name, file.content, folder) for _, file in filter(None, found)]
    newest = max((order.version for order, _ in kept), default=0)
    edition = replace(await paper.gather(ground), version=newest + 1)
    return [Unprinted(edition, paper.formats, folder)]
