"""The papers of a meeting, before, while and after it is held: what they say, what they lack, in every format."""

import itertools
from dataclasses import replace

import sqlalchemy as sa

from documents.editions import printing
from domain import roles
from domain.documents.editions import EXCEL, PDF, WORD
from domain.meetings.agenda import ORDINARY, AgendaItem
from store import people
from store.engine.database import Database
from store.tables.core import Membership, User
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT
from tests.documents.support.paper_texts import pdf_pages, sheets, word_text
from tests.support.cast import BUDI, FITRI, HENDRA, RINA, SITI, TONO
from tests.support.worlds.meeting import CAST, World, planted, stationery, words_of
from usecases.documents import letter_numbers
from usecases.documents.kinds.base import ground
from usecases.documents.kinds.registry import find
from usecases.meetings import attendance, changing, replying
from usecases.work import Work

OF_MEETING = ("undangan", "undangan-orang", "daftar-hadir", "notulen", "berita-acara")
HEADLESS = "Kop surat"
NOT_HELD, NOTHING_SAID = "Pelaksanaan rapat (belum dimulai)", "Catatan atau keputusan rapat"
NOT_FINAL, NOTHING_AGREED = "Penetapan notulen oleh Ketua", "Kesepakatan atau keputusan"


async def lacking(world: World) -> dict[str, tuple[str, ...]]:
    """What each paper of the meeting lacks now."""
    return {key: (await world.edition(key)).missing for key in OF_MEETING}


async def test_what_papers_lack_is_named_until_it_is_there(database: Database) -> None:
    world = await planted(database)
    planned = "Pengumuman rapat (masih rencana)"
    assert await lacking(world) == {
        "undangan": (HEADLESS, planned),
        "undangan-orang": (HEADLESS, planned),
        "daftar-hadir": (),
        "notulen": (NOT_HELD, NOTHING_SAID, NOT_FINAL),
        "berita-acara": (NOT_HELD, NOTHING_AGREED),
    }
    await world.adds(stationery(world))
    await world.announced()
    assert (await lacking(world))["undangan"] == ()
    await world.opened()
    ran = await lacking(world)
    assert ran["daftar-hadir"] == ("Penutupan rapat (masih berlangsung)",)
    assert ran["notulen"] == ("Kehadiran peserta", NOTHING_SAID, NOT_FINAL)
    assert ran["berita-acara"] == ("Kehadiran peserta", NOTHING_AGREED)
    await world.comes(HENDRA)
    await world.writes(2, "decision", "Data dipakai per kecamatan")
    assert (await lacking(world))["berita-acara"] == ()
    await world.closed()
    assert (await lacking(world))["notulen"] == (NOT_FINAL,)
    await world.final()
    assert set((await lacking(world)).values()) == {()}


async def test_a_meeting_in_full_in_every_format(database: Database) -> None:
    world = await planted(database)
    await world.adds(stationery(world))
    await world.announced()
    await world.held()
    await world.votes()
    await world.closed()
    await world.corrected()
    await world.final()
    for key in OF_MEETING:
        edition = await world.edition(key)
        final = replace(edition, is_final=True)
        page, text = (
            pdf_pages(printing.printed(final, PDF).content)[0],
            word_text(printing.printed(final, WORD).content),
        )
        assert printing.printed(final, PDF).name == f"{edition.title} 24-11-2026 - final 1.pdf"
        assert "PEMERINTAH KABUPATEN SUKAMAJU" in page
        assert "1.1 Isu dan rencana" in page
        assert HENDRA in text
        assert "NIP 19700101 199501 1 001" in text
        assert "Belum ada" not in text
    assert (await world.edition("berita-acara")).sources[0].path == "1.1/rencana"


