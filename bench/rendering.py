"""What a whole document costs, and what people at their phones notice of it while it is made.

`python -m bench.rendering`: the longest document of a guide carried out by chance (bench/full_run.py) is made by
itself, in all formats side by side as the bot does it; then one bot serves people for a while, and goes on serving them
while its printer makes that document over and over.
"""

import argparse
import asyncio
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import orjson
import sqlalchemy as sa

from bench import contestants, full_run
from bench.our_bot import plant
from bench.runner import line_of, running, told
from bot.cli.log_setup import set_up_logging
from bot.cli.main import in_loop, run_bot
from bot.printing.pool import WORKERS, WorkerPool
from bot.settings import read_settings
from documents.editions import printing
from domain.documents.editions import EXCEL, PDF, WORD
from store.engine import migrate
from store.engine.database import Database
from store.tables.core import Membership, Pokja, Run
from store.tables.documents import DocumentFile, DocumentOrder
from usecases.documents.kinds.base import ground
from usecases.documents.kinds.registry import find
from usecases.library import Library
from usecases.work import Work

PAPER = "stpp-lengkap"
FORMATS = (PDF, WORD, EXCEL)
ORDERS = 200  # more than can be made meanwhile
ROUNDS = 5
USERS = 2  # people who never rest: some twenty that read what they answer


def main() -> None:
    """The bot that is measured: its folder holds the database already."""
    settings = read_settings(
        token=os.environ["BENCH_TOKEN"],
        api_url=os.environ["BENCH_BASE_URL"].removesuffix("/bot"),
        database_url=_address(Path(os.environ["BENCH_FOLDER"])),
    )
    set_up_logging("ERROR")
    in_loop(run_bot(settings))


def _address(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/pokja.db"


async def prepare(folder: Path) -> Mapping[str, float]:
    """Plants the Pokja and its whole run; returns the seconds that the document takes."""
    database = Database(_address(folder))
    await migrate.upgrade(database)
    await plant(database, contestants.FIRST_USER, contestants.USERS)
    async with database.transaction() as session:
        pokja, run = await session.get_one(Pokja, 1), (await session.scalars(sa.select(Run))).one()
        opener = await session.scalar(sa.select(sa.func.min(Membership.id)))
        work = Work.by_clock(session, datetime.now(UTC), Library())
        await full_run.plant(work, pokja, run, opener or 0)
    spent = await _alone(database)
    await database.close()
    return spent


async def _alone(database: Database) -> Mapping[str, float]:
    """Gathering it again, beginning the processes (while somebody looks at its card), and making its files."""
    begun = time.perf_counter()
    async with database.reading() as session:
        found = await ground(session, Library(), 1, datetime.now(UTC))
        paper = find(found, PAPER)
        assert paper is not None
        edition = await paper.gather(found)
    spent, workers = {"gathering": time.perf_counter() - begun}, WorkerPool()
    begun = time.perf_counter()
    await asyncio.gather(*(workers.do(os.getpid) for _ in range(WORKERS)))
    spent["beginning"] = time.perf_counter() - begun
    for round_ in ("the first time", *(f"time {n}" for n in range(2, ROUNDS + 1))):
        begun = time.perf_counter()
        files = await asyncio.gather(*(workers.do(printing.printed, edition, kind) for kind in FORMATS))
        spent[round_] = time.perf_counter() - begun
    workers.close()
    spent["KB"] = sum(len(each.content) for each in files) / 1024
    return spent


async def order(folder: Path) -> None:
    """Enough orders to keep the printer busy; the bot finds them as it finds another process's."""
    database, now = Database(_address(folder)), datetime.now(UTC)
    async with database.transaction() as session:
        session.add_all(
            DocumentOrder(
                pokja_id=1, by=1, paper=PAPER, formats=list(FORMATS), chat_id=1, title="", ordered_at=now
            )
            for _ in range(ORDERS)
        )
    await database.close()


async def made(folder: Path) -> int:
    """How many files are there already: three make a document."""
    database = Database(_address(folder))
    async with database.reading() as session:
        count = await session.scalar(sa.select(sa.func.count(DocumentFile.id)))
    await database.close()
    return int(count or 0)


def measure(seconds: float) -> None:
    """Prints two lines: what the document costs, and the taps without it and beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent = asyncio.run(prepare(folder))
        size = spent.pop("KB")
        whole = ", ".join(f"{what} {took:.2f} s" for what, took in spent.items())
        print(f"\nwhole STPP document, {', '.join(FORMATS)} ({size:.0f} KB): {whole}", flush=True)
        without, beside, count = _beside(folder, seconds)
        print(
            f"taps of {USERS} people who never rest: p95 {without['p95_ms']:.1f} ms"
            f" ({without['per_second']:.0f}/s) without rendering, {beside['p95_ms']:.1f} ms"
            f" ({beside['per_second']:.0f}/s) beside it; {count} files were made meanwhile",
            flush=True,
        )


def _beside(folder: Path, seconds: float) -> tuple[Mapping[str, float], Mapping[str, float], int]:
    arguments = ["bench.trivial_server", contestants.OURS.talk, str(USERS), str(seconds), "2"]
    with running(arguments, os.environ) as server:
        assert server.stdout is not None
        port, log = int(server.stdout.readline()), folder / "log"
        with running(["bench.rendering", "bot"], os.environ | told(port, str(folder)), log) as bot:
            without = _window(server, bot, log)
            asyncio.run(order(folder))
            beside = _window(server, bot, log)
            return without, beside, asyncio.run(made(folder))


def _window(server: subprocess.Popen[str], bot: subprocess.Popen[str], log: Path) -> Mapping[str, float]:
    assert line_of(server, bot, log) == "measuring\n"
    found: Mapping[str, float] = orjson.loads(line_of(server, bot, log))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.rendering", description=__doc__)
    parser.add_argument("part", nargs="?", default="measure", choices=["measure", "bot"])
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    options = parser.parse_args()
    if options.part == "bot":
        main()
    else:
        measure(options.seconds)
