"""What is told of a checked table: every finding and remark in words, within a message, whatever people typed."""

import re

import pytest

from bot.screens import table_check as screens
from bot.screens.painter import Painter
from documents.language.wording import wording
from domain.table_check import findings, ranks
from domain.table_check.check import Checked
from domain.table_check.tables import Report
from tests.documents.support import telegram_html
from tests.support.codes import codes_in
from tests.support.tables_to_check import HEAD, RIGHT, checked
from usecases.table_check.outcomes import CheckedTable

PAINTER = Painter(wording(), "bot")
HOSTILE = "<b>&\"'</b> {{ 7*191 }} =1+1 \u202eابت 🚰 " + "panjang " * 300


def shown(found: Checked, *, sheet: str = "", long: bool = False) -> str:
    """The first message as people read it; all of them are taken by Telegram."""
    outcome = CheckedTable(
        kept_id=2**31 - 1, report=Report((found,)), sheet=sheet, others=(sheet,) * 9, long=long
    )
    screen = screens.checked(PAINTER, outcome)
    for each in screen.more:
        telegram_html.rich(each.rich)
        telegram_html.plain(each.text)
    assert [bool(each.keyboard) for each in (screen, *screen.more)] == [False] * len(screen.more) + [True]
    text = telegram_html.plain(screen.text).text
    assert not re.search(r"[a-z]\.[A-Z]", text), "a sentence runs into the next"
    return text


def test_every_finding_and_remark_has_words():
    kinds = codes_in("domain/table_check/findings.py", "Finding") | codes_in(
        "domain/table_check/ranks.py", "Finding"
    )
    named = {value for name, value in vars(findings).items() if name.isupper() and isinstance(value, str)}
    assert named >= {ranks.TIE, ranks.RANK}
    ways = {findings.GIVEN, findings.WEIGHTED}
    for kind in kinds | named - ways:
        assert PAINTER.wording.has(f"check_finding.{kind}"), kind
    for code in codes_in("domain/table_check/remarks.py", "Remark"):
        assert PAINTER.wording.has(f"check_remark.{code}"), code
    for module in ("cells", "text", "grid", "layout", "check", "question"):
        for code in codes_in(f"domain/table_check/{module}.py", "Rejected"):
            assert PAINTER.wording.has(f"fault.{code}"), code


@pytest.mark.parametrize("name", RIGHT)
def test_what_holds_is_said_so(name: str):
    """Totals without scores can't be recomputed: of these only the ranks are said to hold."""
    found = checked(RIGHT[name])
    said = "✅ Semua cocok: " if found.criteria else "☑️ Peringkatnya cocok dengan total yang tertulis: "
    assert shown(found).startswith(said)


def test_the_way_and_how_many_totals_follow_it_are_shown():
    text = shown(checked("Masalah;C;A;R;L;NILAI\na;4;3;2;1;24\nb;2;2;3;5;60\nc;5;1;2;2;20"))
    assert text.splitlines()[0] == "✅ Semua cocok: 3 baris, 4 kriteria."
    assert "Total = C × A × R × L. 3 dari 3 cocok." in text


@pytest.mark.parametrize("ranks", [("2", "1", "3"), ("1", "2", "3")])
def test_totals_of_no_known_way_are_neither_blessed_nor_accused(ranks: tuple[str, ...]):
    """Only the ranks are compared, with the totals as they stand."""
    first, second, third = ranks
    text = shown(
        checked(f"N;C;A;R;NILAI;Ranking\na;4;3;2;90;{first}\nb;2;2;3;95;{second}\nc;5;1;2;80;{third}")
    )
    assert "✅" not in text
    assert "NILAI tertulis" not in text
    assert "Sudah dicoba: jumlah, rata-rata, hasil kali." in text
    assert ("Ranking tertulis" in text) == (first == "1")


def test_totals_without_the_weights_are_not_said_to_hold():
    text = shown(checked(HEAD + "A; 4; 3; 7; 2\nB; 5; 4; 9; 1"))
    assert "✅" not in text
    assert "seharusnya" not in text
    assert "Mungkin bobotnya terlewat." in text


TIE = (
    "• B; C: Totalnya tepat sama, tetapi peringkatnya berbeda (1; 2). "
    "Seharusnya berbagi peringkat 1, kecuali ada aturan pemutus yang dicatat."
)


def test_findings_say_where_what_and_what_instead():
    text = shown(checked(HEAD + "A; 4; 3; 3,5; 3\nB; 5; 4; 4,6; 1\nC; 5; 4; 4,6; 2"))
    assert text.splitlines() == [
        "⚠️ 2 hal perlu diperiksa (3 baris, 2 kriteria)",
        "",
        "• A: Total tertulis 3,5, seharusnya 3,6.",
        TIE,
        "",
        "Total = Σ bobot × skor. 2 dari 3 cocok.",
    ]


def test_many_findings_are_counted():
    rows = "\n".join(f"A{n}; 1; x; 1; {n}" for n in range(1, 41))
    text = shown(checked(HEAD + rows))
    assert text.count("•") == screens.MOST_FINDINGS
    assert "dan 26 lagi." in text
    assert "40 baris, 2 kriteria" in text


def test_a_row_without_a_name_is_told_by_its_number():
    assert "Baris 3: Total tertulis 9" in shown(checked("No;K1;K2;Total\n1;1;2;3\n2;1;2;9\n3;4;4;8"))


def test_whatever_people_typed_is_shown_as_typed():
    lines = "\n".join(f"{HOSTILE}{n}; x; {HOSTILE}; {HOSTILE}; {HOSTILE}" for n in range(16))
    head = f"Nama; {HOSTILE} (60%); K2 (40%); Total; Peringkat\nA; 1; 1; 1; 1\nB; 2; 2; 2; 2\n"
    text = shown(checked(head + lines), sheet=HOSTILE, long=True)
    assert "<b>&\"'</b> {{ 7*191 }} =1+1" in text
    assert "1337" not in text


def test_a_long_table_is_cut_in_the_chat():
    rows = "\n".join(f"{HOSTILE}{n}; 1; 1; 1; 1" for n in range(60))
    outcome = CheckedTable(kept_id=1, report=Report((checked(HEAD + rows),)))
    assert "dan 20 baris lagi di berkas Excel." in screens.checked(PAINTER, outcome).more[-1].rich
