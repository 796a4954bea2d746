"""Tables in the shapes they come in, and what is told of them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from domain.faults import Rejected
from domain.table_check import text as check_text
from domain.table_check.cells import Cell, kept_number
from domain.table_check.check import check
from domain.table_check.numbers import ENGLISH, INDONESIAN, is_doubtful, read, read_rank, writings
from tests.support.tables_to_check import HEAD, RIGHT, checked, found_in, kinds


@pytest.mark.parametrize("name", RIGHT)
def test_shapes_in_which_everything_holds(name):
    found = checked(RIGHT[name])
    assert found.findings == ()
    assert found.rows


@pytest.mark.parametrize(
    ("name", "criteria", "rows"),
    [
        ("a row of weights", ["Dampak", "Biaya"], ["B", "A"]),
        ("single spaces", ["Dampak", "Biaya"], ["Pipa baru", "Sumur bor"]),
        ("names that end in numbers", ["Dampak", "Biaya"], ["Usulan 2", "Usulan 1", "Usulan 3"]),
        ("a spreadsheet's spaces", ["Dampak", "Biaya"], ["Pipa", "Sumur bor"]),
        ("a head of two rows", ["Dampak", "Biaya"], ["B", "A"]),
        ("a title, a source", ["K1", "K2"], ["B", "A"]),
        ("turned", ["Dampak", "Biaya"], ["B", "A"]),
        ("turned with products", ["Dampak", "Biaya"], ["B", "A"]),
        ("products", ["Dampak", "Biaya"], ["B", "A"]),
        ("only totals and ranks", [], ["B", "A", "C"]),
        ("quoted cells", ["K1", "K2"], ["A", 'Pipa 4" baru']),
        ("an inch", ["K1", "K2"], ["A", '"4" pipa']),
        ("extra columns", ["K1", "K2"], ["B", "A"]),
    ],
)
def test_what_is_criterion_and_what_is_name(name, criteria, rows):
    found = checked(RIGHT[name])
    assert [each.title for each in found.criteria] == criteria
    assert [row.name for row in found.rows] == rows


DOUBT = {"given": "1.250", "read": "1250", "not_read": "1,25"}
THREE = {"given": "3.000", "read": "3", "not_read": "3000"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "A; 4; 3; 3,5; 2\nB; 5; 4; 4,6; 1", [("total", "A", "3,5", "3.6")]),
        (HEAD + "A; 4; 3; 3,6; 1\nB; 5; 4; 4,6; 2", [("rank", "A", "1", "2"), ("rank", "B", "2", "1")]),
        (HEAD + "A; 4; 3; 3,6; 1\nB; 4; 3; 3,6; 2", [("tie", "A", "1; 2", "1")]),
        (
            HEAD + "A; 4; 3; 3,6; 3\nB; 5; 4; 4,6; 1\nC; 5; 4; 4,6; 4",
            [("tie", "B", "1; 4", "1"), ("rank", "C", "4", "1")],
        ),
        (HEAD + "A; 4; 3; 3,6; 1\nB; 5; 4; 4,6; 2\nC; 5; 5; 5; 3", [("reversed", "", "", "")]),
        (HEAD + "A; 4; 3; 4; 2\nB; 5; 4; 4,6; 1", [("rough", "A", "4", "3.6")]),
        (HEAD + "A; empat; 3; 3,6; 2\nB; 5; 4; 4,6; 1", [("unread", "A", "empat", "")]),
        (HEAD + "A; ; 3; 3,6; 2\nB; 5; 4; 4,6; 1", [("empty", "A", "", "")]),
        (HEAD + "A; 4; 3; ; 2\nB; 5; 4; 4,6; 1", [("empty", "A", "", "")]),
        (HEAD + "A; 4; 3; 3,6; \nB; 5; 4; 4,6; 1", [("empty", "A", "", "")]),
        (HEAD + "A; 4; 3; 3,6; kedua\nB; 5; 4; 4,6; 1", [("unread", "A", "kedua", "")]),
        ("N; K1; K2; Total\nBobot; 60; 30;\nA; 4; 3; 3,3\nB; 5; 4; 4,2", [("weights", "", "90", "100")]),
        ("N; K1; K2; Total\nBobot; 0,5; 0,6;\nA; 4; 3; 3,8\nB; 5; 4; 4,9", [("weights", "", "1,1", "1")]),
        ("N; K1; K2; Total\nBobot; 50%; 60%;\nA; 4; 3; 3,8\nB; 5; 4; 4,9", [("weights", "", "110%", "100")]),
        (
            "N; K1 (33,3%); K2 (33,3%); K3 (33,3%); Total\nA; 3; 3; 3; 2,997\nB; 1; 1; 1; 0,999",
            [("weights_rounded", "", "99,9%", "100")],
        ),
        (
            "N;K1 (60%);;K2 (40%);;Total\n;N;BN;N;BN;\nA;4;2,4;3;1,1;3,6\nB;5;3;4;1,6;4,6",
            [("product", "A", "1,1", "1.2")],
        ),
        ("N; Total; Rank\nA; 3,5; 1\nB; 4; 2", [("rank", "A", "1", "2"), ("rank", "B", "2", "1")]),
        ("N; Total; Rank\nA; 3,5; 1\nB; tiga; 2", [("unread", "B", "tiga", "")]),
        ("Kriteria;Bobot;A;B\nDampak;60%;4;5\nBiaya;40%;3;4\nTotal;;3,7;4,6", [("total", "A", "3,7", "3.6")]),
    ],
)
def test_what_is_wrong(text, expected):
    assert found_in(text) == expected


def test_all_rows_of_a_tie_are_named():
    (tie,) = checked("N; Total; Rank\nA; 4; 1\nB; 4; 2\nC; 4; 3\nD; 1; 4").findings
    assert tie.others == ("A", "B", "C")


def test_unequal_totals_that_look_equal_are_no_tie():
    found = checked("N; K1 (1/3); K2 (2/3); Total; Rank\nA; 4; 3; 3,3; 2\nB; 3,01; 3,5; 3,3; 1")
    assert found.findings == ()
    assert [row.rank for row in found.rows] == [1, 2]


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("N; Total; Rank\nA; 1.250; 1\nB; 1.100; 2", {"doubtful": DOUBT}),
        (
            "N; Total; Rank\nA; 1.250; 2\nB; 1.5; 1",
            {"doubtful": DOUBT | {"read": "1,25", "not_read": "1250"}},
        ),
        ("N; K1; K2; Total; Rank\nA; 1; 2; 1.250; 1\nB; 1; 0,125; 1,125; 2", {"doubtful": DOUBT}),
        ("N; K1; K2; Total; Rank\nA; 1; 2; 3.000; 1\nB; 1; 1; 2.000; 2", {"doubtful": THREE}),
        (RIGHT["extra columns"], {"unused": {"columns": ("Tahun",)}, "no_ranks": {}}),
        (RIGHT["dense ranks"], {"style": {"style": "dense"}}),
        (RIGHT["shared ranks"], {"style": {"style": "shared"}}),
        (RIGHT["no totals yet"], {"no_totals": {}, "no_ranks": {}}),
        (RIGHT["importance"], {"importance": {"together": 5}, "no_ranks": {}}),
        (HEAD + "A; 4; 3; 7; 2\nB; 5; 4; 9; 1", {"forgotten": {"kind": "sum"}}),
        (HEAD + "A; x; 3; ; 2\nB; 5; 4; 4,6; 1", {"unranked": {}}),
    ],
)
def test_what_is_assumed_is_told(text, remarks):
    assert {each.code: each.details for each in checked(text).remarks} == remarks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "check_no_table"),
        ("halo", "check_no_table"),
        ("halo, apa kabar, Pak?\nbaik, terima kasih, Bu", "check_no_head"),
        ("a;b\nc;d", "check_no_head"),
        ("A;1;2\nB;3;4", "check_no_head"),
        ("Nama;Total\nA;B\nC;D", "check_no_rows"),
        ("Nama;K1;K2\nA;1;2\nB;3;4", "check_no_total"),
        ("Nama;Peringkat\nA;1\nB;2", "check_no_total"),
        ("N;Total\n" + "A;1\n" * 500, "check_too_big"),
        (";".join(["K"] * 29 + ["Total", "x"]) + "\n" + ";".join(["1"] * 31), "check_too_big"),
    ],
)
def test_what_is_no_table_is_refused(text, code):
    with pytest.raises(Rejected) as rejected:
        checked(text)
    assert rejected.value.fault.code == code


def test_the_largest_table_is_checked():
    text = "N;" + ";".join(f"K{n}" for n in range(28)) + ";Total\n" + ("A;" + "1;" * 28 + "28\n") * 499
    assert checked(text).findings == ()


def test_numbers_that_a_program_kept():
    """A spreadsheet leaves zeros out: 3.6 among totals of two decimals is 3.60."""

    def row(name: str, *numbers: str):
        return (Cell(name), *(kept_number(Decimal(each)) for each in numbers))

    head = tuple(map(Cell, ("Nama", "K1 (2/3)", "K2 (1/3)", "Total")))
    whole = check((head, row("A", "4", "3", "3.66666666667"), row("B", "3", "3", "3")))
    assert whole.findings == ()
    rough = check((head, row("A", "4", "3", "3.66666666667"), row("B", "5", "3", "4")))
    assert kinds(rough) == ["rough"]


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("4", "4", 0),
        ("3,67", "3.67", 2),
        ("3.67", "3.67", 2),
        ("1.250,5", "1250.5", 1),
        ("1,250.5", "1250.5", 1),
        ("1.250.000", "1250000", 0),
        ("1,250,000", "1250000", 0),
        ("1.250", "1250", 0),
        ("1,250", "1.25", 3),
        ("0.250", "0.25", 3),
        ("30%", "0.3", 2),
        ("33,3 %", "0.333", 3),
        ("1/4", "0.25", None),
        (",5", "0.5", 1),
        ("-2", "-2", 0),
        ("−2,5", "-2.5", 1),
        ("+1", "1", 0),
        ("4 (baik)", "4", 0),
        ("3,67*", "3.67", 2),
        ("Rp5", "5", 0),
        ("Rp. 1.250.000,-", "1250000", 0),
        ("Rp 1.250.000,00", "1250000", 2),
        ("1.250.000,–", "1250000", 0),
        ("IDR 1,250,000", "1250000", 0),
        ("(0,03)", "-0.03", 2),
        ("(Rp1.000)", "-1000", 0),
        ("Rp(1.000)", "-1000", 0),
        ("0,03-", "-0.03", 2),
        ("(30%)", "-0.3", 2),
        ("2,5 juta", "2500000", -5),
        ("Rp1,2 M", "1200000000", -8),
        ("3 milyar", "3000000000", -9),
        ("1,5 Triliun", "1500000000000", -11),
        ("750 rb", "750000", -3),
        ("1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000", "1250000", 0),
        ("1 250 000,5", "1250000.5", 1),
        ("12,5 persen", "0.125", 3),
    ],
)
def test_numbers(text, value, decimals):
    number = read(text)
    assert number is not None
    assert (number.value, number.decimals) == (Fraction(value), decimals)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "empat",
        "1 2",
        "4-5",
        "1..2",
        "1.2.3",
        "12.34.567",
        "9" * 25,
        "9" * 19,
        "999999999 triliun",
        "1/0",
        "٣",
        "½",
        "1e5",
        "nan",
    ],
)
def test_no_numbers(text):
    assert read(text) is None


def test_ways_of_writing():
    assert writings(["1.250", "3,5"]) == (INDONESIAN,)
    assert writings(["1,250", "3.5"]) == (ENGLISH,)
    assert writings(["1.250"]) == (INDONESIAN, ENGLISH)
    assert writings(["1.250", "3,5", "2.5"]) == (INDONESIAN, ENGLISH)
    assert writings(["4", "x"]) == (INDONESIAN,)
    assert read("1.250", ENGLISH) == read("1,250", INDONESIAN)
    assert is_doubtful("1.250")
    assert not is_doubtful("0.250")


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("1", 1),
        ("2.", 2),
        ("II", 2),
        ("xiv", 14),
        ("ke-3", 3),
        ("Peringkat 4", 4),
        ("#5", 5),
        ("1,5", Fraction(3, 2)),
    ],
)
def test_ranks(text, rank):
    assert read_rank(text) == rank


@pytest.mark.parametrize("text", ["", "pertama", "-", "iiii"])
def test_no_ranks(text):
    assert read_rank(text) is None


def test_long_and_strange_names_stay_whole():
    name = "<b>&\"'</b> {{ 7*191 }} =1+1 " + "panjang " * 300
    (first, _) = checked(f"Nama;K1;K2;Total\n{name};2;2;4\nA;1;1;2").rows
    assert first.name == name.strip()


def test_what_turns_the_writing_direction_is_left_out():
    rows = check_text.read("Nama;Total\n\u202eA\u200b;1\nB;2")
    assert rows[1][0].text.replace("\u200b", "") == "A"
