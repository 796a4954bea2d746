"""Tindak lanjut on the phones: given to several, finished with a photo, stuck, put off, handed on; the board."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.app import Running
from domain.follow_ups import follow_up as rules
from simulator.phones.phone import Person, Simulator
from store import follow_ups
from store.tables.core import FollowUp
from store.tables.reminders import FollowUpEvent, FollowUpOwner
from tests.e2e.steps.planting import House, planted
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI, WATI
from tests.support.pictures import PIXEL
from usecases.follow_ups.follow_up import give

pytestmark = pytest.mark.telling_days

WHAT = "Mengumpulkan data pelanggan"


async def gives(house: House, *owners: Person, text: str = WHAT, days: int = 10) -> int:
    """The Ketua gives something to these people."""
    members = [(await house.member(each)).id for each in owners]

    async def usecase(work):
        me, pokja = await work.current()
        due = work.today(pokja.zone) + timedelta(days=days)
        return await give(work, me, pokja, text, members, due, "1.1/lain")

    kept = await house.does(house.people[0], usecase)
    await owners[0].sees(text)
    return int(kept.row.id)


async def standing(house: House, number: int) -> rules.FollowUp:
    async with house.running.database.reading() as session:
        kept = await follow_ups.find(session, number)
    assert kept
    return kept.now


async def projected(house: House, number: int) -> None:
    """The rows say what the events say."""
    now = await standing(house, number)
    (row,) = await house.rows(sa.select(FollowUp).where(FollowUp.id == number))
    owners = await house.rows(
        sa.select(FollowUpOwner.membership_id)
        .where(FollowUpOwner.follow_up_id == number)
        .order_by(FollowUpOwner.place)
    )
    assert (row.state, row.due, row.owner_id) == (now.state, now.due, now.owners[0].who)
    assert owners == [owner.who for owner in now.owners]
    assert row.first_due == now.first_due
    assert (row.done_at is None) == (now.state != rules.DONE)


async def to_card(person: Person, number: int) -> None:
    await person.types("/menu")
    await person.forges(going("follow_up", number))


async def test_given_to_several_of_whom_one_leads(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await ketua.types("/tindaklanjut")
    await ketua.taps("＋ Tindak lanjut")
    await ketua.types(WHAT)
    await ketua.taps(SITI)
    await ketua.sees("ikut mengerjakan?", last=1)
    await ketua.taps(f"☐ {BUDI}")
    await ketua.taps("Selesai memilih (1)")
    await ketua.types("besok")
    await ketua.sees("Siti Aminah, Budi Santoso diberi tahu", last=1)
    await ketua.sees("Bersama: Budi Santoso (Dinas 2)", last=1)
    await siti.sees("menjadi penanggung jawab tindak lanjut")
    await siti.sees("Bersama Budi Santoso")
    await budi.sees("ikut mengerjakan tindak lanjut")
    await budi.types("/menu")
    await budi.sees(WHAT, last=1)
    (number,) = await house.rows(sa.select(FollowUp.id))
    await projected(house, number)
    assert "follow_up.given" in await house.audited()


async def test_an_owner_finishes_with_a_photo_and_the_ketua_looks_at_it(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    number = await gives(house, siti, budi)
    await siti.taps("Lihat tindak lanjut")
    await siti.taps("✔ Selesai dikerjakan")
    await siti.sees("kirim foto atau berkasnya", last=1)
    await siti.sends_photo(PIXEL, caption="Rekap kecamatan")
    await siti.sees("Sudah diterima", last=1)
    await siti.sends_document("rekap.pdf", b"%PDF-1.4 rekap")
    await siti.types("Data per September")
    await siti.taps("Cukup, catat selesai")
    await siti.sees("✔ Selesai.", last=1)
    for each in (ketua, budi):
        await each.sees("Catatan: Rekap kecamatan; Data per September")
        await each.sees("Ada 2 berkas bukti")
    await ketua.taps("Lihat tindak lanjut")
    await ketua.taps("Lihat bukti (2)")
    await ketua.sees_button("‹ Tindak lanjut")
    files = [file["kind"] for each in await ketua.messages() for file in each["files"]]
    assert files == ["photo", "document"]
    await ketua.taps("‹ Tindak lanjut")
    await ketua.sees("Siti Aminah menyatakan selesai (2 berkas): Rekap kecamatan; Data per September")
    assert (await standing(house, number)).state == rules.DONE
    await projected(house, number)
    await siti.forges(going("fu_done", number))
    assert await siti.toast() == "Tindak lanjut ini sudah selesai."


async def test_finished_without_evidence_and_opened_again(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    number = await gives(house, siti)
    await to_card(siti, number)
    await siti.taps("✔ Selesai dikerjakan")
    await siti.taps("Selesai tanpa bukti")
    await ketua.sees("Tindak lanjut selesai")
    await to_card(siti, number)
    assert "Buka kembali" not in await siti.buttons()
    await siti.forges(going("fu_reopen", number))
    assert "bukan wewenang" in await siti.toast()
    await to_card(ketua, number)
    await ketua.taps("Buka kembali")
    await ketua.types("Datanya belum lengkap")
    await siti.sees("dibuka kembali oleh Hendra Wijaya")
    await siti.sees("Datanya belum lengkap")
    await projected(house, number)
    assert (await standing(house, number)).state == rules.OPEN


async def test_stuck_and_going_on(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    number = await gives(house, siti)
    await to_card(siti, number)
    await siti.taps("Terkendala")
    await siti.types("Menunggu surat Bupati")
    await siti.sees("Status: Terkendala", last=1)
    await ketua.sees("melaporkan kendala")
    await ketua.sees("Menunggu surat Bupati")
    await to_card(budi, number)
    assert await budi.buttons() == ["Tindak lanjut", "☰ Menu"]
    await to_card(siti, number)
    await siti.taps("Lanjut lagi")
    await ketua.sees("melanjutkan lagi")
    assert (await standing(house, number)).state == rules.OPEN
    await siti.forges(going("fu_resume", number))
    assert "sedang berjalan" in await siti.toast()
    await projected(house, number)


async def test_more_time_is_asked_for_and_granted(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    number = await gives(house, siti, budi, days=3)
    due = (await standing(house, number)).due
    later = due + timedelta(days=7)
    await to_card(siti, number)
    await siti.taps("Minta perpanjangan")
    await siti.types(f"{due:%d/%m/%Y}")
    await siti.sees("Tanggalnya di luar batas")
    await siti.types(f"{later:%d/%m/%Y}")
    await siti.types("Data belum masuk")
    await siti.sees("meminta perpanjangan sampai", last=1)
    await ketua.sees("meminta perpanjangan tindak lanjut")
    await ketua.sees("Alasan: Data belum masuk")
    await ketua.taps("Terima perpanjangan")
    await ketua.sees("(semula", last=1)
    for each in (siti, budi):
        await each.sees("Perpanjangan diterima Hendra Wijaya")
        await each.does_not_see("Alasan: Data belum masuk")
    assert (await standing(house, number)).due == later
    await projected(house, number)
    await ketua.forges(going("fu_accept", number))
    assert await ketua.toast() == "Permintaan perpanjangan itu sudah dijawab."
    await siti.forges(going("fu_accept", number))
    assert "bukan wewenang" in await siti.toast()


async def test_more_time_is_refused_and_another_day_given(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    number = await gives(house, siti, days=3)
    due = (await standing(house, number)).due
    for answer in ("refuse", "grant"):
        await to_card(siti, number)
        await siti.taps("Minta perpanjangan")
        await siti.types(f"{due + timedelta(days=20):%d/%m/%Y}")
        await siti.types("Belum siap")
        await ketua.sees("Alasan: Belum siap")
        if answer == "refuse":
            await ketua.taps("Tolak perpanjangan")
            await ketua.types("Sudah terlalu lama")
            await siti.sees("Perpanjangan ditolak Hendra Wijaya")
            assert (await standing(house, number)).due == due
        else:
            await ketua.taps("Beri tanggal lain")
            await ketua.types(f"{due + timedelta(days=5):%d/%m/%Y}")
            await siti.sees("Perpanjangan diterima")
    now = await standing(house, number)
    assert (now.due, now.wish) == (due + timedelta(days=5), None)
    await projected(house, number)


async def test_handed_to_somebody_else(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI, WATI)
    ketua, siti, budi, wati = house.people
    number = await gives(house, siti, budi)
    await to_card(siti, number)
    await siti.taps("Alihkan")
    assert SITI not in " ".join(await siti.buttons())
    await siti.taps(WATI)
    await siti.types("Pindah tugas")
    await wati.sees("menjadi penanggung jawab")
    await wati.sees("Dialihkan oleh Siti Aminah: Pindah tugas")
    await ketua.sees("mengalihkan tindak lanjut")
    await budi.sees("Sekarang pada Wati Lestari, Budi Santoso")
    await projected(house, number)
    await siti.types("/menu")
    await siti.does_not_see(WHAT, last=1)
    await to_card(ketua, number)
    await ketua.taps("Alihkan")
    await ketua.taps(BUDI)
    await ketua.types("Budi saja")
    await wati.sees("Sekarang pada Budi Santoso")
    assert len((await standing(house, number)).owners) == 1
    await projected(house, number)


async def test_cancelled_by_the_ketua(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    number = await gives(house, siti)
    await siti.forges(going("fu_cancel", number))
    assert "bukan wewenang" in await siti.toast()
    await to_card(ketua, number)
    await ketua.taps("Batalkan tindak lanjut")
    await ketua.types("Tidak perlu lagi")
    await siti.sees("Tindak lanjut dibatalkan Hendra Wijaya")
    assert (await standing(house, number)).state == rules.CANCELLED
    kinds = await house.rows(sa.select(FollowUpEvent.kind).order_by(FollowUpEvent.id))
    assert kinds == [rules.GIVE, rules.CANCEL]


async def test_the_board_by_state_person_topic_and_age(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    for n in range(10):
        await gives(house, siti, text=f"Pekerjaan nomor {n}", days=n)
    await gives(house, budi, siti, text="Yang berdua", days=30)
    await house.waits(days=2)
    await ketua.types("/tindaklanjut")
    await ketua.sees("(11)")
    await ketua.taps("Papan Ketua")
    await ketua.sees("Berjalan: 11, terlambat 2")
    await ketua.taps("Menurut orang")
    await ketua.sees("Budi Santoso (Dinas 2) (1)")
    await ketua.taps("Siti Aminah (Dinas 1) (11, 2 terlambat)")
    await ketua.sees("Pekerjaan nomor 7")
    await ketua.taps("Berikutnya »")
    await ketua.sees("Yang berdua")
    await ketua.taps("‹ Papan")
    await ketua.taps("Menurut umur")
    await ketua.taps("Terlambat (2, 2 terlambat)")
    await ketua.sees("terlambat 2 hari")
    await ketua.taps("‹ Papan")
    await ketua.taps("Menurut topik")
    await ketua.sees("1.1 (11, 2 terlambat)")
    await siti.forges(going("fu_board", word="state"))
    assert "bukan wewenang" in await siti.toast()


async def test_one_older_than_its_events_goes_on(sim: Simulator, bot: Running) -> None:
    """Those given before events were kept have the history they must have had."""
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    owner, chair = await house.member(siti), await house.member(ketua)
    async with bot.database.transaction() as session:
        row = FollowUp(
            pokja_id=house.pokja_id,
            text=WHAT,
            owner_id=owner.id,
            due=date(2030, 1, 7),
            source="1.1/lain",
            created_by=chair.id,
            created_at=bot.clock.now(),
        )
        session.add(row)
        await session.flush()
    await siti.types("/menu")
    await siti.sees(WHAT, last=1)
    await to_card(siti, row.id)
    await siti.taps("Terkendala")
    await siti.types("Belum ada dana")
    await siti.sees("Hendra Wijaya memberikan kepada Siti Aminah", last=1)
    kinds = await house.rows(sa.select(FollowUpEvent.kind).order_by(FollowUpEvent.id))
    assert kinds == [rules.GIVE, rules.BLOCK]
