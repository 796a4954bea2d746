from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.meetings.agenda import (
    BREAK,
    CLOSING,
    LATE,
    ORDINARY,
    PLACES,
    REVIEW,
    AgendaItem,
    Pace,
    Words,
    add,
    build,
    change,
    length,
    move,
    pace,
    remove,
    shared_out,
    speak_of,
    timed,
)
from domain.process.model import Session

WORDS = Words(
    review="Meninjau hasil lalu",
    late="Tindak lanjut yang terlambat",
    pause="Istirahat",
    closing="Jadwal berikutnya",
    review_marks=("meninjau",),
    closing_marks=("pertemuan berikutnya",),
)
PLAIN = Session(90, ("Paparan", "Diskusi"))
GUIDE = (
    Session(90, ("Meninjau hasil tahap sebelumnya", "Paparan", "Curah pendapat")),
    Session(60, ("Diskusi kelompok", "Menetapkan jadwal pertemuan berikutnya")),
)
NINE = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))


def shown(agenda):
    return [(item.kind, item.text, item.minutes) for item in agenda]


def test_review_first_and_the_next_date_last_are_added_where_the_guide_has_none():
    assert shown(build([PLAIN], WORDS, late=(17, 18))) == [
        (REVIEW, "Meninjau hasil lalu", 20),
        (LATE, "Tindak lanjut yang terlambat", 20),
        (ORDINARY, "Paparan", 20),
        (ORDINARY, "Diskusi", 15),
        (CLOSING, "Jadwal berikutnya", 15),
    ]


def test_the_guides_own_review_and_closing_are_known_and_a_break_stands_between_sessions():
    agenda = build(GUIDE, WORDS, pause=15)
    assert shown(agenda) == [
        (REVIEW, "Meninjau hasil tahap sebelumnya", 30),
        (ORDINARY, "Paparan", 30),
        (ORDINARY, "Curah pendapat", 30),
        (BREAK, "Istirahat", 15),
        (ORDINARY, "Diskusi kelompok", 30),
        (CLOSING, "Menetapkan jadwal pertemuan berikutnya", 30),
    ]
    assert [item.key for item in agenda] == [1, 2, 3, 4, 5, 6]


def test_clock_times_run_on():
    times = [(f"{each.starts:%H.%M}", f"{each.ends:%H.%M}") for each in timed(build([PLAIN], WORDS), NINE)]
    assert times == [("09.00", "09.25"), ("09.25", "09.50"), ("09.50", "10.10"), ("10.10", "10.30")]


@given(st.integers(0, 600), st.integers(1, 30))
def test_minutes_are_shared_out_exactly_and_fairly(minutes, count):
    shares = shared_out(minutes, count)
    assert sum(shares) == minutes
    assert len(shares) == count
    assert max(shares) - min(shares) <= 5
    assert min(shares) > 0 or minutes < count
    assert list(shares) == sorted(shares, reverse=True)
    if minutes % 5 == 0 and minutes >= 5 * count:
        assert all(share % 5 == 0 and share for share in shares)


texts = st.sampled_from(["Meninjau hasil", "Paparan", "Diskusi", "Menetapkan pertemuan berikutnya"])
sessions = st.lists(
    st.builds(Session, st.integers(5, 240), st.lists(texts, min_size=1, max_size=6).map(tuple)),
    min_size=1,
    max_size=4,
)


@given(sessions, st.lists(st.integers(1, 99), max_size=3), st.sampled_from([0, 10, 15]))
def test_an_agenda_takes_exactly_its_sessions_and_keeps_every_point(given_sessions, late, pause):
    agenda = build(given_sessions, WORDS, late, pause)
    assert length(agenda) == sum(each.minutes for each in given_sessions) + pause * (len(given_sessions) - 1)
    assert agenda[0].kind == REVIEW
    assert agenda[-1].kind == CLOSING
    assert [item.follow_ups for item in agenda if item.kind == LATE] == ([tuple(late)] if late else [])
    wanted = [text for each in given_sessions for text in each.agenda]
    kept = [item.text for item in agenda if item.kind not in {LATE, BREAK}]
    assert [text for text in kept if text in wanted or text in {WORDS.review, WORDS.closing}] == kept
    assert all(kept.count(text) >= wanted.count(text) for text in wanted)
    clock = timed(agenda, NINE)
    assert all(one.ends == other.starts for one, other in pairwise(clock))
    assert clock[-1].ends - clock[0].starts == timedelta(minutes=length(agenda))


