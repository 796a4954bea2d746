"""Supporting items follow the item they belong to; every row tells where it comes from."""

from dataclasses import replace

from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import Item
from domain.instruments.scoring.board import FOLLOWERS
from tests.support.desks.scoring import SCORING, WORDING, scored, to_score

FOLLOWING = (
    Item("1", "Pelatihan", "1.1/dukung#1", fields={"induk": " pipa BARU "}),
    Item("2", "Sosialisasi", "1.1/dukung#2", fields={"induk": "1.1/usul#b"}),
    Item("3", "Brosur", "1.1/dukung#3", fields={"induk": "b"}),
    Item("4", "Lepas", "1.1/dukung#4", fields={"induk": "Bendungan"}),
    Item("5", "Kosong", "1.1/dukung#5"),
)


def led():
    on = to_score(2, (1,), followers_by="induk")
    sources = ("1.1/usul#a", "1.1/usul#b")
    items = tuple(
        replace(item, source=source, fields={"jenis": "fisik"})
        for item, source in zip(on.items, sources, strict=True)
    )
    return replace(on, items=items, inputs={FOLLOWERS: FOLLOWING})


def test_followers_have_the_rank_of_their_leader_and_stand_beneath_it():
    on = led()
    result = SCORING.tally(on, {1: scored((2,), (4,))})
    passed = SCORING.items(on, result)
    assert [(item.id, item.text, item.fields.get("peringkat")) for item in passed] == [
        ("2", "Meter air", 1),
        ("f2", "Sosialisasi", 1),
        ("f3", "Brosur", 1),
        ("1", "Pipa baru", 2),
        ("f1", "Pelatihan", 2),
        ("f4", "Lepas", None),
        ("f5", "Kosong", None),
    ]
    assert passed[0].fields == {"jenis": "fisik", "total": "4", "peringkat": 1}
    assert passed[1] == Item(
        "f2",
        "Sosialisasi",
        "1.1/dukung#2",
        fields={"induk": "1.1/usul#b", "peringkat": 1, "utama": "Meter air"},
    )
    page = WORDING.block("scoring", "result", sheet=on, result=result)
    assert (
        page.index("Meter air") < page.index("↳ Sosialisasi") < page.index("Pipa baru") < page.index("Lepas")
    )


def test_one_that_names_no_leader_follows_nobody():
    on = to_score(1, (1,), followers_by="induk")
    result = SCORING.tally(replace(on, inputs={FOLLOWERS: FOLLOWING[4:]}), {1: scored((2,))})
    assert (result.order[0].followers, [each.text for each in result.unattached]) == ((), ["Kosong"])


def test_a_followers_leader_by_text_goes_before_one_by_number():
    on = replace(led(), inputs={FOLLOWERS: (Item("1", "Brosur", fields={"induk": "Meter air"}),)})
    items = (replace(on.items[0], source="1.1/usul#Meter air"), on.items[1])
    result = SCORING.tally(replace(on, items=items), {1: scored((2,), (4,))})
    assert [[each.text for each in standing.followers] for standing in result.order] == [["Brosur"], []]


def test_rows_tell_where_they_come_from_in_a_kept_result_too():
    on = led()
    kept = revive(plain(SCORING.tally(on, {1: scored((2,), (4,)), 2: scored((3,), (4,))})))
    told = SCORING.trace(on, kept, "1")
    assert told == Fault("scored", {"rank": 2, "places": 2, "total": "5/2", "complete": 2, "merged": False})
    assert WORDING.word("trace.scored", "scoring", **told.details).startswith(
        "Peringkat 2 dari 2 dengan nilai 2,5"
    )
    assert SCORING.trace(on, kept, "f1") == Fault("follows", {"rank": 2, "leader": "Pipa baru"})
    assert SCORING.trace(on, kept, "f4") is None
