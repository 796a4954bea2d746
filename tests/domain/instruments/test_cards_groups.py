"""What breakout groups bring of their boards: every card, and what was merged, named and taken off."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.instruments.base import PLENARY, Desk
from domain.instruments.cards.board import Settings
from tests.support.desks.cards import CARDS, ISU, TWO, ballot, boards, card_of, tally
from tests.support.driving import drawn, moved, scripted, sheet, with_moves

FIRST, SECOND = [7, 40], [41, 300]


@st.composite
def groups(draw):
    """A group's board after some moves: of the room and two members, whoever they are."""
    places = (PLENARY, *draw(st.sampled_from([FIRST, SECOND])))
    ballots = dict(zip(places, draw(boards(moves=0)).ballots.values(), strict=False))
    desk = Desk(sheet(Settings(TWO)), ballots)
    data = draw(st.data())
    for _ in range(draw(st.integers(0, 4))):
        offered = [move.kind for move in CARDS.moves if move.available(desk)]
        if offered:
            desk = moved(desk, CARDS, draw(st.sampled_from(offered)), drawn(data))
    return desk


def brought(*groups: tuple[Desk[Settings], list[int]]):
    """The plenary's desk: what each group brings, one after the other."""
    ballots, moves = {}, []
    for desk, members in groups:
        ballots |= CARDS.brought(desk, members)
        moves += CARDS.carried(desk.sheet.moves, members, len(moves) + 1)
    return with_moves(Desk(sheet(groups[0][0].sheet.settings), ballots), moves)


def shape(desk):
    """What a board shows, whatever its ids: loose cards, clusters, cards taken off."""
    columns = tally(desk).columns
    return [
        (
            Counter((card.text, card.count) for card in column.loose),
            Counter(
                (each.name, tuple(sorted((c.text, c.count) for c in each.cards))) for each in column.clusters
            ),
            Counter((hidden.card.text, hidden.reason, hidden.by) for hidden in column.hidden),
        )
        for column in columns
    ]


@given(groups())
def test_a_groups_board_is_in_the_plenary_as_the_group_left_it(desk):
    members = [member for member in desk.ballots if member] or FIRST
    assert shape(brought((desk, members))) == shape(desk)


@given(groups(), groups())
def test_no_card_of_two_groups_is_lost_or_doubled(one, other):
    one, other = of(one, FIRST), of(other, SECOND)
    plenary = tally(brought((one, FIRST), (other, SECOND)))
    assert written(plenary) == written(tally(one)) + written(tally(other))


def of(desk, members):
    """The desk with these in the place of its members, and without moves, which name cards by their members."""
    renamed = dict(zip([member for member in desk.ballots if member], members, strict=False))
    return replace(
        desk,
        sheet=replace(desk.sheet, moves=()),
        ballots={renamed.get(m, m): mine for m, mine in desk.ballots.items()},
    )


def written(board):
    return Counter((column.column.key, card.text) for column in board.columns for card in column.loose)


def test_groups_that_chose_the_same_name_share_a_cluster():
    one, other = (
        Desk(sheet(Settings((ISU,))), {member: ballot(f"bocor {member}"), PLENARY: ballot(f"pompa {member}")})
        for member in (7, 41)
    )
    one = moved(one, CARDS, "cluster", scripted(cards=card_of(one, "pompa 7"), name="=Jaringan"))
    one = moved(one, CARDS, "rename", scripted(target="K1", name="=Jaringan pipa"))
    other = moved(other, CARDS, "hide", scripted(card=card_of(other, "pompa 41"), reason="=di luar pokok"))
    other = moved(other, CARDS, "cluster", scripted(cards=card_of(other, "bocor 41"), name="=jaringan pipa"))
    (column,) = tally(brought((one, [7]), (other, [41]))).columns
    assert [(each.name, sorted(card.text for card in each.cards)) for each in column.clusters] == [
        ("Jaringan pipa", ["bocor 41", "pompa 7"])
    ]
    assert [hidden.card.text for hidden in column.hidden] == ["pompa 41"]
    assert [card.text for card in column.loose] == ["bocor 7"]


def test_a_group_nobody_is_in_any_more_brings_nothing_of_its_room():
    desk = Desk(sheet(Settings((ISU,))), {PLENARY: ballot("pompa")})
    desk = moved(desk, CARDS, "rename", scripted(target=card_of(desk, "pompa"), name="=Pompa"))
    assert tally(brought((desk, []))).columns[0].loose == ()


def test_words_that_look_like_a_card_stay_words():
    desk = Desk(sheet(Settings((ISU,))), {7: ballot("a"), PLENARY: ballot("b")})
    desk = moved(desk, CARDS, "rename", scripted(target=card_of(desk, "a"), name="=001"))
    assert {card.text for card in tally(brought((desk, [7]))).columns[0].loose} == {"001", "b"}
