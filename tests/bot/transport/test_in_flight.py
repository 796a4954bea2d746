"""Messages on their way: one by one where that is fast enough, else as many as the pace takes."""

import pytest

from bot.transport.in_flight import InFlight

PACE = 1 / 30


def after_sends(seconds: float, count: int = 10) -> InFlight:
    """After that many that took so long."""
    in_flight = InFlight(PACE)
    for number in range(count):
        in_flight.begin(number, 0.0)
        in_flight.end(number, seconds)
    return in_flight


def test_the_first_ones_go_one_by_one() -> None:
    in_flight = InFlight(PACE)
    assert not in_flight.is_full(0.0)
    in_flight.begin(1, 0.0)
    assert in_flight.is_full(0.0)
    in_flight.end(1, 0.01)
    assert not in_flight.is_full(0.01)


@pytest.mark.parametrize(
    ("seconds", "most"), [(0.0, 1), (0.01, 1), (0.026, 1), (0.05, 3), (0.2, 7), (1.0, 31)]
)
def test_as_many_as_the_distance_takes(seconds: float, most: int) -> None:
    assert after_sends(seconds).most() == most


def test_one_that_hangs_does_not_keep_the_others() -> None:
    in_flight = after_sends(0.01)
    in_flight.begin(99, 10.0)
    assert in_flight.is_full(10.4)
    assert not in_flight.is_full(10.6)


def test_what_was_slow_once_is_forgotten() -> None:
    in_flight = after_sends(0.2)
    for number in range(30):
        in_flight.begin(number, 1.0)
        in_flight.end(number, 1.01)
    assert in_flight.most() == 1
