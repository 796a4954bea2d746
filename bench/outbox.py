"""The outbox under Telegram's limits: how near it comes to them, what is lost or doubled, how soon taps are answered.

`python -m bench.outbox` fills the outbox with 20,000 messages and lets the bot send for a stretch of real time;
with `--all` until it is empty (eleven minutes at 30 a second), compared with the shortest time in which the limits let
anybody send that much. Nothing is sped up: the simulator's limits and the
bot's are kept on the real clock, each on its own. With `--kills` the bot is killed (-9) and started again meanwhile.
"""

import argparse
import asyncio
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench import contestants, outbox_world
from bench.outbox_world import A_SECOND, FIRST, Size
from simulator.people import actions
from simulator.server import running_simulator
from simulator.simulation import Simulation
from simulator.world.model import Person

OK = 200
WARM_UP = 5.0
COUNTED = frozenset({"sendMessage", "sendRichMessage", "editMessageText", "editMessageReplyMarkup"})
PATIENCE = 20.0
LOOK = 0.5
SETTLING = 10.0  # a bot that was killed starts again and sends what it had left undecided


@dataclass
class Trial:
    """One bot after the other against one simulated Telegram."""

    world: Simulation
    url: str
    size: Size
    log: Path
    api: str
    waits: list[float] = field(default_factory=list)
    bot: asyncio.subprocess.Process | None = None
    is_emptied: bool = False

    async def start(self) -> None:
        """A bot as an operator starts it."""
        told = {
            "POKJA_TOKEN": contestants.TOKEN,
            "POKJA_API_URL": self.api,
            "POKJA_DATABASE_URL": self.url,
            "POKJA_LOG": "ERROR",
        }
        with self.log.open("a") as log:
            command = (sys.executable, "-m", "bot", "run")
            self.bot = await asyncio.create_subprocess_exec(
                *command, env={**os.environ, **told}, stdout=log, stderr=log
            )

    async def end(self, how: signal.Signals) -> None:
        """Ends the bot in this way, and waits until it is gone."""
        assert self.bot is not None
        with suppress(ProcessLookupError):
            self.bot.send_signal(how)
        await self.bot.wait()

    def sent(self, since: float, until: float) -> int:
        """Messages and edits that Telegram took in this time."""
        log = self.world.records.log
        return sum(
            call["code"] == OK and call["method"] in COUNTED and since <= call["at"] < until for call in log
        )

    async def taps(self, number: int, pause: tuple[float, float]) -> None:
        """People who answer an activity, one after the other, as long as the trial lasts."""
        dice = random.Random(number)
        for user in range(FIRST + number, FIRST + self.size.members, 50):
            person = self.world.world.person(user)
            actions.starts(self.world, person, "ta1")
            for _ in range(contestants.ANSWERS):
                await asyncio.sleep(dice.uniform(*pause))
                await self._taps_once(person)

    async def _taps_once(self, person: Person) -> None:
        chat = self.world.world.chat(person.user_id)
        found = [
            (message.message_id, button["callback_data"])
            for message in chat.messages.values()
            for row in message.body.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if button["text"][0] == "A" and button.get("callback_data", "").startswith("q|")
        ]
        if not found:
            return
        begun = time.perf_counter()
        tap = actions.taps(self.world, person, chat, *found[-1], inaccessible=False).tap
        assert tap is not None
        if await self.world.journal.wait_until(lambda: tap.answer is not None, PATIENCE):
            self.waits.append(time.perf_counter() - begun)


async def run(options: argparse.Namespace) -> bool:
    """The whole trial; whether everything held."""
    size = outbox_world.size_of(options.messages)
    world, chats = outbox_world.telegram(size, options.share_429)
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or outbox_world.sqlite_url(Path(folder))
        await outbox_world.fill(url, size, chats)
        print(
            f"{size.messages} messages wait; 30/s, 1/s per chat, 20/min per group; 429s: {options.share_429:.1%}"
        )
        async with running_simulator(world) as api:
            trial = Trial(world, url, size, Path(folder, "log"), api)
            return await _measured(trial, options)


