"""What use cases of people hand back: members, invitations, groups, one's own data."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.guiding.steps import Step
from usecases.outcomes import Outcome, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Members(Outcome):
    """Everybody in the Pokja, and who waits to be let in; who `may_chair` sets whether writers are named."""

    pokja: str
    people: Sequence[Person]
    pending: Sequence[Person]
    may_manage: bool
    may_chair: bool
    authors_shown: bool
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard(Outcome):
    """One member, with what the actor may do about them."""

    person: Person
    state: str
    may_manage: bool
    may_chair: bool
    is_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Outcome):
    """The invitation link and code, for members and for guests; `onward` is where the process begins."""

    pokja: str
    code: str
    guest_code: str
    onward: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PokjaList(Outcome):
    """The Pokja a person is in, to choose the active one."""

    choices: Sequence[tuple[int, str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCard(Outcome):
    """Which group is linked, or how to; who `may_chair` lets it go."""

    pokja_id: int
    pokja: str
    linked: bool
    title: str = ""
    has_topic: bool = False
    may_chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData(Outcome):
    """What is kept of a person."""

    name: str
    memberships: Sequence[tuple[str, Person]]
    answers: int
    follow_ups: int
