"""Quorum, rules and outcomes against a recount, and what a deliberation changes."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dialog.questions import Answers, Option
from domain.faults import Fault
from domain.instruments.agreement import Agreement, Settings
from domain.instruments.base import PLENARY, UNDO, Desk, Move
from tests.support.driving import drawn, fill, moved, scripted, sheet, with_moves

AGREEMENT = Agreement()
RULES = ("mufakat", "suara-terbanyak")
FINAL = {"outcome": "notes", "text": "=disepakati, ditinjau bulan Juli"}


def stand(choice, words="", key="s1"):
    """One member's answers to a statement."""
    return {key: choice} | ({f"{key}+{choice[0]}": words} if words else {})


def settings(*statements: str, quorum=Fraction(1, 2), rule="mufakat"):
    return Settings(statements or ("Rencana disetujui.",), quorum, rule)


def verdicts(on, *members: Answers):
    return AGREEMENT.tally(on, dict(enumerate(members, 1))).verdicts


@st.composite
def meetings(draw):
    """A sheet with any rule and quorum, and ballots of some of its voters."""
    quorum = draw(st.fractions(Fraction(1, 12), 1, max_denominator=12))
    text = st.sampled_from(["Isu utama: {item}", "Jadwal disetujui."])
    chosen = settings(
        *draw(st.lists(text, min_size=1, max_size=2)), quorum=quorum, rule=draw(st.sampled_from(RULES))
    )
    on = sheet(chosen, *["Tarif", "Keluhan"][: draw(st.integers(1, 2))], voters=draw(st.integers(0, 6)))
    data = draw(st.data())
    return Desk(
        on, {member: fill(AGREEMENT, on, drawn(data)) for member in range(1, draw(st.integers(1, 7)))}
    )


@given(meetings())
def test_outcomes_are_those_of_a_recount(desk):
    chosen = desk.sheet.settings
    for verdict in AGREEMENT.tally(desk.sheet, desk.ballots).verdicts:
        given_ = [answers[verdict.statement.key] for answers in desk.ballots.values()]
        yes, no = given_.count("agree") + given_.count("note"), given_.count("object")
        assert (verdict.agree + verdict.note, verdict.object, verdict.abstain) == (
            yes,
            no,
            given_.count("abstain"),
        )
        assert verdict.present == len(given_)
        if len(given_) < max(1, math.ceil(chosen.quorum * desk.sheet.voters)):
            assert verdict.outcome == "no_quorum"
        elif not yes or (no if chosen.rule == "mufakat" else Fraction(yes, yes + no) <= Fraction(1, 2)):
            assert verdict.outcome == "not_agreed"
        else:
            assert verdict.outcome == ("agreed_with_notes" if "note" in given_ else "agreed")


