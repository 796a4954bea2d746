"""What a process file may say of a scoring, and what is told where it is wrong."""

from fractions import Fraction

import pytest

from domain.instruments.scoring.board import Settings
from domain.instruments.scoring.criteria import Criterion
from store.process_files import check
from tests.support.paths import PROCESS_FILES
from tests.support.process_files import settings as settings_of


def test_a_process_file_says_scale_criteria_followers_and_merging():
    words = ((1, "Rendah"), (2, "Sedang"), (3, "Tinggi"))
    biaya = Criterion("k1", "Biaya", "Makin murah makin tinggi.", ((1, "Mahal"), (3, "Murah")), key="biaya")
    assert settings_of("skor", "teknis") == Settings((biaya,), 1, 3, words, followers_by="induk")
    finansial = settings_of("skor", "finansial")
    assert [each.weight for each in finansial.criteria] == [2, Fraction(1, 2)]
    assert (finansial.lowest, finansial.highest) == (0, 10)
    assert settings_of("skor", "gabungan") == Settings((), merges=True, leader=True)


FILE = (PROCESS_FILES / "skor.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("3: Tinggi", "4: Tinggi", ["not_allowed"]),
        ("3: Murah", "tiga: Murah", ["not_allowed"]),
        ("            weights_from: bobot\n            followers", "            followers", []),
        ("            weights_from: bobot\n            totals", "            totals", []),
        ("            totals_from_items: true\n            leader", "            leader", []),
        ("            followers_by: induk\n", "", ["missing_field"]),
        ("            followers_from: pendukung\n", "", ["unknown_field"]),
        ("weights_from: bobot", "weights_from: nilai", ["unknown_reference"]),
        ("highest: 10", "highest: 0", ["out_of_range"]),
        ("lowest: 0\n            highest: 10", "lowest: 7", []),
        ("weight: 2", "weight: dua", ["not_fraction"]),
        ("key: dampak", "key: biaya", ["duplicate_key"]),
    ],
)
def test_what_is_wrong_in_a_process_file_is_told(old, new, codes):
    assert old in FILE
    _, faults = check(FILE.replace(old, new, 1))
    assert [fault.fault.code for fault in faults] == codes


def test_criteria_may_be_left_out_only_where_weights_or_totals_are_drawn():
    start = FILE.index("            lowest: 0")
    _, (fault,) = check(FILE[:start] + FILE[FILE.index("          - key: gabungan") :])
    assert (fault.fault.code, fault.fault.details) == ("missing_field", {"field": "criteria"})


def test_a_scale_that_begins_late_ends_later():
    process, _ = check(FILE.replace("lowest: 0\n            highest: 10", "lowest: 7"))
    finansial = process.activity("1.1", "finansial").settings
    assert (finansial.lowest, finansial.highest) == (7, 8)
