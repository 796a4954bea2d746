"""The smallest table of each kind people sent that was once understood wrongly, with what is right to say of it."""

import pytest

from domain.table_check import columns
from tests.support.tables_to_check import checked, found_in, kinds

RIGHT = {
    "a part of a table, its sums named in the column of numbers": "No;Indikator;Bobot;Nilai;Hasil\n"
    "1;Kualitas air;0,20;3;0,60\n2;Tekanan;0,15;2;0,30\nJumlah;;0,35;;0,90",
    "sums without a word": "No;Indikator;Bobot;Nilai;Hasil\n"
    "1;Kualitas air;0,20;3;0,60\n2;Tekanan;0,15;2;0,30\n;;0,35;;0,90",
    "letters that are multiplied": "Masalah;C;A;R;L;Hasil CxAxRxL\na;4;3;2;5;120\nb;3;3;4;2;72",
    "letters in their order": "Masalah;Besar;Gawat;Upaya;(AxB)+C\na;4;3;2;14\nb;3;3;4;13",
    "brackets and a factor": "Masalah;A;B;C;Jumlah (A+2B)xC\na;4;3;2;20\nb;3;3;4;36",
    "columns by their names": "Kegiatan;Pagu;Realisasi;Realisasi/Pagu x 100\na;500;400;80\nb;300;150;50",
    "a share of a column": "Kegiatan;Pagu;Realisasi;Nilai %\nx;500.000.000;400.000.000;80,00",
    "a share of the sum": "Masalah;Nilai;%;Kumulatif\na;50;50;50\nb;30;30;80\nc;20;20;100",
    "shares that were rounded": "Masalah;Nilai;%;Kumulatif\na;1;33,3%;33,3%\nb;1;33,3%;66,7%\nc;1;33,3%;100%",
    "prices": "Uraian;Volume;Harga Satuan;Jumlah\nPipa;10;Rp50.000,-;Rp500.000,-\nSemen;20;Rp60.000,-;Rp1.200.000,-\n"
    "Jumlah;;;Rp1.700.000,-",
    "millions in words": "N;2025;2026;Selisih\na;Rp2,5 juta;Rp4 juta;Rp1,5 juta\nb;1 juta;3 juta;2 juta\n"
    "c;500 ribu;750 ribu;250 ribu",
    "costs": "N;Manfaat (70%);Biaya (-30%);Total\na;4;2;2,2\nb;3;1;1,8",
    "costs in brackets": "N;K1 (0,97);Denda (0,03);Total\na;4;(0,03);3,8791\nb;3;(1,00);2,88",
    "means below": "N;K1;K2;Jumlah\na;4;2;6\nb;3;1;4\nRata-rata;3,5;1,5;5",
    "groups with their sums": "N;K1;K2;Jumlah\na;4;2;6\nb;3;1;4\nSub jumlah;7;3;10\nc;1;1;2\nd;2;2;4\n"
    "Sub jumlah;3;3;6\nJumlah total;10;6;16",
    "both kinds of a decimal sign": "N;K1;K2;Jumlah\na;3,5;2.5;6\nb;1,25;1.25;2,5",
    "spaces between thousands": "N;K1;K2;Jumlah\na;1 250 000;250 000;1 500 000\nb;1;2;3",
    "weights in the middle of the head": "No;Program;Kriteria;;Jumlah;Ranking\n;;60%;40%;;\n;;Dampak;Biaya;;\n"
    "1;a;4;3;3,6;2\n2;b;5;4;4,6;1",
    "weights and targets in columns": "Indikator;Bobot;Target;Realisasi;Capaian;Skor\na;40;100;90;90%;36\n"
    "b;60;50;40;80%;48\nJumlah;100;;;;84",
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_called_wrong(name: str):
    assert found_in(RIGHT[name]) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            """No;Program;Kriteria;;;Jumlah;Rangking
;;Dampak;Mutu;Biaya;;
;;40;30;30;;
1;a;4;3;3;3,4;1
2;b;5;5;2;4,1;2
3;c;1;1;1;2;3
4;d;2;2;2;2;4""",
            [
                ("rank", "a", "1", "2"),
                ("rank", "b", "2", "1"),
                ("total", "c", "2", "1"),
                ("rank", "c", "3", "4"),
                ("rank", "d", "4", "3"),
            ],
        ),
        ("Masalah;C;A;R;L;Hasil CxAxRxL\na;4;3;2;5;120\nb;3;3;4;2;73", [("total", "b", "73", "72")]),
        ("Masalah;A;B;C;(AxB)+C\na;4;3;2;14\nb;3;3;4;31", [("total", "b", "31", "13")]),
        (
            "Kegiatan;Pagu;Realisasi;%\nx;500;400;80\ny;300;100;33,33\nz;200;50;35\nJumlah;1000;550;55",
            [("total", "z", "35", "25")],
        ),
        (
            "Masalah;Nilai;%;Kumulatif\na;5;41,7;41,7\nb;4;33,3;75\nc;2;16,7;91,7\nd;1;8,3;101",
            [("total", "d", "101", "100")],
        ),
        (
            "Uraian;Volume;Harga Satuan;Jumlah\nPipa;10;50.000;500.000\nPasir;2;200.000;450.000",
            [("total", "Pasir", "450.000", "400000")],
        ),
        ("N;K1;K2;Jumlah\na;4;2;6\nb;3;1;4\nJumlah;7;4;10", [("column_sum", "Jumlah", "4", "3")]),
        ("N;K1;K2;Jumlah\na;4;2;6\nb;3;1;4\nJumlah;9;9;19", [("column_sums", "Jumlah", "", "")]),
        (
            "No;Indikator;Bobot;Nilai;Hasil\n1;Air;0,20;3;0,60\n2;Tekanan;0,15;2;0,30\nJumlah;;0,40;;0,90",
            [("weight_sum", "", "0,4", "0.35")],
        ),
        ("N;K1;K2;Total\nBobot;60%;30%;80%\nA;4;3;3,3\nB;5;4;4,2", [("weight_sum", "", "80%", "0.9")]),
        (
            "N;K1;K2;Jumlah\na;1;1;2,00\nb;2;1;3,00\nc;3,333;1;4,33\nd;1,6667;1;2,66",
            [("cut", "d", "2,66", "2.6667")],
        ),
    ],
)
def test_what_is_wrong_is_found(text, findings):
    assert found_in(text) == findings


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Masalah;C;A;R;L;NILAI\na;4;3;2;1;24\nb;2;2;3;5;60\nc;5;1;2;2;20", "C × A × R × L"),
        ("Masalah;A;B;C;Jumlah (A+2B)xC\na;4;3;2;20\nb;3;3;4;36", "(A + 2 × B) × C"),
        ("Kegiatan;Pagu;Realisasi;Nilai %\nx;500;400;80,00", "Realisasi ÷ Pagu × 100"),
    ],
)
def test_the_way_is_shown(text: str, shown: str):
    assert checked(text).shown == shown


def test_a_head_that_speaks_of_shares_where_none_are_found_is_named():
    found = checked("N;A;B;Capaian (%)\na;3;7;55\nb;4;9;56\nc;5;8;91")
    assert (found.findings, found.is_recomputed) == ((), False)
    assert [each.details for each in found.remarks if each.code == "unknown_columns"] == [
        {"columns": ("Capaian (%)",)}
    ]


def test_titles_below_the_weights_are_those_of_the_criteria():
    found = checked(RIGHT["weights in the middle of the head"])
    assert [each.title for each in found.criteria] == ["Dampak", "Biaya"]


def test_after_enough_work_no_further_way_is_tried(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(columns, "MOST_STEPS", -1)
    found = checked("Kegiatan;Pagu;Realisasi;Nilai %\nx;500;400;80\ny;300;150;50\nz;200;50;99")
    assert kinds(found) == []
    assert not found.way.following
