"""How many it takes for a decision to count."""

import math
from fractions import Fraction


def quorum_of(share: Fraction, entitled: int) -> int:
    """How many of those entitled make a quorum: that share of them, rounded up, and never nobody."""
    return max(1, math.ceil(share * entitled))
