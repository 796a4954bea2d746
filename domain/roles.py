"""Who may do what in a Pokja."""

from collections.abc import Sequence

KETUA, SEKRETARIS, FASILITATOR, ANGGOTA, TAMU = ROLES = (
    "ketua",
    "sekretaris",
    "fasilitator",
    "anggota",
    "tamu",
)

MANAGERS = frozenset({KETUA, SEKRETARIS})
"""Accept members, invite, and manage who is in."""

FACILITATORS = frozenset({KETUA, SEKRETARIS, FASILITATOR})
"""Open, guide and close activities."""

VOTERS = frozenset({KETUA, SEKRETARIS, ANGGOTA})
"""Answer for the Pokja. The fasilitator guides and the tamu listens; neither is counted."""

ASSIGNABLE: Sequence[str] = (SEKRETARIS, FASILITATOR, ANGGOTA, TAMU)
"""Roles the Ketua can give; being Ketua is handed over instead, so that there is always exactly one."""
