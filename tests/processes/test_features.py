"""Each tiny process file shows one ability of the engine."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from domain.instruments import agreement, card_board, date_poll, pairwise, worksheet
from domain.instruments.registry import INSTRUMENTS
from domain.process import FollowUpSpec, Process, Session
from store.process_files import available, check, load

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))


def process(name: str) -> Process:
    return load(FOLDER / f"{name}.yaml")


def settings(name: str, key: str):
    return process(name).activity("1.1", key).settings


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_is_a_process_of_its_name(path):
    assert load(path).name == path.stem


def test_all_of_a_folder_are_available():
    assert [each.process.name for each in available(FOLDER)] == [path.stem for path in FILES]
    assert len({each.sha256 for each in available(FOLDER)}) == len(FILES)


def test_cards_have_sensible_defaults():
    assert settings("kartu-sederhana", "isu") == card_board.Settings(
        (card_board.Column("isu", "Isu"),), most=5, longest=120, clusters=True
    )


def test_cards_take_limits_hints_and_first_cards():
    peluang = card_board.Column(
        "peluang", "Peluang", "Yang bisa dimanfaatkan.", ("Sungai dekat", "Pelanggan setia")
    )
    expected = card_board.Settings(
        (peluang, card_board.Column("prasyarat", "Prasyarat")), most=3, longest=60, clusters=False
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
    assert (activity.items_from, activity.shown_from, activity.take) == ("isu", "kriteria", 0)
    assert activity.settings == pairwise.Settings(5)
    assert process("ambil-teratas").activity("1.1", "utama").take == 1


def test_worksheet_takes_every_kind_of_column():
    chosen = settings("tabel", "rencana")
    assert [column.kind for column in chosen.columns[:6]] == list(worksheet.KINDS)
    assert [column.key for column in chosen.columns if column.total] == ["volume", "biaya"]
    assert chosen.columns[1] == worksheet.Column(
        "volume", "Volume", "number", total=True, unit="unit", decimals=1, longest=0
    )
    assert chosen.columns[4].options == ("APBD", "APBN", "PDAM")
    assert chosen.columns[3].optional
    assert chosen.most == 4


def test_date_poll_takes_its_limit():
    assert settings("jadwal", "jadwal") == date_poll.Settings(3)


def test_a_topic_takes_all_the_guide_says_of_it():
    whole = process("topik-lengkap")
    first, second = whole.topics()
    assert (whole.version, [stage.key for stage in whole.stages]) == (3, ["1", "2"])
    assert first.sessions == (Session(90, ("Tinjauan", "Curah pendapat")), Session(60, ("Penutup",)))
    assert first.follow_ups[1] == FollowUpSpec("data", "Sekretaris merapikan data.", 10)
    assert (first.participants, first.note) == (("Kelompok Kerja", "Direksi"), "Boleh dilakukan dua hari.")
    assert second.activities[0].items_from == "1.1/isu"


def test_what_is_not_there_is_told_by_its_key():
    with pytest.raises(KeyError):
        process("jadwal").topic("9.9")
    with pytest.raises(KeyError):
        process("jadwal").activity("1.1", "isu")


def test_the_example_of_the_guide_for_writers_is_a_process():
    page = (FOLDER.parent.parent / "docs" / "menulis-proses.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    process_, faults = check(example)
    assert faults == []
    assert {activity.instrument for topic in process_.topics() for activity in topic.activities} == {
        "cards", "pairwise", "agreement", "date_poll",
    }  # fmt: skip


def test_the_guide_for_writers_names_every_instrument():
    page = (FOLDER.parent.parent / "docs" / "menulis-proses.md").read_text("utf-8")
    assert set(re.findall(r"^### `(\w+)`", page, re.MULTILINE)) == {each.name for each in INSTRUMENTS}
