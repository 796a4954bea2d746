"""The table of places: what its buttons carry, what old buttons mean, and that nothing leads nowhere."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import LIMIT, Go, Press, pack, unpack
from bot.handlers import routes
from bot.handlers.private import SENDING
from bot.places import activities, documents, follow_ups, meetings, people, topics
from bot.places.base import ITSELF, Place
from bot.places.registry import PLACES, merged
from domain.faults import Rejected
from usecases.outcomes import Outcome, Said
from usecases.work import Work

ROOT = Path(__file__).parents[3]
NUMBERS = st.integers(0, 2**31 - 2)
VALUES = {
    int: st.integers(0, 999),
    bool: st.booleans(),
    int | None: st.none() | NUMBERS,
    str: st.sampled_from(["x", "hand_over"]),
    meetings.Switched: st.builds(
        meetings.Switched, st.sampled_from(["on", "off"]), st.sampled_from(["0", "12"])
    ),
    documents.InFormat: st.builds(
        documents.InFormat, st.sampled_from(["rangkuman", "a.b"]), st.sampled_from(["pdf", ""])
    ),
    documents.PartOf: st.builds(documents.PartOf, st.just("sk-pokja"), st.just("tasks")),
}


def test_each_place_is_there_under_its_own_name() -> None:
    assert {name: place.name for name, place in PLACES.items()} == {name: name for name in PLACES}


async def _shown(work: Work, number: int = 0) -> Outcome:
    return Said(code="help")


def _module(**places: Place[...]) -> ModuleType:
    module = ModuleType("places")
    vars(module).update(places)
    return module


def test_two_places_of_one_name_are_refused() -> None:
    one, other = Place("menu", _shown), Place("menu", _shown)
    with pytest.raises(ValueError, match="two places"):
        merged([_module(ONE=one), _module(OTHER=other)])
    assert merged([_module(ONE=one), _module(SAME=one)]) == {"menu": one}


def test_a_place_that_could_not_be_reached_is_refused() -> None:
    async def needs(work: Work, number: int) -> Outcome:
        return Said(code="help")

    async def odd(work: Work, number: float = 0) -> Outcome:
        return Said(code="help")

    for wrong in (
        lambda: Place("a", _shown, "nummer"),
        lambda: Place("a", _shown, word="page"),
        lambda: Place("a", odd, "number"),
        lambda: Place("a", needs),
        lambda: Place("a", _shown, done_at=needs),
        lambda: Place("a", _shown, done_at=Place("b", needs, "number")),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - what is wrong differs
            wrong()


def test_what_does_not_travel_is_refused() -> None:
    with pytest.raises(TypeError, match="carries membership_id"):
        people.MEMBER(5, note=None)


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.name)
@given(data=st.data())
def test_what_a_button_carries_comes_out_as_it_went_in(place: Place[...], data: st.DataObject) -> None:
    carried = {name: data.draw(VALUES[place.takes[name].annotation], name) for name in place.parts.values()}
    press = place(**carried)
    packed = pack(press)
    assert len(packed.encode()) <= LIMIT
    found = unpack(packed)
    assert isinstance(found, Go)
    usual = {name: each.default for name, each in place.takes.items() if name in carried}
    assert {**usual, **place.carried(found)} == carried


@pytest.mark.parametrize(
    ("old", "press"),
    [
        ("g|menu", people.MENU()),
        ("g|members||2", people.MEMBERS(2)),
        ("g|role|7||anggota", people.ROLE(7, "anggota")),
        ("g|sure|7||leave", people.SURE("leave", 7)),
        ("g|authors||1", people.AUTHORS(shown=True)),
        ("g|topic|0|1", topics.TOPIC(0, whole=True)),
        ("g|begin|3|1", topics.BEGIN(3, 1)),
        ("g|move|5||merge", activities.MOVE(5, "merge")),
        ("g|undo|5|c", activities.UNDO(5, 12)),
        ("g|give|0", follow_ups.GIVE(0, None)),
        ("g|give|0|1", follow_ups.GIVE(0, 0)),
        ("g|fu_group|2|1|age", follow_ups.BOARD_GROUP("age", 2, 1)),
        ("g|paper||1|sk-pokja", documents.PAPER("sk-pokja")),
        ("g|paper_draft|4||undangan.pdf", documents.DRAFT(4, documents.InFormat("undangan", "pdf"))),
        ("g|paper_draft|||rangkuman.", documents.DRAFT(0, documents.InFormat("rangkuman", ""))),
        ("g|paper_part|||sk.pokja.tasks", documents.PART(documents.PartOf("sk.pokja", "tasks"))),
        ("g|topics", topics.TOPICS()),
        ("g|topics|1", topics.TOPICS(0)),
        ("g|plan_meeting", meetings.PLAN(None)),
        ("g|plan_meeting|1", meetings.PLAN(0)),
        ("g|topic_meetings|1|2", meetings.OF_TOPIC(0, 2)),
        ("g|meeting|4|1", meetings.MEETING(4, manage=True)),
        ("g|invitee|4|9|on.3", meetings.INVITEE(4, 9, meetings.Switched("on", "3"))),
        ("g|attend|4|9|undo", meetings.ATTEND(4, 9, "undo")),
        ("g|agenda_edit|4|2|minutes", meetings.AGENDA_EDIT(4, 2, "minutes")),
        ("g|point|4|2|drop", meetings.POINT(4, 2, meetings.STRIKING)),
        ("g|meeting_code|4|1", meetings.CODE(4, renew=True)),
    ],
)
def test_buttons_that_stand_in_chats_already_lead_where_they_led(old: str, press: Press) -> None:
    found = unpack(old)
    assert isinstance(found, Go)
    assert isinstance(press, Go)
    place = PLACES[press.place]
    assert found.place == press.place
    assert place.carried(found) == place.carried(press)


async def test_a_button_that_led_somewhere_once_is_explained() -> None:
    with pytest.raises(Rejected) as refused:
        routes.place_of(Go("a_place_of_old"))
    assert refused.value.fault.code == "unknown_button"


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for part in ("bot", "usecases"):
        for path in sorted((ROOT / part).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", getattr(node.func, "attr", "")) == name
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_buttons_are_made_by_places() -> None:
    """A name that is written by hand would not be held to the table; only the way on from a sentence is a name."""
    made = [place.rpartition(":")[0] for place, _ in _calls("Go")]
    assert sorted(made) == ["bot/places/base.py", "bot/screens/people.py"]


def test_the_way_on_from_a_sentence_is_a_place_that_needs_nothing() -> None:
    ways = {
        word.value.value
        for _, call in [*_calls("Said"), *_calls("replace")]
        for word in call.keywords
        if word.arg == "way_on" and isinstance(word.value, ast.Constant)
    }
    ways |= {Said(code="help").way_on}
    assert ways >= {"menu", "members", "broadcasts"}
    for way in ways - {""}:
        PLACES[way]()


def test_where_something_is_done_is_a_place_that_only_shows() -> None:
    looks = [place.done_at for place in PLACES.values() if isinstance(place.done_at, Place)]
    assert looks
    for each in looks:
        assert PLACES[each.name] is each
        assert each.done_at in {None, ITSELF}


def test_what_goes_to_the_end_of_the_chat_is_a_place() -> None:
    assert set(SENDING) <= set(PLACES)
