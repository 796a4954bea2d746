"""The processes of the tests: tiny ones that show one ability each, and those the worlds are on their way through."""

from domain.process.model import Process
from store.process_files import load
from tests.support.paths import PROCESS_FILES, WORLD_PROCESSES


def process(name: str) -> Process:
    """A tiny process of tests/processes."""
    return load(PROCESS_FILES / f"{name}.yaml")


def settings(name: str, key: str):
    """The settings of an activity of a tiny process."""
    return process(name).activity("1.1", key).settings


def source(name: str) -> str:
    """The text of a process that a world is on its way through."""
    return (WORLD_PROCESSES / f"{name}.yaml").read_text("utf-8")
