"""Papers about the Pokja itself on the phones: a report that is final at once, a poster as a picture, a draft SK."""

from bot.app import Running
from simulator.phones.phone import Simulator
from tests.documents.support.paper_texts import word_text
from tests.e2e.steps.documents import files
from tests.e2e.steps.planting import planted
from tests.support.cast import HENDRA, SITI

ROLES = {SITI: "sekretaris"}
PARTS = {
    "Menimbang": "a. bahwa air <b>bersih</b> perlu;\nb. bahwa layanan {{7*7}} perlu.",
    "Mengingat": "Undang-Undang Nomor 23 Tahun 2014;",
    "Tugas": "menyusun rencana;\nmemantau.",
}
"""A decree's parts by their keys, as they are typed."""


async def test_a_report_on_progress_is_final_at_any_time(sim: Simulator, sqlite_bot: Running) -> None:
    ketua = (await planted(sim, sqlite_bot, HENDRA, SITI)).people[0]
    await ketua.types("/dokumen")
    await ketua.taps("Laporan Kemajuan")
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.taps("Ya, terbitkan")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    await ketua.receives_file("xlsx")
    made = await files(ketua)
    assert [name.rpartition(" - ")[2] for name in made] == ["final 1.pdf", "final 1.docx", "final 1.xlsx"]


async def test_the_poster_comes_as_a_picture_and_the_decree_says_what_it_lacks(
    sim: Simulator, sqlite_bot: Running
) -> None:
    ketua = (await planted(sim, sqlite_bot, HENDRA, SITI)).people[0]
    await ketua.types("/dokumen")
    await ketua.taps("Poster jadwal kerja (A3)")
    await ketua.taps("Gambar")
    _, content = await ketua.receives_file(".png")
    assert content.startswith(b"\x89PNG")
    await ketua.types("/dokumen")
    await ketua.taps("Draft SK Pembentukan Pokja")
    await ketua.sees("• dasar hukum (Mengingat)")
    assert "✅ Terbitkan versi final" not in await ketua.buttons()


async def test_a_decree_that_no_activity_writes_is_typed_part_by_part(sim: Simulator, bot: Running) -> None:
    ketua, siti, tono = (await planted(sim, bot, HENDRA, SITI, "Tono", role=ROLES)).people
    await ketua.types("/dokumen")
    await ketua.taps("Draft SK Pembentukan Pokja")
    for part, text in PARTS.items():
        await ketua.taps(f"✎ {part}")
        assert "Kosongkan" not in await ketua.buttons()
        await ketua.types(text)
        await ketua.sees("Sudah diubah")
        await ketua.does_not_see(f"({part})", last=1)
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.taps("Ya, terbitkan")
    _, content = await ketua.receives_file(".docx")
    text = " ".join(word_text(content).split())
    for words in (
        "a. | bahwa air <b>bersih</b> perlu;",
        "b. | bahwa layanan {{7*7}} perlu.",
        "c. | bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b",
        "Mengingat | : | 1. | Undang-Undang Nomor 23 Tahun 2014;",
        "sebagaimana dimaksud dalam diktum KESATU mempunyai tugas:",
        "a. | menyusun rencana; | | b. | memantau.",
        "KETIGA | : | Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ):
        assert words in text
    await siti.types("/dokumen")
    await siti.taps("Draft SK Pembentukan Pokja")
    await siti.taps("✎ Mengingat")
    await siti.sees("Yang tertulis sekarang:\nUndang-Undang Nomor 23 Tahun 2014;")
    await siti.taps("Kosongkan")
    await siti.sees("• dasar hukum (Mengingat)")
    await tono.types("/dokumen")
    await tono.taps("Draft SK Pembentukan Pokja")
    assert not any(key.startswith("✎") for key in await tono.buttons())
