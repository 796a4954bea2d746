"""The shipped guide MPS: the kerangka kerja logis, the priorities and the work plan, gone through with answers."""

from fractions import Fraction

from store.process_files import FOLDER, load
from tests.processes.flow import Flow, Row, always, said, table
from tests.support.cast import BUDI, SITI
from tests.support.driving import Answerer

MPS = load(FOLDER / "mps.yaml")
ADDED = {"+": ""}


def rows(*added: Row) -> Answerer:
    return table([{**ADDED, **row} for row in added])


def kkl() -> Flow:
    """A KKL in which 'Bangun IPLT' is linked to the top and 'Beli truk' to nothing."""
    flow = Flow(MPS)
    masalah = {"masalah": "Tinja dibuang ke sungai", "jenis": "Permasalahan mendesak", "aktual": "ya"}
    flow.adopt("2.1/masalah", rows({**masalah, "subsektor": "Air limbah domestik"}))
    tujuan = {"tujuan": "Sungai bersih", "masalah": "Tinja dibuang ke sungai", "tahapan": "tidak"}
    flow.adopt("2.1/tujuan", rows(tujuan))
    smart = dict.fromkeys(("spesifik", "terukur", "tercapai", "realistis"), "ya")
    sasaran = {"sasaran": "Tidak ada BABS pada 2027", "tujuan": "Sungai bersih", **smart, "waktu": "tidak"}
    flow.adopt("2.1/sasaran", rows({**sasaran, "subsektor": "Air limbah domestik"}))
    flow.adopt("2.1/swot", lambda question: said(question, "Ada dana" if question.key.endswith("/1") else ""))
    strategi = {"strategi": "Pakai dana pusat", "dasar": "Kekuatan dan peluang (SO)"}
    flow.adopt("2.1/strategi", rows({**strategi, "sasaran": "Tidak ada BABS pada 2027"}))
    flow.adopt("2.1/program", rows({"program": "Sarana air limbah", "strategi": "Pakai dana pusat"}))
    iplt = {
        "kegiatan": "Bangun IPLT",
        "program": "Sarana air limbah",
        "subsektor": "Air limbah domestik",
        "masalah": "Tinja dibuang ke sungai",
        "sasaran": "Tidak ada BABS pada 2027",
    }
    flow.adopt("2.1/kegiatan", rows(iplt, {"kegiatan": "Beli truk", "subsektor": "Persampahan"}))
    return flow


def priorities() -> Flow:
    """Three activities of air limbah; the design supports the IPLT."""
    flow = kkl()
    flow.adopt("2.2/usulan", lambda question: said(question, ""))
    flow.adopt("2.2/indikator", always("agree"), always("agree"))
    flow.adopt("2.2/bobot", always("3"))
    lokasi = {"lokasi": "Desa Sukamaju"}
    iplt = {"=": "Bangun IPLT", "jenis": "Infrastruktur", "volume": "1", "satuan": "unit", **lokasi}
    truk = {"=": "Beli truk", "jenis": "Non-infrastruktur", **lokasi}
    desain = {**ADDED, "kegiatan": "Susun desain IPLT", "peran": "Pendukung", "utama": "Bangun IPLT"}
    perda = {**ADDED, "kegiatan": "Susun Perda", "peran": "Utama"}
    more = {"subsektor": "Air limbah domestik", "jenis": "Non-infrastruktur", **lokasi}
    flow.adopt("2.2/kegiatan-utama", table([iplt, truk, {**desain, **more}, {**perda, **more}]))
    return flow


def test_both_processes_take_the_weeks_of_the_guide():
    first, second = MPS.stages
    assert sum(topic.days for topic in first.topics) == 10  # two weeks
    assert sum(topic.days for topic in second.topics) == 30  # six weeks


def test_the_kkl_is_the_chain_from_activity_to_problem_and_asks_nobody():
    flow = kkl()
    assert flow.asks_nobody("2.1/kkl")
    result = flow.adopt("2.1/kkl")
    linked, loose = result.rows
    assert linked.cells == (
        "Tinja dibuang ke sungai",
        "Sungai bersih",
        "Tidak ada BABS pada 2027",
        "Pakai dana pusat",
        "Sarana air limbah",
        "Bangun IPLT",
        "Air limbah domestik",
    )
    assert linked.flags == ()
    assert loose.cells == (None, None, None, None, None, "Beli truk", "Persampahan")
    assert loose.flags == ("Tidak terhubung",)


def test_what_is_not_smart_or_not_yet_considered_is_flagged():
    flow = kkl()
    assert flow.adopted["2.1/sasaran"][0].fields["tanda"] == "Belum SMART"
    assert flow.adopted["2.1/tujuan"][0].fields["tanda"] == "Perlu ditelaah"
    assert flow.adopted["2.1/kegiatan"][0].fields["tanda"] == ""


