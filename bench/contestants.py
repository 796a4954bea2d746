"""The bots that are compared, and what each is told.

A contestant is a module with a function `main()`, run as `python -m <module>`. Its environment holds:

- `BENCH_BASE_URL`: the Bot API without the token, as `http://127.0.0.1:40123/bot`
- `BENCH_TOKEN`: the token
- `BENCH_FOLDER`: an empty folder for its database, removed afterwards
- `BENCH_FIRST_USER`, `BENCH_USERS`: user ids that may write, counted up from the first; each opens the
  dialogue with /start and leaves after `BENCH_ANSWERS` answers
- `BENCH_ANSWER`: a regular expression; a button whose label matches it is an answer. Where none does, the
  first button is pressed until one appears; this isn't counted

It polls for updates until SIGTERM and then ends by itself within some seconds.
"""

import importlib.util
from dataclasses import dataclass

TOKEN = "1000000:a-token-for-the-bench-alone"
FIRST_USER = 500_000
USERS = 4_000  # more than a round can use up
ANSWERS = 15  # pairs of six issues
ANSWER = r"^[AB]\b"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot: the module that runs it, and whether its users press buttons or write."""

    name: str
    title: str
    module: str
    talk: str  # 'taps' or 'texts'

    @property
    def exists(self) -> bool:
        return importlib.util.find_spec(self.module) is not None


OURS = Contestant("our_bot", "Asisten Pokja, pairwise tap", "bench.our_bot", "taps")
ECHO = Contestant("echo", "PTB stock echo, stores nothing", "bench.echo_ptb", "texts")
DIALOG = Contestant("aiogram_dialog", "aiogram-dialog + SQLAlchemy tap", "bench.aiogram_dialog_bot", "taps")
ALL = (OURS, ECHO, DIALOG)
