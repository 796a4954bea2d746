"""Fixtures for all tests: databases as they are in the field, both kinds."""

import asyncio
import fcntl
import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import pytest
import pytest_asyncio
import sqlalchemy as sa
import uvloop
from hypothesis import settings

from documents.language.wording import wording
from store.engine.database import Database
from tests import databases

if TYPE_CHECKING:
    from playwright.async_api import Browser

LONGEST = ("test_whole_guides.py", "test_kill.py", "test_year.py")
"""Begun first, or one worker would still be at them when the others have nothing left to do."""
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # properties are about results, not about how busy the machine is


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Of workers that come to a file at the same time, one compiles it and the others load what it has kept."""
    if not isinstance(collector, pytest.Module) or sys.dont_write_bytecode:
        return (yield)
    with collector.path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return (yield)


def pytest_collection_finish() -> None:
    """What is there now stays: the collector of garbage need not look through it over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first, otherwise as they were."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Drills are for `make drill`."""
    if item.get_closest_marker("drill") and not item.config.getoption("--drill"):
        pytest.skip("make drill")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Many times as long: for whoever changes what happens when."""
    parser.addoption("--every-day", action="store_true", help="each test of time on each telling day")
    parser.addoption("--drill", action="store_true", help="the drills, which take minutes (make drill)")


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
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all workers of a run need and one of them makes."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def postgres(shared: Path) -> Iterator[sa.URL]:
    with databases.postgres_server(shared) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_file(shared: Path) -> Path:
    return databases.sqlite_template(shared)


@pytest.fixture(autouse=True, scope="session")
def pages_compiled_once(shared: Path) -> None:
    """What Jinja makes of a page is the same for all workers."""
    (folder := shared / "pages").mkdir(exist_ok=True)
    wording()._environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


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
