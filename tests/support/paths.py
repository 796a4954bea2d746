"""Where the project lies, for tests that read its files."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PROCESS_FILES = ROOT / "tests" / "processes"
WORLD_PROCESSES = ROOT / "tests" / "support" / "processes"
