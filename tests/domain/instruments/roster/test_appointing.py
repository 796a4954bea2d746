"""A team is appointed from those proposed and others, and shows whom it represents."""

from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import Move
from domain.instruments.roster.people import somebody
from tests.support.desks.roster import GROUPS, ROSTER, WORDING, appoint, ballot, desk_of, names, tally
from tests.support.driving import moved, scripted, with_moves


def test_those_proposed_are_offered_first_with_their_count():
    desk = desk_of(ballot((0, "43")), ballot((0, "43")), ballot((0, "Dewi/Forum")))
    who = ROSTER.moves[0].questions(desk, {"post": "0"})[1]
    assert [option.label for option in who.options] == [
        "2× Rina, Bappeda",
        "1× Dewi, Forum",
        "Siti, Bappeda",
        "Budi, PDAM",
        "",
    ]


def test_several_seats_are_filled_and_a_full_post_is_offered_no_more():
    desk = desk_of(ballot((0, "41")))
    desk = appoint(desk, post="0", who="41")
    assert [question.key for question in ROSTER.moves[0].questions(desk, {})] == ["who.1"]
    desk = appoint(desk, who="42")
    desk = appoint(desk, who="x", name="=Dewi", org="=Forum Pelanggan")
    assert (names(desk), names(desk, 1)) == (["Siti"], ["Budi", "Dewi"])
    desk = appoint(desk, who="43")
    assert not ROSTER.moves[0].available(desk)
    desk = moved(desk, ROSTER, "remove", scripted(who=tally(desk).posts[1].appointed[1].id))
    assert names(desk, 1) == ["Budi", "Rina"]


def test_somebody_nobody_proposed_can_be_appointed():
    desk = appoint(desk_of(ballot((0, "41"))), post="0", who="x", name="=Dewi", org="=Forum")
    (held,) = tally(desk).posts[0].appointed
    assert (held.person.name, held.person.instansi, held.proposed, held.by) == ("Dewi", "Forum", 0, "Siti")
    known = appoint(desk_of(ballot((0, "Dewi/Forum"))), post="0", who=somebody("Dewi", "Forum").id)
    assert tally(known).posts[0].appointed[0].proposed == 1


def test_the_post_chosen_last_counts_when_the_facilitator_went_back():
    values = {"post": "1", "who.0": "41", "who.1": "42"}
    desk = with_moves(desk_of(), [Move(1, "appoint", values, "Siti")])
    assert (names(desk, 0), names(desk, 1)) == ([], ["Budi"])


def test_the_team_shows_whom_it_represents():
    desk = desk_of(ballot((1, "41"), groups="1"), groups=GROUPS)
    assert ROSTER.hint(desk) is None
    desk = appoint(desk, post="1", who="42")
    assert ROSTER.hint(desk) == Fault("groups_absent", {"groups": ["Pengguna"]})
    desk = appoint(desk, post="1", who="41", u="-")
    assert (tally(desk).ungrouped, [share.count for share in tally(desk).groups]) == (1, [1, 0])
    desk = appoint(desk, post="1", who="43", u="1")
    assert [(share.name, share.count) for share in tally(desk).groups] == [
        ("Penyelenggara", 1),
        ("Pengguna", 1),
    ]
    assert [(share.name, share.count) for share in tally(desk).organisations] == [("Bappeda", 2), ("PDAM", 1)]
    assert ROSTER.hint(desk) is None


def test_nobody_holds_a_post_twice():
    desk = appoint(desk_of(), post="1", who="x", name="=Dewi", org="=Forum")
    desk = appoint(desk, post="1", who="x", name="=DEWI", org="=forum")
    desk = appoint(desk, post="1", who="42")
    assert names(desk, 1) == ["Dewi", "Budi"]
    offered = ROSTER.moves[0].questions(desk, {"post": "1"})[1].options
    assert [option.label for option in offered] == ["Siti, Bappeda", "Rina, Bappeda", ""]


def test_who_holds_two_posts_counts_once():
    desk = appoint(appoint(desk_of(), post="0", who="41"), who="41")
    assert [(share.name, share.count) for share in tally(desk).organisations] == [("Bappeda", 1)]
    assert [item.fields["jabatan"] for item in ROSTER.items(desk.sheet, tally(desk))] == ["Ketua", "Anggota"]


def test_every_post_needs_somebody():
    desk = appoint(desk_of(), post="0", who="41")
    assert ROSTER.lacking(desk.sheet, tally(desk)) == Fault("posts_empty", {"posts": ["Anggota"]})
    desk = appoint(desk, who="43")
    assert ROSTER.lacking(desk.sheet, tally(desk)) is None


def test_items_are_the_persons_with_their_post():
    desk = appoint(desk_of(groups=GROUPS), post="0", who="42")
    (item,) = ROSTER.items(desk.sheet, tally(desk))
    assert (item.text, item.detail) == ("Budi", "PDAM")
    assert item.fields == {
        "jabatan": "Ketua",
        "pos": "ketua",
        "jabatan-asal": "Kepala Seksi",
        "instansi": "PDAM",
        "unsur": "Penyelenggara",
        "peran": "anggota",
    }


def test_a_person_tells_where_they_come_from():
    desk = appoint(desk_of(ballot((0, "41")), ballot((0, "41"))), post="0", who="41")
    told = ROSTER.trace(desk.sheet, revive(plain(tally(desk))), "A1")
    assert told == Fault("appointed", {"name": "Siti", "post": "Ketua", "count": 2, "by": "Siti"})
    assert "atas usulan 2 anggota" in WORDING.plain("trace.appointed", "roster", **told.details)
    assert ROSTER.trace(desk.sheet, tally(desk), "A2") is None
