"""One contestant's turn: a fresh server, a fresh bot, a fresh folder; all ended and removed afterwards."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench import contestants
from bench.contestants import Contestant

PATIENCE = 15  # seconds a process has to end by itself


@dataclass(frozen=True, slots=True)
class Result:
    """What the server measured."""

    per_second: float
    p50_ms: float
    p95_ms: float
    served: int
    requests_per_second: float
    server_cpu: float
    waiting: int
    bot_cpu: float

    @property
    def per_cpu_second(self) -> float:
        """What a core all to itself would achieve: steadier than the clock on a busy machine."""
        return self.per_second / self.bot_cpu


def turn(contestant: Contestant, users: int, seconds: float, profile: Path | None = None) -> Result:
    """What the contestant achieves against people who go on as soon as they are answered."""
    arguments = ["bench.trivial_server", contestant.talk, str(users), str(seconds)]
    with tempfile.TemporaryDirectory() as folder, running(arguments, os.environ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        module = ["bench.profiled", contestant.module, str(profile)] if profile else [contestant.module]
        with running(module, os.environ | told(port, folder), Path(folder, "log")) as bot:
            result = _result(server, bot, Path(folder, "log"))
    return result


def told(port: int, folder: str) -> dict[str, str]:
    """What a contestant learns by its environment."""
    return {
        "BENCH_BASE_URL": f"http://127.0.0.1:{port}/bot",
        "BENCH_TOKEN": contestants.TOKEN,
        "BENCH_FOLDER": folder,
        "BENCH_FIRST_USER": str(contestants.FIRST_USER),
        "BENCH_USERS": str(contestants.USERS),
        "BENCH_ANSWERS": str(contestants.ANSWERS),
        "BENCH_ANSWER": contestants.ANSWER,
    }


def _result(server: subprocess.Popen[str], bot: subprocess.Popen[str], log: Path) -> Result:
    assert line_of(server, bot, log) == "measuring\n"
    spent, begun = _cpu(bot), time.perf_counter()
    measured = orjson.loads(line_of(server, bot, log))
    if not measured["served"]:
        raise RuntimeError(f"the bot served nobody:\n{log.read_text()[-3000:]}")
    return Result(**measured, bot_cpu=(_cpu(bot) - spent) / (time.perf_counter() - begun))


def line_of(server: subprocess.Popen[str], bot: subprocess.Popen[str], log: Path) -> str:
    """The server's next line, unless the bot ends before that."""
    assert server.stdout is not None
    os.set_blocking(server.stdout.fileno(), False)
    while not (line := server.stdout.readline()):
        if bot.poll() is not None:
            raise RuntimeError(f"the bot ended by itself:\n{log.read_text()[-3000:]}")
        time.sleep(0.01)
    return line


def _cpu(process: subprocess.Popen[str]) -> float:
    """Seconds of processor the process has used, its threads included."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(
    module: Sequence[str], environment: dict[str, str] | os._Environ[str], log: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A Python module as a process of its own while the block lasts; with `log` its output goes there."""
    with open(log or os.devnull, "w") as errors:  # noqa: PTH123 - devnull is no path of ours
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            env=environment,
            stdout=errors if log else subprocess.PIPE,
            stderr=errors if log else None,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
