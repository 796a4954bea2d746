"""A naskah: nobody is walked through it, no contribution is lost, every composing makes a version."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.wording import Wording
from domain import dialog
from domain.faults import Fault, Rejected
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move, short_id
from domain.instruments.narrative import Narrative
from domain.instruments.narrative_text import LONGEST_TEXT, Section, Settings
from domain.questions import Answers, Tapped, Typed
from store.process_files import load
from tests.domain.driving import drawn, fill, moved, scripted, sheet, with_moves
from tests.domain.scene_narrative import FACTS
from tests.domain.test_words import Tags

NARRATIVE, WORDING = Narrative(), Wording()
FOLDER = Path(__file__).parent.parent / "processes"
LATAR, TUJUAN = Section("latar", "Latar belakang"), Section("tujuan", "Tujuan", required=False)
DRAFT = Section("sk", "Draf SK", start_with="Membentuk Pokja dengan susunan terlampir.")
THREE = (LATAR, TUJUAN, DRAFT)


def ballot(*written: tuple[int, str], done=True):
    """A member's contributions as (place, text)."""
    answers: dict[str, object] = {}
    for number, (place, text) in enumerate(written, 1):
        answers |= {str(number): short_id(place), f"{number}.{short_id(place)}": text}
    return answers | ({str(len(written) + 1): "-"} if done else {})


def desk_of(*members: Answers, sections=THREE, items=(), **more: object):
    on = replace(sheet(Settings(sections, **more)), items=items)
    return Desk(on, dict(enumerate(members, 1)))


def tally(desk):
    return NARRATIVE.tally(desk.sheet, desk.ballots)


def passage(desk, place=0):
    return tally(desk).passages[place]


def words(desk, place=0):
    return [each.text for each in passage(desk, place).contributions]


def ids(desk, place=0):
    return ",".join(each.id for each in passage(desk, place).contributions)


TEXTS = st.sampled_from(["air keruh", "Air keruh", "pipa bocor", "tarif\nnaik"])
BALLOTS = st.lists(st.tuples(st.integers(0, 2), TEXTS), max_size=5).map(lambda written: ballot(*written))


@st.composite
def desks(draw, moves=4):
    """A naskah after any contributions and any moves that were on offer."""
    ballots = draw(st.dictionaries(st.integers(0, 50), BALLOTS, max_size=4))
    items = draw(st.sampled_from([(), (Item("1", "Bahan"), Item("2", "SK", fields={"bagian": "sk"}))]))
    desk = Desk(replace(sheet(Settings(THREE)), items=items), ballots)
    data = draw(st.data())
    for _ in range(draw(st.integers(0, moves))):
        offered = [move.kind for move in NARRATIVE.moves if move.available(desk)]
        desk = moved(desk, NARRATIVE, draw(st.sampled_from(offered)), drawn(data))
    return desk


def naive(desk):
    """The texts people wrote, by section: read from the keys alone."""
    found = [
        (key.partition(".")[2], text)
        for mine in desk.ballots.values()
        for key, text in mine.items()
        if "." in key
    ]
    return [Counter(text for where, text in found if where == str(place)) for place in range(3)]


@given(desks())
def test_no_contribution_is_lost_or_doubled(desk):
    for each, written in zip(tally(desk).passages, naive(desk), strict=True):
        assert len(each.contributions) + len(each.hidden) == written.total()
        assert Counter(one.text for one in each.contributions) <= written
        every_id = [one.id for one in (*each.contributions, *each.hidden)]
        assert len(every_id) == len(set(every_id))
        assert max(map(len, every_id), default=0) <= 12


