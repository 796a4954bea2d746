"""A naskah is composed from contributions: every composing makes a version, what is hidden is told."""

from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import Item, Move
from domain.instruments.narrative.text import LONGEST_TEXT
from tests.support.desks.narrative import (
    DRAFT,
    LATAR,
    NARRATIVE,
    TUJUAN,
    WORDING,
    ballot,
    compose_questions,
    desk_of,
    ids,
    passage,
    tally,
    words,
)
from tests.support.driving import moved, scripted, with_moves


def test_composing_starts_from_contributions_and_keeps_versions():
    desk = desk_of(ballot((0, "Air keruh.")), ballot((0, "Pipa bocor.")))
    desk = moved(
        desk, NARRATIVE, "compose", scripted(section="0", base="pick", text="start", **{"from": ids(desk)})
    )
    assert (passage(desk).text, passage(desk).version, passage(desk).by) == (
        "Air keruh.\nPipa bocor.",
        1,
        "Siti",
    )
    assert all(each.used for each in passage(desk).contributions)
    desk = moved(
        desk, NARRATIVE, "compose", scripted(section="0", base="improve", text="=Air keruh, pipa bocor.")
    )
    assert [(each.number, each.text) for each in passage(desk).versions] == [
        (1, "Air keruh.\nPipa bocor."),
        (2, "Air keruh, pipa bocor."),
    ]


def test_contributions_are_added_to_the_draft_of_the_guide():
    desk = desk_of(ballot((2, "Ditetapkan Bupati.")))
    assert (passage(desk, 2).version, passage(desk, 2).by) == (0, "")
    desk = moved(
        desk, NARRATIVE, "compose", scripted(section="2", base="add", text="start", **{"from": ids(desk, 2)})
    )
    assert passage(desk, 2).text == f"{DRAFT.start_with}\nDitetapkan Bupati."
    assert [each.number for each in passage(desk, 2).versions] == [0, 1]


def test_the_ways_to_start_are_those_there_are():
    empty, both = desk_of(), desk_of(ballot((2, "a")))
    assert [question.key for question in compose_questions(empty, section="0")] == ["section", "text.0.new"]
    assert [o.value for o in compose_questions(empty, section="2")[1].options] == ["improve", "new"]
    assert [o.value for o in compose_questions(both, section="2")[1].options] == [
        "improve",
        "add",
        "pick",
        "new",
    ]
    alone = desk_of(sections=(LATAR,))
    assert [question.key for question in compose_questions(alone)] == ["text.0.new"]


def test_the_present_text_is_shown_to_copy_and_not_to_take():
    last = compose_questions(desk_of(), section="2", **{"base.2": "improve"})[-1]
    assert (last.facts["start"], last.facts["ready"], last.suggestions) == (DRAFT.start_with, False, ())


def test_contributions_not_used_yet_and_material_of_the_section_are_offered():
    items = (Item("1", "Umum"), Item("2", "x", fields={"bagian": "latar", "naskah": "Naskah lama"}))
    items += (Item("3", "y", fields={"bagian": "tujuan"}),)
    desk = desk_of(ballot((0, "a"), (0, "b")), items=items)
    desk = moved(
        desk, NARRATIVE, "compose", scripted(section="0", base="pick", text="start", **{"from": "1-1"})
    )
    asked = compose_questions(desk, section="0", **{"base.0": "pick"})[-1]
    assert asked.facts["pieces"] == ["b", "a", "Naskah lama", "Umum"]
    assert (passage(desk).materials, tally(desk).materials) == (("x",), ("Umum",))


def test_what_is_too_long_together_cannot_be_taken_as_it_is():
    desk = desk_of(*(ballot(*((0, f"{m}{n}" * 250) for n in range(3))) for m in range(3)), longest=600)
    last = compose_questions(desk, section="0", **{"base.0": "pick", "from.0.pick": ids(desk).split(",")})[-1]
    assert (last.suggestions, last.facts["start"], last.facts["length"]) == ((), "", 9 * 500 + 8)
    assert last.longest == LONGEST_TEXT


def test_a_hidden_contribution_is_told_by_its_reason_and_can_come_back():
    desk = desk_of(ballot((0, "bukan urusan Pokja"), (1, "jelas")))
    hide = NARRATIVE.moves[1]
    asked = hide.questions(desk, {"section": "0"})
    assert [question.key for question in asked] == ["section", "which.0", "reason"]
    desk = moved(desk, NARRATIVE, "hide", scripted(section="0", which="1-1", reason="=di luar pokok bahasan"))
    assert [(each.reason, each.by) for each in passage(desk).hidden] == [("di luar pokok bahasan", "Siti")]
    assert "bukan urusan" not in str(tally(desk))
    assert [question.key for question in hide.questions(desk, {})] == ["which.1", "reason"]
    desk = moved(desk, NARRATIVE, "show", scripted(which="1-1"))
    assert words(desk) == ["bukan urusan Pokja"]
    assert not next(move for move in NARRATIVE.moves if move.kind == "show").available(desk)


def test_the_section_chosen_last_counts_when_the_facilitator_went_back():
    values = {"section": "1", "which.0": "1-1", "which.1": "1-2", "reason": "terulang"}
    desk = desk_of(ballot((0, "a"), (1, "b")))
    desk = with_moves(desk, [Move(1, "hide", values, "Siti")])
    assert (words(desk, 0), words(desk, 1)) == (["a"], [])


def test_every_required_section_needs_a_text():
    desk = desk_of(ballot((0, "a")))
    assert NARRATIVE.lacking(desk.sheet, tally(desk)) == Fault(
        "sections_empty", {"sections": ["Latar belakang"]}
    )
    assert NARRATIVE.hint(desk) == Fault("not_composed", {"sections": ["Latar belakang"]})
    desk = moved(desk, NARRATIVE, "compose", scripted(section="0", base="new", text="=Air keruh."))
    assert NARRATIVE.lacking(desk.sheet, tally(desk)) is None
    assert NARRATIVE.hint(desk) is None
    assert [item.text for item in NARRATIVE.items(desk.sheet, tally(desk))] == ["Latar belakang", "Draf SK"]


def test_a_naskah_without_any_text_is_none():
    desk = desk_of(sections=(TUJUAN,))
    assert NARRATIVE.lacking(desk.sheet, tally(desk)) == Fault("sections_empty", {"sections": ["Tujuan"]})


def test_items_carry_the_text_and_their_section():
    (item,) = NARRATIVE.items(desk_of().sheet, tally(desk_of()))
    assert (item.id, item.text, item.detail) == ("sk", "Draf SK", DRAFT.start_with)
    assert item.fields == {"bagian": "sk", "naskah": DRAFT.start_with}


def test_a_section_tells_where_it_comes_from():
    desk = desk_of(ballot((0, "a"), (0, "b")))
    desk = moved(
        desk, NARRATIVE, "compose", scripted(section="0", base="pick", text="start", **{"from": "1-1"})
    )
    kept = revive(plain(tally(desk)))
    told = NARRATIVE.trace(desk.sheet, kept, "latar")
    assert told == Fault("composed", {"title": "Latar belakang", "version": 1, "by": "Siti", "used": 1})
    assert "versi 1, disusun oleh Siti dari 1 masukan" in WORDING.plain(
        "trace.composed", "narrative", **told.details
    )
    guide = NARRATIVE.trace(desk.sheet, kept, "sk")
    assert "tertulis di panduan" in WORDING.plain("trace.composed", "narrative", **guide.details)
    assert NARRATIVE.trace(desk.sheet, kept, "tidak-ada") is None
