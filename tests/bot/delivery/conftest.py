import pytest

from store.engine.database import Database
from tests.bot.support.postings import Post
from tests.bot.support.simulated import Side


@pytest.fixture
async def post(database: Database, side: Side) -> Post:
    """A delivery to the simulated Telegram, over a database of each kind."""
    return Post(database, side)
