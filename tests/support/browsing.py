"""One chromium for all tests of a worker: to start it costs more than what most tests do in it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

QUIET = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Without one the tests are skipped with a reason, or fail where it was promised."""
    found = shutil.which("chromium")
    if found is None:
        is_required = os.environ.get("POKJA_REQUIRE_BROWSER") == "1"
        (pytest.fail if is_required else pytest.skip)("chromium is not installed: apt-get install chromium")
    return found


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    """A chromium at work."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@asynccontextmanager
async def empty_page(browser: Browser) -> AsyncIterator[Page]:
    """A page that knows nothing of any other; it must not have complained when the block ends."""
    async with await browser.new_context() as context:
        page = await context.new_page()
        mistakes: list[str] = []
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on("console", lambda line: mistakes.append(line.text) if line.type == "error" else None)
        yield page
    assert mistakes == []
