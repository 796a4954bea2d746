"""A running simulator with a plain HTTP client in the bot's place."""

import pytest

from simulator.phones.phone import Group, Person, Simulator
from tests.simulator.support.fixtures import fixtures

url, sim, bot, siti, budi = fixtures("function")


@pytest.fixture
async def group(sim: Simulator, siti: Person, budi: Person) -> Group:
    """Siti's group, with the bot in it."""
    return await sim.group("Pokja", [siti, budi], with_bot=True)
