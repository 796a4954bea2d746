"""A database of one kind, for what doesn't depend on it."""

from collections.abc import AsyncIterator

import pytest

from store.engine.database import Database


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    await opened.close()
