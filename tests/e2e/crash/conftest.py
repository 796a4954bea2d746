"""Bots to be killed, one nursery a file."""

from collections.abc import Iterator

import pytest

from tests.e2e.crash.killing import Nursery, nursery


@pytest.fixture(scope="module")
def bots() -> Iterator[Nursery]:
    with nursery() as opened:
        yield opened
