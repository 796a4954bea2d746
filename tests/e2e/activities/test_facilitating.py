"""The Ketua at the desk: who has answered, reminding, entering for others, closing, reopening, adopting."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from domain import roles
from domain.freezing import seal
from simulator.phones.phone import Simulator
from store.tables.core import Answer, AuditEntry
from tests.e2e.steps.basics import agrees, data_of, writes
from tests.e2e.steps.planting import AGREEMENT, CARDS, planted, to_desk
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI

LEAK = "Pipa bocor"


async def test_the_ketua_sees_who_is_missing_and_reminds_only_those(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await to_desk(ketua, activity)
    await ketua.taps("Siapa belum?")
    text = (await ketua.newest())["text"]
    assert "Belum (2):\n• Hendra Wijaya – Dinas 0\n• Budi Santoso – Dinas 2" in text
    assert "Sudah (1):\n• Siti Aminah – Dinas 1" in text
    await ketua.taps("Ingatkan yang belum")
    await budi.sees("masih kami tunggu")
    assert await ketua.toast() == "2 orang diingatkan."
    await siti.does_not_see("masih kami tunggu")
    await ketua.forges(going("nudge", activity))
    assert "Mereka baru saja diingatkan" in await ketua.toast()
    await house.waits(hours=1)
    await ketua.forges(going("nudge", activity))
    assert await ketua.toast() == "2 orang diingatkan."


async def test_nobody_is_reminded_when_all_have_answered(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, role={HENDRA: roles.KETUA})
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await agrees(ketua)
    await to_desk(ketua, activity)
    await ketua.forges(going("nudge", activity))
    assert await ketua.toast() == "Semua anggota sudah mengisi. Tidak ada yang perlu diingatkan."
    await ketua.sees("Belum (0):\nTidak ada.")


async def test_after_closing_the_ketua_still_sees_who_answered(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await to_desk(ketua, activity)
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Siapa belum?")
    await ketua.sees("Belum (1):\n• Hendra Wijaya – Dinas 0")
    assert await ketua.buttons() == ["‹ Kegiatan"]


async def test_an_answer_on_behalf_is_labelled_and_the_member_changes_it(
    sim: Simulator, bot: Running
) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await to_desk(ketua, activity)
    await ketua.taps("Isi untuk anggota")
    await ketua.taps(SITI)
    await ketua.sees("Mengisi untuk: Siti Aminah (Dinas 1)", last=1)
    await ketua.taps("Setuju")
    await ketua.taps("Setuju")
    await ketua.sees("isian untuk Siti Aminah (Dinas 1) sudah lengkap")
    await siti.sees("Hendra Wijaya mengisikan bagian Bapak/Ibu")
    await ketua.taps("‹ Kegiatan")
    await ketua.taps("Siapa belum?")
    await ketua.sees("Siti Aminah – Dinas 1 (dititipkan)")
    await siti.taps("Periksa jawaban")
    await siti.taps("2. Setuju")
    await siti.taps("Keberatan")
    await siti.types("Dananya belum ada")
    assert set(await house.rows(sa.select(Answer.value))) == {"agree", "object", "Dananya belum ada"}
    await ketua.forges(going("turnout", activity))
    await ketua.sees("Sudah (1)")


async def test_every_member_of_a_large_pokja_can_be_entered_for(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, *(f"Anggota {number:02}" for number in range(1, 11)))
    ketua = house.people[0]
    await to_desk(ketua, await house.opens(AGREEMENT))
    await ketua.taps("Isi untuk anggota")
    await ketua.taps("Berikutnya »")
    await ketua.sees_button("« Sebelumnya")
    await ketua.taps("Anggota 10")
    await ketua.sees("Mengisi untuk: Anggota 10 (Dinas 10)", last=1)


async def test_the_room_decides(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    activity = await house.opens(AGREEMENT)
    await to_desk(ketua, activity)
    await ketua.taps("Isi hasil pleno")
    await ketua.sees("Mengisi untuk: pleno", last=1)
    await ketua.taps("Setuju")
    await ketua.taps("Setuju")
    await ketua.taps("‹ Kegiatan")
    await ketua.sees("Diisi sebagai hasil pleno", last=1)
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    result = (await house.results())[0]
    assert result.data["result"]["plenary"] is True


async def test_an_accidental_entry_for_the_room_is_taken_back(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await agrees(ketua)
    await to_desk(ketua, activity)
    await ketua.taps("Isi hasil pleno")
    await ketua.taps("Keberatan")
    await to_desk(ketua, activity)
    await ketua.taps("Hapus isian pleno")
    assert await ketua.toast() == "Isian pleno dihapus. Jawaban anggota dihitung lagi."
    await ketua.sees("2 dari 2 sudah selesai mengisi", last=1)
    await house.adopts(activity)
    assert (await house.results())[0].data["result"]["plenary"] is False


async def test_an_adopted_result_is_frozen_and_sealed(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(ketua)
    await agrees(siti)
    await to_desk(ketua, activity)
    await ketua.taps("Tutup pengisian")
    adopt = await data_of(ketua, "Tetapkan hasil")
    await ketua.forges(adopt, settles=False)
    await ketua.forges(adopt)
    await siti.sees("hasil ditetapkan")
    (result,) = await house.results()
    assert (result.version, result.sha256) == (1, seal(result.data))
    assert result.data["process"] == "pendek 1"
    assert await house.audited() == ["topic.open", "activity.open", "activity.close", "activity.adopt"]
    noted = await house.rows(sa.select(AuditEntry.details).where(AuditEntry.action == "activity.adopt"))
    assert noted == [{"version": 1, "sha256": result.sha256}]


async def test_reopening_makes_a_new_version_and_keeps_the_old(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(ketua)
    await house.adopts(activity)
    (first,) = await house.results()
    await to_desk(ketua, activity)
    await ketua.taps("Buka lagi")
    await siti.sees("sudah dibuka")
    await agrees(siti)
    await to_desk(ketua, activity)
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    old, new = await house.results()
    assert (old.version, old.sha256, old.data) == (1, first.sha256, first.data)
    assert (new.version, len(new.data["ballots"])) == (2, 2)
    assert new.sha256 != old.sha256


async def test_answers_stay_hidden_until_closing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(CARDS)
    await writes(siti, LEAK)
    await to_desk(ketua, activity)
    await ketua.sees("1 dari 2 sudah selesai mengisi", last=1)
    await ketua.does_not_see(LEAK)
    await ketua.taps("Tutup pengisian")
    await ketua.sees(LEAK, last=1)
    await ketua.does_not_see(f"{LEAK} – {SITI}")


async def test_back_and_change_before_closing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    activity = await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    await siti.taps("Keberatan")
    await siti.types("Belum jelas")
    await siti.taps("« Kembali")
    await siti.sees("Jawaban sekarang: Belum jelas", last=1)
    await siti.taps("« Kembali")
    await siti.taps("Setuju")
    await siti.taps("Abstain")
    await siti.sees("sudah lengkap")
    await house.adopts(activity)
    verdicts = (await house.results())[0].data["result"]["verdicts"]
    assert [(verdict["agree"], verdict["abstain"], verdict["objections"]) for verdict in verdicts] == [
        (1, 0, []),
        (0, 1, []),
    ]


async def test_pausing_and_going_on(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    await siti.taps("Setuju")
    await siti.taps("Nanti")
    assert "jawaban sejauh ini tersimpan" in await siti.toast()
    await siti.sees("Rencana kerja – sebagian terisi", last=1)
    await siti.taps("▸ Rencana kerja")
    await siti.sees("Rencana kerja · 2 dari 2", last=1)


@pytest.mark.parametrize("answer", ["404", "400"])
async def test_a_server_without_rich_messages_gets_plain_ones(
    sim: Simulator, sqlite_bot: Running, answer: str
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await sim.switches(rich=answer)
    await house.adopts(activity)
    await siti.sees("hasil ditetapkan")
    plain = await siti.sees("Suara terbanyak")
    assert "rich_message" not in plain
