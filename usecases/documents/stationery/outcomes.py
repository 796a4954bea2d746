"""What people are shown of a Pokja's paper."""

from dataclasses import dataclass, field

from domain.documents.editions import Edition, Signer
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StationeryCard(Outcome):
    """The paper as it is set up; `next_number` is how the next letter would be numbered, `pictures` as in the store."""

    pokja: str
    lines: tuple[str, ...]
    address: str
    place: str
    has_logo: bool
    signers: tuple[Signer, ...]
    next_number: str
    pictures: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StationerySample(Outcome):
    """A sample letter on the Pokja's paper; `picture` is its page, once it is made."""

    edition: Edition
    picture: bytes = field(repr=False, default=b"")
