"""A table filled in with Excel: the form that is sent, what comes back, and all that can be wrong with it."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import Running
from bot.handlers import workbooks
from simulator.phones.phone import Person, Simulator
from store.activities import MOVES
from store.tables.core import Answer, Draft
from tests.documents.support.workbooks import LOCKED, OLD_XLS, bomb, changed, edited, rows_of, with_part
from tests.e2e.steps.planting import House, planted, to_desk
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI
from tests.support.process_files import source

FORM = "⇩ Isi lewat Excel"


async def house_with_table(sim: Simulator, bot: Running, *, number: int = 0) -> tuple[House, int]:
    house = await planted(sim, bot, HENDRA, SITI, process=source("tabel"))
    return house, await house.opens(number)


async def gets_form(person: Person, activity: int) -> bytes:
    await to_desk(person, activity)
    await person.taps(FORM)
    name, content = await person.receives_file("Isian ")
    assert name == "Isian Rencana biaya.xlsx"
    return content


async def sends(person: Person, content: bytes, name: str = "Isian Rencana biaya.xlsx") -> None:
    await person.sends_document(name, content)


async def moves(house: House) -> list[Any]:
    return await house.rows(sa.select(Answer.value).where(Answer.ballot == MOVES).order_by(Answer.id))


FILLED = {"B6": "Pompa", "C6": 2.5, "D6": 1250000, "E6": "APBN", "B7": "Pipa", "D7": "Rp 5.000"}


async def test_a_form_is_filled_in_sent_back_and_applied(sim: Simulator, bot: Running) -> None:
    house, activity = await house_with_table(sim, bot)
    ketua = house.people[0]
    blank = await gets_form(ketua, activity)
    assert rows_of(blank) == []
    await sends(ketua, changed(blank, FILLED))
    seen = (await ketua.sees("Terapkan ke tabel?"))["text"]
    assert "2 baris baru." in seen
    assert "＋ Pompa\n＋ Pipa" in seen
    assert await moves(house) == []
    await ketua.taps("Terapkan")
    await ketua.sees("2 baris sudah lengkap", last=1)
    assert await ketua.toast() == "Isi berkas sudah masuk ke tabel."
    await ketua.taps("Tutup pengisian")
    await ketua.sees("Pompa · 2,5 · Rp1.250.000", last=1)
    assert await house.rows(sa.select(Draft)) == []


async def test_one_step_back_undoes_the_whole_file(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    await sends(ketua, changed(await gets_form(ketua, activity), FILLED))
    await ketua.taps("Terapkan")
    await ketua.taps("↶ Batalkan langkah terakhir")
    await ketua.does_not_see("2 baris sudah lengkap", last=1)


async def test_cancelled_means_nothing_has_changed(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    await sends(ketua, changed(await gets_form(ketua, activity), FILLED))
    await ketua.taps("Batal")
    assert "Tidak ada yang berubah" in await ketua.toast()
    assert await moves(house) == []
    assert await house.rows(sa.select(Draft)) == []


async def writes_row(person: Person, *cells: str) -> None:
    await person.taps("Mulai mengisi")
    await person.taps("Ya")
    for cell in cells:
        await person.types(cell)
    await person.taps("Kosongkan")
    await person.taps("Tidak")
    await person.sees("sudah lengkap")


async def test_members_rows_stay_hidden_until_the_table_is_closed(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua, siti = house.people
    await writes_row(siti, "Sumur bor", "3", "70 juta")
    while_open = await gets_form(ketua, activity)
    assert rows_of(while_open) == []
    await sends(ketua, changed(while_open, {"B6": "Pompa", "D6": 9}))
    await ketua.taps("Terapkan")
    await house.closes(activity)
    after = await gets_form(ketua, activity)
    assert [(row[1:5]) for row in rows_of(after)] == [
        ("Sumur bor", 3, 70_000_000, None),
        ("Pompa", None, 9, None),
    ]


async def test_what_changed_is_told_with_old_and_new_and_the_rest_stays(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua, siti = house.people
    await writes_row(siti, "Sumur bor", "3", "70 juta")
    await house.closes(activity)
    form = await gets_form(ketua, activity)
    await sends(ketua, changed(form, {"D6": 80_000_000, "B7": "Pompa", "D7": 5}))
    seen = (await ketua.sees("Terapkan ke tabel?"))["text"]
    assert "1 baris baru, 1 baris diubah." in seen
    assert "• Sumur bor – Biaya: Rp70.000.000 → Rp80.000.000" in seen
    await ketua.taps("Terapkan")
    await ketua.sees("Sumur bor · 3 · Rp80.000.000", last=1)
    await sends(
        ketua, form
    )  # the same old form again: what it says was its sender's before, and is left alone
    await ketua.sees("tidak ada yang berubah", last=1)


async def test_a_row_that_is_gone_is_told(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua, siti = house.people
    await writes_row(siti, "Sumur bor", "3", "70 juta")
    await house.closes(activity)
    form = await gets_form(ketua, activity)
    await to_desk(ketua, activity)
    await ketua.taps("Hapus baris")
    await ketua.taps("A")
    await sends(ketua, changed(form, {"D6": 1}))
    await ketua.sees("Baris 6: Baris ini sudah tidak ada di tabel.", last=1)


async def test_a_table_that_changed_between_preview_and_yes(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua, siti = house.people
    await writes_row(siti, "Sumur bor", "3", "70 juta")
    await house.closes(activity)
    form = await gets_form(ketua, activity)
    await to_desk(ketua, activity)
    await sends(ketua, changed(form, {"D6": 1}))
    await ketua.taps("Hapus baris")
    await ketua.taps("A")
    await ketua.taps("Terapkan")
    assert "Tabelnya berubah sejak berkas diperiksa" in await ketua.toast()
    assert [move["kind"] for move in await moves(house)] == ["remove"]


async def test_the_second_file_takes_the_place_of_the_first(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = await gets_form(ketua, activity)
    await sends(ketua, changed(form, {"B6": "Pompa", "D6": 1}))
    await ketua.sees("＋ Pompa")
    await sends(ketua, changed(form, {"B6": "Pipa", "D6": 1}))
    await ketua.sees("＋ Pipa")
    assert len(await house.rows(sa.select(Draft))) == 1
    await ketua.taps("Terapkan")
    assert [row["cells"][0] for row in (await moves(house))[0]["values"]["rows"]] == ["Pipa"]


async def test_faulty_cells_are_named_and_nothing_is_taken_in(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = await gets_form(ketua, activity)
    await sends(
        ketua,
        changed(
            form,
            {
                "B6": "Pompa",
                "D6": "banyak",
                "B7": "Pipa",
                "D7": "=1+2",
                "B8": "Aki",
                "E8": "APBX",
                "C9": 5,
                "D9": 5,
            },
        ),
    )
    seen = (await ketua.sees("Isi berkas belum bisa dimasukkan"))["text"]
    assert "Sel D6 (Biaya): “banyak” bukan jumlah rupiah. Contoh: 1.250.000." in seen
    assert "Sel D7 (Biaya): Sel ini berisi rumus." in seen
    assert "Sel D8 (Biaya): Masih kosong, padahal wajib diisi." in seen
    assert "Sel E8 (Sumber dana): “APBX” tidak ada dalam daftar. Contoh: APBD, APBN." in seen
    assert "Sel B9 (Uraian): Masih kosong" in seen
    assert await house.rows(sa.select(Draft)) == []
    many = {f"{letter}{row}": "x" for row in range(6, 20) for letter in "BD"}
    await sends(ketua, changed(form, many))
    await ketua.sees("… dan 4 sel lagi", last=1)
    await ketua.sees_button(FORM)
    assert await moves(house) == []


def _renamed(book: Any) -> None:
    book["Isian"]["D5"] = "Harga"


def _without_column(book: Any) -> None:
    book["Isian"].delete_cols(4)


def _other_sheet(book: Any) -> None:
    book["Isian"].title = "Sheet1"


def _without_memory(book: Any) -> None:
    del book["_formulir"]


def _long(book: Any) -> None:
    for row in range(6, 10_006):
        book["Isian"].cell(row, 2, f"Baris {row}")
        book["Isian"].cell(row, 4, 1)


def _as_it_is(content: bytes) -> Callable[[bytes], bytes]:
    return lambda form: content


MISSING = "Kolom “Biaya” tidak ditemukan di lembar Isian."
BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "renamed": (lambda form: edited(form, _renamed), f"{MISSING} Ada kolom yang tidak dikenal: “Harga”"),
    "column": (lambda form: edited(form, _without_column), f"{MISSING} Bila terhapus"),
    "sheet": (
        lambda form: edited(form, _other_sheet),
        "Lembar “Isian” tidak ada di berkas ini. Yang ada: Sheet1",
    ),
    "foreign": (lambda form: edited(form, _without_memory), "bukan formulir yang saya kirim"),
    "long": (lambda form: edited(form, _long), "lebih dari 2.000 baris"),
    "bomb": (bomb, "terlalu besar untuk dibaca"),
    "macro": (lambda form: with_part(form, "xl/vbaProject.bin", b"x"), "Berkas dengan makro"),
    "damaged": (lambda form: form[: len(form) // 2], "Berkas ini rusak"),
    "garbage": (_as_it_is(b"Bukan Excel"), "bukan Excel Workbook"),
    "old": (_as_it_is(OLD_XLS), "berkas Excel lama (.xls)"),
    "locked": (_as_it_is(LOCKED), "dikunci kata sandi"),
}


async def test_every_bad_file_gets_its_answer_and_nothing_is_lost(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = await gets_form(ketua, activity)
    for name, (spoil, told) in BAD.items():
        await sends(ketua, spoil(form))
        assert told in (await ketua.newest())["text"], name
    for name, told in (("a.csv", "berkas teks (.csv)"), ("a.xls", "bukan Excel Workbook")):
        await sends(ketua, b"Uraian;Biaya\nPompa;5\n", name)
        await ketua.sees(told, last=1)
    assert await moves(house) == []
    assert await house.dead_letters() == []
    await sends(ketua, changed(form, FILLED))
    await ketua.taps("Terapkan")
    assert len(await moves(house)) == 1


async def test_who_may_not_guide_is_told_before_anything_is_read(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua, siti = house.people
    form = changed(await gets_form(ketua, activity), FILLED)
    await sends(siti, form)
    await siti.sees("dikirim kembali oleh Ketua, Sekretaris, atau Fasilitator", last=1)
    stranger = await sim.person("Orang Lain")
    await sends(stranger, form)
    await stranger.sees("belum tergabung dalam Pokja", last=1)
    await siti.forges(going("excel", activity))
    assert "bukan wewenang anggota" in await siti.toast()
    assert await sim.calls("getFile") == []
    assert await moves(house) == []


async def test_a_large_file_is_not_even_fetched(
    sim: Simulator, sqlite_bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = await gets_form(ketua, activity)
    monkeypatch.setattr(workbooks, "MOST_BYTES", len(form) - 1)
    await sends(ketua, form)
    await ketua.sees("Berkasnya terlalu besar", last=1)
    assert await sim.calls("getFile") == []


async def test_forms_of_other_tables_and_other_pokja(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    other = await planted(sim, sqlite_bot, BUDI, pokja="Pokja Sampah", process=source("tabel"))
    ketua, budi = house.people[0], other.people[0]
    form = changed(await gets_form(ketua, activity), FILLED)
    await sends(budi, form)
    await budi.sees("milik Pokja atau kegiatan lain", last=1)

    def elsewhere(book: Any) -> None:
        book["_formulir"]["A2"] = str(lain)

    lain = await house.opens(1)
    await sends(ketua, edited(form, elsewhere))
    await ketua.sees("milik Pokja atau kegiatan lain", last=1)
    await sends(ketua, form)
    await ketua.sees("Rencana biaya – Pokja Air Minum", last=1)


async def test_an_adopted_table_takes_nothing_until_it_is_opened_again(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = await gets_form(ketua, activity)
    await sends(ketua, changed(form, FILLED))
    await ketua.taps("Terapkan")
    await house.adopts(activity)
    await sends(ketua, changed(form, FILLED))
    await ketua.sees("sedang tidak bisa diisi", last=1)
    await to_desk(ketua, activity)
    assert FORM not in await ketua.buttons()


async def test_an_update_that_comes_again_takes_nothing_in_twice(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = await gets_form(ketua, activity)
    await sim.fails("drop", method="sendMessage", after_effect=True)
    await sends(ketua, changed(form, FILLED))
    await ketua.sees("＋ Pompa")
    await ketua.taps("Terapkan")
    assert len(await moves(house)) == 1


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await house_with_table(sim, sqlite_bot)
    ketua = house.people[0]
    form = changed(await gets_form(ketua, activity), FILLED)
    await sim.fails("500", method="getFile")
    await sends(ketua, form)
    await ketua.sees("Mohon kirim sekali lagi", last=1)
    await sends(ketua, form)
    await ketua.sees("Terapkan ke tabel?", last=1)


async def test_a_form_can_be_filled_in_before_members_are_asked(sim: Simulator, sqlite_bot: Running) -> None:
    house, _ = await house_with_table(sim, sqlite_bot, number=1)
    ketua = house.people[0]
    await ketua.types("/topik")
    await ketua.taps("▶ 1.1")
    await ketua.taps("○ Rencana biaya")
    await ketua.taps(FORM)
    _, content = await ketua.receives_file("Isian Rencana biaya")
    await sends(ketua, changed(content, FILLED))
    await ketua.taps("Terapkan")
    await ketua.sees("Pompa · 2,5 · Rp1.250.000", last=1)
