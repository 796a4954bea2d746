"""Getting people to the right hour of the right day, for tests about reminders."""

from datetime import date, datetime, time, timedelta

from documents.language import indonesian
from domain.calendar.working_days import WorkingDays
from simulator.phones.phone import Person, Simulator
from store import holidays
from tests.e2e.steps.planting import House

DAYS = WorkingDays(frozenset(holidays.of_years(range(2025, 2032))))


async def today(sim: Simulator) -> date:
    """The date in the Pokja's zone."""
    return (await sim.local()).date()


def zone_name(sim: Simulator) -> str:
    """WIB, or what else follows an hour."""
    return indonesian.zone_name(str(sim.zone))


async def next_working_day(sim: Simulator, count: int = 1) -> date:
    """The so-many-th working day after today."""
    return DAYS.plus(await today(sim), count)


async def sleeps_until(sim: Simulator, day: date, hour: int, minute: int = 0) -> None:
    """The simulator's clock is moved; the bot notices by itself."""
    moment = datetime.combine(day, time(hour, minute), sim.zone)
    await sim.forward(seconds=moment.timestamp() - await sim.now())


async def at(house: House, day: date, hour: int, minute: int = 0) -> None:
    """It becomes that hour, and the bot knows at once."""
    moment = datetime.combine(day, time(hour, minute), house.sim.zone)
    await house.waits(hours=(moment.timestamp() - await house.sim.now()) / 3600)


async def digests(person: Person, text: str = "⏰") -> list[str]:
    """The reminders a person got, oldest first."""
    return [m["text"] for m in await person.messages(60) if m["from_bot"] and m["text"].startswith(text)]


def in_days(day: date, count: int) -> date:
    return day + timedelta(days=count)
