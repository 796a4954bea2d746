"""What a team shows fits on a phone, however many posts there are."""

from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import pytest

from domain.instruments.base import Desk, Item
from domain.instruments.roster.people import Post, somebody
from tests.support.desks.roster import GROUPS, ROSTER, WORDING, appoint, ballot, desk_of, names, tally
from tests.support.scenes.roster import FACTS, person
from tests.support.tags import Tags


def test_a_question_stays_short():
    long = "Kepala Bidang Cipta Karya dan Sumber Daya Air " * 9
    posts = (Post("a", long[:300], 2, long), Post("b", long[:300], 2, long))
    mine = {"1": "0", "1.0": "x", "1.0n": long[:80], "1.0i": long[:100], "1.0ux": "0", "2": "1"}
    desk = desk_of(posts=posts, groups=GROUPS)
    desk = replace(desk, sheet=replace(desk.sheet, context=(Item("1", "Keterwakilan"), Item("2", long))))
    for question in ROSTER.questions(desk.sheet, mine):
        prompt = WORDING.word(f"ask.{question.about}", "roster", **question.facts)
        facts = {"question": question, "prompt": prompt, "sheet": desk.sheet, "mine": mine}
        page = WORDING.block("roster", "ask", activity=SimpleNamespace(prompt=long * 3), **facts)
        assert 20 < len(Tags(page).shown) <= 600
        assert ("Pertimbangan: Keterwakilan" in page) == (question.about == "post")


def test_buttons_hold_the_keys():
    posts = tuple(Post(f"p{n}", f"Jabatan {n}", 30) for n in range(20))
    people = tuple(person(number, "Siti", "PDAM") for number in (10**9, 2 * 10**9))
    on = desk_of(posts=posts, groups=GROUPS, people=people).sheet
    asked = ROSTER.questions(on, {"600": "j", "600.j": "2000000040"})
    assert max(len(question.key.encode()) for question in asked) == 16
    stranger = somebody("Dewi", "Forum").id
    desk = Desk(on, {1: ballot((0, "Dewi/Forum"), groups="0")})
    form = ROSTER.moves[0].questions(desk, {"post": "0", "who.0": stranger})
    assert [question.about for question in form][-1] == "appoint.group"
    assert max(len(question.key.encode()) for question in form) <= 16
    assert max(len(option.value.encode()) for option in form[1].options) <= 12


@pytest.mark.parametrize("count", [10, 20])
def test_twenty_posts_still_fit_in_a_message(count):
    long = "Perencanaan & Pengendalian Mutu Pelayanan Air Minum "
    posts = tuple(Post(f"p{n}", long * 2, 2) for n in range(count))
    written = ballot(*((place, f"{n} {long}/{long}") for place in range(count) for n in range(2)), groups="0")
    desk = desk_of(written, posts=posts, groups=(long * 2, *(f"{n} {long}" for n in range(7))))
    full = desk
    for _ in range(count * 2):
        post = ROSTER.moves[0].questions(full, {})[0]
        place = post.options[0].value if post.key == "post" else post.key.removeprefix("who.")
        who = tally(desk).posts[int(place, 36)].proposed[len(names(full, int(place, 36)))].person.id
        full = appoint(full, post=place, who=who, u="0")
    for each, block in product((desk, full), ("desk", "essence")):
        page = WORDING.block("roster", block, activity=None, sheet=each.sheet, result=tally(each))
        assert 600 < len(page) <= 3000


@pytest.mark.parametrize(
    ("kind", "code"),
    [("fault", "posts_empty"), ("fault", "groups_absent"), ("pulse", "proposed"), ("trace", "appointed")],
)
def test_what_is_told_has_words(kind, code):
    assert len(WORDING.plain(f"{kind}.{code}", "roster", **FACTS[code])) > 20
