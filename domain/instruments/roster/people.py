"""The persons of a susunan tim: the Pokja's members, others by name, and whom each ballot proposes for what.

A member of the Pokja is known by the membership; anybody else by name and instansi, however they are spelled in
capitals.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.dialog.questions import Answers
from domain.instruments.base import Item, Sheet, short_id
from domain.instruments.entries import entries
from domain.process.sources import PEOPLE

OTHER = "x"
"""The value of 'somebody else'; the ids of such persons begin with it."""
NO_GROUP = "-"


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the team, and how many can hold it."""

    key: str
    title: str
    seats: int = 1
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The posts in their order, and the groups (unsur) that are to be represented, if any."""

    posts: tuple[Post, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person: name, instansi and office there (jabatan); `group` is the unsur, empty where none is known."""

    id: str
    name: str
    instansi: str
    office: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry of one ballot."""

    place: str
    person: Candidate


def people(sheet: Sheet[Settings]) -> dict[str, Candidate]:
    """The members of the Pokja by membership id."""
    found = (_member(sheet.settings, item) for item in sheet.inputs.get(PEOPLE, ()))
    return {person.id: person for person in found}


def person_item(sheet: Sheet[Settings], person_id: str) -> Item | None:
    """The item a member of the Pokja was drawn as."""
    return next((item for item in sheet.inputs.get(PEOPLE, ()) if _membership(item) == person_id), None)


def somebody(name: str, instansi: str) -> Candidate:
    """A person who is no member: two who are spelled alike are the same."""
    name, instansi = " ".join(name.split()), " ".join(instansi.split())
    told = f"{name}\n{instansi}".casefold()
    return Candidate(OTHER + hashlib.sha256(told.encode()).hexdigest()[:10], name, instansi)


def group_of(settings: Settings, value: str | None) -> str:
    """The name of the group a button stands for, or nothing."""
    names = {short_id(number): group for number, group in enumerate(settings.groups)}
    return names.get(value or NO_GROUP, "")


def proposals(sheet: Sheet[Settings], mine: Answers) -> Iterator[Proposal]:
    """The proposals of one ballot that are complete."""
    known = people(sheet)
    for number, place in entries(mine):
        person = _given(sheet.settings, known, mine, f"{number}.{place}")
        if person:
            yield Proposal(place, person)


def group_key(prefix: str, who: str) -> str:
    """The key of the answer that tells a person's group; it names the person it was given for."""
    return f"{prefix}u{who}"


def _given(
    settings: Settings, known: Mapping[str, Candidate], mine: Answers, prefix: str
) -> Candidate | None:
    """Whom an entry names, or None while it isn't complete or names a member who is gone."""
    who = mine.get(prefix)
    if who == OTHER:
        name, instansi = mine.get(f"{prefix}n"), mine.get(f"{prefix}i")
        person = somebody(name, instansi) if name and instansi else None
    else:
        person = known.get(who or "")
    if person is None or person.group or not settings.groups:
        return person
    group = mine.get(group_key(prefix, str(who)))
    return replace(person, group=group_of(settings, group)) if group else None


def _membership(item: Item) -> str:
    return item.source.rpartition("#")[2] or item.id


def _member(settings: Settings, item: Item) -> Candidate:
    unsur = str(item.fields.get("unsur") or "")
    return Candidate(
        id=_membership(item),
        name=item.text,
        instansi=str(item.fields.get("instansi") or item.detail),
        office=str(item.fields.get("jabatan") or ""),
        group=unsur if unsur in settings.groups else "",
    )