@given(meetings(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert AGREEMENT.tally(desk.sheet, other) == AGREEMENT.tally(desk.sheet, desk.ballots)


@given(meetings())
def test_every_objection_and_note_is_told_with_its_words(desk):
    for verdict in AGREEMENT.tally(desk.sheet, desk.ballots).verdicts:
        assert len(verdict.objections) == verdict.object
        assert len(verdict.notes) == verdict.note


@given(meetings())
def test_items_are_only_what_was_agreed(desk):
    result = AGREEMENT.tally(desk.sheet, desk.ballots)
    refused = {v.statement.item for v in result.verdicts if v.outcome not in {"agreed", "agreed_with_notes"}}
    texts = {v.statement.text for v in result.verdicts if v.outcome in {"agreed", "agreed_with_notes"}}
    for item in AGREEMENT.items(desk.sheet, result):
        assert (item in desk.sheet.items and item.id not in refused) or item.text in texts


@pytest.mark.parametrize(
    ("voters", "quorum", "needed"),
    [
        (5, "1/2", 3),
        (4, "1/2", 2),
        (3, "2/3", 2),
        (10, "2/3", 7),
        (7, "1", 7),
        (0, "1/2", 1),
        (100, "1/3", 34),
    ],
)
def test_the_quorum_is_rounded_up_and_never_nobody(voters, quorum, needed):
    on = sheet(settings(quorum=Fraction(quorum)), voters=voters)
    assert verdicts(on)[0].needed == needed


@pytest.mark.parametrize(
    ("stands", "mufakat", "majority"),
    [
        ("agree agree agree", "agreed", "agreed"),
        ("agree agree note", "agreed_with_notes", "agreed_with_notes"),
        ("agree agree object", "not_agreed", "agreed"),
        ("agree object abstain", "not_agreed", "not_agreed"),
        ("agree abstain abstain", "agreed", "agreed"),
        ("abstain abstain abstain", "not_agreed", "not_agreed"),
        ("object object agree", "not_agreed", "not_agreed"),
    ],
)
def test_the_rules(stands, mufakat, majority):
    members = [
        stand(each, "kata-kata") if each in {"note", "object"} else stand(each) for each in stands.split()
    ]
    for rule, outcome in zip(RULES, (mufakat, majority), strict=True):
        assert verdicts(sheet(settings(rule=rule), voters=3), *members)[0].outcome == outcome


def test_a_stand_without_its_words_is_not_counted_yet():
    verdict = verdicts(sheet(settings(), voters=2), stand("object"), stand("agree"))[0]
    assert (verdict.present, verdict.object, verdict.agree) == (1, 0, 1)


def test_the_words_of_a_note_are_not_taken_for_a_reason_to_object():
    on = sheet(settings())
    changed = {**stand("note", "mulai Juli"), "s1": "object"}
    assert [question.key for question in AGREEMENT.questions(on, changed)] == ["s1", "s1+o"]
    assert verdicts(on, changed)[0].present == 0


def test_notes_do_not_tell_who_wrote_them():
    one, other = stand("note", "b lebih dulu"), stand("note", "a kemudian")
    on = sheet(settings())
    assert (
        verdicts(on, one, other)[0].notes
        == verdicts(on, other, one)[0].notes
        == ("a kemudian", "b lebih dulu")
    )


def test_a_statement_is_put_once_for_each_item_and_items_are_agreed_one_by_one():
    on = sheet(settings("Kriteria {item} dipakai."), "Urgensi", "Biaya", voters=1)
    questions = AGREEMENT.questions(on, {})
    assert [question.facts["statement"] for question in questions] == [
        "Kriteria Urgensi dipakai.",
        "Kriteria Biaya dipakai.",
    ]
    ballot = stand("agree", key="1:1") | stand("object", "terlalu sulit", key="1:2")
    result = AGREEMENT.tally(on, {7: ballot})
    assert AGREEMENT.items(on, result) == (on.items[0],)


def test_braces_in_an_item_are_only_text():
    on = sheet(settings("Isu: {item}"), "{0.__class__} {item}")
    assert AGREEMENT.questions(on, {})[0].facts["statement"] == "Isu: {0.__class__} {item}"


def test_agreed_statements_about_no_item_are_items_themselves():
    on = sheet(settings("Rencana kerja disetujui.", "Dana disetujui."), voters=1)
    result = AGREEMENT.tally(on, {1: stand("agree") | stand("object", "belum ada dana", key="s2")})
    assert [(item.id, item.text) for item in AGREEMENT.items(on, result)] == [
        ("s1", "Rencana kerja disetujui.")
    ]


def test_without_quorum_it_cannot_be_adopted():
    on = sheet(settings(), voters=5)
    result = AGREEMENT.tally(on, {1: stand("agree")})
    assert AGREEMENT.lacking(on, result) == Fault("no_quorum", {"present": 1, "needed": 3, "voters": 5})


def test_what_is_not_agreed_can_be_adopted_and_hands_nothing_on():
    on = sheet(settings(), voters=1)
    result = AGREEMENT.tally(on, {1: stand("object", "datanya belum ada")})
    assert AGREEMENT.lacking(on, result) is None
    assert AGREEMENT.items(on, result) == ()
    assert result.verdicts[0].objections == ("datanya belum ada",)


def test_what_the_room_decided_needs_no_quorum():
    on = sheet(settings(), voters=20)
    result = AGREEMENT.tally(on, {1: stand("object", "tidak cocok"), PLENARY: stand("agree")})
    assert result.plenary
    assert (result.verdicts[0].outcome, result.verdicts[0].object) == ("agreed", 0)


def objected():
    return Desk(sheet(settings(), voters=1), {1: stand("object", "datanya belum ada")})


def test_a_deliberation_changes_the_outcome_and_keeps_the_count():
    desk = moved(objected(), AGREEMENT, "finalise", scripted(statement="s1", **FINAL))
    verdict = AGREEMENT.tally(desk.sheet, desk.ballots).verdicts[0]
    assert (verdict.counted_outcome, verdict.outcome) == ("not_agreed", "agreed_with_notes")
    assert (verdict.deliberation.text, verdict.deliberation.by) == ("disepakati, ditinjau bulan Juli", "Siti")
    assert verdict.object == 1
    assert [item.id for item in AGREEMENT.items(desk.sheet, AGREEMENT.tally(desk.sheet, desk.ballots))] == [
        "s1"
    ]


def test_undo_takes_a_deliberation_back():
    desk = objected()
    after = moved(desk, AGREEMENT, "finalise", scripted(statement="s1", **FINAL))
    undone = with_moves(after, [*after.sheet.moves, Move(2, UNDO, {})])
    assert AGREEMENT.tally(undone.sheet, undone.ballots) == AGREEMENT.tally(desk.sheet, desk.ballots)


def test_nothing_is_decided_without_a_quorum():
    form = AGREEMENT.moves[0]
    desk = Desk(sheet(settings(), voters=5), {1: stand("agree")})
    assert not form.available(desk)
    recorded = with_moves(
        desk, [Move(1, "finalise", {"statement": "s1", "outcome": "agreed", "text": "sah saja"})]
    )
    assert AGREEMENT.tally(recorded.sheet, recorded.ballots).verdicts[0].outcome == "no_quorum"
    assert form.chair_only


def test_without_items_there_is_nothing_to_agree():
    assert AGREEMENT.ready(sheet(settings("Isu: {item}"))) == Fault("nothing_to_agree")
    assert AGREEMENT.ready(sheet(settings("Isu: {item}"), "Tarif")) is None


def test_buttons_hold_the_keys_and_values():
    on = sheet(settings("Isu: {item}"), *map(str, range(99)))
    keys = [question.key for question in AGREEMENT.questions(on, {"1:99": "object"})]
    assert max(len(key.encode()) for key in keys) <= 16
    outcomes: list[Option] = AGREEMENT.moves[0].questions(objected(), {})[1].options
    assert max(len(option.value.encode()) for option in outcomes) <= 12
