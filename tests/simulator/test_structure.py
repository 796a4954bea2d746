"""The simulator stands alone, and its state is made, never imported."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.simulation import make_simulation
from tests.simulator.support.bot_side import CONFIG

SOURCES = sorted(Path("simulator").glob("*.py"))
OWN_HOUSE = {"bot", "domain", "usecases", "store", "documents", "telegram"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_it_imports_nothing_of_the_bot(source: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported.isdisjoint(OWN_HOUSE)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_files_and_functions_stay_short(source: Path) -> None:
    text = source.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60


def test_two_worlds_share_nothing() -> None:
    one, other = make_simulation(CONFIG), make_simulation(CONFIG)
    one.world.add_person("Siti")
    assert other.world.people == {}


@pytest.mark.parametrize("token", ["", "token", "abc:def", "1:"])
def test_a_token_must_look_like_one(token: str) -> None:
    with pytest.raises(ValueError, match="digits:string"):
        make_simulation(replace(CONFIG, token=token))
