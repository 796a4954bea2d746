"""The whole house for a test: a simulator, a bot on a fresh database, and phones."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot import app
from simulator.phones.phone import Simulator
from simulator.server import running_simulator
from simulator.simulation import Config, make_simulation
from tests.e2e.steps.bots import settings_for, working_bot
from tests.support.moments import PLAIN, TELLING
from tests.support.patience import PATIENCE


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked as `telling_days` begin on one of these, by turns: a file of seven tests sees all of them."""
    if metafunc.definition.get_closest_marker("telling_days") is None:
        return
    tests = [name for name in vars(metafunc.module) if name.startswith("test_")]
    place, every = tests.index(metafunc.function.__name__), metafunc.config.getoption("every_day")
    if "database_url" in metafunc.fixturenames:
        runs = [("sqlite", day) for day in days(place, every)] + [
            ("postgresql", day) for day in days(place + 3)
        ]
        names, given = ("database_url", "start"), [(kind, TELLING[day]) for kind, day in runs]
        mark = pytest.mark.parametrize(
            names, given, indirect=["database_url"], ids=[f"{kind}-{day}" for kind, day in runs]
        )
    else:
        chosen = days(place, every)
        mark = pytest.mark.parametrize("start", [TELLING[day] for day in chosen], ids=chosen)
    metafunc.definition.add_marker(mark)


def days(place: int, every: bool = False) -> list[str]:
    """The names of the days on which the test at this place of its file runs."""
    names = list(TELLING)
    return names if every else [names[place % len(names)]]


@pytest.fixture
def start() -> datetime:
    """When the test's world begins."""
    return PLAIN


@pytest.fixture
async def sim(start: datetime) -> AsyncIterator[Simulator]:
    world = make_simulation(Config(start=start.timestamp(), flood=False))
    async with (
        running_simulator(world) as url,
        Simulator(url, patience=PATIENCE, quiet=1.5, zone=start.tzinfo, world=world) as opened,
    ):
        yield opened
        assert await opened.faults() == []


@pytest.fixture
async def bot(sim: Simulator, database_url: str) -> AsyncIterator[app.Running]:
    """The bot on each kind of database."""
    async with working_bot(settings_for(sim, database_url)) as running:
        yield running


@pytest.fixture
async def sqlite_bot(sim: Simulator, sqlite_url: str) -> AsyncIterator[app.Running]:
    """The bot on SQLite, where one kind is enough."""
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        yield running
