"""Which fault codes a source file can raise, read from the source itself."""

import ast
from collections.abc import Iterator

from tests.support.paths import ROOT


def codes_in(source: str, *callers: str) -> set[str]:
    """The first argument, where it is a text, of every call of one of those names."""
    return set(_found(ast.parse((ROOT / source).read_text("utf-8")), callers))


def _found(tree: ast.AST, callers: tuple[str, ...]) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        first = call.args[0]
        if name in callers and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
