"""The page with the phones, driven in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from simulator.phones.phone import Person, Simulator
from tests.simulator.support.bot_side import BotSide, button, keyboard
from tests.simulator.support.fixtures import fixtures
from tests.support.browsing import empty_page
from tests.support.cast import SITI

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
url, sim, bot, siti, budi = fixtures("session")


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, bot: BotSide) -> AsyncIterator[Page]:
    """Depends on the server, so that it closes first: a page left without one complains."""
    async with empty_page(browser) as opened:
        await opened.set_viewport_size({"width": 1400, "height": 800})
        yield opened


async def test_a_person_starts_taps_and_is_answered(page: Page, sim: Simulator, bot: BotSide) -> None:
    siti = await sim.person(SITI)
    await page.goto(bot.url)
    phone = page.locator(f'[data-phone="{siti.id}"]')
    await phone.get_by_test_id("start").click()
    await siti.sees("/start")
    sent = await bot.call(
        "sendMessage",
        chat_id=siti.id,
        text="Pilih <b>satu</b>",
        parse_mode="HTML",
        reply_markup=keyboard([button("A", "a"), button("B", "b")]),
    )
    await expect(phone.locator(".message b")).to_have_text("satu")
    await phone.locator("button.inline", has_text="A").click()
    await expect(phone.locator("button.inline.waiting")).to_have_text("A")
    (tap,) = await sim.tap_reports()
    await bot.call("answerCallbackQuery", callback_query_id=tap["query_id"], text="Tercatat")
    await expect(phone.get_by_test_id("toast")).to_have_text("Tercatat")
    await expect(phone.locator("button.inline.waiting")).to_have_count(0)
    await bot.call("editMessageText", chat_id=siti.id, message_id=sent["message_id"], text="Selesai")
    await expect(phone.locator(".message.edited-now")).to_contain_text("Selesai")
    await phone.get_by_test_id("field").fill("<img src=x onerror=alert(1)>")
    await phone.get_by_test_id("send").click()
    await expect(phone.locator(".message.own").last).to_contain_text("<img src=x onerror=alert(1)>")


async def test_an_alert_is_a_dialog(page: Page, sim: Simulator, bot: BotSide, siti: Person) -> None:
    await bot.call("sendMessage", chat_id=siti.id, text="A?", reply_markup=keyboard([button("A", "a")]))
    await page.goto(bot.url)
    await page.locator("button.inline").click()
    await expect(page.locator("button.inline.waiting")).to_be_visible()
    (tap,) = await sim.tap_reports()
    await bot.call(
        "answerCallbackQuery", callback_query_id=tap["query_id"], text="Sudah ditutup", show_alert=True
    )
    await expect(page.get_by_test_id("dialog")).to_contain_text("Sudah ditutup")
    await page.get_by_test_id("close").click()
    await expect(page.get_by_test_id("dialog")).to_have_count(0)


async def test_rich_messages_have_real_tables(page: Page, bot: BotSide, siti: Person) -> None:
    html = "<h2>Rekap</h2><table><tr><th>Nama</th><td align=right>4,25</td></tr></table>"
    await bot.call("sendRichMessage", chat_id=siti.id, rich_message={"html": html})
    await page.goto(bot.url)
    await expect(page.locator(".rich h2")).to_have_text("Rekap")
    await expect(page.locator(".rich td")).to_have_text("4,25")


async def test_a_startgroup_button_asks_which_group(
    page: Page, sim: Simulator, bot: BotSide, siti: Person
) -> None:
    group = await sim.group("Pokja Sanitasi", [siti])
    link = {"text": "Hubungkan grup", "url": "https://t.me/asisten_pokja_bot?startgroup=kode"}
    await bot.call("sendMessage", chat_id=siti.id, text="Grup?", reply_markup=keyboard([link]))
    await page.goto(bot.url)
    await page.locator("button.inline").click()
    await page.locator(f'[data-group="{group.chat_id}"]').click()
    phone = page.locator(f'[data-phone="{siti.id}"]')
    await expect(phone).to_have_attribute("data-chat", str(group.chat_id))
    await expect(phone.locator(".message.own")).to_contain_text("/start@asisten_pokja_bot kode")


async def test_colours_copying_pins_and_albums_are_seen(
    page: Page, sim: Simulator, bot: BotSide, siti: Person
) -> None:
    group = await sim.group("Pokja Sanitasi", [siti], with_bot=True, forum=True)
    topic = await group.begins_topic("Rapat")
    await group.makes("bot", "administrator")
    where = {"chat_id": group.chat_id, "message_thread_id": topic}
    keys = [
        {"text": "Tutup pengisian", "callback_data": "a", "style": "primary"},
        {"text": "Hapus", "callback_data": "b", "style": "danger"},
    ]
    copies = {"text": "Salin kode", "copy_text": {"text": "AB-12"}}
    sent = await bot.call("sendMessage", text="Papan", reply_markup=keyboard(keys, [copies]), **where)
    await bot.call("pinChatMessage", chat_id=group.chat_id, message_id=sent["message_id"])
    await siti.sends_document("Notulen.pdf", b"a", settles=False)
    file_id = (await bot.newest_update())["message"]["document"]["file_id"]
    media = [{"type": "document", "media": file_id}] * 3
    await bot.call("sendMediaGroup", media=media, **where)
    await page.goto(bot.url)
    phone = page.locator(f'[data-phone="{siti.id}"]')
    await phone.locator(f'[data-chat="{group.chat_id}"]').click()
    await expect(phone.locator(".pin")).to_have_text("DisematkanPapan")
    await expect(phone.locator("button.inline.danger")).to_have_text("Hapus")
    await expect(phone.locator("button.inline.primary")).to_have_text("Tutup pengisian")
    await expect(phone.locator(".message.album")).to_have_count(3)
    await expect(phone.locator(".message.album.follows")).to_have_count(2)
    await expect(phone.locator(".topic").first).to_have_text("Rapat")
    await phone.locator("button.inline.copies").click()
    await expect(phone.get_by_test_id("toast")).to_have_text("Disalin")


async def test_the_menu_holds_the_commands(page: Page, bot: BotSide, siti: Person) -> None:
    await bot.call("setMyCommands", commands=[{"command": "menu", "description": "Yang menunggu saya"}])
    await page.goto(bot.url)
    await page.get_by_test_id("menu").click()
    await page.locator('[data-command="menu"]').click()
    await siti.sees("/menu")


async def test_the_clock_moves_and_people_are_added(
    page: Page, sim: Simulator, bot: BotSide, siti: Person
) -> None:
    await page.goto(bot.url)
    before = await sim.now()
    await page.get_by_text("+1 minggu").click()
    await page.get_by_test_id("add-person").click()
    await page.get_by_test_id("new-name").fill("Joko Prasetyo")
    await page.get_by_test_id("add-confirm").click()
    await expect(page.locator(".phone")).to_have_count(2)
    assert await sim.now() - before >= 7 * 86400


async def test_a_narrow_screen_shows_one_phone(page: Page, bot: BotSide, siti: Person, budi: Person) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(bot.url)
    await expect(page.locator(".phone")).to_have_attribute("data-phone", str(siti.id))
    await page.locator(f'[data-person="{budi.id}"]').click()
    await expect(page.locator(".phone")).to_have_attribute("data-phone", str(budi.id))
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_a_file_is_attached_and_one_is_received(page: Page, bot: BotSide, siti: Person) -> None:
    await page.goto(bot.url)
    files = [{"name": "daftar.csv", "mimeType": "text/csv", "buffer": b"a;b"}]
    await page.get_by_test_id("file").set_input_files(files)  # type: ignore[arg-type]
    await expect(page.locator(".file b")).to_have_text("daftar.csv")
    update = await bot.newest_update()
    assert update["message"]["document"]["mime_type"] == "text/csv"
    await bot.call("sendDocument", chat_id=siti.id, document=update["message"]["document"]["file_id"])
    async with page.expect_download() as download:
        await page.locator(".message.from-bot .file").click()
    assert (await download.value).suggested_filename == "daftar.csv"
