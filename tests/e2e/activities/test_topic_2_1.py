"""The whole of topic 2.1 with seven members: from cards to an agreed, filed result, with two issues that tie."""

from bot.app import Running
from simulator.phones.phone import Group, Person, Simulator
from tests.e2e.steps import basics
from tests.support.cast import SEVEN

LEAK, DRY, BILL = "Kebocoran pipa tinggi", "Air mati siang hari", "Tagihan sering keliru"


async def test_the_whole_topic(sim: Simulator, bot: Running) -> None:
    ketua, others = await basics.assemble(sim, *SEVEN)
    group = await basics.link_group(sim, ketua, others)
    everyone = [ketua, *others]
    await basics.opens_topic(ketua)
    await chances(ketua, everyone, group)
    await issues(ketua, everyone)
    await criteria(ketua, everyone)
    await ranking(ketua, everyone, group)
    await agreement(ketua, everyone, group)
    await follow_up(ketua, others[1])
    await next_meeting(ketua, everyone, group)


async def chances(ketua: Person, everyone: list[Person], group: Group) -> None:
    await basics.begins(ketua, "Peluang dan prasyarat")
    await group.sees("0 dari 7")
    for person in everyone:
        await basics.writes_cards(person, [f"Minat warga tinggi {person.id}"], [])
    await group.sees("7 dari 7")
    await basics.adopts(ketua, "Peluang dan prasyarat")
    await group.sees("Peluang dan prasyarat – hasil ditetapkan")


async def issues(ketua: Person, everyone: list[Person]) -> None:
    await basics.begins(ketua, "Isu utama")
    cards = {0: [LEAK, DRY], 1: ["Kebocoran pipa yang tinggi"], 2: [BILL]}
    for number, person in enumerate(everyone):
        await basics.writes_cards(person, cards.get(number, []))
    await basics.to_desk(ketua, "Isu utama")
    await ketua.taps("Tutup pengisian")
    await merges(ketua)
    await ketua.taps("Tetapkan hasil")
    await ketua.taps("‹ Topik")


async def merges(ketua: Person) -> None:
    """Two cards that say the same become one; undone once, and done again."""
    await ketua.sees("mirip. Bila maksudnya sama, tekan Gabung kartu")
    for again in (False, True):
        await ketua.taps("Gabung kartu")
        await basics.chooses(ketua, LEAK)
        await ketua.taps("☐ Kebocoran pipa yang tinggi")
        await ketua.taps("Selesai memilih (1)")
        await ketua.taps(LEAK)
        if not again:
            await ketua.taps("↶ Batalkan langkah terakhir")
            await ketua.sees("Kebocoran pipa yang tinggi")


async def criteria(ketua: Person, everyone: list[Person]) -> None:
    await basics.begins(ketua, "Usulan kriteria")
    for person in everyone:
        await basics.writes_cards(person, [])
    await basics.adopts(ketua, "Usulan kriteria")
    await basics.begins(ketua, "Kesepakatan kriteria")
    for person in everyone:
        await person.taps("Mulai mengisi")
        await person.taps("Setuju")
        await person.taps("Setuju")
        await person.sees("sudah lengkap")
    await basics.adopts(ketua, "Kesepakatan kriteria")


async def ranking(ketua: Person, everyone: list[Person], group: Group) -> None:
    """Leak and dry tie over three pairs each; compared again, leak leads."""
    await basics.begins(ketua, "Matriks pemeringkatan")
    for number, person in enumerate(everyone[:-1]):
        await person.taps("Mulai mengisi")
        await person.sees("Urgensi")
        for pair in (1, 2, 3):
            await person.sees(f"{pair} dari 3")
            await basics.chooses(person, *((LEAK, DRY) if number % 2 else (DRY, LEAK)))
        await person.sees("sudah lengkap")
    await on_behalf_and_turnout(ketua, everyone[-1])
    await ketua.taps("Tutup pengisian")
    await ketua.sees("Nilai tertinggi masih sama")
    await ketua.taps("Bandingkan lagi")
    for person in everyone:
        await person.taps("Mulai mengisi")
        await basics.chooses(person, LEAK)
        await person.sees("sudah lengkap")
    await basics.adopts(ketua, "Matriks")
    await group.sees(f"{LEAK}")


async def on_behalf_and_turnout(ketua: Person, absent: Person) -> None:
    """The Ketua sees who is missing, reminds only her, and enters what she said: a circle, so that two tie."""
    await basics.to_desk(ketua, "Matriks")
    await ketua.taps("Siapa belum?")
    await ketua.sees(f"Belum (1):\n• {absent.title}")
    await ketua.taps("Ingatkan yang belum")
    await absent.sees("masih kami tunggu")
    await ketua.taps("‹ Kegiatan")
    await absent.taps("Mulai mengisi")
    await absent.taps("Nanti")
    await ketua.taps("Isi untuk anggota")
    await ketua.taps(absent.title)
    await ketua.sees("Mengisi untuk: ")
    for _ in range(3):
        text = (await ketua.sees("A. "))["text"]
        beaten = {DRY: BILL, BILL: LEAK, LEAK: DRY}
        await basics.chooses(ketua, *(won for won, lost in beaten.items() if won in text and lost in text))
    await ketua.sees("sudah lengkap")
    await ketua.taps("‹ Kegiatan")


async def agreement(ketua: Person, everyone: list[Person], group: Group) -> None:
    await basics.begins(ketua, "Penetapan isu utama")
    for number, person in enumerate(everyone):
        await person.taps("Mulai mengisi")
        await person.sees(LEAK)
        await person.taps("Setuju dengan catatan" if number == 2 else "Setuju")
        if number == 2:
            await person.types("Asal ada anggaran")
        await person.sees("sudah lengkap")
    await basics.adopts(ketua, "Penetapan isu utama")
    await group.sees("Asal ada anggaran")


async def follow_up(ketua: Person, owner: Person) -> None:
    await ketua.taps("Tindak lanjut topik ini")
    await ketua.taps("＋ Kelompok Kerja mengumpulkan")
    await ketua.taps(owner.title)
    await ketua.taps("Tidak ada, cukup satu orang")
    await ketua.types("besok")
    await ketua.sees("paling lambat")
    await owner.sees("penanggung jawab tindak lanjut")
    await owner.taps("Lihat tindak lanjut")
    await owner.taps("✔ Selesai dikerjakan")
    await owner.taps("Selesai tanpa bukti")
    await ketua.sees("Tindak lanjut selesai")


async def next_meeting(ketua: Person, everyone: list[Person], group: Group) -> None:
    await ketua.types("/topik")
    await ketua.taps("▶ 2.1")
    await ketua.taps("○ Jadwal pertemuan")
    for day in ("besok", "lusa"):
        await ketua.taps("Tambah pilihan waktu")
        await ketua.types(day)
        await ketua.taps("09.00")
        await ketua.taps("Tanpa tempat")
    await ketua.taps("Mulai & undang anggota")
    for person in everyone:
        await person.taps("Mulai mengisi")
        await person.taps("Bisa")
        await person.taps("Mungkin")
        await person.sees("sudah lengkap")
    await basics.adopts(ketua, "Jadwal pertemuan")
    await group.sees("Jadwal pertemuan berikutnya – hasil ditetapkan")
    await ketua.taps("Nyatakan topik selesai")
    await ketua.types("/menu")
    await ketua.sees("Pertemuan berikutnya")
