"""A team while members propose: who is asked what, and who is proposed how often."""

import pytest

from domain.dialog import engine
from domain.dialog.questions import Tapped
from domain.faults import Fault, Rejected
from domain.instruments.base import Desk
from domain.instruments.roster.people import Post, Settings
from domain.process.sources import MEMBERS, PEOPLE, Source
from store.process_files import load
from tests.support.desks.roster import GROUPS, ROSTER, ballot, desk_of, proposed, tally
from tests.support.paths import PROCESS_FILES
from tests.support.scenes.roster import person


def test_who_proposes_nobody_says_so_in_one_tap():
    on = desk_of(posts=tuple(Post(f"p{n}", f"Jabatan {n}") for n in range(12))).sheet
    (first,) = ROSTER.questions(on, {})
    assert first.options[-1].about == "nobody"
    assert ROSTER.done(on, {"1": first.read(Tapped(first.options[-1].value))})


def test_members_are_known_by_their_membership_however_they_are_numbered():
    mine = ballot((0, "43"))
    assert proposed(desk_of(mine)) == [("Rina", 1)]
    assert proposed(desk_of(mine, people=(person(3, "Rina", "Bappeda"),))) == [("Rina", 1)]
    assert proposed(desk_of(mine, people=())) == []


def test_a_member_is_not_offered_twice_for_a_post():
    on = desk_of().sheet
    mine = {**ballot((1, "41"), done=False), "2": "1"}
    person_ = ROSTER.questions(on, mine)[3]
    assert [option.label for option in person_.options] == ["Budi, PDAM", "Rina, Bappeda", ""]
    assert len(ROSTER.questions(on, mine)[1].options) == 4


def test_somebody_else_is_asked_by_name_and_instansi():
    on = desk_of(groups=GROUPS).sheet
    assert [q.about for q in ROSTER.questions(on, {"1": "0", "1.0": "x"})] == [
        "post",
        "person",
        "name",
        "instansi",
        "group",
        "next",
    ]
    unfinished = {"1": "0", "1.0": "x", "1.0n": "Dewi"}
    assert tally(Desk(on, {1: unfinished})).proposers == 0
    groupless = ballot((0, "Dewi/Forum"), (1, "41"), (1, "42"))
    assert [proposed(Desk(on, {1: groupless}), place) for place in (0, 1)] == [[], [("Budi", 1)]]


def test_a_group_that_is_known_is_not_asked_and_another_person_is_asked_anew():
    on = desk_of(groups=GROUPS).sheet
    assert [q.about for q in ROSTER.questions(on, {"1": "0", "1.0": "42"})] == ["post", "person", "next"]
    mine = {"1": "0", "1.0": "43", "1.0u41": "0"}
    assert engine.next_question(ROSTER.questions(on, mine), mine).key == "1.0u43"


def test_somebody_named_twice_is_told():
    on = desk_of().sheet
    mine = ballot((1, "Dewi/Forum Pelanggan"), done=False) | {"2": "1", "2.1": "x", "2.1n": "dewi"}
    with pytest.raises(Rejected) as rejected:
        ROSTER.check(on, mine, "2.1i", "FORUM pelanggan")
    assert rejected.value.fault == Fault("proposed_twice")
    ROSTER.check(on, mine, "2.1i", "LSM")
    twice = ballot((1, "41"), (1, "41"))
    ROSTER.check(on, twice, "4", "0")


def test_an_earlier_proposal_can_be_taken_back_alone():
    mine = ballot((1, "41"), (1, "42"))
    first = ROSTER.questions(desk_of().sheet, mine)[0]
    assert first.options[-1].about == "withdraw"
    less = desk_of({**mine, "1": first.read(Tapped("-"))})
    assert proposed(less, 1) == [("Budi", 1)]
    assert ROSTER.done(less.sheet, less.ballots[1])


def test_spellings_of_one_person_are_one_and_the_most_proposed_stands_first():
    desk = desk_of(
        ballot((0, "41")), ballot((0, "Dewi/Forum")), ballot((0, "dewi /FORUM")), ballot((0, "Dewi/LSM"))
    )
    assert proposed(desk) == [("Dewi", 2), ("Dewi", 1), ("Siti", 1)]


def test_only_numbers_are_told_while_members_propose():
    desk = desk_of(ballot((1, "41"), (1, "42")), ballot((1, "41")))
    assert ROSTER.pulse(desk) == Fault("proposed", {"count": 3, "posts": ["Ketua"]})


def test_a_process_file_takes_posts_and_groups_and_draws_the_members():
    process = load(PROCESS_FILES / "susunan.yaml")
    activity = process.activity("1.1", "pengurus")
    assert activity.settings == Settings(
        (Post("ketua", "Ketua", 1, "Pejabat yang bisa memanggil rapat."), Post("anggota", "Anggota", 8)),
        ("Penyelenggara layanan", "Pengguna layanan"),
    )
    assert activity.draws == {PEOPLE: (Source(MEMBERS),)}
    assert process.activity("1.1", "perumus").settings == Settings(
        (Post("anggota", "Anggota Tim Perumus", 3),)
    )