async def _measured(trial: Trial, options: argparse.Namespace) -> bool:
    await trial.start()
    while not trial.sent(0, time.time() + 1):
        if trial.bot is None or trial.bot.returncode is not None:
            raise RuntimeError(f"the bot ended by itself:\n{trial.log.read_text()[-3000:]}")
        await asyncio.sleep(0.05)
    await asyncio.sleep(0 if options.all else WARM_UP)
    begun, spent = time.time(), _cpu(trial)
    async with asyncio.TaskGroup() as group:
        tappers = [group.create_task(trial.taps(n, (0.5, 1.5))) for n in range(options.people)]
        await _lasts(trial, options)
        ended, used = time.time(), _cpu(trial)
        for each in tappers:
            each.cancel()
    await trial.end(signal.SIGTERM)
    _tell(trial, begun, ended, (used - spent) / (ended - begun) if not options.kills else None)
    return await _kept(trial, options.kills)


def _cpu(trial: Trial) -> float:
    assert trial.bot is not None
    fields = Path(f"/proc/{trial.bot.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _lasts(trial: Trial, options: argparse.Namespace) -> None:
    dice = random.Random(options.seed)
    deadline = time.monotonic() + options.seconds
    for _ in range(options.kills):
        await asyncio.sleep(dice.uniform(0.5, 1.5) * options.seconds / (options.kills + 1))
        await trial.end(signal.SIGKILL)
        await trial.start()
        deadline = max(deadline, time.monotonic() + SETTLING)
    if options.all:
        await _emptied(trial)
        trial.is_emptied = True
    else:
        await asyncio.sleep(max(0.0, deadline - time.monotonic()))


async def _emptied(trial: Trial) -> None:
    while set(await outbox_world.states(trial.url)) - {"sent", "failed"}:  # noqa: ASYNC110 - a table rings no bell
        await asyncio.sleep(LOOK)


def _tell(trial: Trial, begun: float, ended: float, cpu: float | None) -> None:
    seconds = ended - begun
    sent = trial.sent(begun, ended)
    rate = sent / seconds
    by_second = [trial.sent(begun + n, begun + n + 1) for n in range(int(seconds))]
    usual, least, most = statistics.median(by_second), min(by_second), max(by_second)
    refused = trial.world.records.refused_by_flood
    print(f"{seconds:.0f} s: {sent} messages and edits, {rate:.2f}/s = {rate / A_SECOND:.1%} of the limit")
    if trial.is_emptied:
        shortest = outbox_world.shortest(trial.size, sent - trial.size.messages)
        print(
            f"all of it: the limits together need {shortest:.0f} s, {shortest / seconds:.1%} of the time it took"
        )
    print(f"each second: median {usual:.0f}, least {least}, most {most}")
    print(f"refused by the limits: {refused}; at random: {trial.world.records.errors['429'] - refused}")
    if cpu is not None:
        print(f"the bot used {cpu:.0%} of a core; load of the machine: {os.getloadavg()[0]:.1f}")
    _tell_waits(sorted(1000 * wait for wait in trial.waits))


def _tell_waits(waits: Sequence[float]) -> None:
    if waits:
        p50, p95 = (waits[int(len(waits) * share)] for share in (0.5, 0.95))
        print(f"{len(waits)} taps answered: p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {waits[-1]:.0f} ms")


async def _kept(trial: Trial, kills: int) -> bool:
    """Whether each message marked as sent arrived, and none twice but for one at each kill."""
    found, kept = outbox_world.arrived(trial.world), await outbox_world.states(trial.url)
    doubled = sum(count - 1 for count in found.values())
    marked = kept.get("sent", 0)
    lost, unmarked = max(0, marked - len(found)), max(0, len(found) - marked)
    print(f"in the outbox: {kept}; arrived: {len(found)}, not marked: {unmarked}")
    print(f"lost: {lost}; doubled: {doubled} at {kills} kills")
    errors = trial.log.read_text()
    if errors:
        print(errors[-2000:])
    return not lost and doubled <= kills


def _options(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.outbox", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60.0, help="of real time, after warming up")
    parser.add_argument("--all", action="store_true", help="until the outbox is empty")
    parser.add_argument("--people", type=int, default=4, help="who tap meanwhile, once a second each")
    parser.add_argument("--share-429", type=float, default=0.002, help="of all calls, refused at random")
    parser.add_argument("--kills", type=int, default=0, help="kill -9 meanwhile")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", default="", help="a PostgreSQL's address; a new SQLite file where nothing is said"
    )
    return parser.parse_args(given)


def main() -> None:
    """Exits with 1 where something was lost, or doubled beyond the kills."""
    sys.exit(0 if asyncio.run(run(_options())) else 1)


if __name__ == "__main__":
    main()
