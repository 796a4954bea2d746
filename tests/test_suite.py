"""How the tests are laid out: helpers apart from tests, folders as in the source, each thing written once."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest
from hypothesis import settings

from bot.callbacks import SEPARATOR, unpack
from domain.faults import Rejected
from tests.support import cast
from tests.support.paths import ROOT

TESTS = ROOT / "tests"
FILES = sorted(TESTS.rglob("*.py"))
LAYERS = ("bot", "documents", "domain", "simulator", "store", "usecases")
APART = {"support", "steps", "crash"}
"""Folders of helpers, and of what is proved by killing the bot: they have no like in the source."""
WIRE = {"tests/bot/test_callbacks.py", "tests/bot/places/test_table.py"}
"""Where buttons' data is tested as it travels: buttons that stand in chats must lead where they led."""
SMALL = 25
"""Parts of a helper's syntax up to which it may stand twice: one call, one return."""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _is_test(module: str) -> bool:
    return module.rpartition(".")[2].startswith("test_")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nobody_imports_a_test_module_or_its_fixtures() -> None:
    modules = {_module(path) for path in FILES if path.name.startswith(("test_", "conftest"))}
    assert modules
    wrong = {f"{_name(path)} → {name}" for path in FILES for name in _imports(path) if name in modules}
    assert wrong == set()


def test_helpers_hold_no_tests() -> None:
    wrong = {
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in FILES
        if not _is_test(_module(path))
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }
    assert wrong == set()


def test_test_modules_hold_tests() -> None:
    wrong = {
        _name(path)
        for path in FILES
        if _is_test(_module(path))
        and not any(getattr(node, "name", "").startswith("test_") for node in ast.walk(_tree(path)))
    }
    assert wrong == set()


@pytest.mark.parametrize("layer", [*LAYERS, "e2e"])
def test_the_folders_are_those_of_the_source(layer: str) -> None:
    source = ROOT / ("usecases" if layer == "e2e" else layer)
    folders = {path.parent.relative_to(TESTS / layer) for path in (TESTS / layer).rglob("test_*.py")}
    assert folders
    wrong = {str(each) for each in folders if not APART & set(each.parts) and not (source / each).is_dir()}
    assert wrong == set()


def test_helpers_stand_once() -> None:
    places = defaultdict(set)
    for path in FILES:
        for node in _tree(path).body:
            if _is_helper(node) and len(list(ast.walk(node))) > SMALL:
                places[_shape(node)].add(f"{_name(path)} {node.name}")
    assert [sorted(each) for each in places.values() if len(each) > 1] == []


def _is_helper(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("test_")


def _shape(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """A function without its name and docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return "\n".join([ast.unparse(node.args), *map(ast.unparse, body)])


def test_people_are_named_by_the_cast() -> None:
    names = {value for value in vars(cast).values() if isinstance(value, str) and " " in value} - {
        cast.__doc__
    }
    wrong = {
        f"{_name(path)}:{node.lineno} {node.value}"
        for path in FILES
        if path != Path(cast.__file__)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and node.value in names
    }
    assert wrong == set()


def test_buttons_are_packed_by_the_bot() -> None:
    """No text that the bot would read as a button's data, but where that format is what is tested."""
    wrong = {
        f"{_name(path)}:{line} {text}"
        for path in FILES
        if _name(path) not in WIRE
        for line, text in _texts(path)
        if _is_button(text)
    }
    assert wrong == set()


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every literal text; in a formatted one each value is taken for a 1."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(
                    str(getattr(each, "value", "")) if isinstance(each, ast.Constant) else "1"
                    for each in node.values
                ),
            )


def _is_button(text: str) -> bool:
    try:
        unpack(text)
    except Rejected:
        return False
    return SEPARATOR in text


def test_no_property_is_timed() -> None:
    """How busy the machine is decides about no test: one profile for all, which none puts another in place of."""
    words = ("deadline=", "load_profile(")
    own = {Path(__file__), TESTS / "conftest.py"}
    wrong = {_name(path) for path in FILES if path not in own for word in words if word in path.read_text()}
    assert (settings.default.deadline, wrong) == (None, set())
