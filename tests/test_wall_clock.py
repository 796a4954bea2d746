"""No test depends on the day it is run on: nothing here but the clock's own tests asks the machine for the time."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.paths import ROOT

CLOCKS_OWN = {ROOT / "tests/bot/test_clock.py"}
READS = {
    *(f"datetime.datetime.{name}" for name in ("now", "today", "utcnow")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")),
    "time.clock_gettime",
    "bot.clock.SystemClock",
    *(
        f"sqlalchemy.func.{name}"
        for name in ("now", "current_date", "current_time", "current_timestamp", "localtimestamp")
    ),
}
"""What tells the machine's time or day. The monotonic clocks measure how long something took, and are no dates."""
SINCE_ANY_TIME = {f"time.{name}" for name in ("monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns")}


def readings(source: str) -> list[int]:
    """The lines that ask for the time."""
    tree = ast.parse(source)
    known = dict(_imported(tree))
    return sorted({node.lineno for node in ast.walk(tree) if _reads(node, known)})


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What a name stands for that was imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _reads(node: ast.AST, known: Mapping[str, str]) -> bool:
    if isinstance(node, ast.Call) and _path(node.func, known).endswith(".fromtimestamp"):
        return any(_path(part, known) in SINCE_ANY_TIME for given in node.args for part in ast.walk(given))
    return isinstance(node, ast.Attribute | ast.Name) and _path(node, known) in READS


def _path(node: ast.AST, known: Mapping[str, str]) -> str:
    """The dotted name of what is meant; '' where it is no name."""
    if isinstance(node, ast.Attribute):
        before = _path(node.value, known)
        return f"{before}.{node.attr}" if before else ""
    return known.get(node.id, "") if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime, UTC\nx = datetime.now(UTC)",
        "import datetime\nx = datetime.date.today()",
        "import datetime as dt\nx = dt.datetime.utcnow()",
        "from datetime import date as Day\nx = Day.today()",
        "from datetime import datetime\nx = [datetime.now]",
        "import time\nx = time.time()",
        "from time import time_ns\nx = time_ns()",
        "import sqlalchemy as sa\nx = sa.func.current_date()",
        "from bot.clock import SystemClock\nx = SystemClock().now()",
        "import time; from datetime import datetime, UTC\nx = datetime.fromtimestamp(time.monotonic() + 5, UTC)",
    ],
)
def test_asking_for_the_time_is_found(source: str) -> None:
    assert readings(source) == [2]


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime, time\nx = datetime.combine(day, time(8))",
        "import time\nbegun = time.perf_counter()",
        "from datetime import datetime\nx = datetime.fromtimestamp(await sim.now(), zone)",
        "clock.now()\nwork.today(zone)",
    ],
)
def test_what_is_no_reading_of_the_clock_is_let_be(source: str) -> None:
    assert readings(source) == []


@pytest.mark.parametrize("own", sorted(CLOCKS_OWN), ids=lambda path: path.name)
def test_the_clocks_own_tests_do_read_it(own: Path) -> None:
    assert readings(own.read_text("utf-8"))


def test_no_other_test_reads_the_clock() -> None:
    wrong = {
        str(path.relative_to(ROOT)): lines
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path not in CLOCKS_OWN and (lines := readings(path.read_text("utf-8")))
    }
    assert wrong == {}
