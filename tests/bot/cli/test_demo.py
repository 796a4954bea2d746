"""`pokja demo`: phones, a Pokja and a bot with one command, and nothing left behind."""

import re
import signal
import socket
from datetime import date, datetime

import pytest

from bot.cli.demo import morning
from simulator.phones.phone import Person, Simulator
from tests.bot.support.programs import begun_anew, ends, free_port, outcome, says
from tests.support.moments import WIB
from tests.support.patience import PATIENCE
from usecases.people.sample import CHARACTERS


@pytest.fixture
def port() -> int:
    return free_port()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_is_ready_with_one_command_and_leaves_nothing_behind(port, number):
    async with begun_anew("demo", "--port", str(port), "--date", "2026-12-24") as demo:
        said = await says(demo, "Demo siap")
        (url,) = re.findall(r"http://\S+", said)
        async with Simulator(url, patience=PATIENCE, zone=WIB) as phones:
            assert f"{await phones.local():%Y-%m-%d %H}" == "2026-12-28 08", (
                "after cuti bersama, Natal and a weekend"
            )
            seen = (await phones.control.get("/control/state"))["users"]
            assert [user["name"] for user in seen] == [each.name for each in CHARACTERS]
            chair = Person(phones, seen[0]["id"], seen[0]["name"])
            await chair.types("/topik")
            await chair.sees("Persiapan dan Pengenalan")
            assert await phones.faults() == []
        demo.send_signal(number)
        code, said = await ends(demo)
    assert (code, said) == (0, "")
    assert is_free(port)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 11, 30), datetime(2026, 11, 30, 8, tzinfo=WIB)),  # a Monday
        (date(2026, 10, 10), datetime(2026, 10, 12, 8, tzinfo=WIB)),  # a Saturday
        (date(2026, 12, 31), datetime(2026, 12, 31, 8, tzinfo=WIB)),
        (date(2027, 1, 1), datetime(2027, 1, 4, 8, tzinfo=WIB)),  # a Friday, and a day off
        (date(2027, 3, 6), datetime(2027, 3, 16, 8, tzinfo=WIB)),  # Nyepi and Lebaran
    ],
)
def test_it_begins_when_the_office_opens(day: date, begins: datetime) -> None:
    assert morning(day) == begins


async def test_a_taken_port_is_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = await outcome("demo", "--port", str(port))
    assert code == 2
    (sentence,) = said.splitlines()
    assert str(port) in sentence
    assert "--port" in sentence
