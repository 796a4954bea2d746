"""Papers about the Pokja itself on the phones: a report that is final at once, a poster as a picture, a draft SK."""

from bot.app import Running
from simulator.phones import Simulator
from tests.e2e.document_flows import PRINTED_WITHIN, files
from tests.e2e.planting import planted


async def test_a_report_on_progress_is_final_at_any_time(sim: Simulator, sqlite_bot: Running) -> None:
    sim.patience = PRINTED_WITHIN
    ketua = (await planted(sim, sqlite_bot, "Hendra Wijaya", "Siti Aminah")).people[0]
    await ketua.types("/dokumen")
    await ketua.taps("Laporan Kemajuan")
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    await ketua.receives_file("xlsx")
    made = await files(ketua)
    assert [name.rpartition(" - ")[2] for name in made] == ["final 1.pdf", "final 1.docx", "final 1.xlsx"]


async def test_the_poster_comes_as_a_picture_and_the_decree_says_what_it_lacks(
    sim: Simulator, sqlite_bot: Running
) -> None:
    sim.patience = PRINTED_WITHIN
    ketua = (await planted(sim, sqlite_bot, "Hendra Wijaya", "Siti Aminah")).people[0]
    await ketua.types("/dokumen")
    await ketua.taps("Poster jadwal kerja (A3)")
    await ketua.taps("Gambar")
    _, content = await ketua.receives_file(".png")
    assert content.startswith(b"\x89PNG")
    await ketua.types("/dokumen")
    await ketua.taps("Draft SK Pembentukan Pokja")
    await ketua.sees("• dasar hukum (Mengingat)")
    assert "✅ Terbitkan versi final" not in await ketua.buttons()
