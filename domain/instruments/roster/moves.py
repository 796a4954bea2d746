"""The facilitator's moves on a team: appoint somebody to a post, and take an appointment back."""

from collections.abc import Iterator

from domain.dialog.questions import Answers, Choice, Option, Person, Question, Text
from domain.instruments.base import Desk, MoveForm, Sheet, short_id
from domain.instruments.roster.people import NO_GROUP, OTHER, Candidate, Settings, people
from domain.instruments.roster.team import APPOINT, REMOVE, Staffed, team


def labelled(person: Candidate) -> str:
    """A person as a button names them."""
    return f"{person.name}, {person.instansi}"


def ask_group(settings: Settings, key: str, about: str, name: str) -> Choice:
    """The group a person stands for, or none of them."""
    groups = tuple(Option(short_id(number), group) for number, group in enumerate(settings.groups))
    options = (*groups, Option(NO_GROUP, about="no_group"))
    return Choice(key=key, about=about, options=options, counts=False, facts={"name": name})


def _ask_appoint(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """The post, the person, and the group they stand for, where it isn't known."""
    posts = _open(desk)
    if len(posts) > 1:
        options = tuple(Option(place, post.title) for place, post in posts.items())
        yield Choice(key="post", about="appoint.post", options=options)
    place = values.get("post", "" if len(posts) > 1 else next(iter(posts), ""))
    if place in posts:
        yield from _ask_who(desk.sheet, posts[place], place, values)


def _ask_who(sheet: Sheet[Settings], post: Staffed, place: str, values: Answers) -> Iterator[Question]:
    """Those proposed first, the most often proposed on top; then the other members; then somebody else."""
    candidates = _candidates(sheet, post)
    count = {each.person.id: each.count for each in post.proposed}
    options = [Option(id_, _counted(person, count.get(id_, 0))) for id_, person in candidates.items()]
    facts = {"post": post.title}
    who, key = values.get(f"who.{place}"), f"who.{place}"
    yield Person(key=key, about="appoint.who", options=(*options, Option(OTHER, about="other")), facts=facts)
    if who == OTHER:
        yield Text(key=f"name.{place}", about="appoint.name", shortest=2, longest=80, facts=facts)
        yield Text(key=f"org.{place}", about="appoint.instansi", shortest=2, longest=100, facts=facts)
    known = people(sheet)
    if who and sheet.settings.groups and not (who in known and known[who].group):
        name = candidates[who].name if who in candidates else str(values.get(f"name.{place}", ""))
        yield ask_group(sheet.settings, f"u.{place}.{who}", "appoint.group", name)


def _candidates(sheet: Sheet[Settings], post: Staffed) -> dict[str, Candidate]:
    """Everybody who can be tapped for a post: those who hold it already can't."""
    holding = {each.person.id for each in post.appointed}
    found = {each.person.id: each.person for each in post.proposed}
    found |= {id_: person for id_, person in people(sheet).items() if id_ not in found}
    return {id_: person for id_, person in found.items() if id_ not in holding}


def _counted(person: Candidate, count: int) -> str:
    """How often they were proposed stands first: long names are cut on the button."""
    return f"{count}× {labelled(person)}" if count else labelled(person)


def _ask_remove(desk: Desk[Settings]) -> Choice:
    posts = team(desk.sheet, desk.ballots).posts
    options = tuple(
        Option(each.id, f"{each.person.name} – {post.title}") for post in posts for each in post.appointed
    )
    return Choice(key="who", about="remove.who", options=options, lettered=True)


def _open(desk: Desk[Settings]) -> dict[str, Staffed]:
    """The posts that have a seat left, by their place."""
    posts = enumerate(team(desk.sheet, desk.ballots).posts)
    return {short_id(place): post for place, post in posts if len(post.appointed) < post.seats}


def _is_staffed(desk: Desk[Settings]) -> bool:
    return any(post.appointed for post in team(desk.sheet, desk.ballots).posts)


MOVES = (
    MoveForm(
        APPOINT,
        questions=lambda desk, values: list(_ask_appoint(desk, values)),
        available=lambda desk: bool(_open(desk)),
    ),
    MoveForm(REMOVE, questions=lambda desk, _: (_ask_remove(desk),), available=_is_staffed),
)
