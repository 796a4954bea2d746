"""`pokja demo`: the simulator with its phones, a sample Pokja, and this bot, all on one machine and without a token."""

import asyncio
import contextlib
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import typer

from bot.cli.starting import run_bot, stopped_by_signal
from bot.clock import SystemClock, clock_told_by
from bot.settings import Settings, SettingsError, read_settings
from domain.calendar.work_calendar import OfficeHours
from store import holidays
from store.engine import migrate
from store.engine.database import Database
from usecases.library import Library
from usecases.people import founding, sample
from usecases.work import Work

TOKEN = "1000001:demo-token-without-any-secret-in-it"  # noqa: S105 - the simulator's own, worth nothing elsewhere
BOT_USERNAME = "asisten_pokja_bot"
ZONE = ZoneInfo(founding.DEFAULT_ZONE)

IDEAS = {
    "eluang": [
        "Minat warga menyambung tinggi",
        "Ada program hibah air minum",
        "Aplikasi pengaduan dipakai warga",
    ],
    "rasyarat": [
        "Anggaran pemeliharaan cukup",
        "Petugas terlatih",
        "Dukungan DPRD",
        "Data pelanggan lengkap",
    ],
    "riteria": ["Kemudahan dilaksanakan", "Biaya terjangkau", "Dampak bagi warga miskin"],
    "su": [
        "Air sering mati pada siang hari",
        "Kebocoran pipa tinggi",
        "Keluhan lambat ditangani",
        "Tagihan sering keliru",
        "Air keruh saat hujan",
        "Kebocoran pipa yang tinggi",
    ],
}
AVOID = [
    "Kembali",
    "Nanti",
    "Menu",
    "Batal",
    "Ubah",
    "Lanjut",
    "Tulis ulang",
    "Topik",
    "Anggota",
    "Tindak lanjut",
    "Grup",
    "Tidak jadi",
    "Keluar",
    "Hapus",
    "Undang",
    "Ganti",
    "Kegiatan",
    "Siapa",
    "Ingatkan",
    "Tutup",
    "Isi untuk",
    "Isi hasil",
    "Muat ulang",
    "Tolak",
    "Selesai dikerjakan",
    "keberatan",
    "catatan",
    "Dinas luar",
    "Aturan",
    "Terkendala",
    "Minta perpanjangan",
    "Alihkan",
    "Batas waktu",
    "Papan",
    "Lihat",
    "Sebelumnya",
    "Dokumen",
    "Pertemuan",
    "Siaran",
]
ANYTHING = [
    "Perlu dibahas dengan PDAM",
    "Segera dimulai tahun ini",
    "Menunggu data pelanggan",
    "Bertahap per kecamatan",
]
HABITS: list[dict[str, object]] = [
    {
        "when": "Ada (gagasan|masukan|usulan) lagi|Ada gagasan lain|Tambah baris lagi",
        "taps": ["^Selesai$", "^Tidak$"],
    },
    {"when": "sisanya boleh dilanjutkan", "taps": ["^Lanjutkan$"]},
    {"when": "Baris mana yang ingin", "taps": ["^[AB]$", "^Selesai$"]},
    {"when": "Ketik angkanya", "types": ["12", "25", "40", "75"]},
    {"when": "Ketik jumlahnya", "types": ["Rp15.000.000", "Rp2.500.000", "40 juta"]},
    {"when": "Tekan tanggalnya", "taps": [r"^\[?\d+\]?$"]},
]
"""What people do at a screen that says this, besides typing ideas."""


async def run(port: int, day: date | None = None) -> None:
    """Starts everything and prints the one address to open. Raises SettingsError when the port is taken.

    The time begins with the morning of `day`, today unless given.
    """
    _check_port(port)
    stop = stopped_by_signal()
    url = f"http://127.0.0.1:{port}"
    async with _simulator(port, morning(day or _today())), aiohttp.ClientSession(url) as control:
        await _until_up(control)
        with tempfile.TemporaryDirectory(prefix="pokja-demo-") as folder:
            settings = read_settings(
                token=TOKEN,
                api_url=url,
                database_url=f"sqlite:///{folder}/demo.db",
                clock_url=f"{url}/clock",
                log="WARNING",
            )
            await _plant(settings, control)
            typer.echo(f"Demo siap: buka {url} di peramban. Hentikan dengan Ctrl+C.")
            await run_bot(settings, stop)


def _today() -> date:
    return SystemClock().now().astimezone(ZONE).date()


def morning(day: date) -> datetime:
    """When the office opens where the sample Pokja lives, on that day or the next that is worked."""
    hours = OfficeHours(holidays.working_days(day, day), ZONE)
    return hours.opening(hours.days.next_on_or_after(day))


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SettingsError(
                f"Porta {port} sedang dipakai; pilih yang lain, misalnya: pokja demo --port {port + 1}."
            ) from error


@contextlib.asynccontextmanager
async def _simulator(port: int, start: datetime) -> AsyncIterator[None]:
    """The simulator in a process of its own; the bot meets it only over HTTP.

    Ctrl+C reaches all of a terminal's processes: in a session of its own the simulator outlives the bot, which
    still has something to tell it.
    """
    named = {"port": port, "token": TOKEN, "bot-username": BOT_USERNAME, "start": start.isoformat()}
    arguments = [f"--{name}={value}" for name, value in named.items()]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *arguments,
        stdout=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _until_up(control: aiohttp.ClientSession) -> None:
    for _ in range(100):
        with contextlib.suppress(aiohttp.ClientConnectionError):
            async with control.get("/clock"):
                return
        await asyncio.sleep(0.1)
    raise SettingsError("Simulator tidak menjawab; jalankan lagi, atau pilih porta lain dengan --port.")


async def _plant(settings: Settings, control: aiohttp.ClientSession) -> None:
    """Creates the same seven people on the phones and in the database."""
    ids = {each.name: (await _post(control, "/users", name=each.name))["id"] for each in sample.CHARACTERS}
    chair = ids[sample.CHARACTERS[0].name]
    group = await _post(
        control, "/groups", title=sample.POKJA, creator=chair, members=list(ids.values()), with_bot=True
    )
    for number in ids.values():
        await _post(control, f"/users/{number}/start")
    await _post(control, "/robots", on=False, users=[n for n in ids.values() if n != chair], **_habits())
    now = (await clock_told_by(settings.clock_url)).now()
    database = Database(settings.database_url)
    await migrate.upgrade(database)
    async with database.transaction() as session:
        await sample.plant(Work.by_clock(session, now, Library()), ids, group["id"])
    await database.close()


def _habits() -> dict[str, object]:
    """How people who answer by themselves behave: ideas to type, words not to press."""
    ideas = [{"when": rf"(?s){word}.*ketik", "types": texts} for word, texts in IDEAS.items()]
    rules = [*HABITS, *ideas, {"when": "ketik jawabannya", "types": ANYTHING}]
    return {"rules": rules, "avoid": AVOID, "delay": [0.6, 2.0]}


async def _post(control: aiohttp.ClientSession, path: str, **arguments: object) -> Any:
    async with control.post(f"/control{path}", json=arguments) as answer:
        answer.raise_for_status()
        return await answer.json()
