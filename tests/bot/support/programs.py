"""The `pokja` command as a program of its own, as an operator meets it."""

import asyncio
import atexit
import functools
import os
import re
import socket
import subprocess
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.paths import ROOT

LAUNCHER = Path(__file__).with_name("launcher.py")


@asynccontextmanager
async def pokja(*arguments: str, **settings: str) -> AsyncIterator[Process]:
    """The command at work, forked from one that has loaded it; otherwise as `begun_anew`."""
    async with _program("-IS", LAUNCHER, _template(), *arguments, **settings) as process:
        yield process


@asynccontextmanager
async def begun_anew(*arguments: str, **settings: str) -> AsyncIterator[Process]:
    """The command at work in a new interpreter, with these settings alone; it is gone when the block ends."""
    async with _program("-m", "bot", *arguments, **settings) as process:
        yield process


@asynccontextmanager
async def _program(*arguments: str | Path, **settings: str) -> AsyncIterator[Process]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("POKJA_")}
    settings = {f"POKJA_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**others, **settings},
        stdout=PIPE,
        stderr=STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()  # the demo has a simulator to take along
        await process.communicate()


@functools.cache
def _template() -> str:
    """Begins the program that forks commands, and tells its socket. It ends with this one: its stdin tells it."""
    name = f"pokja-template-{os.getpid()}"
    command = [sys.executable, "-m", "tests.bot.support.template", name]
    template = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert template.stdout
    assert template.stdout.readline()
    atexit.register(template.communicate)  # waited for, what it costs counts as the tests'
    return name


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def says(process: Process, words: str) -> str:
    """Wait for a line with these words; returns all lines up to it."""
    assert process.stdout
    lines = ""
    while words not in lines:
        line = (await process.stdout.readline()).decode()
        assert line, f"{words!r} was never said:\n{lines}"
        lines += line
    return lines


async def ends(process: Process) -> tuple[int, str]:
    """How it ended and what it said since; never with a traceback, never with a token."""
    said = (await process.communicate())[0].decode()
    assert "Traceback" not in said, said
    assert not re.search(r"/bot\d+:|\d{6,}:[\w-]{20,}", said), said
    assert process.returncode is not None
    return process.returncode, said


async def outcome(*arguments: str, **settings: str) -> tuple[int, str]:
    """A command that ends by itself."""
    async with pokja(*arguments, **settings) as process:
        return await ends(process)
