"""Tables that were published, with what is wrong in them as printed; numbers as they stand there, names shortened.

Of lecture notes and reports for which nobody computed twice: each was found by its method's name, none was chosen for
its mistakes.
"""

import pytest

from domain.formulas import written
from domain.table_check import text as check_text
from domain.table_check.tables import check_all
from tests.support.tables_to_check import found_in

# Laporan aktualisasi Bagian Hukum Setda Kab. Pulang Pisau, tabel 3.4 (FlipHTML5)
LEGAL = """No;Isu (Masalah);Kriteria;;;Total Nilai;Peringkat
;;U;S;G;;
1.;Aplikasi e-Perda;4;5;4;13;II
2.;Digitalisasi arsip;5;5;4;14;I
3.;Standarisasi koreksi;3;4;3;10;III"""

# USG kesehatan lingkungan dan imunisasi sebuah puskesmas (123dok 11264413), dua tabel berurutan
CLINIC = """No;Masalah;Kriteria;;;Jumlah;Rangking
;;U;S;G;;
1;PHBS rumah tangga;5;5;5;15;1
2;Penyuluhan di sekolah;3;3;2;8;4
3;Pemahaman Kespro;3;2;2;7;5
4;Posyandu purnama;4;3;3;10;3
5;Penjaringan siswa;2;2;2;6;6
6;Desa siaga aktif;5;4;4;13;2"""
VACCINES = """No;Masalah;Kriteria;;;Jumlah;Rangking
;;U;S;G;;
1;HB0;5;5;5;15;1
2;TT WUS;4;4;5;13;2
3;BCG;4;4;4;12;3
4;Polio 1;;;;;
5;Polio 2;;;;;"""

# Isu limbah B3 sebuah rumah sakit, APKL lalu USG (Scribd 446740654)
WASTE = """No;Isu;A;P;K;L;Total skor;Ranking
1;APD petugas;4;4;3;5;16;III
2;Tata kelola sampah;2;3;1;3;9;IV
3;Pemilahan sampah;5;5;4;5;19;I
4;Sanitasi ruang;5;4;4;5;18;II
5;Metode spraying;3;4;5;4;16;IV"""
CHOSEN = """No;ISU;U;S;G;Total;Prioritas
1;Pemilahan sampah;5;5;5;15;I
2;Sanitasi ruang;3;2;3;8;III
3;APD petugas;3;4;3;10;II"""

# Perawatan kesehatan masyarakat (PDFCoffee, USG Perkesmas)
NURSES = """NO;MASALAH / KEGIATAN;U;S;G;TOTAL
1.;Keluarga rawan;4;3;2;9
2.;Pembinaan kelompok;3;2;2;7
3.;;;;;"""

# Metode CARL dan stratifikasi masalah sebuah puskesmas (Scribd 434604996)
CARL = """Hasil Identifikasi;C;A;R;L;Total
Ibu hamil;5;3;2;4;120
Dukun;5;3;2;5;150
Gizi kurang;2;4;2;5;80
Stunting;2;4;2;5;80
ASI eksklusif;2;5;2;5;100
PHBS;2;5;2;5;100
TB paru;2;5;2;5;100
Obat TB;2;2;2;5;30
Imunisasi;2;5;2;5;100
Jamban;2;3;2;5;60
Spal;3;2;2;3;36"""
STRATA = """No.;Hasil Identifikasi;Nilai N;% Nilai;Nilai Komulatif;% Nilai Komulatif
1.;PHBS;72;15.85 %;72;15.58 %
2.;ASI;64;14.09 %;136;29.95 %
3.;Mata air;54;11.89 %;190;41.85 %
4.;Posyandu;36;7.92 %;226;49.77 %
4.;KEK;32;7.05 %;258;56.82 %
5.;Bersalin;32;7.05 %;290;63.87 %
5.;TB paru;32;7.05 %;322;70.92 %
5.;Imunisasi;32;7.05 %;354;77.97 %
5.;Jamban;32;7.05 %;386;85.02 %
5.;Spal;32;7.05 %;418;92.07 %
6.;Gizi kurang;24;5.28 %;442;97.35 %
7.;Ibu hamil;12;2.64 %;454;100 %"""

# Contoh pada pelatihan metode CARL (idoc.tips)
TRAINING = """No.;Masalah;Skor;;;;Hasil;Ranking
;;C;A;R;L;CxAxRxL;
1;Mutu pelayanan;4;5;4;5;400;1
2;PHBS;3;3;3;3;81;3
3;Perhatian keluarga;4;4;3;3;144;2"""

# IFAS Maytag menurut Wheelen dan Hunger, dicetak ulang dalam sebuah skripsi (Universitas Bina Nusantara, tabel 2.3)
MAYTAG = """Faktor strategis internal;Bobot;Peringkat;Terbobot
S1 Budaya;0,15;4;0,60
S2 Manajer;0,15;4;0,60
S3 Integrasi;0,10;4;0,40
S4 SDM;0,05;3;0,15
S5 Internasional;0,15;3;0,45
W1 Proses;0,05;2;0,10
W2 Distribusi;0,05;2;0,10
W3 Keuangan;0,15;1;0,30
W4 Posisi global;0,10;1;0,10
W5 Fasilitas;0,05;1;0,05
TOTAL;1,00;;2,85"""

# Nilai Tukar Pembudidaya Ikan, triwulan III 2018 (laporan kinerja DJPB, 123dok)
FISH = "Indikator;Target;Realisasi;Capaian (%)\nNTPi;102,75;101,8;99,08"


@pytest.mark.parametrize("text", [LEGAL, CLINIC, VACCINES, CHOSEN, NURSES, TRAINING, FISH])
def test_what_was_printed_right_is_not_called_wrong(text: str):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (WASTE, [("tie", "APD petugas", "III; IV", "3"), ("rank", "Tata kelola sampah", "IV", "5")]),
        (CARL, [("total", "Obat TB", "30", "40")]),
        (MAYTAG, [("total", "W3 Keuangan", "0,30", "0.15")]),
    ],
)
def test_what_was_printed_wrong_is_found(text: str, wrong: list[tuple[str, str, str, str]]):
    assert found_in(text) == wrong


def test_shares_that_were_cut_off_and_two_digits_that_changed_places():
    """15,58 was to be 15,85; and some shares were cut off where they should have been rounded."""
    found = check_all(check_text.read(STRATA)).tables[0].findings
    assert [(each.row, each.given, written(each.expected)) for each in found if each.kind == "total"] == [
        ("PHBS", "15.58 %", "0.1585")
    ]
    assert [(each.row, each.given) for each in found if each.kind == "cut"] == [
        ("PHBS", "15.85 %"),
        ("ASI", "14.09 %"),
        ("Posyandu", "7.92 %"),
        ("Gizi kurang", "5.28 %"),
    ]


@pytest.mark.parametrize(("first", "second"), [(CLINIC, VACCINES), (WASTE, CHOSEN)])
def test_tables_of_one_page_are_each_checked(first: str, second: str):
    tables = check_all(check_text.read(f"{first}\n\n{second}")).tables
    assert [len(table.rows) for table in tables] == [first.count("\n") - ("\n;;" in first), 3]
    assert [len(table.findings) for table in tables] == [len(found_in(first)), len(found_in(second))]
