"""`python -m tests.bot.support.template NAME`: has the command imported, and forks one for each launcher that asks.

Thirty starts cost the imports of one. It ends when its stdin does.
"""

import ast
import os
import select
import signal
import socket
import sys
from contextlib import suppress

from sqlalchemy.orm import configure_mappers

from bot.cli import main as cli_main
from documents.language.wording import wording

STREAMS = 3
LENGTH = 4


def main() -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0{sys.argv[1]}")
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while listener in select.select([sys.stdin, listener], [], [])[0]:
            launcher, _ = listener.accept()
            if not os.fork():
                os._exit(attend(launcher))
            launcher.close()
    with suppress(ChildProcessError):  # waited for, what commands cost counts as this program's
        while True:
            os.wait()


def attend(launcher: socket.socket) -> int:
    """Forks the command and tells its launcher how it ended; it must not outlive who launched it."""
    arguments, environment, streams = read(launcher)
    child = os.fork()
    if not child:
        become_the_command(arguments, environment, streams)
    launcher.sendall(f"{child}\n".encode())
    watched = os.pidfd_open(child)
    if watched not in select.select([watched, launcher], [], [])[0]:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    launcher.sendall(f"{code}\n".encode())
    return 0


def read(launcher: socket.socket) -> tuple[list[str], dict[str, str], list[int]]:
    """What to run, with which environment and streams."""
    length, streams, *_ = socket.recv_fds(launcher, LENGTH, STREAMS)
    with launcher.makefile("rb") as said:
        arguments, environment = ast.literal_eval(said.read(int.from_bytes(length)).decode())
    return arguments, environment, streams


def become_the_command(arguments: list[str], environment: dict[str, str], streams: list[int]) -> None:
    """Ends with SystemExit, as the command does."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["pokja", *arguments]
    cli_main.main()


if __name__ == "__main__":
    wording()
    configure_mappers()
    main()
