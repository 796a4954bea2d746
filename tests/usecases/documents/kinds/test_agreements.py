"""Berita acara kesepakatan: of a meeting, and of all that a Pokja has agreed on."""

from datetime import timedelta

from domain.documents.editions import PDF, WORD
from domain.instruments.agreement import FINALISE
from store.engine.database import Database
from tests.documents.support.paper_texts import pdf_pages, word_text
from tests.support.cast import BUDI, HENDRA, TONO
from tests.support.worlds.meeting import planted, stationery, words_of
from usecases.activities import adopting, moving, opening

WAITING = ("Kesepakatan rencana kerja",)


class TestBeritaAcara:
    async def test_what_was_agreed_with_votes_and_what_was_not_and_why(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.adds(stationery(world))
        await world.announced()
        await world.held()
        await world.votes()
        text = await words_of(world, "berita-acara")
        day = "Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam (24-11-2026)"
        assert f"Pada hari ini, {day}, mulai pukul 09.05 WIB, bertempat di Aula Bappeda," in text
        assert "dipimpin oleh Hendra Wijaya" in text
        assert "dihadiri oleh 4 (empat) dari 6 (enam) orang yang diundang" in text
        assert "kuorum 2 orang tercapai" in text
        agreed, refused = text.split("B. Hal yang Tidak Disepakati")
        assert "Keputusan rapat\nData pelanggan dipakai per kecamatan" in agreed
        votes = "Rencana kerja disetujui.\nSetuju 2, setuju dengan catatan 1, keberatan 1, abstain 0."
        assert f"Kesepakatan rencana kerja\n{votes}\nCatatan:\nBerlaku setelah anggaran tersedia" in agreed
        assert "Keberatan dan alasannya:\nBelum tersedia dalam APBD" in agreed
        assert (
            "Dana operasional disetujui.\nSetuju 1, setuju dengan catatan 0, keberatan 2, abstain 1."
            in refused
        )
        assert "Agus Salim, staf perencanaan | Dinas Lingkungan Hidup | mewakili Rina Kartika" in refused
        assert "Sekretaris Pokja, | Sukamaju, 24 November 2026\nKetua Pokja," in refused
        (source,) = (await world.edition("berita-acara")).sources
        assert f"versi 1, segel {source.sha256[:16]}" in refused

    async def test_what_is_not_adopted_is_named_and_left_out(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        await world.held()
        activity = await world.votes(adopt=False)
        assert (await world.edition("berita-acara")).missing == WAITING
        assert "Rencana kerja disetujui" not in await words_of(world, "berita-acara")
        await world.does(HENDRA, lambda work: adopting.adopt(work, activity, sure=True))
        assert (await world.edition("berita-acara")).missing == ()
        await world.does(HENDRA, lambda work: opening.reopen(work, activity, sure=True))
        assert (await world.edition("berita-acara")).missing == ("Kesepakatan rencana kerja",)

    async def test_what_the_room_resolved_stands_beside_the_votes(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        await world.held()
        activity = await world.votes(adopt=False)
        decided = {"statement": "s2", "outcome": "agreed", "text": "Disepakati, ditinjau lagi bulan Juli"}
        await world.does(HENDRA, lambda work: moving.make_move(work, activity, FINALISE, decided))
        await world.does(HENDRA, lambda work: adopting.adopt(work, activity, sure=True))
        agreed, refused = (await words_of(world, "berita-acara")).split("B. Hal yang Tidak Disepakati")
        assert "Putusan rapat: Disepakati, ditinjau lagi bulan Juli" in agreed
        assert "Tidak ada." in refused

    async def test_an_agreement_of_another_day_tells_its_day(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.votes()
        await world.announced()
        await world.held()
        assert "Kesepakatan rencana kerja (ditetapkan 23 November 2026)" in await words_of(
            world, "berita-acara"
        )

    async def test_before_the_meeting_nothing_is_made_up(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        text = await words_of(world, "berita-acara")
        assert (
            "Belum ada: rapat ini belum dilaksanakan (1.1 Isu dan rencana, Selasa, 24 November 2026)." in text
        )
        assert "Pada hari ini" not in text
        assert "Tidak ada." not in text

    async def test_all_agreements_of_the_pokja_without_a_meeting(self, database: Database) -> None:
        world = await planted(database)
        key = "berita-acara-kesepakatan"
        assert (await world.edition(key, 0)).missing == ("Kesepakatan atau keputusan",)
        await world.votes()
        world.now += timedelta(days=7)
        edition = await world.edition(key, 0)
        assert edition.missing == ()
        text = word_text(await world.printed(key, WORD, 0))
        assert "Pada hari ini, Senin tanggal tiga puluh bulan November" in text
        assert "1.1 Isu dan rencana: Kesepakatan rencana kerja" in text
        assert "Dana operasional disetujui." in text.split("B. Hal yang Tidak Disepakati")[1]
        assert "4 | Rina Kartika | Dinas Lingkungan Hidup | Kepala Seksi Persampahan | 4." in text
        assert TONO not in text
        assert "Dana operasional" in "".join(pdf_pages(await world.printed(key, PDF, 0)))

    async def test_without_a_sekretaris_the_name_is_left_to_be_written(self, sqlite: Database) -> None:
        world = await planted(sqlite, names=(HENDRA, BUDI))
        assert "Ketua, | Kabupaten Sukamaju, 24 November 2026\nSekretaris,\n" in await words_of(
            world, "berita-acara"
        )
        assert "Hendra Wijaya | (………………………………)" in await words_of(world, "berita-acara")
