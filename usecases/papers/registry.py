"""Every paper there is: those of the process first, then those that every Pokja has."""

from collections.abc import Sequence

from usecases.papers import dossier
from usecases.papers.base import Ground, Paper

COMMON: tuple[Paper, ...] = ()
"""Papers of every Pokja, whatever its process."""


def papers_for(ground: Ground) -> Sequence[Paper]:
    """The papers a Pokja can ask for."""
    return [*(dossier.papers_of(ground.process) if ground.process else ()), *COMMON]


def find(ground: Ground, key: str) -> Paper | None:
    """The paper of that key."""
    return next((each for each in papers_for(ground) if each.key == key), None)