BASE = build([PLAIN], WORDS)  # 1 review, 2 Paparan, 3 Diskusi, 4 closing


def keys(agenda):
    return [item.key for item in agenda]


def test_edits():
    more = add(BASE, "Lain-lain", 10)
    assert keys(more) == [1, 2, 3, 5, 4]
    assert keys(add(BASE, "Sambutan", 10, at=0)) == [1, 5, 2, 3, 4]
    assert keys(add(BASE, "Istirahat", 10, at=2, kind=BREAK)) == [1, 2, 5, 3, 4]
    assert keys(move(more, 5, 1)) == [1, 5, 2, 3, 4]
    assert keys(move(more, 2, 99)) == [1, 3, 5, 2, 4]
    assert keys(remove(more, 1)) == [2, 3, 5, 4]
    assert change(BASE, 2, minutes=45, text="Paparan PDAM")[1] == AgendaItem(2, ORDINARY, "Paparan PDAM", 45)
    assert keys(add(remove(more, 5), "Baru", 5)) == [1, 2, 3, 5, 4]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda: remove(BASE, 9), "agenda_unknown"),
        (lambda: move(BASE, 9, 0), "agenda_unknown"),
        (lambda: move(BASE, 1, 2), "agenda_fixed"),
        (lambda: move(BASE, 4, 0), "agenda_fixed"),
        (lambda: change(BASE, 2, minutes=0), "agenda_minutes"),
        (lambda: add(BASE, "x", 481), "agenda_minutes"),
        (lambda: add(BASE * 10, "x", 5), "agenda_full"),
    ],
)
def test_edits_that_cannot_be(edit, code):
    with pytest.raises(Rejected) as caught:
        edit()
    assert caught.value.fault.code == code


def test_overdue_tindak_lanjut_come_onto_the_agenda_change_and_go():
    with_late = speak_of(BASE, (17,), "Tindak lanjut", 10)
    assert keys(with_late) == [1, 5, 2, 3, 4]
    more = speak_of(change(with_late, 5, minutes=25), (17, 18), "Tindak lanjut", 10)
    assert more[1] == AgendaItem(5, LATE, "Tindak lanjut", 25, (17, 18))
    assert speak_of(more, (), "Tindak lanjut", 10) == BASE


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "pause", "remove", "move", "late"]), st.integers(1, 12), st.integers(0, 9)
    ),
    max_size=15,
)


EDITS = {
    "add": lambda agenda, _, at: add(agenda, "Baru", 5, at),
    "pause": lambda agenda, _, at: add(agenda, "Istirahat", 5, at, BREAK),
    "remove": lambda agenda, key, _: remove(agenda, key),
    "move": move,
    "late": lambda agenda, _, at: speak_of(agenda, range(at), "Terlambat", 10),
}


@given(steps)
def test_whatever_is_edited_the_order_of_kinds_stays(edits):
    agenda = build(GUIDE, WORDS)
    for what, key, place in edits:
        try:
            agenda = EDITS[what](agenda, key, place)
        except Rejected:
            continue
        places = [PLACES[item.kind] for item in agenda]
        assert places == sorted(places)
        assert len(set(keys(agenda))) == len(agenda)


def test_the_pace_of_a_running_meeting():
    points = timed(BASE, NINE)  # 09.00 25' 25' 20' 20'
    start = pace(points, (), NINE)
    assert start == Pace(BASE[0], BASE, 0)
    in_time = pace(points, (1,), NINE + timedelta(minutes=49))
    assert (in_time.now_on, in_time.behind) == (BASE[1], 0)
    behind = pace(points, (1,), NINE + timedelta(minutes=53, seconds=1))
    assert (behind.now_on, behind.left, behind.behind) == (BASE[2], BASE[1:], 4)
    assert pace(points, (1, 2, 3, 4), NINE + timedelta(hours=9)) == Pace(None, (), 0)
