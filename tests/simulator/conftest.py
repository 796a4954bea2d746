"""A running simulator with a plain HTTP client in the bot's place."""

from tests.simulator.support.fixtures import fixtures

url, sim, bot, siti, budi = fixtures("function")
