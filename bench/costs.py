"""What a profile says: time by package, then the functions that take most by themselves."""

import pstats
import re
from collections import Counter
from pathlib import Path
from typing import Any

FUNCTIONS, PACKAGES = 20, 12
HERE = f"{Path(__file__).resolve().parent.parent}/"


def show(target: Path) -> None:
    """Prints both; waiting for the network is left out of the shares."""
    stats: dict[tuple[str, int, str], Any] = vars(pstats.Stats(str(target)))["stats"]
    own = {function: values[2] for function, values in stats.items() if "poll" not in function[2]}
    total = sum(own.values())
    packages: Counter[str] = Counter()
    for (file, _, name), seconds in own.items():
        packages[_package(file, name)] += seconds
    for package, seconds in packages.most_common(PACKAGES):
        print(f"{seconds / total:6.1%}  {package}")
    print()
    for function in sorted(own, key=own.__getitem__, reverse=True)[:FUNCTIONS]:
        print(f"{own[function] / total:6.1%}  {stats[function][1]:8} calls  {_place(*function)}")


def _package(file: str, name: str) -> str:
    if found := re.search(r"site-packages/(\w+)", file):
        return found[1]
    if file.startswith(HERE):
        return file.removeprefix(HERE).split("/")[0]
    if file == "~":
        module = re.search(r"'(?:\w+)' of '([\w.]+)\.\w+'|built-in method (\w+)\.", name)
        return f"C: {(module[1] or module[2]).split('.')[0]}" if module else "C: built-in types"
    return "Python's library" if file.startswith(("/", "<frozen")) else "SQLAlchemy, generated"


def _place(file: str, line: int, name: str) -> str:
    if file == "~":
        return name
    short = re.sub(r".*(?:site-packages|python3\.\d+)/", "", file).removeprefix(HERE)
    return f"{short}:{line} {name}"