@given(desks(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert NARRATIVE.tally(desk.sheet, other) == tally(desk)


@given(desks(moves=0), st.permutations(range(51)))
def test_the_order_of_contributions_does_not_tell_who_wrote_them(desk, names):
    other = Desk(desk.sheet, {names[member]: mine for member, mine in desk.ballots.items()})
    for place in range(3):
        assert words(other, place) == words(desk, place)


@given(desks(), st.data())
def test_undo_restores(desk, data):
    kind = data.draw(st.sampled_from([move.kind for move in NARRATIVE.moves if move.available(desk)]))
    after = moved(desk, NARRATIVE, kind, drawn(data))
    last = max(move.number for move in after.sheet.moves)
    undone = with_moves(after, [*after.sheet.moves, Move(last + 1, UNDO, {})])
    assert tally(undone) == tally(desk)


@given(desks())
def test_the_text_of_a_section_is_the_one_composed_last(desk):
    for place, section in enumerate(THREE):
        texts = [
            value
            for move in desk.sheet.moves
            for key, value in move.values.items()
            if key.startswith(f"text.{place}.")
        ]
        found = passage(desk, place)
        assert [each.text for each in found.versions if each.number] == texts
        assert found.text == ([section.start_with, *texts][-1])
        assert found.version == len(texts)


@given(desks())
def test_moves_about_contributions_that_are_gone_do_no_harm(desk):
    emptied = Desk(desk.sheet, {})
    for before, after in zip(tally(desk).passages, tally(emptied).passages, strict=True):
        assert (after.contributions, after.hidden, after.text) == ((), (), before.text)


@given(st.data(), st.integers(1, 3))
def test_a_member_can_always_finish_within_the_limits(data, most):
    on = sheet(Settings(THREE, most))
    answers = fill(
        NARRATIVE,
        on,
        lambda q: data.draw(
            st.sampled_from([Tapped(o.value) for o in getattr(q, "options", ())] or [Typed(q.key)])
        ),
    )
    held = Counter(value for key, value in answers.items() if key.isdecimal() and value != "-")
    assert max(held.values(), default=0) <= most
    progress = dialog.progress(NARRATIVE.questions(on, answers), answers)
    assert progress.done == progress.total <= 1


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
    assert first.options[-1].about == "take_back"
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
    while (question := dialog.next_question(NARRATIVE.questions(on, mine), mine)).about == "part":
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


def compose_questions(desk, **values: object):
    return NARRATIVE.moves[0].questions(desk, values)


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


def test_only_numbers_are_told_while_members_write():
    desk = desk_of(ballot((0, "rahasia")), ballot((0, "lain")))
    assert NARRATIVE.pulse(desk) == Fault("written", {"count": 2, "sections": ["Tujuan"]})


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


@given(desks(moves=0), desks(moves=0))
def test_groups_bring_their_members_contributions_and_their_rooms(one, other):
    """Members 1–51 are in the first group, 52–102 in the second; each has a room of its own."""
    first = {member: mine for member, mine in one.ballots.items() if mine}
    second = {member and member + 51: mine for member, mine in other.ballots.items() if mine}
    plenary = Desk(
        one.sheet,
        {
            **NARRATIVE.brought(Desk(one.sheet, first), range(1, 52)),
            **NARRATIVE.brought(Desk(one.sheet, second), range(52, 103)),
        },
    )
    assert PLENARY not in plenary.ballots
    separate = Desk(one.sheet, {**first, **{member or 999: mine for member, mine in second.items()}})
    for place in range(3):
        assert words(plenary, place) == words(separate, place)
        assert len(set(ids(plenary, place).split(","))) == len(ids(plenary, place).split(","))


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


def asked_page(desk, question, mine):
    prompt = WORDING.word(f"ask.{question.about}", "narrative", **question.facts)
    facts = {"question": question, "prompt": prompt, "sheet": desk.sheet, "mine": mine}
    activity = SimpleNamespace(prompt="Apa masukan Bapak/Ibu? " * 40)
    return Tags(WORDING.block("narrative", "ask", activity=activity, **facts)).shown


def test_however_much_there_is_a_question_stays_short():
    long = "Air keruh di musim hujan. " * 130
    sections = (Section("a", long[:200], long[:500], long[:3400]), Section("b", long[:200], long[:500]))
    items = tuple(Item(str(n), long[:300]) for n in range(9))
    mine = ballot((0, long[:590]), (1, long[:590]), (0, long[:580]), (1, long[:580]), done=False)
    desk = desk_of(mine, sections=sections, items=items)
    desk = replace(desk, sheet=replace(desk.sheet, context=items))
    for answers in (mine, {"1": "0"}, {}):
        for question in NARRATIVE.questions(desk.sheet, answers):
            assert 20 < len(asked_page(desk, question, answers)) <= 600


def test_what_was_agreed_before_and_the_material_are_shown():
    desk = desk_of(items=(Item("1", "Air keruh"),))
    desk = replace(desk, sheet=replace(desk.sheet, context=(Item("1", "Urgensi"),)))
    first, text, _ = NARRATIVE.questions(desk.sheet, {"1": "0"})
    assert "Pertimbangan: Urgensi" in asked_page(desk, first, {})
    assert "Bahan: Air keruh" in asked_page(desk, text, {})


def test_the_questions_of_a_move_fit_in_a_message():
    long = "Air keruh di musim hujan. " * 140
    ballots = [ballot(*((0, f"{m} {n} {long}"[:600]) for n in range(3))) for m in range(30)]
    desk = desk_of(*ballots, sections=(Section("a", long[:300], "", long[:3499]), LATAR))
    for values in (
        {"section": "0", "base.0": "pick"},
        {"section": "0", "base.0": "improve"},
        {"section": "0", "base.0": "pick", "from.0.pick": ids(desk).split(",")},
    ):
        asked = compose_questions(desk, **values)[-1]
        assert 100 < len(Tags(WORDING.word(f"ask.{asked.about}", "narrative", **asked.facts)).shown) < 3850
        assert len(getattr(asked, "options", ())) <= 60
    listed = NARRATIVE.moves[1].questions(desk, {"section": "0"})[0].options
    assert sum(len(option.label) for option in listed[:8]) < 2000


@pytest.mark.parametrize("block", ["desk", "essence"])
def test_twenty_sections_still_fit_in_a_message(block):
    long = "Latar & maksud penyusunan naskah ini bagi Pokja " * 4
    sections = tuple(Section(f"b{n}", long[:120], start_with=long) for n in range(20))
    desk = desk_of(
        *(ballot(*((n % 20, f"{n} {long}") for n in range(40))) for _ in range(9)), sections=sections
    )
    page = WORDING.block("narrative", block, activity=None, sheet=desk.sheet, result=tally(desk))
    assert 1000 < len(page) <= 3000


def test_the_result_has_a_paragraph_for_each_line():
    desk = moved(desk_of(), NARRATIVE, "compose", scripted(section="0", base="new", text="=Satu.\n\nDua."))
    page = WORDING.block("narrative", "result", activity=None, sheet=desk.sheet, result=tally(desk))
    assert "<p>Satu.</p>\n<p>Dua.</p>\n<p><i>Versi 1, disusun oleh Siti.</i></p>" in page


@pytest.mark.parametrize(("kind", "code"), [
    ("fault", "sections_empty"), ("fault", "not_composed"), ("pulse", "written"), ("trace", "composed"),
])  # fmt: skip
def test_what_is_told_has_words(kind, code):
    assert len(WORDING.plain(f"{kind}.{code}", "narrative", **FACTS[code])) > 20


def test_a_process_file_takes_sections_limits_and_material():
    activity = load(FOLDER / "naskah.yaml").activity("1.1", "pendahuluan")
    first, second, third = activity.settings.sections
    assert first.start_with == "Sanitasi adalah kebutuhan dasar.\nPokja dibentuk untuk memperbaikinya."
    assert (first.hint, second.required, third.required) == ("Keadaan sanitasi sekarang.", True, False)
    assert (activity.settings.most, activity.settings.longest) == (2, 400)
    assert activity.draws["items"][0].mark == (("bagian", "manfaat"),)
    guests = load(FOLDER / "naskah.yaml").activity("1.1", "tanggapan")
    assert (guests.settings.most, guests.settings.longest, guests.answered_by) == (3, 600, "tamu")
