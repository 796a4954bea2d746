"""The demo as a visitor meets it: one command, one page, phones to tap on, wide and narrow."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from simulator.control.client import ControlClient
from tests.bot.support.programs import begun_anew, free_port, says
from tests.support.browsing import empty_page
from tests.support.cast import BUDI, HENDRA, SITI

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PATIENCE = 90_000
KETUA, SEKRETARIS, ANGGOTA = HENDRA, SITI, BUDI


@dataclass(frozen=True)
class Visit:
    """A page with phones, at one width."""

    page: Page
    people: dict[str, int]

    async def phone(self, name: str) -> Locator:
        """Somebody's phone; where the page is too narrow for it, it is chosen first."""
        phone = self.page.locator(f'[data-phone="{self.people[name]}"]')
        chosen = self.page.locator(f'[data-person="{self.people[name]}"]')
        if await chosen.get_attribute("aria-pressed") == "false":
            await chosen.click()
        await expect(phone).to_be_visible(timeout=PATIENCE)
        return phone

    async def taps(self, name: str, *labels: str) -> None:
        """One after the other, each as soon as it is there."""
        phone = await self.phone(name)
        for label in labels:
            await phone.locator("button.inline", has_text=label).last.click()

    async def types(self, name: str, text: str) -> None:
        phone = await self.phone(name)
        await phone.get_by_test_id("field").fill(text)
        await phone.get_by_test_id("send").click()

    async def sees(self, name: str, text: str) -> None:
        messages = (await self.phone(name)).locator(".message.from-bot")
        await expect(messages.filter(has_text=text).last).to_be_visible(timeout=PATIENCE)

    async def sees_in_group(self, name: str, text: str) -> None:
        phone = await self.phone(name)
        await phone.get_by_role("tab").nth(1).click()
        await self.sees(name, text)


@pytest_asyncio.fixture(loop_scope="session")
async def address(browser: Browser) -> AsyncIterator[str]:
    """Where the demo is to be opened, as it says itself."""
    async with begun_anew("demo", "--port", str(free_port())) as demo:
        yield re.findall(r"http://\S+", await says(demo, "Demo siap"))[0]


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, address: str, tmp_path: Path) -> AsyncIterator[Page]:
    """An empty page, closed before the demo ends; a picture of how it was left is kept beside the test."""
    async with empty_page(browser) as opened:
        opened.set_default_timeout(PATIENCE)
        yield opened
        await opened.screenshot(path=tmp_path / "page.png")


async def opened(page: Page, address: str, width: int) -> Visit:
    await page.set_viewport_size({"width": width, "height": 800})
    await page.goto(address)
    await expect(page.get_by_test_id("people").get_by_role("button")).to_have_count(7, timeout=PATIENCE)
    control = ControlClient(address)
    people = {user["name"]: user["id"] for user in (await control.get("/control/state"))["users"]}
    await control.close()
    return Visit(page, people)


@pytest.mark.parametrize(("width", "phones"), [(1280, 4), (360, 1)])
async def test_a_visitor_carries_an_activity_from_the_topic_to_the_board(page, address, width, phones):
    visit = await opened(page, address, width)
    await expect(page.locator(".phone")).to_have_count(phones, timeout=PATIENCE)
    await visit.taps(
        KETUA, "Kerangka & kegiatan", "Tahap 2", "○ 2.1", "Buka topik ini", "○ Peluang dan prasyarat"
    )
    await visit.taps(KETUA, "Mulai & undang anggota")
    await visit.sees_in_group(SEKRETARIS, "0 dari 6")
    await visit.taps(ANGGOTA, "Mulai mengisi")
    await visit.types(ANGGOTA, "Minat warga <b>tinggi</b> & jelas")
    await visit.sees(ANGGOTA, "Minat warga <b>tinggi</b> & jelas")
    await visit.taps(ANGGOTA, "Selesai", "Tidak ada")
    await visit.sees(ANGGOTA, "sudah lengkap")
    await visit.sees_in_group(SEKRETARIS, "1 dari 6")
    assert await page.evaluate("document.documentElement.scrollWidth") == width


async def test_the_others_answer_by_themselves_when_switched_on(page, address):
    visit = await opened(page, address, 1280)
    await visit.taps(
        KETUA, "Kerangka & kegiatan", "Tahap 2", "○ 2.1", "Buka topik ini", "○ Peluang dan prasyarat"
    )
    await visit.taps(KETUA, "Mulai & undang anggota")
    await page.get_by_text("Anggota menjawab sendiri").click()
    await visit.sees_in_group(SEKRETARIS, "5 dari 6")
    await visit.taps(KETUA, "Muat ulang")
    await visit.sees(KETUA, "5 dari 6")
