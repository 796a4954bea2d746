"""Names of files people receive, made from titles that people wrote."""

import re
import unicodedata

LONGEST = 120
"""Bytes with the ending: well within what file systems take, and phones show."""

NAMELESS = "dokumen"
_SEPARATING = re.compile(r'[\\/:*?"<>|]+')
_BLANKS = re.compile(r"\s+")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows keeps for devices, whatever their ending."""


def file_name(title: str, ending: str) -> str:
    """'Berita Acara 2-1.pdf': the title without what paths, shells or readers could take amiss, then the ending.

    Signs that aren't seen go, above all those that turn the direction of what follows ('gpj.exe' would be read as
    'exe.jpg'); a path loses its separators; letters of any script stay.
    """
    shown = "".join(sign for sign in unicodedata.normalize("NFC", title) if not _is_unseen(sign))
    parted = _BLANKS.sub(" ", _SEPARATING.sub("-", shown))
    name = _shortened(parted.strip(" .-"), LONGEST - len(ending) - 1).rstrip(" .-")
    if not name or name.split(".")[0].strip().casefold() in RESERVED:
        name = f"{NAMELESS} {name}".strip()
    return f"{name}.{ending}"


def _is_unseen(sign: str) -> bool:
    """Controls, marks of direction, halves of characters; but not blanks, which separate words."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"} and not sign.isspace()


def _shortened(name: str, room: int) -> str:
    """The name in at most that many bytes, cut between characters."""
    return name.encode()[:room].decode(errors="ignore")