def test_main_activities_come_from_the_kkl_and_supporting_ones_hang_below_them():
    flow = priorities()
    known = {item.text: item.fields for item in flow.adopted["2.2/kegiatan-utama"]}
    assert [*known] == ["Bangun IPLT", "Susun desain IPLT", "Beli truk", "Susun Perda"]
    assert [fields["peran"] for fields in known.values()] == ["Utama", "Pendukung", "Utama", "Utama"]
    assert known["Susun desain IPLT"]["utama"] == "Bangun IPLT"
    assert known["Bangun IPLT"]["program.strategi.sasaran.tujuan"] == "Sungai bersih"


def test_supporting_activities_have_the_rank_of_their_main_one():
    flow = priorities()
    scores = {"Bangun IPLT": "5", "Susun Perda": "2"}
    result = flow.adopt("2.2/air-limbah", lambda question: always(scores[question.facts["item"]])(question))
    assert [(each.text, each.total, each.rank) for each in result.order] == [
        ("Bangun IPLT", Fraction(5), 1),
        ("Susun Perda", Fraction(2), 2),
    ]
    ranked = [(item.text, item.fields["peringkat"]) for item in flow.adopted["2.2/air-limbah"]]
    assert ranked == [("Bangun IPLT", 1), ("Susun desain IPLT", 1), ("Susun Perda", 2)]
    assert [item.text for item in flow.sheet("2.2/persampahan").items] == ["Beli truk"]


def test_volumes_are_those_of_infrastructure_alone():
    flow = priorities()
    assert flow.asks_nobody("2.2/volume")
    (row,) = flow.adopt("2.2/volume").rows
    assert row.cells == ("Bangun IPLT", "Air limbah domestik", "1", "unit", "Desa Sukamaju")


def test_guests_are_asked_by_subsector_and_the_room_settles_the_final_version():
    consulted = [each for each in MPS.topic("2.3").activities if each.answered_by == "tamu"]
    assert [each.key for each in consulted] == ["air-limbah", "persampahan", "drainase", "phbs"]
    flow = priorities()
    flow.adopt("2.2/air-limbah", always("3"))
    result = flow.adopt("2.3/akhir", _as_it_was, room=True)
    assert [row.cells[:3] for row in result.rows] == [
        ("Bangun IPLT", "Air limbah domestik", "1"),
        ("Susun desain IPLT", "Air limbah domestik", "1"),
        ("Susun Perda", "Air limbah domestik", "1"),
    ]


def _as_it_was(question):
    if question.key.startswith("pick/"):
        return always(question.options[0].value)(question)
    return said(question, "Tetap" if question.key.endswith("putusan") else "")


def test_the_work_plan_sums_costs_lists_members_and_warns_of_missed_dates():
    flow = Flow(MPS)
    dana = {"uraian": "Rapat", "volume": "3", "satuan": "kali", "harga": "250.000", "sumber": "APBD"}
    result = flow.adopt("1.3/dana", rows(dana, {**dana, "volume": "1,5"}))
    assert result.totals[-1] == 1_125_000
    tugas = {"=": SITI, "tugas": "Mengumpulkan data", "tanggung": "Data lengkap"}
    assert [row.cells[:2] for row in flow.adopt("1.3/tugas", table([tugas])).rows] == [
        (SITI, "PDAM"),
        (BUDI, "PDAM"),
    ]
    plan = {"kegiatan": "Telaah KKL", "mulai": "24/11/2026", "selesai": "30/11/2026", "pj": BUDI}
    flow.adopt("1.3/jadwal-kerja", rows({**plan, "keluaran": "Tabel KKL"}))
    batas = {"tahun": "2027", "lokakarya": "30/11/2026", "anggaran": "15/12/2026", "cocok-loka": "ya"}
    (row,) = flow.adopt("1.3/batas", rows({**batas, "siap-usul": "tidak"}), room=True).rows
    assert row.flags == ("Jadwal kerja perlu disesuaikan",)


def test_documents_hold_the_chapters_and_appendices_of_the_guide():
    document = {each.key: each for each in MPS.documents}["mps"]
    contents = {section.label: section.activities for section in document.sections}
    assert "1.2/bab1" in contents["Bab 1"]
    assert "2.3/akhir" in contents["Bab 2"]
    assert contents["Lampiran A"][0] == "2.1/kkl"
    assert {"2.2/bobot", "2.2/air-limbah", "2.2/phbs"} <= set(contents["Lampiran B"])
    assert contents["Lampiran C"] == ("2.2/volume",)
    assert contents["Lampiran D"] == ("2.1/catatan",)
