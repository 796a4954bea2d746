"""What a document is made of: plain data, gathered at one moment, from which all its formats are made alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PDF, WORD, EXCEL, PICTURE, ZIP = "pdf", "word", "excel", "png", "zip"
FORMATS = (PDF, WORD, EXCEL, PICTURE, ZIP)
A4, A3 = "A4", "A3"


@dataclass(frozen=True, slots=True)
class Calculation:
    """An adopted result with what Excel recalculates; `result` as its instrument gives it or read back."""

    instrument: str
    title: str
    result: object


@dataclass(frozen=True, slots=True)
class Source:
    """The frozen result a document rests on: which activity's, its version, and the seal of its data."""

    activity_id: int
    path: str
    title: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Kop surat: whose paper it is. `lines` stand one over the other; letters are signed at `place`.

    The logo is a PNG or JPEG.
    """

    lines: tuple[str, ...] = ()
    address: str = ""
    place: str = ""
    logo: bytes = b""
    logo_kind: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the post as it stands above the name, and the NIP where there is one."""

    post: str
    name: str
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A document at one moment. `template` is the page templates/documents/<template>.html, `facts` what it shows.

    `missing` are the things it lacks, by name: a document says so instead of inventing them, and is a draft.
    `subject` tells the file's name what the title doesn't (a meeting's day).
    """

    template: str
    title: str
    pokja: str
    region: str
    zone: str
    made_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""
    version: int = 1
    is_final: bool = False
    missing: tuple[str, ...] = ()
    letterhead: Letterhead = Letterhead()
    signers: tuple[Signer, ...] = ()
    letter_number: str = ""
    calculations: tuple[Calculation, ...] = ()
    sources: tuple[Source, ...] = ()
    paper: str = A4
    landscape: bool = False
