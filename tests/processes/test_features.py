"""Each tiny process file shows one ability of the engine."""

import re
from fractions import Fraction

import pytest

from domain.instruments import agreement, date_poll, pairwise
from domain.instruments.cards import board
from domain.instruments.registry import INSTRUMENTS
from domain.instruments.worksheet import columns as worksheet_columns
from domain.process.conditions import Condition
from domain.process.figures import Figure
from domain.process.model import DocumentSpec, FollowUpSpec, Section, Session
from domain.process.sources import Source
from store.process_files import available, check, load
from tests.support.paths import PROCESS_FILES, ROOT
from tests.support.process_files import process, settings

FILES = sorted(PROCESS_FILES.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_is_a_process_of_its_name(path):
    assert load(path).name == path.stem


def test_all_of_a_folder_are_available():
    assert [each.process.name for each in available(PROCESS_FILES)] == [path.stem for path in FILES]
    assert len({each.sha256 for each in available(PROCESS_FILES)}) == len(FILES)


def test_cards_have_sensible_defaults():
    assert settings("kartu-sederhana", "isu") == board.Settings(
        (board.Column("isu", "Isu"),), most=5, longest=120, clusters=True
    )


def test_cards_take_limits_hints_and_first_cards():
    peluang = board.Column(
        "peluang", "Peluang", "Yang bisa dimanfaatkan.", ("Sungai dekat", "Pelanggan setia")
    )
    expected = board.Settings(
        (peluang, board.Column("prasyarat", "Prasyarat")), most=3, longest=60, clusters=False
    )
    assert settings("kartu-lengkap", "peluang") == expected


def test_agreement_takes_statements_quorum_and_rule():
    statements = ("Rencana kerja disetujui.", "Dana operasional disetujui.")
    assert settings("kesepakatan", "setuju") == agreement.Settings(
        statements, Fraction(2, 3), "suara-terbanyak"
    )


def test_agreement_defaults_to_consensus_of_half():
    chosen = settings("kesepakatan-butir", "setuju")
    assert (chosen.quorum, chosen.rule) == (Fraction(1, 2), "mufakat")


def test_activities_draw_on_earlier_ones():
    activity = process("peringkat").activity("1.1", "peringkat")
    assert activity.draws == {"items": (Source("1.1/isu"),), "shown": (Source("1.1/kriteria"),)}
    assert activity.settings == pairwise.Settings(5)
    assert process("ambil-teratas").activity("1.1", "utama").take == 1


def test_worksheet_takes_every_kind_of_column():
    chosen = settings("tabel", "rencana")
    assert [column.kind for column in chosen.columns[:6]] == list(worksheet_columns.KINDS[:6])
    assert [column.key for column in chosen.columns if column.total] == ["volume", "biaya"]
    assert chosen.columns[1] == worksheet_columns.Column(
        "volume", "Volume", "number", total=True, unit="unit", decimals=1, longest=0
    )
    assert chosen.columns[4].options == ("APBD", "APBN", "PDAM")
    assert chosen.columns[3].optional
    assert (chosen.most, chosen.add, chosen.fill) == (4, True, "members")


def test_worksheet_takes_references_formulas_and_flags():
    activity = process("tabel-lengkap").activity("1.1", "kegiatan")
    columns = {column.key: column for column in activity.settings.columns}
    assert activity.draws == {"ref.program": (Source("1.1/program"),), "people": (Source("@anggota"),)}
    assert (columns["induk"].own, columns["program"].own) == (True, False)
    assert (activity.settings.tree, activity.settings.ordered) == ("induk", True)
    assert columns["jumlah"].formula == ("*", ("name", "volume"), ("name", "harga-satuan"))
    assert (columns["jumlah"].look, columns["jumlah"].total, columns["harga-satuan"].total) == (
        "money",
        True,
        False,
    )
    assert columns["pj"].free
    lost, aimless = activity.settings.flags
    assert lost == worksheet_columns.Flag(
        "Tidak terhubung", (Condition("program", "empty", "true"),), color="merah"
    )
    assert [condition.field for condition in aimless.when] == ["program", "program.sasaran"]


def test_worksheet_starts_with_rows_of_earlier_results():
    activity = process("tabel-lengkap").activity("1.1", "capaian")
    assert activity.draws == {"rows": (Source("1.1/kegiatan", (Condition("ujung", "is", "ya"),)),)}
    assert (activity.settings.starts, activity.settings.add, activity.settings.fill) == (
        True,
        False,
        "plenary",
    )
    assert activity.settings.columns[0].value_from == "text"
    assert activity.settings.columns[3].formula == ("percent", ("name", "capaian"), ("name", "volume"))


def test_date_poll_takes_its_limit():
    assert settings("jadwal", "jadwal") == date_poll.Settings(3)


def test_a_topic_takes_all_the_guide_says_of_it():
    whole = process("topik-lengkap")
    first, second = whole.topics()
    assert (whole.version, [stage.key for stage in whole.stages]) == (3, ["1", "2"])
    assert first.sessions == (Session(90, ("Tinjauan", "Curah pendapat")), Session(60, ("Penutup",)))
    assert first.follow_ups[1] == FollowUpSpec("data", "Sekretaris merapikan data.", 10)
    assert (first.participants, first.note) == (("Kelompok Kerja", "Direksi"), "Boleh dilakukan dua hari.")
    assert second.activities[0].draws == {"items": (Source("1.1/isu"),)}


def test_results_flow_filtered_marked_and_from_several_activities():
    activity = process("mengalir").activity("2.1", "air")
    assert activity.draws == {
        "items": (
            Source("1.1/kota", (Condition("kolom", "is", "air"),), 2, (("asal", "kota"),)),
            Source("1.1/desa", mark=(("asal", "desa"),)),
            Source("1.2/tamu", optional=True),
        ),
        "shown": (Source("@anggota"),),
    }
    assert activity.repeats


def test_a_process_says_who_answers_how_long_it_takes_and_what_it_hands_over():
    flowing = process("mengalir")
    guests = flowing.topic("1.2")
    assert (guests.days, guests.speakers) == (2, ("Bagian Hukum",))
    assert guests.activity("tamu").answered_by == "tamu"
    assert flowing.topic("1.1").days == 5
    assert flowing.documents == (DocumentSpec("laporan", "Laporan", (Section("Isu air", ("2.1/air",)),)),)


def test_a_document_says_how_it_looks_and_an_activity_what_it_is_drawn_as():
    drawing = process("dokumen-gambar")
    sections = (
        Section("Keadaan", ("1.1/swot", "1.1/kkl"), "Bab 1", "Bab ini memuat keadaan sekarang."),
        Section("Rencana", ("1.1/jadwal", "1.1/alur")),
    )
    assert drawing.documents == (DocumentSpec("laporan", "Laporan", sections, cover=False, signed=True),)
    assert [each.figure for each in drawing.topic("1.1").activities] == [
        Figure("quadrants"),
        Figure("gantt", {"start": "mulai", "end": "selesai", "label": "kerja"}),
        Figure("flow", {"actor": "pelaku", "change": "ubah"}, dropped=("Dihapus",), added=("Baru",)),
        Figure("tree", levels=("tujuan", "sasaran")),
    ]


def test_what_is_not_there_is_told_by_its_key():
    with pytest.raises(KeyError):
        process("jadwal").topic("9.9")
    with pytest.raises(KeyError):
        process("jadwal").activity("1.1", "isu")


def test_the_example_of_the_guide_for_writers_is_a_process():
    page = (ROOT / "docs" / "menulis-proses.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    process_, faults = check(example)
    assert faults == []
    assert {activity.instrument for topic in process_.topics() for activity in topic.activities} == {
        "cards",
        "pairwise",
        "agreement",
        "date_poll",
    }


def test_the_guide_for_writers_names_every_instrument():
    page = (ROOT / "docs" / "menulis-proses.md").read_text("utf-8")
    assert set(re.findall(r"^### `(\w+)`", page, re.MULTILINE)) == {each.name for each in INSTRUMENTS}
