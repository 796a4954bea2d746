"""`python -m tests.e2e.crash.nursery`: has the bot imported, and forks one at each line it reads.

Twenty starts cost the imports of one, and the reading of guides and templates. Each child does what `pokja run`
does, in a process of its own with the environment of the line (JSON); its number is written, and how it ended once
it is gone.
"""

import json
import os
import select
import signal
import sys

from sqlalchemy.orm import configure_mappers

from bot.cli import main as cli_main
from documents.language.wording import wording
from store import process_files


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            be_the_bot(json.loads(line))
        tell(child)
        tell(attend(child))


def be_the_bot(environment: dict[str, str]) -> None:
    """Ends with SystemExit, as the command does; what it prints goes to stderr, stdout is the nursery's."""
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.argv = ["pokja", "run"]
    cli_main.main()


def attend(child: int) -> int:
    """How it ended. It must not outlive the tests: nothing is written to us meanwhile, so stdin tells their end."""
    watched = os.pidfd_open(child)
    ready, _, _ = select.select([watched, sys.stdin], [], [])
    if watched not in ready:
        os.kill(child, signal.SIGKILL)
    os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    process_files.available()
    wording()
    configure_mappers()
    tell(os.getpid())
    main()
