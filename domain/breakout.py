"""Dividing members into breakout groups: by hand elsewhere; here at random or by instansi, balanced."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST, MOST = 2, 6
"""Groups: fewer are no division, more can't be guided at once."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member to be placed in a group."""

    id: int
    instansi: str


def spread(seats: Sequence[Seat], groups: int, seed: str) -> tuple[tuple[int, ...], ...]:
    """Members by chance, the instansi spread over the groups; sizes differ by one at most.

    The same seed gives the same division. Members of one instansi are dealt one after another, like cards.
    """
    by_instansi = sorted(seats, key=lambda seat: (_drawn(seat.instansi, seed), _drawn(str(seat.id), seed)))
    return tuple(tuple(seat.id for seat in by_instansi[start::groups]) for start in range(groups))


def together(seats: Sequence[Seat], groups: int) -> tuple[tuple[int, ...], ...]:
    """Members of one instansi stay together; the largest go first, each to the smallest group."""
    found: list[list[int]] = [[] for _ in range(groups)]
    for _, members in sorted(_gathered(seats).items(), key=lambda each: (-len(each[1]), each[0])):
        min(found, key=len).extend(members)
    return tuple(tuple(group) for group in found if group)


def representation(seats: Sequence[Seat], group: Sequence[int]) -> Mapping[str, int]:
    """How many of each instansi are in a group, the most first."""
    counts = {name: len(set(ids) & set(group)) for name, ids in _gathered(seats).items()}
    return {
        name: count for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if count
    }


def _gathered(seats: Sequence[Seat]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for seat in seats:
        found.setdefault(" ".join(seat.instansi.casefold().split()), []).append(seat.id)
    return found


def _drawn(text: str, seed: str) -> bytes:
    """A pseudo-random key that anybody can compute again from the seed."""
    return hashlib.sha256(f"{seed}/{text}".encode()).digest()
