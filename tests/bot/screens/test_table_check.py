"""What is told of a checked table: every finding and remark in words, within a message, whatever people typed."""

import pytest

from bot.screens import table_check as screens
from bot.screens.painter import Painter
from documents.language.wording import Wording
from domain.table_check import findings, ranks
from domain.table_check.check import Checked
from tests.documents.support import telegram_html
from tests.support.codes import codes_in
from tests.support.tables_to_check import HEAD, RIGHT, checked
from usecases.table_check.outcomes import CheckedTable

PAINTER = Painter(Wording(), "bot")
HOSTILE = "<b>&\"'</b> {{ 7*191 }} =1+1 \u202eابت 🚰 " + "panjang " * 300


def shown(found: Checked, *, sheet: str = "", long: bool = False) -> str:
    """The first message as people read it; all of them are taken by Telegram."""
    outcome = CheckedTable(kept_id=2**31 - 1, checked=found, sheet=sheet, others=(sheet,) * 9, long=long)
    screen = screens.checked(PAINTER, outcome)
    for each in screen.more:
        telegram_html.rich(each.rich)
        telegram_html.plain(each.text)
    assert [bool(each.keyboard) for each in (screen, *screen.more)] == [False] * len(screen.more) + [True]
    return telegram_html.plain(screen.text).text


def test_every_finding_and_remark_has_words():
    kinds = codes_in("domain/table_check/findings.py", "Finding") | codes_in(
        "domain/table_check/ranks.py", "Finding"
    )
    named = {value for name, value in vars(findings).items() if name.isupper() and isinstance(value, str)}
    assert named >= {ranks.TIE, ranks.RANK}
    ways = {findings.GIVEN, findings.WEIGHTED}
    for kind in kinds | named - ways:
        assert PAINTER.wording.has(f"check_finding.{kind}"), kind
    for code in codes_in("domain/table_check/check.py", "Remark"):
        assert PAINTER.wording.has(f"check_remark.{code}"), code
    for module in ("cells", "text", "grid", "layout", "question"):
        for code in codes_in(f"domain/table_check/{module}.py", "Rejected"):
            assert PAINTER.wording.has(f"fault.{code}"), code


@pytest.mark.parametrize("name", RIGHT)
def test_what_holds_is_said_so(name: str):
    assert shown(checked(RIGHT[name])).startswith("✅ Semua cocok: ")


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
        "Total = Σ bobot × skor.",
    ]


def test_many_findings_are_counted():
    rows = "\n".join(f"A{n}; 1; 1; 2; {n}" for n in range(1, 41))
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
    outcome = CheckedTable(kept_id=1, checked=checked(HEAD + rows))
    assert "dan 20 baris lagi di berkas Excel." in screens.checked(PAINTER, outcome).more[-1].rich
