"""Each guide from its first topic to its last, with members (and guests) on their phones.

Seven of them, but for the longest guide: its rules don't ask how many they are, and four disagree as well as seven.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.app import Running
from domain.process.model import Process
from simulator.phones.phone import Person, Simulator
from store.process_files import FOLDER, load
from store.tables.core import Result, TopicRun
from tests.e2e.steps import basics
from tests.e2e.steps.conducting import BY_GROUPS, BY_MEMBERS, BY_ROOM, ON_BEHALF, Conductor, table
from tests.e2e.steps.robots import Robot
from tests.e2e.steps.whole_documents import every_document_can_be_had
from tests.support.cast import SEVEN

GUESTS = ("Dewi Lestari", "Bambang Sutrisno")
GUIDES = {
    "mps": frozenset(),
    "stpp-pdam": frozenset({"4.1/soar"}),
    "stpp-kesehatan": frozenset(),
}
"""The guides, with activities that the group may leave out ('SWOT or SOAR')."""
MEMBERS = {"mps": SEVEN, "stpp-pdam": SEVEN[:4], "stpp-kesehatan": SEVEN}
MAY_BE_SKIPPED = {f"2.2/{subsector}" for subsector in ("air-limbah", "persampahan", "drainase", "phbs")}
"""A subsector in which the robots happened to propose nothing."""
MAY_BE_EMPTY = {"checklist"}
"""What is all in order leaves nothing to work on."""
WAYS = (BY_GROUPS, ON_BEHALF, BY_ROOM)
"""The small guide has every instrument: it is done in these ways by turns."""
MOST_IN_GROUP = {"mps": 1.5, "stpp-pdam": 1.5, "stpp-kesehatan": 2.2}
"""Messages of the bot in the group for each activity: its board, which its result replaces; what is drawn; topics.

In the small guide nearly every result is drawn.
"""
LONGEST_PROMPT, LONGEST_STRETCH = 600, 40


@pytest.mark.parametrize("name", GUIDES)
async def test_the_whole_guide(
    sim: Simulator,
    sqlite_bot: Running,
    name: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    process = load(FOLDER / f"{name}.yaml")
    ketua, others = await basics.assemble(sim, *MEMBERS[name], process=process.title)
    guests = [await joined_as_guest(ketua, person) for person in await sim.people(*GUESTS)]
    group = await basics.link_group(sim, ketua, others)
    robots = [Robot(person, number) for number, person in enumerate([ketua, *others], 1)]
    answering_guests = [Robot(guest, 20 + n) for n, guest in enumerate(guests)]
    ways = WAYS if name == "stpp-kesehatan" else (BY_MEMBERS,)
    conductor = Conductor(process, robots[0], robots, answering_guests, GUIDES[name], ways)
    await conductor.conducts()
    said = [message for message in await group.messages(5000) if message["from_bot"]]
    told = f"pesan di grup: {len(said)}, untuk {len(wanted_of(process))} kegiatan"
    record_property("table", f"{process.title}\n{table(conductor.lines)}\n{told}")
    assert len(said) <= MOST_IN_GROUP[name] * len(wanted_of(process)), told
    assert GUIDES[name] <= conductor.skipped <= GUIDES[name] | MAY_BE_SKIPPED
    await everything_is_adopted(sqlite_bot, process, conductor.skipped)
    await every_document_can_be_had(sqlite_bot, process, tmp_path)
    wordiest = max(robots, key=lambda robot: len(robot.wordy))
    assert len(wordiest.wordy) <= LONGEST_PROMPT, wordiest.wordy
    assert max(line.stretch for line in conductor.lines) <= LONGEST_STRETCH


async def joined_as_guest(ketua: Person, guest: Person) -> Person:
    await basics.joins(guest, await basics.guest_link(ketua), "DPRD")
    await ketua.sees(f"{guest.title}\n")
    await ketua.taps("Terima")
    await guest.sees("Selamat bergabung")
    return guest


async def everything_is_adopted(running: Running, process: Process, left_out: set[str]) -> None:
    """Every topic is done, and every activity has a sealed result with something in it."""
    async with running.database.reading() as session:
        topics = set(await session.scalars(sa.select(TopicRun.key).where(TopicRun.state == "done")))
        results = {result.data["activity"]: result for result in await session.scalars(sa.select(Result))}
    wanted = wanted_of(process)
    assert topics == {topic.key for topic in process.topics()}
    assert results.keys() == wanted - left_out
    empty = {path for path, result in results.items() if not result.items}
    assert empty <= {path for path in wanted if instrument_of(process, path) in MAY_BE_EMPTY}


def wanted_of(process: Process) -> set[str]:
    """The paths of all activities."""
    return {f"{topic.key}/{spec.key}" for topic in process.topics() for spec in topic.activities}


def instrument_of(process: Process, path: str) -> str:
    return process.activity(*path.split("/")).instrument
