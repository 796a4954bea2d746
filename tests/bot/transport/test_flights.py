"""Messages on their way: one by one where that is fast enough, else as many as the pace takes."""

import pytest

from bot.transport.flights import Flights

PACE = 1 / 30


def flown(seconds: float, count: int = 10) -> Flights:
    """After so many that took so long."""
    flights = Flights(PACE)
    for number in range(count):
        flights.begin(number, 0.0)
        flights.end(number, seconds)
    return flights


def test_the_first_ones_go_one_by_one() -> None:
    flights = Flights(PACE)
    assert not flights.are_enough(0.0)
    flights.begin(1, 0.0)
    assert flights.are_enough(0.0)
    flights.end(1, 0.01)
    assert not flights.are_enough(0.01)


@pytest.mark.parametrize(
    ("seconds", "most"), [(0.0, 1), (0.01, 1), (0.026, 1), (0.05, 3), (0.2, 7), (1.0, 31)]
)
def test_as_many_as_the_distance_takes(seconds: float, most: int) -> None:
    assert flown(seconds).most() == most


def test_one_that_hangs_does_not_keep_the_others() -> None:
    flights = flown(0.01)
    flights.begin(99, 10.0)
    assert flights.are_enough(10.4)
    assert not flights.are_enough(10.6)


def test_what_was_slow_once_is_forgotten() -> None:
    flights = flown(0.2)
    for number in range(30):
        flights.begin(number, 1.0)
        flights.end(number, 1.01)
    assert flights.most() == 1