class TestUndangan:
    async def test_the_whole_pokja_is_addressed_together_and_guests_by_their_post(
        self, sqlite: Database
    ) -> None:
        world = await planted(sqlite)
        await world.adds(stationery(world))
        await world.announced()
        text = await words_of(world, "undangan")
        assert "\nSukamaju, 23 November 2026\nNomor | : | ………………………………\n" in text
        assert "Sifat | : | Biasa\nLampiran | : | –\nHal | : | Undangan Rapat" in text
        assert (
            "Yth.\nBapak/Ibu Anggota dan Fasilitator Pokja Air Minum\nDirektur Teknik, PDAM Tirta Maju\ndi Tempat"
            in text
        )
        assert "Hari, tanggal | : | Selasa, 24 November 2026\nWaktu | : | pukul 09.00 s.d. 11.00 WIB" in text
        assert "Tempat | : | Aula Bappeda\nAcara | : | 1.1 Isu dan rencana" in text
        assert "09.15–10.15 | Paparan hasil pendataan" in text
        assert text.rstrip().endswith(" | Ketua Pokja,\n | \n | Hendra Wijaya\nNIP 19700101 199501 1 001")
        assert "Tembusan" not in text
        assert len(pdf_pages(await world.printed("undangan", PDF))) == 1

    async def test_its_number_stands_where_the_dots_were(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        numbered = replace(await world.edition("undangan"), letter_number="005/12/POKJA/2026")
        text = word_text(printing.printed(numbered, WORD).content)
        assert "Nomor | : | 005/12/POKJA/2026" in text
        assert "……" not in text

    async def test_to_all_together_or_to_each_it_is_one_letter(self, sqlite: Database) -> None:
        world = await planted(sqlite)

        async def numbered(work: Work, key: str) -> str:
            found = await ground(work.session, work.library, world.pokja_id, work.now, world.meeting)
            paper = find(found, key)
            assert paper is not None
            return await letter_numbers.number_of(found, paper)

        keys = ("undangan", "undangan-orang", "berita-acara", "notulen")
        together, each, record, none = [
            await world.does(HENDRA, lambda work, key=key: numbered(work, key)) for key in keys
        ]
        assert together == each != ""
        assert record not in {"", together}
        assert none == ""

    async def test_some_of_the_pokja_are_named_in_the_lampiran(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.does(HENDRA, world.invites(BUDI))  # taken off the list again
        text = await words_of(world, "undangan")
        assert "Yth. Bapak/Ibu yang namanya tercantum dalam lampiran" in text
        assert "Lampiran | : | 1 (satu) berkas" in text
        assert "Daftar Undangan" in text
        assert "Rina Kartika | Kepala Seksi Persampahan | Dinas Lingkungan Hidup" in text
        assert BUDI not in text

    async def test_a_long_agenda_goes_into_the_lampiran(self, sqlite: Database) -> None:
        agenda = tuple(AgendaItem(number, ORDINARY, f"Butir {number}", 10) for number in range(1, 25))
        world = await planted(
            sqlite, plan={"agenda": agenda, "link": "https://meet.example.id/pokja", "place": ""}
        )
        pages = pdf_pages(await world.printed("undangan", PDF))
        assert "Butir 1" not in pages[0]
        assert "Tautan : https://meet.example.id/pokja" in pages[0]
        assert "Tempat :" not in pages[0]
        assert "Susunan Acara" in pages[1]
        assert "12.50–13.00 Butir 24" in pages[-1]

    async def test_each_person_has_a_page(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.adds(stationery(world))
        pages = pdf_pages(await world.printed("undangan-orang", PDF))
        assert len(pages) == len(CAST)
        asked = dict(zip(CAST, pages, strict=True))
        assert "Yth. Bapak/Ibu Budi Santoso Kepala Seksi Sanitasi, Dinas PUPR" in asked[BUDI]
        assert "menyiapkan: • Proyektor" in asked[BUDI]
        assert "Yth. Direktur Teknik PDAM Tirta Maju" in asked[TONO]
        assert TONO not in asked[TONO]
        assert all("Hendra Wijaya NIP 19700101" in page for page in pages)
        assert [page for page in pages if "Proyektor" in page] == [asked[BUDI]]
        text = await words_of(world, "undangan-orang")
        assert text.count("Nomor | : |") == len(CAST)

    async def test_another_time_replaces_the_letter_before(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        answers = {"day": "2026-11-25", "time": "13:30", "sure": True}
        subject = {"meeting": world.meeting, "what": "when"}
        await world.does(HENDRA, lambda work: changing.CHANGE.finish(work, subject, answers))
        text = await words_of(world, "undangan")
        assert "Hal | : | Perubahan Undangan Rapat" in text
        assert "undangan ini menggantikan undangan sebelumnya" in text
        assert "Rabu, 25 November 2026" in text
        assert "pukul 13.30 s.d. 15.30 WIB" in text

    async def test_without_a_place_it_says_so(self, sqlite: Database) -> None:
        world = await planted(sqlite, plan={"place": ""})
        assert "Tempat atau tautan rapat" in (await world.edition("undangan")).missing
        assert "Tempat | : | Belum ada: tempat rapat" in await words_of(world, "undangan")

    async def test_a_meeting_that_is_called_off_has_no_finished_papers(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        subject = {"meeting": world.meeting}
        cancel = changing.CALL_OFF.finish
        await world.does(HENDRA, lambda work: cancel(work, subject, {"reason": "Aula dipakai", "sure": True}))
        assert all("Rapat ini dibatalkan" in missing for missing in (await lacking(world)).values())
        assert "rapat ini dibatalkan" in await words_of(world, "notulen")


class TestDaftarHadir:
    async def test_before_the_meeting_there_is_room_to_sign(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        text = await words_of(world, "daftar-hadir")
        assert "No | Nama | Instansi | Jabatan | No. HP | Tanda Tangan" in text
        assert "3 | Budi Santoso | Dinas PUPR | Kepala Seksi Sanitasi |  | 3." in text
        assert "6 | Tono Prasetyo | PDAM Tirta Maju | Direktur Teknik |  | 6." in text
        book = sheets(await world.printed("daftar-hadir", EXCEL))
        ((title, rows),) = book.items()
        assert title.startswith("Daftar Hadir")
        assert rows[-1] == (6, TONO, "PDAM Tirta Maju", "Direktur Teknik", None, None)
        assert "tidak dicatat" not in text

    async def test_while_it_runs_nobody_is_absent_yet(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        await world.opened()
        await world.comes(SITI)
        text = await words_of(world, "daftar-hadir")
        assert "Hadir | : | 1 dari 6 orang" in text
        assert "Belum tercatat hadir" in text
        assert "tanpa keterangan" not in text

    async def test_afterwards_it_tells_who_came_how_and_who_did_not_and_why(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        await world.replies(TONO, replying.SEND_DEPUTY, deputy="Wawan, staf teknik")
        await world.held()
        await world.closed()
        text = await words_of(world, "daftar-hadir")
        assert "1 | Hendra Wijaya | Bappeda | Kepala Bappeda | pukul 09.05, mencatat sendiri |  | 1." in text
        assert (
            "3 | Budi Santoso | Dinas PUPR | Kepala Seksi Sanitasi | pukul 09.05, dicatat oleh Hendra Wijaya"
            in text
        )
        deputy = "mewakili Rina Kartika, Kepala Seksi Persampahan"
        how = "pukul 09.30, terlambat 30 menit, dicatat oleh Hendra Wijaya"
        assert f"4 | Agus Salim, staf perencanaan | Dinas Lingkungan Hidup | {deputy} | {how}" in text
        assert (
            "1 | Fitri Handayani | Konsultan Pendamping | Fasilitator Kabupaten | Dinas luar ke provinsi"
            in text
        )
        assert "Direktur Teknik | menunjuk wakil: Wawan, staf teknik, tidak tercatat hadir" in text
        book = sheets(await world.printed("daftar-hadir", EXCEL))
        here, away = book.values()
        assert here[-1][:5] == (
            4,
            "Agus Salim, staf perencanaan",
            "Dinas Lingkungan Hidup",
            "mewakili Rina Kartika, Kepala Seksi Persampahan",
            "pukul 09.30, terlambat 30 menit, dicatat oleh Hendra Wijaya",
        )
        assert away[-2][4] == "Dinas luar ke provinsi"

    async def test_who_came_and_left_the_pokja_since_stays_on_the_list(self, database: Database) -> None:
        world = await planted(database)
        await world.announced()
        await world.held()
        await world.closed()
        async with database.transaction() as session:
            for name in (BUDI, TONO):  # one who came, one who didn't
                (await session.get_one(Membership, world.members[name])).state = "left"
        text = await words_of(world, "daftar-hadir")
        assert "Budi Santoso | Dinas PUPR" in text
        assert TONO not in text


class TestNotulen:
    async def test_they_tell_the_course_the_decisions_and_what_was_given(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.adds(stationery(world))
        await world.announced()
        await world.held()
        await world.closed()
        await world.corrected()
        text = await words_of(world, "notulen")
        assert "Pimpinan rapat | : | Hendra Wijaya\nNotulis | : | Siti Aminah" in text
        assert "Jumlah hadir | : | 4 dari 6 orang yang diundang" in text
        assert "Kuorum | : | hadir 4 dari 4 anggota, diperlukan 2 (1/2): tercapai" in text
        assert "1 | Meninjau hasil pertemuan lalu | 09.00–09.15 | pukul 09.30" in text
        assert "3 | Menetapkan jadwal berikutnya | 10.15–11.00 | –" in text
        notes = "Dua kecamatan belum menyetor data\nKeputusan:\nData pelanggan dipakai per kecamatan"
        assert f"2. Paparan hasil pendataan\n{notes}" in text
        assert "1 | Mengumpulkan data tiga kecamatan | Budi Santoso, Siti Aminah | 1 Desember 2026" in text
        assert (
            "Rina Kartika | Dinas Lingkungan Hidup | diwakili Agus Salim, staf perencanaan, terlambat 30 menit"
            in text
        )
        assert "Fitri Handayani | Konsultan Pendamping | tidak hadir: Dinas luar ke provinsi" in text
        assert "Dua kecamatan belum menyetor data (Budi Santoso, 24 November 2026)" in text
        assert "Nama saya salah tulis" not in text
        assert "Pimpinan Rapat, | Sukamaju, 24 November 2026\nNotulis," in text
        assert "NIP 19700101 199501 1 001 | Siti Aminah\nNIP 19800101 200501 2 001" in text

    async def test_a_tindak_lanjut_stands_as_it_was_given(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        await world.held()
        async with sqlite.transaction() as session:
            await session.execute(sa.text("UPDATE follow_ups SET due = '2027-01-31'"))
        assert "1 Desember 2026" in await words_of(world, "notulen")

    async def test_without_the_ketua_who_began_it_led_it(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        await world.announced()
        await world.opened(by=FITRI)
        await world.comes(SITI)
        await world.writes(0, "note", "Rapat dibuka dengan doa")
        text = await words_of(world, "notulen")
        assert "Pimpinan rapat | : | Fitri Handayani" in text
        assert "tidak tercapai" in text
        assert "Catatan umum\nRapat dibuka dengan doa" in text
        assert "Hendra Wijaya | Bappeda | belum tercatat hadir" in text

    async def test_before_the_meeting_nothing_is_made_up(self, sqlite: Database) -> None:
        world = await planted(sqlite)
        text = await words_of(world, "notulen")
        assert "Pimpinan rapat | : | Belum ada: rapat ini belum dilaksanakan" in text
        assert "(………………………………) | (………………………………)" in text
        assert "tidak hadir" not in text
        assert "Pembahasan" not in text


async def test_hostile_text_is_shown_as_typed(sqlite: Database) -> None:
    """In every field that a person fills in, in every paper and format; nothing in Excel is a formula."""
    bad = [" ".join(text.split()) for text in HOSTILE]
    texts = itertools.cycle(bad)
    plan = {"title": bad[0], "place": bad[2], "agenda": (AgendaItem(1, ORDINARY, bad[8], 60),)}
    world = await planted(sqlite, plan=plan)
    async with sqlite.transaction() as session:
        for number in world.members.values():
            member = await session.get_one(Membership, number)
            member.name, member.instansi, member.jabatan = next(texts), next(texts), next(texts)
    await world.announced()
    await world.replies(FITRI, replying.DECLINE, reason="=1+1 <b>")
    await world.opened()
    await world.comes(SITI)
    subject, deputy = (
        {"meeting": world.meeting, "member": world.members[RINA]},
        {"deputy": "../../x {{7*7}} & co"},
    )
    await world.does(HENDRA, lambda work: attendance.CAME.finish(work, subject, deputy))
    for text in (*HOSTILE, LONG_TEXT[:1500]):
        await world.writes(1, "decision", text)
    await world.closed()
    await world.final()
    hall = '=HYPERLINK("http://example.com","klik")'
    for key in OF_MEETING:
        text = await words_of(world, key)
        assert "<b>tebal</b>" in text
        assert hall in text
        assert "49" not in text.split()
        assert "<b>tebal</b>" in " ".join(pdf_pages(await world.printed(key, PDF)))
    for key in ("notulen", "berita-acara"):
        text = await words_of(world, key)
        assert all(" ".join(each.split()) in " ".join(text.split()) for each in (*HOSTILE, LONG_TEXT[:1500]))
    book = sheets(await world.printed("daftar-hadir", EXCEL))
    cells = [cell for rows in book.values() for row in rows for cell in row]
    assert {"=1+1 <b>", "../../x {{7*7}} & co", *bad[:3]} <= set(cells)


async def test_a_member_who_is_not_invited_is_on_no_paper(sqlite: Database) -> None:
    world = await planted(sqlite)
    user = User(telegram_id=999, name="Orang Lain", created_at=world.now)
    await world.adds(user)
    await world.adds(
        Membership(
            pokja_id=world.pokja_id,
            user_id=user.id,
            name="Orang Lain",
            instansi="X",
            jabatan="Y",
            role=roles.TAMU,
            state=people.ACTIVE,
            joined_at=world.now,
        )
    )
    for key in OF_MEETING:
        assert "Orang Lain" not in await words_of(world, key)
