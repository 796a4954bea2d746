"""`python -m bench.profiled <module> <file>`: a contestant under cProfile, from its `main()` to SIGTERM."""

import cProfile
import importlib
import signal
import sys
from typing import NoReturn


def _leave(*_: object) -> NoReturn:
    raise SystemExit


def profiled(module: str, target: str) -> None:
    signal.signal(signal.SIGTERM, _leave)  # for a bot that doesn't mind signals itself
    main = importlib.import_module(module).main  # imports take long and are no part of what is compared
    profile = cProfile.Profile()
    try:
        profile.runcall(main)
    finally:
        profile.dump_stats(target)


if __name__ == "__main__":
    profiled(*sys.argv[1:])
