"""What Telegram shows of the bot: its texts, and to each person the commands of their role."""

import asyncio

from bot.app import Running
from bot.handlers.commands import PRIVATE, described, listed_for
from bot.transport.request import call
from documents.language.wording import wording
from domain import roles
from simulator.phones.phone import Group, Person, Simulator
from tests.e2e.steps.basics import invitation_link, joins
from tests.e2e.steps.bots import settings_for, working_bot
from tests.e2e.steps.planting import planted
from tests.support.cast import BUDI, HENDRA, RINA, SITI, TONO
from tests.support.patience import PATIENCE

WORDS = wording()
STRANGERS = ["menu", "periksa", "batal", "data", "bantuan"]
IN_GROUPS = ["papan", "topik_ini", "grup", "bantuan"]
MANAGERS_ALONE = {"siaran", "undang", "grup"}
OWN = ("setMyCommands", "deleteMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton")


def of(role: str) -> list[str]:
    """The commands listed for a role."""
    return list(listed_for(WORDS, role))


async def lists(person: Person, wanted: list[str], group: Group | None = None) -> None:
    """Waits until the person's menu holds these commands."""
    version = -1
    async with asyncio.timeout(PATIENCE):
        while await person.commands(group) != wanted:
            version = (await person.sim.wait(version))["version"]


async def told(sim: Simulator) -> int:
    """How often Telegram was told something of the bot itself."""
    counted = (await sim.counters())["calls"]
    return sum(counted.get(method, 0) for method in OWN)


async def test_each_has_the_commands_of_their_role(sim: Simulator, sqlite_bot: Running) -> None:
    stranger = await sim.person(RINA)
    await lists(stranger, STRANGERS)
    house = await planted(sim, sqlite_bot, HENDRA, SITI, TONO, role={TONO: roles.TAMU})
    ketua, siti, tono = house.people
    group = await house.group()
    await joins(stranger, await invitation_link(ketua), "Dinas PUPR")
    await lists(stranger, STRANGERS)
    await ketua.taps("Terima")
    await lists(stranger, of(roles.ANGGOTA))
    await lists(ketua, list(described(WORDS, PRIVATE)))
    await lists(tono, of(roles.TAMU))
    assert set(of(roles.KETUA)) - set(await siti.commands()) == MANAGERS_ALONE
    assert not {"tindaklanjut", "izin", "pengingat", *MANAGERS_ALONE} & set(await tono.commands())
    await lists(ketua, IN_GROUPS, group)

    await ketua.types("/anggota")
    await ketua.taps(SITI)
    await ketua.taps("Jadikan Sekretaris")
    await lists(siti, of(roles.SEKRETARIS))
    await planted(sim, sqlite_bot, BUDI, people_before=[stranger, siti], pokja="Pokja Sanitasi")
    await siti.types("/pokja")
    await siti.taps("Pokja Air Minum")
    await siti.types("/pokja")
    await siti.taps("Pokja Sanitasi")
    await lists(siti, of(roles.ANGGOTA))
    await lists(stranger, of(roles.KETUA))

    await tono.types("/anggota")
    await tono.taps(TONO)
    await tono.taps("Keluar dari Pokja")
    await tono.taps("Ya, keluar")
    await lists(tono, STRANGERS)


async def test_at_a_second_start_nothing_is_told_again(sim: Simulator, sqlite_url: str) -> None:
    settings = settings_for(sim, sqlite_url)
    async with working_bot(settings) as running:
        house = await planted(sim, running, HENDRA, SITI)
        ketua, siti = house.people
        running.turns.menus.wake()
        await lists(siti, of(roles.ANGGOTA))
        profile = {name: await _kept(running, name) for name in ("description", "short_description")}
        assert profile == {
            "description": WORDS.plain("bot.description"),
            "short_description": WORDS.plain("bot.short"),
        }
    before = await told(sim)
    async with working_bot(settings):
        await ketua.types("/anggota")
        await ketua.taps(SITI)
        await ketua.taps("Jadikan Sekretaris")
        await lists(siti, of(roles.SEKRETARIS))
    assert await told(sim) == before + 1


async def _kept(running: Running, name: str) -> str:
    """A text of the bot's, as Telegram keeps it."""
    kept = await call(running.bot, f"get_my_{name}", {})
    return str(kept[name])


async def test_refusals_disturb_nobody(sim: Simulator, sqlite_url: str) -> None:
    """An older server knows no descriptions; Telegram has enough for a while; a chat takes no commands."""
    await sim.fails("404", method="getMyDescription", description="Not Found")
    await sim.fails("429", method="getChatMenuButton", retry_after=600)
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        ketua, siti = house.people
        await lists(ketua, IN_GROUPS, await house.group())
        await sim.fails("400", method="setMyCommands", description="Bad Request: chat not found")
        running.turns.menus.wake()
        await lists(siti, of(roles.ANGGOTA))
        assert await ketua.commands() == STRANGERS
        await ketua.types("/siaran")
        await ketua.sees("Siaran")
