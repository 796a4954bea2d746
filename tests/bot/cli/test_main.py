"""The commands, as programs: what they say, how they end, and that they never tell the token."""

import asyncio
import fcntl
import re
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from bot.cli import main, starting
from bot.settings import read_settings
from bot.transport import polling
from simulator.phones.phone import Simulator
from simulator.server import running_simulator
from simulator.simulation import DEFAULT_TOKEN, Config, make_simulation
from store.engine import migrate
from store.engine.database import Database
from tests.bot.support.programs import ends, outcome, pokja, says
from tests.support.cast import SITI
from tests.support.moments import PLAIN
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE

SECRET = "sangatrahasia"
FAULTY = ROOT / "tests/processes/salah/unknown_field.yaml"
GOOD = ROOT / "processes/stpp-pdam.yaml"


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    world = make_simulation(Config(start=PLAIN.timestamp(), flood=False))
    async with running_simulator(world) as url, Simulator(url, patience=PATIENCE) as opened:
        yield opened


@pytest.fixture
def settings(sim: Simulator, tmp_path: Path) -> dict[str, str]:
    database = f"sqlite:///{tmp_path}/data/pokja.db"
    return {"token": DEFAULT_TOKEN, "api_url": sim.control.url, "database_url": database}


@pytest.fixture
def command(monkeypatch, capfd) -> Callable[..., tuple[int, str]]:
    """A short command in this process; returns its exit code and all it said."""

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["pokja", *arguments])
        with pytest.raises(SystemExit) as ended:
            main.main()
        return int(ended.value.code or 0), "".join(capfd.readouterr())

    return run


def is_one_sentence(ended: tuple[int, str], *words: str) -> None:
    code, said = ended
    assert code == 2
    assert len(said.splitlines()) == 1, said
    assert all(word in said for word in words), said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_run_migrates_answers_and_ends_when_asked(sim, settings, number):
    siti = await sim.person(SITI)
    await siti.starts(settles=False)
    async with pokja("run", **settings) as bot:
        await siti.sees("Selamat datang")
        await sim.handled_everything()
        bot.send_signal(number)
        assert (await ends(bot))[0] == 0
    assert await sim.faults() == []


async def test_nothing_is_lost_between_two_runs(sim, settings):
    siti = await sim.person(SITI)
    for number in range(2):
        await siti.types(f"/menu {number}", settles=False)
        async with pokja("run", **settings) as bot:
            await sim.handled_everything()
            bot.terminate()
            assert (await ends(bot))[0] == 0
    assert sum(message["from_bot"] for message in await siti.messages()) == 2


async def test_the_log_never_holds_the_token(sim, settings):
    """At its most talkative, through every kind of failure."""
    siti = await sim.person(SITI)
    async with pokja("run", **settings, log="DEBUG") as bot:
        for kind in ("drop", "500", "429", "403", "400"):
            await sim.fails(kind, method="sendMessage")
            await siti.types("/menu", settles=False)
            await sim.handled_everything()
        await sim.fails("500", method="getUpdates")
        await siti.types("/menu", settles=False)
        await says(bot, "next try")
        await sim.handled_everything()
        bot.terminate()
        code, said = await ends(bot)
    assert code == 0
    assert DEFAULT_TOKEN.partition(":")[2] not in said


async def test_a_refused_token_is_a_sentence(settings):
    wrong = "4200000001:ANOTHERtokenWhichTheServerDoesNotKnow00"
    ended = await outcome("run", **{**settings, "token": wrong}, log="ERROR")
    is_one_sentence(ended, "POKJA_TOKEN", "@BotFather")


async def test_a_second_poller_is_a_sentence(sim, settings, monkeypatch):
    monkeypatch.setattr(polling, "REFUSED_SECONDS", 0)
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.01)
    await sim.fails(
        "409", 3, method="getUpdates", description="Conflict: terminated by other getUpdates request"
    )
    with pytest.raises(ExceptionGroup) as ended:
        await starting.run_bot(read_settings(**settings), asyncio.Event())
    assert "hentikan yang lain" in str(main.mendable(ended.value))


