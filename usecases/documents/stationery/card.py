"""The paper a Pokja writes on: its letterhead, who signs, how letters are numbered, how tables come to the chat."""

from typing import Any

from domain import roles
from domain.documents import letter_numbers
from domain.documents.editions import Edition, Signer
from store import documents
from store import letter_numbers as numbers
from store.tables.core import Membership, Pokja
from store.tables.documents import Stationery
from usecases.documents.kinds.base import ground
from usecases.documents.stationery.outcomes import StationeryCard, StationerySample
from usecases.outcomes import Note
from usecases.work import Work

SAMPLE = "stationery_sample"
"""The template of the sample letter."""


async def view(work: Work, note: Note | None = None) -> StationeryCard:
    """The paper as it is. Raises Rejected('not_allowed')."""
    _, pokja = await work.current_as(roles.MANAGERS)
    return await _shown(work, pokja, note)


async def _shown(work: Work, pokja: Pokja, note: Note | None = None) -> StationeryCard:
    kept = await documents.stationery(work.session, pokja.id)
    return StationeryCard(
        pokja=pokja.name,
        lines=tuple(kept.lines),
        address=kept.address,
        place=kept.place,
        has_logo=bool(kept.logo),
        signers=tuple(Signer(**each) for each in kept.signers),
        next_number=await _next_number(work, pokja, kept),
        pictures=kept.pictures,
        note=note,
    )


async def _next_number(work: Work, pokja: Pokja, kept: Stationery) -> str:
    today = work.today(pokja.zone)
    sequence = await numbers.last(work.session, pokja.id, today.year) + 1
    return letter_numbers.written(kept.numbering or letter_numbers.USUAL, sequence, today)


async def sample(work: Work) -> StationerySample:
    """What a letter would look like. Raises Rejected('not_allowed')."""
    _, pokja = await work.current_as(roles.MANAGERS)
    found = await ground(work.session, work.library, pokja.id, work.now)
    number = await _next_number(work, pokja, found.stationery)
    edition: Edition = found.edition(SAMPLE, pokja.name, {}, letter_number=number)
    return StationerySample(edition=edition)


async def change(work: Work, me: Membership, pokja: Pokja, part: str, **values: Any) -> StationeryCard:
    """Sets a part of the paper, and shows it."""
    await keep(work, me, pokja, part, **values)
    return await _shown(work, pokja, Note("stationery_changed"))


async def keep(work: Work, me: Membership, pokja: Pokja, part: str, **values: Any) -> None:
    """Sets a part of the paper; what it was set to stands on it, and needs no place in the audit trail."""
    await documents.set_stationery(work.session, pokja.id, **values)
    work.record("pokja.stationery", f"pokja {me.pokja_id}", me, part=part)
