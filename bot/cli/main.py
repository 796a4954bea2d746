"""pokja run | demo | migrate | check | export | version."""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import VERSION
from bot.cli import demo
from bot.cli.exporting import export
from bot.cli.log_setup import set_up_logging
from bot.cli.starting import migrated, run_bot
from bot.cli.verifying import check_document
from bot.clock import SystemClock
from bot.settings import SettingsError, read_settings
from bot.transport.polling import CannotPollError
from documents.editions import seals
from documents.language.wording import wording
from store import process_files

try:
    import uvloop
except ImportError:  # not made for Windows and PyPy
    uvloop = None  # type: ignore[assignment]

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they show what variables hold, and bypass the log that hides the token
    help="Asisten Pokja: asisten Telegram bagi kelompok kerja.",
)


@cli.command()
def run() -> None:
    """Menjalankan bot (memigrasikan basis data lebih dulu)."""
    settings = read_settings()
    set_up_logging(settings.log, settings.require_token())
    in_loop(run_bot(settings))


@cli.command(name="demo")
def demo_command(
    port: Annotated[int, typer.Option(help="Porta halaman demo.")] = 8081,
    date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="TTTT-BB-HH",
            help="Hari kerja mulainya, pukul 08.00; biasanya hari ini.",
        ),
    ] = None,
) -> None:
    """Mencoba tanpa Telegram: ponsel di peramban, Pokja contoh, jam yang dapat dimajukan."""
    set_up_logging("WARNING")
    in_loop(demo.run(port, date and date.date()))


@cli.command(name="migrate")
def migrate_command() -> None:
    """Memigrasikan basis data ke skema terbaru."""
    settings = read_settings()
    in_loop(migrated(settings))
    typer.echo("Basis data sudah pada skema terbaru.")


@cli.command()
def check(file: Path) -> None:
    """Memeriksa berkas proses (setiap kesalahan disebut barisnya), atau segel dokumen PDF, Word, dan Excel."""
    is_document = file.suffix.lower() in seals.ENDINGS
    try:
        content = file.read_bytes()
        source = "" if is_document else content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file} tidak dapat dibaca ({type(error).__name__}); contoh: pokja check processes/stpp-pdam.yaml."
        ) from error
    if is_document:
        in_loop(_check_document(file, content))
    else:
        _check_process(file, source)


async def _check_document(file: Path, content: bytes) -> None:
    report = await check_document(read_settings(), file, content, wording())
    for line in report.lines:
        typer.echo(line)
    if not report.holds:
        raise typer.Exit(1)


def _check_process(file: Path, source: str) -> None:
    process, faults = process_files.check(source)
    words = wording()
    for each in faults:
        typer.echo(
            f"{file}:{each.line}: {each.place}: {words.plain(f'file_fault.{each.fault.code}', **each.fault.details)}",
            err=True,
        )
    if process is None:
        raise typer.Exit(1)
    topics = list(process.topics())
    count = sum(len(topic.activities) for topic in topics)
    typer.echo(
        f"{file}: baik. {process.title}, versi {process.version}: {len(topics)} topik, {count} kegiatan."
    )


@cli.command(name="export")
def export_command(
    pokja: Annotated[str, typer.Argument(help="Nomor atau nama Pokja.")],
    target: Annotated[Path, typer.Argument(metavar="TUJUAN.zip", help="Berkas yang akan dibuat.")],
) -> None:
    """Menyimpan arsip lengkap sebuah Pokja (dokumen, hasil, daftar) sebagai zip."""
    in_loop(_export(pokja, target))


async def _export(which: str, target: Path) -> None:
    typer.echo(await export(read_settings(), which, target, SystemClock().now(), wording()))


@cli.command()
def version() -> None:
    """Menampilkan versi."""
    typer.echo(VERSION)


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Runs to the end on uvloop, which does the same with less work; on asyncio's own loop where there is none."""
    (asyncio if uvloop is None else uvloop).run(work)


def main() -> None:
    """The console command: what an operator can correct is one sentence and exit code 2."""
    try:
        cli()
    except Exception as error:  # sorted out below: what isn't the operator's to repair is raised again
        known = mendable(error)
        if known is None:
            raise
        typer.echo(str(known), err=True)
        sys.exit(2)


def mendable(error: BaseException) -> BaseException | None:
    """The failure an operator can correct, also where a task group has wrapped it."""
    if isinstance(error, SettingsError | CannotPollError):
        return error
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return next((found for each in inner if (found := mendable(each))), None)
