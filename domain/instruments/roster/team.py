"""The team of a susunan tim: who was proposed for which post, whom the facilitator appointed, who is represented.

A member who proposes somebody twice for a post counts once. The room (plenary) counts as one more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.dialog.questions import Answers
from domain.instruments.base import Ballots, Move, Sheet, short_id
from domain.instruments.roster.people import (
    OTHER,
    Candidate,
    Proposal,
    Settings,
    group_of,
    people,
    proposals,
    somebody,
)

APPOINT, REMOVE = "appoint", "remove"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A candidate for a post and how many proposed them; `groups` are the unsur they were said to stand for."""

    person: Candidate
    count: int
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appointed:
    """Who holds a post, how many had proposed them for it, and who appointed them."""

    id: str
    person: Candidate
    proposed: int
    by: str


@dataclass(frozen=True, slots=True)
class Staffed:
    """A post with who holds it, in the order of appointing, and who was proposed, most often first."""

    key: str
    title: str
    seats: int
    appointed: tuple[Appointed, ...]
    proposed: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many persons of the team stand for a group or come from an instansi; each counts once."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Team:
    """The posts, the representation, the titles of posts nobody holds, and how many members proposed somebody.

    `groups` has all groups in their order, those without anybody too; `ungrouped` counts persons of no group.
    """

    posts: tuple[Staffed, ...]
    groups: tuple[Share, ...]
    ungrouped: int
    organisations: tuple[Share, ...]
    vacant: tuple[str, ...]
    proposers: int


def team(sheet: Sheet[Settings], ballots: Ballots) -> Team:
    """The team after all moves in force."""
    given = [tuple(proposals(sheet, mine)) for mine in ballots.values()]
    places = map(short_id, range(len(sheet.settings.posts)))
    posts = _staffed(sheet, {place: _proposed(sheet.settings, place, given) for place in places})
    persons = tuple({each.person.id: each.person for post in posts for each in post.appointed}.values())
    named = Counter(person.group for person in persons)
    return Team(
        posts=posts,
        groups=tuple(Share(group, named[group]) for group in sheet.settings.groups),
        ungrouped=sum(person.group not in sheet.settings.groups for person in persons),
        organisations=_organisations(persons),
        vacant=tuple(post.title for post in posts if not post.appointed),
        proposers=sum(map(bool, given)),
    )


def _proposed(settings: Settings, place: str, given: Sequence[Sequence[Proposal]]) -> tuple[Proposed, ...]:
    """Everybody proposed for the post at this place, the most often first, then by name."""
    persons: dict[str, list[Candidate]] = {}
    for ballot in given:
        here = {each.person.id: each.person for each in ballot if each.place == place}
        for id_, person in here.items():
            persons.setdefault(id_, []).append(person)
    found = [_gathered(settings, same) for same in persons.values()]
    return tuple(sorted(found, key=lambda each: (-each.count, each.person.name.casefold(), each.person.id)))


def _gathered(settings: Settings, same: Sequence[Candidate]) -> Proposed:
    """One person, however many proposed them; of several spellings the first by the alphabet stands."""
    named = {person.group for person in same}
    groups = tuple(group for group in settings.groups if group in named)
    first = min(same, key=lambda person: (person.name, person.instansi))
    return Proposed(replace(first, group=groups[0] if len(groups) == 1 else ""), len(same), groups)


def _staffed(sheet: Sheet[Settings], proposed: Mapping[str, tuple[Proposed, ...]]) -> tuple[Staffed, ...]:
    """The posts after the moves; appointing who holds the post already, or is proposed no more, is passed over."""
    held: dict[str, list[Appointed]] = {place: [] for place in proposed}
    for move in sheet.moves:
        if move.kind == APPOINT:
            place = _place(move)
            known = {each.person.id for each in held[place]}
            found = _appointed(sheet, proposed[place], place, move)
            held[place] += [each for each in found if each.person.id not in known]
        elif move.kind == REMOVE:
            held = {place: [a for a in those if a.id != move.values["who"]] for place, those in held.items()}
    return tuple(
        Staffed(post.key, post.title, post.seats, tuple(held[place]), proposed[place])
        for place, post in zip(proposed, sheet.settings.posts, strict=True)
    )


def _place(move: Move) -> str:
    """The post that was chosen last; where only one has a seat left it isn't asked."""
    only = next(key for key in move.values if key.startswith("who."))
    return str(move.values.get("post") or only.removeprefix("who."))


def _appointed(
    sheet: Sheet[Settings], proposed: Sequence[Proposed], place: str, move: Move
) -> list[Appointed]:
    """The person the move appointed, as a list; empty where nobody was."""
    counts = {each.person.id: each.count for each in proposed}
    known = people(sheet) | {each.person.id: each.person for each in proposed}
    person = _named(sheet.settings, known, move.values, place)
    if person is None:
        return []
    return [Appointed(f"A{short_id(move.number)}", person, counts.get(person.id, 0), move.by)]


def _named(
    settings: Settings, known: Mapping[str, Candidate], values: Answers, place: str
) -> Candidate | None:
    who = values[f"who.{place}"]
    person = somebody(values[f"name.{place}"], values[f"org.{place}"]) if who == OTHER else known.get(who)
    group = values.get(f"u.{place}.{who}")
    return replace(person, group=group_of(settings, group)) if person and group else person


def _organisations(persons: Sequence[Candidate]) -> tuple[Share, ...]:
    """How many come from each instansi, the most first; spelled alike is the same."""
    spelled: dict[str, list[str]] = {}
    for person in persons:
        spelled.setdefault(person.instansi.casefold(), []).append(person.instansi)
    shares = [Share(min(same), len(same)) for same in spelled.values()]
    return tuple(sorted(shares, key=lambda share: (-share.count, share.name)))
