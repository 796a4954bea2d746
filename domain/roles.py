"""Who may do what in a Pokja."""

from collections.abc import Mapping, Sequence

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

ANSWERING: Mapping[str, frozenset[str]] = {
    "anggota": VOTERS,
    "tamu": frozenset({TAMU}),
    "semua": VOTERS | {TAMU},
}
"""Whose answers an activity asks for, as a process file names them."""
