"""A naskah while members write: nobody is walked through it, and each sees what is theirs."""

import pytest

from domain.dialog import engine
from domain.dialog.questions import Tapped
from domain.faults import Fault, Rejected
from domain.instruments.base import PLENARY, Desk
from domain.instruments.narrative.text import Section, Settings
from store.process_files import load
from tests.support.desks.narrative import DRAFT, NARRATIVE, THREE, ballot, desk_of, passage, tally, words
from tests.support.driving import sheet
from tests.support.paths import PROCESS_FILES


def test_who_has_nothing_to_add_says_so_in_one_tap():
    on = sheet(Settings(tuple(Section(f"b{n}", f"Bab {n}") for n in range(12))))
    first = NARRATIVE.questions(on, {})
    assert len(first) == 1
    nothing = {"1": first[0].read(Tapped(first[0].options[-1].value))}
    assert first[0].options[-1].about == "nothing"
    assert NARRATIVE.done(on, nothing)
    assert tally(Desk(on, {1: nothing})).writers == 0


def test_a_section_that_is_full_is_offered_no_more():
    on = sheet(Settings(THREE, most=1))
    mine = ballot((0, "air keruh"), done=False)
    asked = NARRATIVE.questions(on, mine)[-1]
    assert [option.label for option in asked.options] == ["Tujuan", "Draf SK", ""]
    assert [option.label for option in NARRATIVE.questions(on, mine)[0].options][:3] == [
        s.title for s in THREE
    ]


def test_an_earlier_contribution_can_be_taken_back_alone():
    mine = ballot((0, "air keruh"), (0, "pipa bocor"))
    on = sheet(Settings(THREE))
    first = NARRATIVE.questions(on, mine)[0]
    assert first.options[-1].about == "withdraw"
    less = {**mine, "1": first.read(Tapped("-"))}
    assert NARRATIVE.done(on, less)
    assert words(Desk(on, {1: less})) == ["pipa bocor"]
    emptied = {**mine, "2.0": NARRATIVE.questions(on, mine)[3].read(Tapped("-"))}
    assert words(Desk(on, {1: emptied})) == ["air keruh"]


def test_the_same_words_twice_in_a_section_are_told():
    desk, mine = desk_of(), ballot((0, "Air keruh"), done=False) | {"2": "0"}
    with pytest.raises(Rejected) as rejected:
        NARRATIVE.check(desk.sheet, mine, "2.0", "air KERUH")
    assert rejected.value.fault == Fault("said_twice")
    NARRATIVE.check(desk.sheet, mine, "1.0", "air keruh")
    NARRATIVE.check(desk.sheet, mine, "2.0", None)
    NARRATIVE.check(desk.sheet, mine, "2", "1")
    NARRATIVE.check(desk.sheet, {**mine, "2": "1"}, "2.1", "Air keruh")


def test_a_long_text_is_read_in_parts_until_the_member_has_read_enough():
    text = " ".join(f"kata{n}" for n in range(200))
    on = sheet(Settings((Section("sk", "Draf SK", start_with=text),)))
    mine, shown = {"1": "0"}, []
    while (question := engine.next_question(NARRATIVE.questions(on, mine), mine)).about == "part":
        shown.append(question.facts["part"])
        mine[question.key] = question.read(Tapped("on"))
    assert " ".join([*shown, question.facts["part"]]) == text
    enough = NARRATIVE.questions(on, {"1": "0", "1.0~0": "write"})
    assert [(question.about, question.facts["part"]) for question in enough[1:3]] == [
        ("part", shown[0]),
        ("text", shown[0]),
    ]


def test_a_short_text_stands_beside_the_question():
    asked = NARRATIVE.questions(sheet(Settings(THREE)), {"1": "2"})[1]
    assert (asked.about, asked.facts["part"]) == ("text", DRAFT.start_with)


def test_only_numbers_are_told_while_members_write():
    desk = desk_of(ballot((0, "rahasia")), ballot((0, "lain")))
    assert NARRATIVE.pulse(desk) == Fault("written", {"count": 2, "sections": ["Tujuan"]})


def test_what_a_member_wrote_keeps_its_id_when_the_room_wrote_too():
    desk = Desk(desk_of().sheet, {PLENARY: ballot((0, "dari pleno")), 4: ballot((0, "sendiri"))})
    brought = Desk(desk.sheet, NARRATIVE.brought(desk, [4, 7]))
    assert [(each.id, each.text) for each in passage(brought).contributions] == [
        ("4-3", "dari pleno"),
        ("4-1", "sendiri"),
    ]
    assert NARRATIVE.done(brought.sheet, brought.ballots[4])
    alone = NARRATIVE.brought(Desk(desk.sheet, {PLENARY: ballot((0, "a"))}), [9, 4])
    assert list(alone) == [4]


def test_a_process_file_takes_sections_limits_and_material():
    activity = load(PROCESS_FILES / "naskah.yaml").activity("1.1", "pendahuluan")
    first, second, third = activity.settings.sections
    assert first.start_with == "Sanitasi adalah kebutuhan dasar.\nPokja dibentuk untuk memperbaikinya."
    assert (first.hint, second.required, third.required) == ("Keadaan sanitasi sekarang.", True, False)
    assert (activity.settings.most, activity.settings.longest) == (2, 400)
    assert activity.draws["items"][0].mark == (("bagian", "manfaat"),)
    guests = load(PROCESS_FILES / "naskah.yaml").activity("1.1", "tanggapan")
    assert (guests.settings.most, guests.settings.longest, guests.answered_by) == (3, 600, "tamu")
