"""Every paper there is: those of the process first, then those that every Pokja has."""

from collections.abc import Sequence

from usecases.documents.kinds import (
    agreements,
    archive,
    attendance,
    described,
    invitations,
    minutes,
    progress,
    work_plan,
)
from usecases.documents.kinds.base import Ground, Paper

COMMON: tuple[Paper, ...] = (
    *invitations.PAPERS,
    *attendance.PAPERS,
    *minutes.PAPERS,
    *agreements.PAPERS,
    work_plan.POSTER,
    progress.PAPER,
)
"""Papers of every Pokja, whatever its process."""


def papers_for(ground: Ground) -> Sequence[Paper]:
    """The papers a Pokja can ask for."""
    return [*described.papers_of(ground.process), *COMMON, ARCHIVE]


ARCHIVE = archive.paper(papers_for)
"""All the others, and what they were made of."""


def find(ground: Ground, key: str) -> Paper | None:
    """The paper of that key."""
    return next((each for each in papers_for(ground) if each.key == key), None)
