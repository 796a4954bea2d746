import pytest

from simulator.phones.phone import Person
from tests.bot.support.simulated import Side
from tests.support.cast import SITI


@pytest.fixture
async def siti(side: Side) -> Person:
    """Somebody who has pressed Start."""
    person = await side.phones.person(SITI)
    await person.starts(settles=False)
    return person
