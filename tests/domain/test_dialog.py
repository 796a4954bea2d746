from hypothesis import given
from hypothesis import strategies as st

from domain import dialog
from domain.dialog import Progress
from domain.questions import Confirm, Text

QUESTIONS = [Text(key="nama"), Text(key="instansi", optional=True), Confirm(key="lagi", counts=False)]


def test_the_first_unanswered_question_is_next():
    assert dialog.next_question(QUESTIONS, {}).key == "nama"
    assert dialog.next_question(QUESTIONS, {"instansi": "PDAM"}).key == "nama"
    assert dialog.next_question(QUESTIONS, {"nama": "Siti", "instansi": None}).key == "lagi"
    assert dialog.next_question(QUESTIONS, {"nama": "Siti", "instansi": None, "lagi": False}) is None


def test_the_way_back():
    assert dialog.before(QUESTIONS, "nama") is None
    assert dialog.before(QUESTIONS, "lagi").key == "instansi"
    assert dialog.before(QUESTIONS, None).key == "lagi"
    assert dialog.before(QUESTIONS, "hilang").key == "lagi"
    assert dialog.before([], None) is None


def test_a_question_that_is_no_longer_asked_is_not_found():
    assert dialog.find(QUESTIONS, "nama") is QUESTIONS[0]
    assert dialog.find(QUESTIONS, "hilang") is None


@given(st.sets(st.sampled_from(["nama", "instansi", "lagi", "lain"])))
def test_progress_counts_only_what_counts(answered):
    assert dialog.progress(QUESTIONS, dict.fromkeys(answered)) == Progress(
        len(answered & {"nama", "instansi"}), 2
    )
