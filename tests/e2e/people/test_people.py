"""Who belongs to a Pokja: coming in, roles, handing over, leaving, and being in several."""

import sqlalchemy as sa

from bot.app import Running
from domain import roles
from simulator.phones.phone import Simulator
from store.tables.core import Membership, Run, TopicRun
from tests.e2e.steps.basics import data_of, guest_link, invitation_link, joins
from tests.e2e.steps.planting import AGREEMENT, House, planted
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, RINA, SITI
from usecases.outcomes import Outcome
from usecases.people import members
from usecases.work import Work

KETUA_QUERY = sa.select(Membership.name).where(Membership.role == roles.KETUA, Membership.state == "active")


async def test_a_newcomer_types_the_code(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    link = await invitation_link(house.people[0])
    rina = await sim.person(RINA)
    await rina.starts()
    await rina.sees("kirim kodenya ke sini")
    await rina.types(link.partition("start=")[2])
    await rina.sees("Siapa nama lengkap")


async def test_a_newcomer_sends_the_whole_link(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    link = await invitation_link(house.people[0])
    rina = await sim.person(RINA)
    await rina.starts()
    await rina.types(link)
    await rina.sees("Siapa nama lengkap")


async def test_the_invitation_as_a_picture(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua = house.people[0]
    await invitation_link(ketua)
    await ketua.taps("Gambar kode QR")
    _, content = await ketua.receives_file()
    assert content.startswith(b"\x89PNG")
    await ketua.sees("memindainya dengan kamera")


async def test_a_wrong_code_is_explained_with_an_example(sim: Simulator, sqlite_bot: Running) -> None:
    rina = await sim.person(RINA)
    await rina.starts("Ab3dEf6hIj9kLm2n")
    await rina.sees("tidak berlaku. Mintalah yang baru kepada Ketua")
    await rina.taps("☰ Menu")
    await rina.sees("Selamat datang")


async def test_an_old_link_is_worth_nothing_after_a_new_one(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua = house.people[0]
    old = await invitation_link(ketua)
    await ketua.taps("Ganti tautan")
    rina = await sim.person(RINA)
    await rina.opens(old)
    await rina.sees("tidak berlaku")
    await joins(rina, await invitation_link(ketua), "Dinas PUPR")


async def test_the_ketua_declines_and_the_newcomer_asks_again(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua, rina = house.people[0], await sim.person(RINA)
    link = await invitation_link(ketua)
    await joins(rina, link, "Dinas PUPR")
    await rina.starts()
    await rina.sees("Mohon tunggu persetujuan Ketua atau Sekretaris", last=1)
    await rina.sees_button("Buat Pokja baru")
    await ketua.taps("Tolak")
    await ketua.taps("Ya, tolak")
    await rina.sees("belum dapat disetujui")
    await joins(rina, link, "Dinas PUPR")
    await ketua.taps("Terima")
    await rina.sees("Selamat bergabung")


async def test_the_sekretaris_accepts_and_the_ketua_hears_that_it_is_decided(
    sim: Simulator, bot: Running
) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI, role={SITI: roles.SEKRETARIS})
    ketua, siti, budi = house.people
    rina = await sim.person(RINA)
    await joins(rina, await invitation_link(ketua), "Dinas PUPR")
    await siti.taps("Terima")
    await rina.sees("Selamat bergabung")
    await ketua.taps("Tolak")
    await ketua.sees("sudah diputuskan: diterima")
    await budi.does_not_see("ingin bergabung")
    assert (await house.member(rina)).state == "active"


async def test_a_guest_comes_in_by_the_guests_link(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua, rina = house.people[0], await sim.person(RINA)
    await joins(rina, await guest_link(ketua), "LSM Air")
    await ketua.taps("Terima")
    await rina.sees("Selamat bergabung")
    activity = await house.opens(AGREEMENT)
    await ketua.sees("sudah dibuka")
    await rina.starts(f"ta{activity}")
    await rina.sees("Tamu dapat melihat, tetapi tidak ikut mengisi")


async def test_whoever_is_in_already_is_told_so(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await siti.opens(await invitation_link(ketua))
    await siti.sees("sudah menjadi anggota Pokja Air Minum", last=1)


async def test_the_ketua_gives_a_role(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await ketua.types("/anggota")
    await ketua.taps(SITI)
    await ketua.taps("Jadikan Sekretaris")
    await ketua.sees("Peran: Sekretaris")
    await siti.sees("sekarang: Sekretaris")
    await siti.types("/undang")
    await siti.sees("Kode:")


async def test_a_sekretaris_is_sent_to_the_ketua_alone(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI, role={SITI: roles.SEKRETARIS})
    siti = house.people[1]
    await siti.forges(going("role", (await house.member(house.people[2])).id, word="tamu"))
    assert (await siti.toast()).endswith("Mohon minta Ketua.")


async def test_the_ketua_hands_over_with_a_nervous_finger(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_card(house, SITI)
    await ketua.taps("Serahkan jabatan Ketua")
    yes = await data_of(ketua, "Ya, serahkan")
    await ketua.forges(yes, settles=False)
    await ketua.forges(yes)
    await siti.sees("sekarang: Ketua")
    assert await house.rows(KETUA_QUERY) == [SITI]
    await ketua.sees("Hendra Wijaya – Dinas 0, Anggota")
    assert "member.hand_over" in await house.audited()


async def test_a_ketua_cannot_leave_before_handing_over(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await to_card(house, HENDRA)
    await ketua.taps("Keluar dari Pokja")
    assert "Serahkan dulu jabatan Ketua" in await ketua.toast()
    assert await house.rows(KETUA_QUERY) == [HENDRA]


async def test_a_member_leaves(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await siti.types("/anggota")
    await siti.taps(SITI)
    await siti.taps("Keluar dari Pokja")
    yes = await data_of(siti, "Ya, keluar")
    await siti.taps("Ya, keluar")
    await siti.sees("Bapak/Ibu sudah keluar dari Pokja Air Minum")
    await ketua.sees("Siti Aminah (Dinas 1) keluar")
    await siti.forges(yes)
    assert "bukan anggota Pokja ini" in await siti.toast()
    await siti.taps("☰ Menu")
    await siti.sees("Selamat datang")


async def test_a_member_is_removed_and_answers_no_more(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, _ = house.people
    activity = await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    for _ in range(2):
        await siti.taps("Setuju")
    await siti.taps("Ubah jawaban")
    await siti.taps("2. Setuju")
    await to_card(house, SITI)
    await ketua.taps("Keluarkan dari Pokja")
    await ketua.taps("Ya, keluarkan")
    await siti.sees("telah diakhiri")
    await siti.taps("Keberatan")
    assert "bukan anggota Pokja ini" in await siti.toast()
    await ketua.starts()
    await ketua.forges(going("desk", activity))
    await ketua.sees("0 dari 2 sudah selesai")


async def test_a_person_in_two_pokja_chooses(sim: Simulator, sqlite_bot: Running) -> None:
    first = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = first.people[1]
    await planted(sim, sqlite_bot, people_before=[siti], pokja="Pokja Sanitasi")
    await siti.taps("Ganti Pokja")
    await siti.taps("Pokja Air Minum")
    assert await siti.toast() == "Pokja sudah diganti."
    await siti.sees("Siti Aminah · Anggota", last=1)
    await siti.types("/undang")
    await siti.sees("bukan wewenang anggota")
    await siti.types("/pokja")
    await siti.taps("Pokja Sanitasi")
    await siti.types("/undang")
    await siti.sees("Undangan Pokja Sanitasi")


async def test_what_was_shown_for_one_pokja_is_done_there(sim: Simulator, sqlite_bot: Running) -> None:
    """A form and buttons of one Pokja are finished and pressed after changing to another, where nothing happens."""
    first = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = first.people[1]
    second = await planted(sim, sqlite_bot, people_before=[siti], pokja="Pokja Sanitasi")
    await siti.types("/topik")
    await siti.taps("○ 1.1 Isu dan rencana")
    await siti.taps("Lewati topik")
    await siti.forges(going("pokja", first.pokja_id))
    await siti.types("Tidak ada di kabupaten ini")  # the menu is on the screen, and takes nothing
    await siti.taps("Melewati topik · Pokja Sanitasi")
    await siti.sees("📍 Pokja Sanitasi", last=1)
    topics = sa.select(Run.pokja_id, TopicRun.state).join(TopicRun)
    async with sqlite_bot.database.reading() as session:
        assert (await session.execute(topics)).all() == [(second.pokja_id, "skipped")]
    await siti.taps("Buka topik ini")
    async with sqlite_bot.database.reading() as session:
        assert (await session.execute(topics)).all() == [(second.pokja_id, "open")]
    await siti.forges(going("menu"))
    await siti.sees("Siti Aminah · Anggota", last=1)


async def test_a_button_of_a_pokja_one_has_left_is_explained(sim: Simulator, sqlite_bot: Running) -> None:
    first = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = first.people[1]
    await siti.types("/topik")
    await planted(sim, sqlite_bot, people_before=[siti], pokja="Pokja Sanitasi")
    await first.does(siti, lambda work: _leaves(work, first.pokja_id))
    await siti.taps("○ 1.1 Isu dan rencana")
    assert "tidak (lagi) Bapak/Ibu ikuti" in await siti.toast()
    await siti.taps("☰ Menu")
    await siti.sees("Siti Aminah · Ketua", last=1)


async def _leaves(work: Work, pokja_id: int) -> Outcome:
    return await members.carry_out(work, "leave", (await work.member_in(pokja_id)).id)


async def test_a_newcomer_hears_of_the_pokja_they_asked_for(sim: Simulator, sqlite_bot: Running) -> None:
    """The Ketua of two Pokja works in one and accepts somebody into the other."""
    first = await planted(sim, sqlite_bot, HENDRA)
    ketua, rina = first.people[0], await sim.person(RINA)
    link = await invitation_link(ketua)
    await planted(sim, sqlite_bot, people_before=[ketua], pokja="Pokja Sanitasi")
    await joins(rina, link, "Dinas PUPR")
    await ketua.taps("Terima")
    await rina.sees("Permintaan ke Pokja Air Minum sudah disetujui")


async def test_the_menu_shows_what_waits_soonest_first(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await house.opens(AGREEMENT)
    for what, due in (("Menyiapkan ruangan rapat", "lusa"), ("Menyalin daftar hadir", "besok")):
        await ketua.forges(going("give"))
        await ketua.types(what)
        await ketua.taps(SITI)
        await ketua.taps("Tidak ada, cukup satu orang")
        await ketua.types(due)
        await siti.sees(what)
    await siti.types("/menu")
    menu = (await siti.sees("Menunggu Bapak/Ibu"))["text"]
    waiting = [line.partition(" – ")[0] for line in menu.splitlines() if line[:1].isdigit()]
    assert waiting == ["1. Menyalin daftar hadir", "2. Menyiapkan ruangan rapat", "3. Rencana kerja"]
    await house.waits(days=2)
    await siti.types("/menu")
    await siti.sees("Menyalin daftar hadir – terlambat", last=1)


async def to_card(house: House, name: str) -> None:
    """The Ketua opens the card of a member."""
    await house.people[0].types("/anggota")
    await house.people[0].taps(name)
