"""What holds for every instrument: the room may decide, groups bring their results, nothing hangs on the order."""

from dataclasses import replace

import pytest

from domain.dialog.questions import Confirm, Several, Tapped, Typed
from domain.instruments.base import PLENARY, Desk
from domain.instruments.registry import INSTRUMENTS
from tests.support.driving import SAMPLES, fill
from tests.support.scenes import SCENES

NAMES = sorted(each.name for each in INSTRUMENTS)
COLLECTING = {"cards", "worksheet", "narrative", "roster"}
"""Here what the room adds lies beside the members' own; elsewhere the room alone decides."""
COUNTING = [name for name in NAMES if name not in COLLECTING]


def answerer(number):
    """Writes once, adds one row, takes the option that is `number` places on."""
    asked = []

    def give(question):
        asked.append(question.key)
        if isinstance(question, Confirm):
            return Tapped("y" if sum(key == question.key for key in asked) == 1 and len(asked) < 3 else "n")
        if isinstance(question, Several):
            return Tapped(",".join(option.value for option in question.options[: question.least]))
        if question.optional and len(asked) > 6:
            return Tapped("-")
        options = getattr(question, "options", ())
        ending = [option for option in options if option.value == "-"]
        if ending and len(asked) > 6:
            return Tapped("-")
        if options:
            return Tapped(options[number % len(options)].value)
        return Typed(
            f"{SAMPLES[question.kind]} {len(asked)}" if question.kind == "text" else SAMPLES[question.kind]
        )

    return give


def filled(name, *, room=False, number=0):
    """An instrument, its sheet in a scene, and one complete ballot of a member or of the room."""
    instrument, sheet = INSTRUMENTS[name], SCENES[name]("Contoh").sheet
    return instrument, sheet, fill(instrument, replace(sheet, plenary=room), answerer(number))


@pytest.mark.parametrize("name", NAMES)
def test_the_room_can_fill_in_everything(name):
    instrument, sheet, answers = filled(name, room=True)
    assert answers
    assert instrument.tally(sheet, {PLENARY: answers}) != instrument.tally(sheet, {})


@pytest.mark.parametrize("name", COUNTING)
def test_what_the_room_decides_stands_alone(name):
    instrument, sheet, room = filled(name, room=True)
    _, _, other = filled(name, number=1)
    alone = instrument.tally(sheet, {PLENARY: room})
    assert instrument.tally(sheet, {PLENARY: room, 1: other, 2: other}) == alone


@pytest.mark.parametrize("name", sorted(COLLECTING - {"worksheet"}))  # rows there are cells of one table
def test_what_the_room_adds_lies_beside_the_members_own(name):
    instrument, sheet, room = filled(name, room=True)
    _, _, other = filled(name, number=1)
    both = instrument.tally(sheet, {PLENARY: room, 1: other})
    assert both != instrument.tally(sheet, {PLENARY: room})
    assert both != instrument.tally(sheet, {1: other})


@pytest.mark.parametrize("name", NAMES)
def test_what_two_groups_bring_is_what_their_members_said(name):
    """Moves are each group's own, so they are left out here."""
    instrument, sheet, first = filled(name)
    _, _, second = filled(name, number=1)
    plain = sheet if name == "date_poll" else replace(sheet, moves=())
    ballots = {1: first, 2: second, 3: first}
    groups = [({1: first, 2: second}, [1, 2]), ({3: first}, [3])]
    brought = [instrument.brought(Desk(plain, own), members) for own, members in groups]
    together = {member: answers for each in brought for member, answers in each.items()}
    assert sum(map(len, brought)) == len(together)
    assert contents(instrument.tally(plain, together)) == contents(instrument.tally(plain, ballots))


def contents(result):
    """A result but for the ids and counts that tell only through whom something came."""
    return sorted(text for text in _texts(result) if len(text) > 6)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from _texts(getattr(value, field))


@pytest.mark.parametrize("name", COUNTING)
def test_a_group_whose_room_decided_speaks_for_each_of_its_members(name):
    instrument, sheet, room = filled(name)
    brought = instrument.brought(Desk(sheet, {PLENARY: room}), [4, 5, 6])
    assert brought == {4: room, 5: room, 6: room}
