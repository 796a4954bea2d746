"""Susunan tim: members propose persons for posts; the facilitator appoints.

A person is a member of the Pokja or somebody else with name and instansi. Where groups (unsur) are to be
represented, each person is said to stand for one of them; the team shows how many stand for each.
"""

from collections.abc import Iterator, Sequence

from domain.dialog.questions import Answers, Choice, Option, Person, Question, Text, Value
from domain.faults import Fault, Rejected
from domain.instruments.base import Ballots, Desk, Instrument, Item, Sheet, short_id
from domain.instruments.entries import NOWHERE, asked, brought_along, entries, free
from domain.instruments.roster.moves import MOVES, ask_group, labelled
from domain.instruments.roster.people import (
    OTHER,
    Candidate,
    Post,
    Settings,
    group_key,
    people,
    person_item,
    proposals,
)
from domain.instruments.roster.team import Appointed, Staffed, Team, team
from domain.process.reading import Reader
from domain.process.sources import MEMBERS, PEOPLE, draw_built_in

MOST_POSTS, MOST_GROUPS = 20, 8


class Roster(Instrument[Settings, Team]):
    """Propose persons for posts."""

    name = "roster"
    grows = True

    def read(self, reader: Reader) -> Settings:
        """`posts` (key, title, seats, hint) and `groups`; the members are drawn by itself."""
        draw_built_in(reader, PEOPLE, MEMBERS)
        posts = tuple(_read_post(each) for each in reader.each("posts", required=True))
        groups = reader.texts("groups")
        reader.unique([post.key for post in posts], "posts")
        reader.unique(groups, "groups")
        for field, given, most in (("posts", posts, MOST_POSTS), ("groups", groups, MOST_GROUPS)):
            if len(given) > most:
                reader.fault("too_many", reader.line_of(field), field=field, most=most)
        return Settings(posts, groups)

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """For each proposal the post and the person, until the member has nobody (more) to propose."""
        return [question for number in asked(mine) for question in _ask(sheet, number, mine)]

    def check(self, sheet: Sheet[Settings], mine: Answers, key: str, value: Value) -> None:
        """Somebody named twice for a post is a slip of the finger; members can't even be tapped twice."""
        if _repeated(sheet, {**mine, key: value}) > _repeated(sheet, mine):
            raise Rejected("proposed_twice")

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Team:
        """The team, and who was proposed."""
        return team(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Team) -> tuple[Item, ...]:
        """The persons who hold a post."""
        return tuple(_item(sheet, post, each) for post in result.posts for each in post.appointed)

    def lacking(self, sheet: Sheet[Settings], result: Team) -> Fault | None:
        """What is missing before a result can be adopted: somebody for every post."""
        return Fault("posts_empty", {"posts": list(result.vacant)}) if result.vacant else None

    def hint(self, desk: Desk[Settings]) -> Fault | None:
        """Groups nobody in the team stands for, once there is a team."""
        found = team(desk.sheet, desk.ballots)
        absent = [share.name for share in found.groups if not share.count]
        return Fault("groups_absent", {"groups": absent}) if absent and found.organisations else None

    def pulse(self, desk: Desk[Settings]) -> Fault | None:
        """How many proposals there are, and for which posts there is none yet."""
        posts = team(desk.sheet, desk.ballots).posts
        count = sum(each.count for post in posts for each in post.proposed)
        empty = [post.title for post in posts if not post.proposed and not post.appointed]
        return Fault("proposed", {"count": count, "posts": empty})

    def trace(self, sheet: Sheet[Settings], result: Team, item_id: str) -> Fault | None:
        """How many had proposed the person, and who appointed them."""
        for post in result.posts:
            for each in post.appointed:
                if each.id == item_id:
                    told = {
                        "name": each.person.name,
                        "post": post.title,
                        "count": each.proposed,
                        "by": each.by,
                    }
                    return Fault("appointed", told)
        return None

    def brought(self, desk: Desk[Settings], members: Sequence[int]) -> Ballots:
        """The members' proposals and the room's."""
        return brought_along(desk.ballots, members)

    moves = MOVES


def _read_post(reader: Reader) -> Post:
    post = Post(
        reader.key("key"), reader.text("title"), reader.whole("seats", 1, 1, 30), reader.text("hint", "")
    )
    reader.close()
    return post


def _repeated(sheet: Sheet[Settings], mine: Answers) -> int:
    """How many proposals name a person for a post once more."""
    named = [(each.place, each.person.id) for each in proposals(sheet, mine)]
    return len(named) - len(set(named))


def _item(sheet: Sheet[Settings], post: Staffed, appointed: Appointed) -> Item:
    """'jabatan' is the post in the team; the office a member has at home is 'jabatan-asal'."""
    person = appointed.person
    drawn = person_item(sheet, person.id)
    fields = {
        **(drawn.fields if drawn else {}),
        "jabatan": post.title,
        "pos": post.key,
        "jabatan-asal": person.office,
        "instansi": person.instansi,
        "unsur": person.group,
    }
    return Item(appointed.id, person.name, f"{post.key}/{appointed.id}", person.instansi, fields)


def _ask(sheet: Sheet[Settings], number: int, mine: Answers) -> Iterator[Question]:
    """Asks which post, and who."""
    posts = {short_id(place): post for place, post in enumerate(sheet.settings.posts)}
    places = free({place: post.seats for place, post in posts.items()}, mine, number)
    if not places:
        return
    options = [Option(place, posts[place].title) for place in places]
    yield _ask_post(number, options, last=number == asked(mine)[-1])
    place = mine.get(str(number), NOWHERE)
    if place in posts:
        yield from _ask_person(sheet, posts[place], f"{number}.{place}", mine)


def _ask_post(number: int, options: Sequence[Option], *, last: bool) -> Choice:
    """Only the last one counts for progress: it says whether the member is done. Earlier ones can be taken back."""
    first = number == 1
    nothing = Option(NOWHERE, about=("nobody" if first else "done") if last else "withdraw")
    about = "post" if first else "next"
    return Choice(
        key=str(number), about=about, options=(*options, nothing), counts=last, facts={"last": last}
    )


def _ask_person(sheet: Sheet[Settings], post: Post, prefix: str, mine: Answers) -> Iterator[Question]:
    """A member, or somebody else by name and instansi; and the group they stand for, where it isn't known."""
    known = people(sheet)
    facts = {"post": post.title, "hint": post.hint}
    options = (*_others(known, prefix, mine), Option(OTHER, about="other"))
    yield Person(key=prefix, about="person", options=options, counts=False, facts=facts)
    who = mine.get(prefix)
    if who == OTHER:
        yield Text(key=f"{prefix}n", about="name", counts=False, shortest=2, longest=80, facts=facts)
        yield Text(key=f"{prefix}i", about="instansi", counts=False, shortest=2, longest=100, facts=facts)
    if who and sheet.settings.groups and not (who in known and known[who].group):
        name = known[who].name if who in known else str(mine.get(f"{prefix}n", ""))
        yield ask_group(sheet.settings, group_key(prefix, who), "group", name)


def _others(known: dict[str, Candidate], prefix: str, mine: Answers) -> Iterator[Option]:
    """The members, without those this member proposes for the same post in another entry."""
    number, _, place = prefix.partition(".")
    taken = {mine.get(f"{n}.{where}") for n, where in entries(mine) if where == place and str(n) != number}
    yield from (Option(id_, labelled(person)) for id_, person in known.items() if id_ not in taken)
