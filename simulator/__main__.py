"""``python -m simulator``: the server for the demo."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

import uvicorn

from simulator.server import create_app
from simulator.simulation import DEFAULT_TOKEN, Config, make_simulation


def main() -> None:
    """Run until interrupted; the one line printed is the address."""
    options = _parser().parse_args()
    config = Config(
        start=options.start.timestamp(),
        token=options.token,
        bot_username=options.bot_username,
        bot_name=options.bot_name,
        flood=not options.no_flood,
    )
    sys.stdout.write(f"http://{options.host}:{options.port}\n")
    sys.stdout.flush()
    app = create_app(make_simulation(config))
    uvicorn.run(
        app, host=options.host, port=options.port, log_level="error", ws="none", timeout_graceful_shutdown=1
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--bot-username", default="asisten_pokja_bot")
    parser.add_argument("--bot-name", default="Asisten Pokja")
    parser.add_argument(
        "--start",
        type=_moment,
        default=datetime.now(UTC),
        help="when its time begins, e.g. 2026-12-24T08:00+07:00; now unless given",
    )
    parser.add_argument("--no-flood", action="store_true", help="no flood control")
    return parser


def _moment(text: str) -> datetime:
    """Raises ValueError for anything but a date and time with its zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


if __name__ == "__main__":
    main()
