"""What the pages say of the code is held to the code: paths, names, commands, settings and counts."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.cli import main
from bot.handlers.commands import COMMANDS, PRIVATE
from bot.settings import Settings
from domain.instruments.registry import INSTRUMENTS
from store import process_files
from tests.support.paths import ROOT

PAGES = (
    "README.md",
    "ARCHITECTURE.md",
    *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
)
QUOTED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
KINDS = {".py", ".toml", ".yaml", ".html", ".css", ".js"}
SHIPPED = ("bot", "domain", "usecases", "store", "documents", "simulator", "templates", "processes")
PATH = re.compile(r"(?:\w[\w.*-]*/)+[\w.*-]*|[\w*-]+\.(?:py|md|toml|yaml|html)")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
EXAMPLES = {"domain/instruments/mood.py", "templates/instruments/mood.html", "suasana"}
"""What docs/instrumen-baru.md makes up; that page is run by a test of its own."""
TOP = {path.name for path in ROOT.iterdir()}
NUMBERS = {"dua belas": 12, "sebelas": 11, "tiga belas": 13, "empat belas": 14}


@cache
def text_of(page: str) -> str:
    return FENCED.sub("", (ROOT / page).read_text("utf-8"))


@cache
def words_of_the_source() -> frozenset[str]:
    """Every name in code, templates, process files and the project's own settings."""
    files = [path for part in SHIPPED for path in (ROOT / part).rglob("*") if path.suffix in KINDS]
    files += [ROOT / "pyproject.toml", ROOT / "Makefile", *(ROOT / "tests").rglob("*.py")]
    files += [*(ROOT / "migrations").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    words = {word for path in files for word in re.findall(r"\w+", path.read_text("utf-8"))}
    return frozenset(words | {f"POKJA_{name.upper()}" for name in Settings.model_fields} | EXAMPLES)


def quoted(page: str) -> list[str]:
    return QUOTED.findall(text_of(page))


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    paths = [each for each in quoted(page) if PATH.fullmatch(each) and each.split("/")[0] in TOP]
    paths = [each for each in paths if each not in EXAMPLES]
    assert [each for each in paths if not list(ROOT.glob(each.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    links = LINK.findall(text_of(page))
    assert [each for each in links if not ((ROOT / page).parent / each).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_name_is_one_of_the_source(page: str) -> None:
    names = [each for each in quoted(page) if NAME.fullmatch(each)]
    known = words_of_the_source()
    assert [each for each in names if not set(each.split(".")) <= known | TOP] == []


def rows(page: str, heading: str) -> list[str]:
    """The first cells of the table under a heading, as they are quoted there."""
    section = text_of(page).split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for cell in cells for name in QUOTED.findall(cell)]


def test_the_commands_of_the_readme_are_those_of_the_bot() -> None:
    listed = {f"/{each.name}" for each in COMMANDS if each.where == PRIVATE and each.is_listed}
    assert set(rows("README.md", "Perintah di Telegram")) == listed


def test_the_settings_of_the_readme_are_those_of_the_program() -> None:
    assert set(rows("README.md", "Menjalankan di Telegram")) == {
        f"POKJA_{name.upper()}" for name in Settings.model_fields
    }


def test_the_commands_of_the_program_are_in_the_readme() -> None:
    commands = {each.name or each.callback.__name__ for each in main.cli.registered_commands if each.callback}
    assert {each.split()[1] for each in rows("README.md", "Perintah")} == commands


def test_the_readme_counts_instruments_and_topics_right() -> None:
    page = " ".join(text_of("README.md").split())
    [words] = re.findall(r"([a-z ]+) instrumen \(", page)
    assert NUMBERS[words.strip()] == len(INSTRUMENTS.by_name)
    [named] = re.findall(r"instrumen \(([^)]*)\)", page)
    assert len(named.split(", ")) == len(INSTRUMENTS.by_name)
    [topics] = re.findall(r"STPP PDAM \((\d+) topik\)", page)
    shipped = {
        each.process.name: each.process for each in process_files.available(Path(process_files.FOLDER))
    }
    assert int(topics) == len(list(shipped["stpp-pdam"].topics()))
