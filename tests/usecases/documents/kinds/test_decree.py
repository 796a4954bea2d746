"""The draft decree: its form, what it takes from results, what it names as missing; as PDF and as Word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents.editions import PDF, WORD
from store.engine.database import Database
from store.process_files import FOLDER
from tests.documents.support.paper_texts import pdf_pages, word_text
from tests.support.cast import BUDI, HENDRA
from tests.support.worlds.meeting import PROCESS, stationery
from tests.support.worlds.pokja import HOSTILE, adopted, manuscript, pokja, team, with_papers
from usecases.documents import ordering
from usecases.documents.kinds.decree import NO_LAW, NO_REASONS, NO_TASKS, points, region_of


async def test_a_whole_decree_has_the_form_offices_use(sqlite: Database) -> None:
    world = await pokja(sqlite)
    await with_papers(world)
    text = " ".join(word_text(await world.printed("sk-pokja", WORD)).split())
    in_order = [
        "RANCANGAN",
        "KEPUTUSAN BUPATI SUKAMAJU",
        "NOMOR",
        "TENTANG",
        "PEMBENTUKAN POKJA AIR MINUM KABUPATEN SUKAMAJU",
        "BUPATI SUKAMAJU,",
        "Menimbang | : | a. | bahwa Air bersih perlu ditingkatkan;",
        "b. | bahwa perlu kerja bersama;",
        "c. | bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan",
        "Mengingat | : | 1. | Undang-Undang Nomor 23 Tahun 2014;",
        "2. | Peraturan Presiden Nomor 185 Tahun 2014.",
        "MEMUTUSKAN:",
        "Menetapkan | :",
        "KESATU | : | Membentuk Pokja Air bersih.",
        "KEDUA | : | Tugas Pokja:",
        "a. | menyusun rencana Air bersih;",
        "KETIGA | : | Berlaku sejak ditetapkan.",
        "Ditetapkan di",
        "pada tanggal",
        "BUPATI SUKAMAJU,",
        "LAMPIRAN",
        "SUSUNAN KEANGGOTAAN",
        "No. | Nama | Instansi/Jabatan | Kedudukan dalam Pokja",
        "1 | Dr. Hendra Wijaya | Bappeda / Kepala Bappeda | Ketua",
    ]
    at = 0
    for each in in_order:
        at = text.index(each, at)
    assert "Belum ada" not in text


async def test_nothing_is_missing_once_all_is_adopted(database: Database) -> None:
    world = await pokja(database)
    await with_papers(world)
    edition = await world.edition("sk-pokja")
    assert edition.missing == ()
    assert [each.path for each in edition.sources] == ["1.1/sk", "1.1/tim"]


async def test_what_is_missing_is_named_and_never_invented(sqlite: Database) -> None:
    world = await pokja(sqlite)
    await adopted(world, "1.1/sk", manuscript(menimbang="bahwa air bersih perlu ditingkatkan"))
    edition = await world.edition("sk-pokja")
    assert edition.missing == ("Susunan tim", "dasar hukum (Mengingat)", "tugas Pokja")
    pages = " ".join(pdf_pages(await world.printed("sk-pokja", PDF)))
    assert "Belum ada: dasar hukum" in pages
    assert "Belum ada: tugas Pokja" in pages
    assert "Undang" not in pages
    assert "dalam huruf a, perlu menetapkan" in pages


async def test_a_process_without_a_decree_has_one_from_its_members(sqlite: Database) -> None:
    world = await pokja(sqlite, PROCESS)
    edition = await world.edition("sk-pokja")
    assert edition.missing == (
        "pertimbangan pembentukan Pokja (Menimbang)",
        "dasar hukum (Mengingat)",
        "tugas Pokja",
    )
    text = word_text(await world.printed("sk-pokja", WORD))
    assert "1 | Hendra Wijaya | Bappeda / Kepala Bappeda | Ketua" in text
    assert "2 | Siti Aminah | Dinas Kesehatan / Kepala Bidang Penyehatan Lingkungan | Sekretaris" in text
    assert "PDAM Tirta Maju" not in text  # a guest is no member


@pytest.mark.parametrize(("guide", "typed"), [("mps", True), ("stpp-kesehatan", True), ("stpp-pdam", False)])
async def test_what_a_guides_activities_do_not_write_is_typed(
    sqlite: Database, guide: str, typed: bool
) -> None:
    world = await pokja(sqlite, (FOLDER / f"{guide}.yaml").read_text("utf-8"))
    card = await world.does(HENDRA, lambda work: ordering.card(work, "sk-pokja"))
    assert bool(card.by_hand) == typed
    assert (await world.does(BUDI, lambda work: ordering.card(work, "sk-pokja"))).by_hand == ()
    parts = {part: f"{part};\nsatu lagi." for part in card.by_hand}
    await world.adds(stationery(world, **parts))
    edition = await world.edition("sk-pokja")
    assert not {NO_REASONS, NO_LAW, NO_TASKS} & set(edition.missing) or not typed
    assert edition.facts["recalling"] == (("recalling;", "satu lagi.") if typed else ())


async def test_a_process_that_described_it_before_there_was_a_form_keeps_its_own(sqlite: Database) -> None:
    spec = "{key: sk-pokja, title: Naskah lama, sections: [{title: A, activities: [1.1/rencana]}]}"
    world = await pokja(sqlite, f"{PROCESS}documents:\n  - {spec}\n")
    edition = await world.edition("sk-pokja")
    assert (edition.title, edition.template) == ("Naskah lama", "dossier")


@pytest.mark.parametrize("kind", [PDF, WORD])
async def test_hostile_text_is_shown_as_typed(sqlite: Database, kind: str) -> None:
    world = await pokja(sqlite)
    await with_papers(world, HOSTILE)
    content = await world.printed("sk-pokja", kind)
    text = word_text(content) if kind == WORD else " ".join(pdf_pages(content))
    assert "<b>x</b>" in text
    assert "{{7*7}}" in text
    assert "49" not in text


async def test_the_head_of_the_region_signs_if_the_paper_names_him(sqlite: Database) -> None:
    world = await pokja(sqlite)
    await adopted(world, "1.1/tim", team(("Ketua", HENDRA, "Bappeda", "")))
    signers = [{"post": "Ketua Pokja", "name": HENDRA}, {"post": "Bupati Sukamaju", "name": "H. Ahmad Yani"}]
    await world.adds(stationery(world, signers=signers))
    text = word_text(await world.printed("sk-pokja", WORD))
    assert "H. Ahmad Yani" in text
    assert "Ditetapkan di Sukamaju" in text


@pytest.mark.parametrize(
    ("region", "kind", "name"),
    [
        ("Kabupaten Sukamaju", "kabupaten", "Sukamaju"),
        ("KAB. Sukamaju", "kabupaten", "Sukamaju"),
        ("Kota Baru", "kota", "Baru"),
        ("Provinsi Jawa Barat", "provinsi", "Jawa Barat"),
        ("Kotabaru", "", "Kotabaru"),
        ("Kabupaten", "", "Kabupaten"),
        ("", "", ""),
        ("Kabupaten Kota Baru", "kabupaten", "Kota Baru"),
    ],
)
def test_whose_decree_it_is(region: str, kind: str, name: str) -> None:
    found = region_of(region)
    assert (found.kind, found.name) == (kind, name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a. satu;\nb. dua.", ("satu;", "dua.")),
        ("1) satu\n   lanjutannya\n2) dua", ("satu lanjutannya", "dua")),
        ("satu\n\ndua", ("satu", "dua")),
        ("pengantar\na. satu", ("pengantar", "satu")),
        ("UU No. 3 Tahun 2004", ("UU No. 3 Tahun 2004",)),
        ("", ()),
    ],
)
def test_points_of_a_text(text: str, found: tuple[str, ...]) -> None:
    assert points(text) == found


@given(st.text(max_size=300))
def test_no_word_of_a_text_is_lost_but_the_marks(text: str) -> None:
    words = " ".join(points(text)).split()
    assert set(words) <= set(text.split())
    assert all(point.strip() for point in points(text)) or not text.strip()
