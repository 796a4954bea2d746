"""What a paper is: a document that can be had of a Pokja, gathered from what the database holds at a moment."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.documents.editions import EXCEL, PDF, WORD, Edition, Letterhead, Signer
from domain.process.model import Process
from store import activities, documents
from store.tables.core import Pokja, Run
from store.tables.documents import Stationery
from usecases.library import Library

OF_POKJA, OF_MEETING = "pokja", "meeting"
"""What a paper is about."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What papers are gathered from. `subject` is the meeting it is about (0: the Pokja); everything may be read."""

    session: AsyncSession
    library: Library
    pokja: Pokja
    run: Run | None
    process: Process | None
    stationery: Stationery
    now: datetime
    subject: int = 0

    def today(self) -> date:
        """The date where the Pokja is."""
        return self.now.astimezone(ZoneInfo(self.pokja.zone)).date()

    def edition(self, template: str, title: str, facts: Mapping[str, Any], **more: Any) -> Edition:
        """An edition on the Pokja's paper."""
        kept = self.stationery
        return Edition(
            template=template,
            title=title,
            pokja=self.pokja.name,
            region=self.pokja.region,
            zone=self.pokja.zone,
            made_at=self.now,
            facts=facts,
            letterhead=Letterhead(
                tuple(kept.lines or ()),
                kept.address or "",
                kept.place or "",
                kept.logo or b"",
                kept.logo_kind or "",
            ),
            signers=tuple(Signer(**each) for each in kept.signers or ()),
            **more,
        )


Gather = Callable[[Ground], Awaitable[Edition]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document one can ask for. `title` names it in lists; `about` a meeting or the Pokja.

    Reading it must be safe for every member. One that `is_private` is for Ketua and Sekretaris alone: nobody else finds
    it, it is never final nor handed round, and what it lacks isn't asked. `letter` is the key of the letter it is, if
    it is one: that gets its number when it is first ordered as final, and keeps it.
    `by_hand` gives the parts that Ketua or Sekretaris type, for no activity writes them.
    """

    key: str
    title: str
    gather: Gather
    about: str = OF_POKJA
    formats: tuple[str, ...] = (PDF, WORD)
    letter: str = ""
    is_private: bool = False
    by_hand: Callable[[Ground], tuple[str, ...]] = lambda ground: ()


async def ground(
    session: AsyncSession, library: Library, pokja_id: int, now: datetime, subject: int = 0
) -> Ground:
    """The ground of a Pokja's papers."""
    pokja = await session.get_one(Pokja, pokja_id)
    run = await activities.current_run(session, pokja_id)
    process = await library.get(session, run.process_version_id) if run else None
    return Ground(
        session, library, pokja, run, process, await documents.stationery(session, pokja_id), now, subject
    )


WITH_EXCEL = (PDF, WORD, EXCEL)
