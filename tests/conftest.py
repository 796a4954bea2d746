"""Fixtures for all tests: databases as they are in the field, both kinds."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
import sqlalchemy as sa
import uvloop

from store.engine.database import Database
from tests import databases

if TYPE_CHECKING:
    from playwright.async_api import Browser

LONGEST = ("test_whole_guides.py", "test_kill.py", "test_reminding_year.py")
"""Begun first, or one worker would still be at them when the others have nothing left to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first, otherwise as they were."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Many times as long: for whoever changes what happens when."""
    parser.addoption("--every-day", action="store_true", help="each test of time on each telling day")


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop the bot runs on in the field."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(autouse=True, scope="session")
def at_once() -> Iterator[None]:
    """Other tests keep the processors busy for minutes: whoever gives way to all of them would never be done."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.printing.pool.NICENESS", 1)
        yield


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    with databases.statements_compiled_once():
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test measured (record_property 'table') is read at the end, whichever worker ran it."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == "table":
                terminalreporter.write_line(f"\n{text}")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.URL]:
    with databases.postgres_server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        return databases.fresh_sqlite(request.getfixturevalue("sqlite_file"), tmp_path)
    return await databases.fresh_postgres(request.getfixturevalue("postgres"))


@pytest.fixture
def sqlite_url(sqlite_file: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite file, where one kind is enough."""
    return databases.fresh_sqlite(sqlite_file, tmp_path)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """A fresh database of one kind, for what doesn't depend on it."""
    opened = Database(sqlite_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator["Browser"]:
    """Who uses it runs on the loop of the session too: pytest.mark.asyncio(loop_scope="session")."""
    from tests.support.browsing import started  # here, for it is costly to load and few tests need it

    async with started() as opened:
        yield opened
