from hypothesis import given
from hypothesis import strategies as st

from domain.dialog import engine
from domain.dialog.engine import Progress
from domain.dialog.questions import Confirm, Text

QUESTIONS = [Text(key="nama"), Text(key="instansi", optional=True), Confirm(key="lagi", counts=False)]


def test_the_first_unanswered_question_is_next():
    assert engine.next_question(QUESTIONS, {}).key == "nama"
    assert engine.next_question(QUESTIONS, {"instansi": "PDAM"}).key == "nama"
    assert engine.next_question(QUESTIONS, {"nama": "Siti", "instansi": None}).key == "lagi"
    assert engine.next_question(QUESTIONS, {"nama": "Siti", "instansi": None, "lagi": False}) is None


def test_the_way_back():
    assert engine.before(QUESTIONS, "nama") is None
    assert engine.before(QUESTIONS, "lagi").key == "instansi"
    assert engine.before(QUESTIONS, None).key == "lagi"
    assert engine.before(QUESTIONS, "hilang").key == "lagi"
    assert engine.before([], None) is None


def test_a_question_that_is_no_longer_asked_is_not_found():
    assert engine.find(QUESTIONS, "nama") is QUESTIONS[0]
    assert engine.find(QUESTIONS, "hilang") is None


@given(st.sets(st.sampled_from(["nama", "instansi", "lagi", "lain"])))
def test_progress_counts_only_what_counts(answered):
    assert engine.progress(QUESTIONS, dict.fromkeys(answered)) == Progress(
        len(answered & {"nama", "instansi"}), 2
    )
