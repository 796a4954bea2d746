"""Draft SK: the decree by which the regional head forms the Pokja, from its manuscript, its team and its members.

The form is that of a decision (keputusan) in Undang-Undang 12/2011, Lampiran II, as regional governments use it:
considerations, legal basis, dictums, an annex with the members.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.documents.editions import Edition
from domain.process.model import DECREE, DocumentSpec
from store.tables.documents import Stationery
from usecases.activities.outcomes import Result
from usecases.documents.kinds import dossier, planning
from usecases.documents.kinds.base import Ground, Paper

DEFAULT = DocumentSpec("sk-pokja", "Draft SK Pembentukan Pokja", (), DECREE)
"""For a process that names no decree of its own: from the members alone."""

CONSIDERING, RECALLING, DECIDING, TASKS = "menimbang", "mengingat", "menetapkan", "tugas"
"""Keys of a manuscript's sections that have a place of their own; all others are dictums."""

MANUSCRIPT = "narrative"
"""The instrument that writes one."""
BY_HAND = {"considering": CONSIDERING, "recalling": RECALLING, "tasks": TASKS}
"""The Pokja's stationery has them where the process has no activity that writes the manuscript."""

NO_REASONS, NO_LAW = "pertimbangan pembentukan Pokja (Menimbang)", "dasar hukum (Mengingat)"
NO_TASKS, NO_MEMBERS = "tugas Pokja", "susunan keanggotaan"
"""What a decree may lack, by name."""
HEADS = (
    ("kabupaten", re.compile(r"(?:kabupaten|kab\.?)\s+(?=\S)", re.IGNORECASE)),
    ("kota", re.compile(r"kota\s+(?=\S)", re.IGNORECASE)),
    ("provinsi", re.compile(r"(?:provinsi|prov\.?)\s+(?=\S)", re.IGNORECASE)),
)
_HEAD_POSTS = re.compile(r"^(bupati|wali ?kota|gubernur|kepala daerah)\b", re.IGNORECASE)
_MARK = re.compile(r"\(?(?:[a-z]|\d{1,2})[.)]\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """Whose decree it is: `kind` kabupaten, kota, provinsi or nothing where the name doesn't tell."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A dictum: a paragraph, or `lead` and its points."""

    lead: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A line of the annex: who, from where, and the post in the Pokja."""

    name: str
    office: str
    instansi: str
    post: str


def paper(spec: DocumentSpec) -> Paper:
    """The decree that a process describes."""

    async def gather(ground: Ground) -> Edition:
        return await _edition(ground, spec)

    return Paper(spec.key, spec.title, gather, by_hand=lambda ground: _by_hand(ground, spec))


def _by_hand(ground: Ground, spec: DocumentSpec) -> tuple[str, ...]:
    """All parts, unless an activity writes the manuscript."""
    paths = [path for section in spec.sections for path in section.activities]
    found = [ground.process.activity(*path.split("/")).instrument for path in paths] if ground.process else []
    return () if MANUSCRIPT in found else tuple(BY_HAND)


async def _edition(ground: Ground, spec: DocumentSpec) -> Edition:
    whole = await dossier.edition(ground, spec)
    parts = [part for chapter in whole.facts["chapters"] for part in chapter.parts]
    adopted = [part.result for part in parts if part.result]
    texts = _typed(ground.stationery) | _texts(adopted)
    considering, recalling, tasks = (points(texts.get(each, "")) for each in (CONSIDERING, RECALLING, TASKS))
    seats = _appointed(adopted) or await _members(ground)
    clauses = _clauses(adopted)
    found = {NO_REASONS: considering, NO_LAW: recalling, NO_TASKS: clauses[1:] or tasks, NO_MEMBERS: seats}
    lacking = [name for name, what in found.items() if not what]
    facts = {
        "head": region_of(ground.pokja.region),
        "considering": considering,
        "recalling": recalling,
        "clauses": clauses,
        "tasks": tasks,
        "seats": seats,
        "annexes": [each for each in adopted if each.instrument == "worksheet"],
        "signer": _signer(whole),
    }
    return replace(whole, template="decree", facts=facts, missing=(*whole.missing, *lacking), calculations=())


def region_of(name: str) -> Region:
    """The kind of region and its bare name: 'Kabupaten Sukamaju' is Sukamaju, a kabupaten."""
    for kind, prefix in HEADS:
        found = prefix.match(name)
        if found:
            return Region(kind, name[found.end() :])
    return Region("", name)


def points(text: str) -> tuple[str, ...]:
    """The points of a text: each line one, without its letter or number; where some have one, others go on the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not any(map(_MARK.match, lines)):
        return tuple(lines)
    found: list[str] = []
    for line in lines:
        marked = _MARK.match(line)
        if marked or not found:
            found.append(line[marked.end() :] if marked else line)
        else:
            found[-1] = f"{found[-1]} {line}"
    return tuple(found)


def _texts(adopted: Iterable[Result]) -> dict[str, str]:
    """The manuscript's sections by key."""
    return {each.key: each.text for each in _passages(adopted) if each.text}


def _typed(kept: Stationery) -> dict[str, str]:
    """What Ketua or Sekretaris typed where no activity writes a manuscript."""
    return {section: getattr(kept, part) for part, section in BY_HAND.items()}


def _clauses(adopted: Iterable[Result]) -> tuple[Clause, ...]:
    """What is decided, the forming of the Pokja first; its words are the form's own where nobody wrote any."""
    passages = [each for each in _passages(adopted) if each.text]
    formed = next((each.text for each in passages if each.key == DECIDING), "")
    others = [each for each in passages if each.key not in {CONSIDERING, RECALLING, DECIDING}]
    return (Clause(formed, ()), *map(_clause, others))


def _clause(passage: Any) -> Clause:
    """A list stands under its section's title, any other text by itself."""
    if any(_MARK.match(line.strip()) for line in passage.text.splitlines()):
        return Clause(passage.title, points(passage.text))
    return Clause(passage.text, ())


def _passages(adopted: Iterable[Result]) -> Sequence[Any]:
    found = next((each.result for each in adopted if each.instrument == MANUSCRIPT), None)
    return found.passages if found else ()


def _appointed(adopted: Iterable[Result]) -> tuple[Seat, ...]:
    """Who was appointed, post by post."""
    team = next((each.result for each in adopted if each.instrument == "roster"), None)
    return tuple(_seats(team.posts)) if team else ()


def _seats(posts: Iterable[Any]) -> Iterator[Seat]:
    for post in posts:
        for each in post.appointed:
            yield Seat(each.person.name, each.person.office, each.person.instansi, post.title)


async def _members(ground: Ground) -> tuple[Seat, ...]:
    """Where no team was appointed: the members as they are, by their roles."""
    members = await planning.members(ground)
    return tuple(Seat(each.name, each.jabatan, each.instansi, each.role.capitalize()) for each in members)


def _signer(edition: Edition) -> str:
    """The regional head's name, where the Pokja's signers tell it."""
    return next((each.name for each in edition.signers if _HEAD_POSTS.match(each.post)), "")
