"""The process for heavy work: what dies in it is replaced, and harms nobody else."""

import asyncio
import multiprocessing
import os
import select
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from bot.printing.pool import WORKERS, WorkerPool
from tests.support.paths import ROOT


@pytest.fixture
async def workers() -> AsyncIterator[WorkerPool]:
    opened = WorkerPool()
    yield opened
    opened.close()


def dies() -> None:
    os._exit(9)


def dies_once(mark: str) -> int:
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return os.getpid()


def meets(folder: str, name: str) -> int:
    """Waits until the other is there, too."""
    Path(folder, name).touch()
    while len(list(Path(folder).iterdir())) < 2:
        time.sleep(0.01)
    return os.getpid()


def fails() -> None:
    raise ValueError("tidak bisa")


async def test_it_is_another_process_and_stays_the_same(workers: WorkerPool) -> None:
    first, second = await workers.do(os.getpid), await workers.do(os.getpid)
    assert first == second != os.getpid()
    assert await workers.do(os.getpriority, os.PRIO_PROCESS, 0) > os.getpriority(os.PRIO_PROCESS, 0)


async def test_two_jobs_are_done_at_once_and_a_third_waits(workers: WorkerPool, tmp_path: Path) -> None:
    jobs = [workers.do(meets, str(tmp_path), str(n)) for n in range(2)]
    first, second, third = await asyncio.gather(*jobs, workers.do(os.getpid))
    assert first != second
    assert third in {first, second}


async def test_they_can_be_begun_before_there_is_something_to_do(workers: WorkerPool) -> None:
    before = set(multiprocessing.active_children())
    workers.warm_up()
    workers.warm_up()
    while len(new := set(multiprocessing.active_children()) - before) < WORKERS:  # noqa: ASYNC110 - they ring no bell
        await asyncio.sleep(0.01)
    assert await workers.do(os.getpid) in {each.pid for each in new}
    assert set(multiprocessing.active_children()) - before == new


async def test_one_that_was_killed_is_replaced(workers: WorkerPool, tmp_path: Path) -> None:
    before = await workers.do(os.getpid)
    assert await workers.do(dies_once, str(tmp_path / "mark")) not in {before, os.getpid()}


async def test_a_job_that_kills_it_takes_no_other_with_it(workers: WorkerPool) -> None:
    killing, other = await asyncio.gather(workers.do(dies), workers.do(os.getpid), return_exceptions=True)
    assert isinstance(killing, BrokenProcessPool)
    assert isinstance(other, int)


async def test_what_a_job_raises_is_raised_here(workers: WorkerPool) -> None:
    with pytest.raises(ValueError, match="tidak bisa"):
        await workers.do(fails)


KEEPS_ONE = """
import asyncio, os
from bot.printing.pool import WorkerPool
if __name__ == "__main__":
    async def main():
        print(await WorkerPool().do(os.getpid), flush=True)
        await asyncio.sleep(600)
    asyncio.run(main())
"""


def test_it_goes_with_a_bot_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "keeps_one.py"
    script.write_text(KEEPS_ONE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as bot:
        assert bot.stdout is not None
        worker = os.pidfd_open(int(bot.stdout.readline()))
        bot.kill()
        gone, _, _ = select.select([worker], [], [], 30)
    os.close(worker)
    assert gone


async def test_a_table_becomes_a_picture(workers: WorkerPool) -> None:
    (picture,) = await workers.draw("<table><tr><td>Air</td></tr></table>")
    assert picture.picture
    assert picture.content.startswith(b"\x89PNG")
