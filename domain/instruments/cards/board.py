"""The board of kartu metaplan: every card by column, and what the facilitator's moves made of them.

A card's id is made of the member's number, and of a character each for its column and its own number, so it keeps its
meaning while others are still writing. On the board cards lie in an order drawn from their ids: repeatable, and
neighbours tell nothing about who wrote them.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.dialog.questions import Answers
from domain.instruments.base import DIGITS, PLENARY, Ballots, Move, Sheet, short_id

MERGE, CLUSTER, RENAME, HIDE, SHOW = "merge", "cluster", "rename", "hide", "show"
MOST_CARDS = 20
"""Of a member, in a column."""
OF_THE_GUIDE, OF_A_ROOM = "G", "R"
CLUSTER_ID = "K"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board; `start_with` are the cards the guide puts there."""

    key: str
    title: str
    hint: str = ""
    start_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """At most `most` cards for each member and column, each of at most `longest` characters."""

    columns: tuple[Column, ...]
    most: int = 5
    longest: int = 120
    clusters: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """A card on the board. `sources` are the ids of the `count` written cards it stands for."""

    id: str
    text: str
    sources: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cards under one name."""

    id: str
    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class HiddenCard:
    """A card the facilitator took off the board, and why."""

    card: Card
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: clusters as they were named, loose cards, hidden ones; `written` counts members' cards."""

    column: Column
    clusters: tuple[Cluster, ...]
    loose: tuple[Card, ...]
    hidden: tuple[HiddenCard, ...]
    written: int


@dataclass(frozen=True, slots=True)
class Board:
    """The columns, and how many members wrote at least one card."""

    columns: tuple[BoardColumn, ...]
    writers: int


@dataclass(frozen=True, slots=True)
class _State:
    """A column while moves are applied: cards by id, each card's cluster, cluster names, hidden reasons."""

    cards: Mapping[str, Card]
    cluster_of: Mapping[str, str]
    names: Mapping[str, str]
    hidden: Mapping[str, tuple[str, str]]


def board(sheet: Sheet[Settings], ballots: Ballots) -> Board:
    """The board after all moves in force. Cards the room wrote (plenary) lie beside the members' own."""
    written = {
        c.key: dict(_written(c, position, ballots)) for position, c in enumerate(sheet.settings.columns)
    }
    columns = tuple(
        _column(column, _start_cards(column, position), written[column.key], sheet.moves)
        for position, column in enumerate(sheet.settings.columns)
    )
    writers = {member for member, answers in ballots.items() if any(map(_has_text, answers.values()))}
    return Board(columns, len(writers))


def visible(column: BoardColumn) -> tuple[Card, ...]:
    """All cards on the board, loose ones first."""
    return column.loose + tuple(card for cluster in column.clusters for card in cluster.cards)


def card_numbers(column: Column, mine: Answers) -> list[int]:
    """The numbers of the member's cards in a column, emptied ones left out."""
    numbers = [int(key.rpartition("/")[2]) for key in mine if key.startswith(f"{column.key}/")]
    return sorted(number for number in numbers if _has_text(mine[card_key(column, number)]))


def card_writers(cards: Iterable[Card]) -> tuple[int, ...]:
    """The members who wrote what these cards stand for: neither the guide's nor what a room wrote."""
    ids = (source for card in cards for source in card.sources)
    written = (id_ for id_ in ids if not id_.startswith(OF_THE_GUIDE) and OF_A_ROOM not in id_)
    return tuple(sorted({int(id_[:-2], len(DIGITS)) for id_ in written} - {PLENARY}))


def card_key(column: Column, number: int) -> str:
    """The key of the answer that holds a card."""
    return f"{column.key}/{number}"


def _has_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _start_cards(column: Column, position: int) -> dict[str, str]:
    return {
        f"{OF_THE_GUIDE}{short_id(position)}{short_id(number)}": text
        for number, text in enumerate(column.start_with, 1)
    }


