"""Our bot as a contestant: the real composition, its whole pairwise tap, on SQLite with full sync.

Settings come from the runner's environment (see `contestants`): a Pokja with a member for each simulated user is
planted first, with one open pairwise activity of six issues.
"""

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.cli.log_setup import set_up_logging
from bot.cli.main import in_loop, run_bot
from bot.settings import Settings, read_settings
from domain import roles
from domain.instruments.base import Item
from store.engine import migrate
from store.engine.database import Database
from store.tables.core import Activity, Membership, Pokja, Run, TopicRun, User
from usecases.library import Library
from usecases.people import founding
from usecases.work import Work

ISSUES = ("Kebocoran", "Air keruh", "Tagihan keliru", "Keluhan lambat", "Tekanan rendah", "Cakupan kecil")


def main() -> None:
    """Plants the Pokja and polls until SIGTERM."""
    settings = read_settings(
        token=os.environ["BENCH_TOKEN"],
        api_url=os.environ["BENCH_BASE_URL"].removesuffix("/bot"),
        database_url=f"sqlite:///{Path(os.environ['BENCH_FOLDER'])}/pokja.db",
    )
    set_up_logging("ERROR")
    in_loop(_work(settings))


async def _work(settings: Settings) -> None:
    database = Database(settings.database_url)
    await migrate.upgrade(database)
    await plant(database, int(os.environ["BENCH_FIRST_USER"]), int(os.environ["BENCH_USERS"]))
    await database.close()
    await run_bot(settings)


async def plant(database: Database, first: int, count: int) -> None:
    """A Pokja with that many members, and an open pairwise activity."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        work = Work.by_clock(session, now, Library())
        pokja = await founding.found(work, "Pokja", "Kabupaten", founding.DEFAULT_ZONE)
        await _people(work, pokja, first, count)
        run = await founding.start_run(work, pokja, "stpp-pdam", now.date())
        await _activity(work, pokja, run)


async def _people(work: Work, pokja: Pokja, first: int, count: int) -> None:
    ids = range(first, first + count)
    users = [{"telegram_id": n, "name": f"U{n}", "reach": "started", "created_at": work.now} for n in ids]
    await work.session.execute(sa.insert(User), users)
    rows = await work.session.execute(sa.select(User.id, User.name))
    shared = {"pokja_id": pokja.id, "instansi": "Dinas", "jabatan": "Staf", "joined_at": work.now}
    members = [
        {"user_id": number, "name": name, "role": roles.ANGGOTA, "state": "active", **shared}
        for number, name in rows
    ]
    await work.session.execute(sa.insert(Membership), members)


async def _activity(work: Work, pokja: Pokja, run: Run) -> None:
    topic = TopicRun(run_id=run.id, key="2.1", opened_at=work.now)
    work.session.add(topic)
    await work.session.flush()
    items = [asdict(Item(str(n), text)) for n, text in enumerate(ISSUES, 1)]
    opener = await work.session.scalar(sa.select(sa.func.min(Membership.id)))
    work.session.add(
        Activity(
            topic_run_id=topic.id,
            pokja_id=pokja.id,
            topic_key="2.1",
            key="peringkat",
            instrument="pairwise",
            state="open",
            items=items,
            context=[],
            opened_by=opener or 0,
            opened_at=work.now,
        )
    )


if __name__ == "__main__":
    main()
