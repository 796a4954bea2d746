"""Every instrument the engine knows, by name. A new one is a line here."""

from domain.instruments.base import Registry
from domain.instruments.pairwise import Pairwise

INSTRUMENTS = Registry({each.name: each for each in (Pairwise(),)})