def test_a_database_that_another_bot_has_is_a_sentence(command, monkeypatch, tmp_path):
    monkeypatch.setenv("POKJA_TOKEN", DEFAULT_TOKEN)
    monkeypatch.setenv("POKJA_DATABASE_URL", f"sqlite:///{tmp_path}/pokja.db")
    monkeypatch.setattr("bot.cli.starting.PATIENCE", 0.1)
    with (tmp_path / "pokja.db.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        is_one_sentence(command("run"), "POKJA_DATABASE_URL", "dipakai bot lain", "hentikan")


async def test_telegram_may_be_away_at_the_start(sim, settings):
    siti = await sim.person(SITI)
    await sim.fails("500", method="getMe")
    await sim.fails("drop", method="setMyCommands")
    await siti.types("/menu", settles=False)
    async with pokja("run", **settings) as bot:
        await sim.handled_everything()
        bot.terminate()
        assert (await ends(bot))[0] == 0


async def test_whoever_waits_for_telegram_can_be_stopped(settings):
    async with pokja("run", **{**settings, "api_url": "http://127.0.0.1:9"}) as bot:
        await says(bot, "next try")
        bot.terminate()
        assert (await ends(bot))[0] == 0


@pytest.fixture
def shut(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Addresses of databases that can't be opened."""
    (tmp_path / "berkas").write_text("bukan basis data")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        yield {
            "no server": f"postgresql://pokja:{SECRET}@127.0.0.1:{port}/pokja",
            "below a file": f"sqlite:///{tmp_path}/berkas/pokja.db",
            "another file": f"sqlite:///{tmp_path}/berkas",
            "a folder": f"sqlite:///{tmp_path}",
        }


@pytest.mark.parametrize("kind", ["no server", "below a file", "another file", "a folder"])
def test_a_database_that_cannot_be_opened_is_a_sentence(command, monkeypatch, shut, kind):
    monkeypatch.setenv("POKJA_DATABASE_URL", shut[kind])
    ended = command("migrate")
    is_one_sentence(ended, "POKJA_DATABASE_URL", "periksa")
    assert SECRET not in ended[1]


async def test_run_needs_its_database_too(settings, shut):
    ended = await outcome("run", **{**settings, "database_url": shut["no server"]}, log="ERROR")
    is_one_sentence(ended, "POKJA_DATABASE_URL", "periksa")
    assert SECRET not in ended[1]


async def test_migrate_brings_a_database_to_this_codes_schema(settings):
    for _ in range(2):
        code, said = await outcome("migrate", **settings)
        assert (code, said) == (0, "Basis data sudah pada skema terbaru.\n")
    database = Database(settings["database_url"].replace("sqlite:", "sqlite+aiosqlite:"))
    assert await migrate.present(database) == migrate.newest()
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    is_one_sentence(await outcome("migrate", **settings), "POKJA_DATABASE_URL", "lebih baru")


def test_the_newest_migration_is_alembics_head():
    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head() == migrate.newest()


async def test_a_faulty_folder_of_processes_is_a_sentence(settings):
    ended = await outcome("run", **settings, processes=str(FAULTY.parent), log="ERROR")
    is_one_sentence(ended, "POKJA_PROCESSES", "pokja check")


def test_check_praises_a_good_file(command):
    code, said = command("check", str(GOOD))
    assert code == 0
    assert re.fullmatch(rf"{re.escape(str(GOOD))}: baik\. .+ \d+ topik, \d+ kegiatan\.\n", said)


def test_check_names_each_fault_with_file_and_line(command):
    line = next(n for n, each in enumerate(FAULTY.read_text("utf-8").splitlines(), 1) if "# salah" in each)
    code, said = command("check", str(FAULTY))
    assert code == 1
    (fault,) = said.splitlines()
    assert fault.startswith(f"{FAULTY}:{line}: ")


def test_check_of_what_is_no_text_is_a_sentence(command, tmp_path):
    (tmp_path / "gambar.yaml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "tidak-ada.yaml", tmp_path / "gambar.yaml", tmp_path):
        is_one_sentence(command("check", str(path)), str(path), "pokja check")


def test_version_is_a_number(command):
    code, said = command("version")
    assert code == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", said)