def _written(column: Column, position: int, ballots: Ballots) -> Iterator[tuple[str, str]]:
    for member, answers in ballots.items():
        for number in card_numbers(column, answers):
            yield (
                f"{short_id(member)}{short_id(position)}{mark(number)}",
                _one_line(answers[card_key(column, number)]),
            )


def mark(number: int) -> str:
    """The end of a card's id: its number, marked where a breakout group's room brought it along."""
    return short_id(number) if number <= MOST_CARDS else f"{OF_A_ROOM}{short_id(number - MOST_CARDS)}"


def _shuffled(cards: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(cards.items(), key=lambda card: hashlib.sha256(card[0].encode()).digest())


def _column(
    column: Column, start: Mapping[str, str], written: Mapping[str, str], moves: Sequence[Move]
) -> BoardColumn:
    texts = [*start.items(), *_shuffled(written)]
    state = _State({id_: Card(id_, text, (id_,)) for id_, text in texts}, {}, {}, {})
    for move in moves:
        state = _APPLY[move.kind](state, move) if move.kind in _APPLY else state
    return _laid_out(column, state, len(written))


def _laid_out(column: Column, state: _State, written: int) -> BoardColumn:
    visible = [card for card in state.cards.values() if card.id not in state.hidden]
    clusters = (
        Cluster(id_, name, tuple(card for card in visible if state.cluster_of.get(card.id) == id_))
        for id_, name in state.names.items()
    )
    return BoardColumn(
        column,
        tuple(cluster for cluster in clusters if cluster.cards),
        tuple(card for card in visible if card.id not in state.cluster_of),
        tuple(HiddenCard(c, *state.hidden[c.id]) for c in state.cards.values() if c.id in state.hidden),
        written,
    )


def _given(move: Move, name: str) -> Any:
    """What was asked within a column: the question's key ends in the column's place ('first.0')."""
    place = move.values.get("column")
    within = [key for key in move.values if key.startswith(f"{name}.")]
    return move.values[f"{name}.{place}" if f"{name}.{place}" in within else within[0]]


def _merge(state: _State, move: Move) -> _State:
    """The cards become one, under the id of the first; cards that are gone are passed over."""
    first = _given(move, "first")
    wanted = [first, *move.values[f"others.{first}"]]
    found = [state.cards[id_] for id_ in wanted if id_ in state.cards]
    if not found:
        return state
    sources = tuple(source for card in found for source in card.sources)
    merged = Card(first, _one_line(move.values[f"text.{first}"]), sources, len(sources))
    cards = {id_: card for id_, card in state.cards.items() if id_ == first or id_ not in wanted}
    return replace(state, cards={**cards, first: merged})


def _cluster(state: _State, move: Move) -> _State:
    """The cards go under the name; a name that is there already takes them in."""
    chosen = [id_ for id_ in _given(move, "cards") if id_ in state.cards]
    if not chosen:
        return state
    name = _one_line(move.values["name"])
    same = (id_ for id_, known in state.names.items() if known.casefold() == name.casefold())
    cluster = next(same, f"{CLUSTER_ID}{short_id(move.number)}")
    names = {**state.names, cluster: state.names.get(cluster, name)}
    return replace(state, names=names, cluster_of={**state.cluster_of, **dict.fromkeys(chosen, cluster)})


def _rename(state: _State, move: Move) -> _State:
    target, name = _given(move, "target"), _one_line(move.values["name"])
    if target in state.names:
        return replace(state, names={**state.names, target: name})
    if target in state.cards:
        return replace(state, cards={**state.cards, target: replace(state.cards[target], text=name)})
    return state


def _hide(state: _State, move: Move) -> _State:
    card = _given(move, "card")
    if card not in state.cards:
        return state
    return replace(state, hidden={**state.hidden, card: (move.values["reason"], move.by)})


def _show(state: _State, move: Move) -> _State:
    shown = move.values["card"]
    return replace(state, hidden={id_: why for id_, why in state.hidden.items() if id_ != shown})


_APPLY: Mapping[str, Callable[[_State, Move], _State]] = {
    MERGE: _merge,
    CLUSTER: _cluster,
    RENAME: _rename,
    HIDE: _hide,
    SHOW: _show,
}
