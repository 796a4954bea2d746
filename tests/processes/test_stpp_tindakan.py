"""The shipped guide STPP, from the priorities of actions to monitoring and the bagan bawang."""

from domain.instruments.base import Item
from store.process_files import FOLDER, load
from tests.processes.flow import Flow, Row, always, said, table
from tests.support.cast import BUDI, SITI

STPP = load(FOLDER / "stpp-pdam.yaml")
SMART = dict.fromkeys(("spesifik", "terukur", "tercapai", "realistis", "berjangka"), "ya")
PUMP, SMS = "Ganti pompa", "Pengaduan lewat SMS"


def priorities() -> Flow:
    """4.7 put two actions in order."""
    flow = Flow(STPP)
    told = [
        (PUMP, {"aspek": "Teknis", "total": "7/2", "peringkat": 1}),
        (SMS, {"aspek": "Manajemen", "total": "3", "peringkat": 2}),
    ]
    flow.adopted["4.7/prioritas"] = tuple(
        Item(str(n), text, f"4.7/prioritas#{n}", fields=fields) for n, (text, fields) in enumerate(told, 1)
    )
    return flow


def scheme() -> Flow:
    flow = priorities()
    each = {"mulai": "4/1/2027", "selesai": "30/6/2027", "pelaksana": "Bagian Teknik", "pj": BUDI}
    rows = [{"=": PUMP, **each, "biaya": "500 juta"}, {"=": SMS, **each, "biaya": "25 juta"}]
    flow.adopt("5.1/skema", table(rows))
    return flow


def framework() -> Flow:
    flow = scheme()
    written = {"tujuan/1": "Air mengalir 24 jam", "sasaran/1": "Keluhan berkurang"}
    flow.adopt("5.1/hasil", lambda question: said(question, written.get(question.key, "")))
    common = {"sumber": "Laporan bulanan", "asumsi": "Listrik cukup", **SMART}
    rows: list[Row] = [
        {"=": "Air mengalir 24 jam", "indikator": "Jam layanan", **common},
        {"=": "Keluhan berkurang", "indikator": "Keluhan sebulan", **common},
        {"=": PUMP, "indikator": "Pompa terpasang", **common, "berjangka": "tidak"},
        {"=": SMS, "indikator": "Aduan terjawab", **common},
    ]
    flow.adopt("5.1/logframe", table(rows))
    return flow


def test_the_scheme_starts_from_the_priorities_and_the_logframe_from_the_scheme():
    flow = framework()
    assert [item.text for item in flow.adopted["5.1/skema"]] == [PUMP, SMS]
    assert flow.adopted["5.1/skema"][0].fields["biaya"] == 500_000_000
    levels = [(item.text, item.fields["tingkat"]) for item in flow.adopted["5.1/logframe"]]
    assert levels == [
        ("Air mengalir 24 jam", "Tujuan"),
        ("Keluhan berkurang", "Sasaran/hasil"),
        (PUMP, "Kegiatan"),
        (SMS, "Kegiatan"),
    ]
    assert [item.fields["tanda"] for item in flow.adopted["5.1/logframe"]] == ["", "", "Belum SMART", ""]


def charter() -> Flow:
    flow = framework()
    pump = {"=": PUMP, "analisis": "APBD", "jalur": "Perlu persetujuan pimpinan"}
    flow.adopt("5.2/lengkap", table([pump, {"=": SMS, "analisis": "Murah", "jalur": "Langsung"}]))
    return flow


def test_the_completed_scheme_asks_only_what_is_not_known():
    rows = charter().adopt("5.2/lengkap", table([])).rows
    columns = [column.key for column in STPP.activity("5.2", "lengkap").settings.columns]
    told = dict(zip(columns, rows[0].cells, strict=True))
    assert (told["indikator"], told["pj"], told["biaya"]) == ("Pompa terpasang", BUDI, 500_000_000)
    assert told["analisis"] is None


def test_what_can_start_at_once_is_listed_without_asking():
    flow = charter()
    assert flow.asks_nobody("6.2/langsung")
    (row,) = flow.adopt("6.2/langsung").rows
    assert row.cells[:4] == (SMS, "Manajemen", "Bagian Teknik", BUDI)


def test_the_corporate_plan_gets_terms_and_codes_and_the_money_is_computed():
    flow = framework()
    pump = {"=": PUMP, "jangka": "5 tahun", "dokumen": "Corporate plan"}
    sms = {"=": SMS, "jangka": "1–2 tahun", "dokumen": "Corporate plan", "kode": "1.03.17"}
    result = flow.adopt("6.1/skema", table([pump, sms]))
    assert [row.flags for row in result.rows] == [("Kode anggaran belum ada",), ()]
    pump = {"=": PUMP, "dana": "APBD", "penerimaan": "75 juta", "kode": "1.03.15"}
    pump_row, sms_row = flow.adopt(
        "6.3/kajian", table([pump, {"=": SMS, "dana": "Belum ada", "penerimaan": "0"}])
    ).rows
    assert (pump_row.cells[-1], pump_row.flags) == ("20/3", ("Kembali lebih dari lima tahun",))
    assert (sms_row.cells[-1], sms_row.flags) == (None, ("Belum ada dana",))


def test_monitoring_follows_the_logframe_and_lights_up_exactly():
    flow = framework()
    each = {"satuan": "jam", "cara-ukur": "Catatan loket", "kapan": "Setiap bulan", "pemantau": SITI}
    names = [item.text for item in flow.adopted["5.1/logframe"]]
    falling = {"awal": "40", "target": "20"}
    flow.adopt("7.1/format", table([{"=": name, **each, **falling} for name in names]))
    assert STPP.activity("7.1", "realisasi").repeats
    now = dict(zip(names, ("22", "22,1", "30", "30,1"), strict=True))
    rows = flow.adopt("7.1/realisasi", table([{"=": n, "realisasi": v} for n, v in now.items()])).rows
    assert [row.flags for row in rows] == [
        ("Sesuai target",),
        ("Mendekati target",),
        ("Mendekati target",),
        ("Jauh dari target",),
    ]


def test_exactly_one_action_lies_innermost():
    flow = scheme()
    inner, outer = "1", "2"
    result = flow.adopt(
        "7.2/bawang",
        lambda question: always(inner if question.facts["item"] == PUMP else outer)(question),
    )
    assert [len(ring.items) for ring in result.rings][:2] == [1, 1]
    assert STPP.activity("7.2", "bawang").settings.innermost == 1


def test_guests_answer_the_draft():
    asked = {each.key: each.answered_by for each in STPP.topic("5.3").activities}
    assert (asked["tanggapan"], asked["setuju"]) == ("semua", "semua")
