"""The number a letter is given when it is first ordered as final; drafts show none."""

from domain.documents import letter_numbers
from store import letter_numbers as store
from usecases.documents.kinds.base import Ground, Paper


async def number_of(ground: Ground, paper: Paper) -> str:
    """The letter's number, from now on always the same; empty for a paper that is no letter."""
    if not paper.letter:
        return ""
    today, pattern = ground.today(), ground.stationery.numbering or letter_numbers.USUAL
    return await store.give(
        ground.session,
        ground.pokja.id,
        paper.letter,
        ground.subject,
        today.year,
        ground.now,
        lambda sequence: letter_numbers.written(pattern, sequence, today),
    )
