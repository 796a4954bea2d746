"""What import-linter (pyproject.toml) can't say: the core needs the standard library only, and knows no clock."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT


def _modules(part: str) -> Iterator[tuple[Path, set[str]]]:
    for path in sorted((ROOT / part).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        yield path, {name.split(".")[0] for name in names}


def test_the_core_needs_the_standard_library_only() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} → {name}"
        for path, names in _modules("domain")
        for name in names - {"domain"} - set(sys.stdlib_module_names)
    }
    assert wrong == set()


def test_the_core_knows_no_clock() -> None:
    """Time is an argument: nobody in the core asks for it."""
    asking = {"now", "today", "utcnow"}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "domain").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking
    ]
    assert wrong == []
