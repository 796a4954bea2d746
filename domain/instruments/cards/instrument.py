"""Kartu metaplan: members write short ideas into columns, unsigned; the facilitator tidies the board.

Near-duplicates are merged into one card with a text that stands, cards are put under the name of a cluster, a
card is taken off the board with a reason. Every written card counts: those the room wrote (plenary) and the
members' own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from domain.dialog.questions import Answers, Choice, Option, Question, Several, Text, Value
from domain.faults import Fault, Rejected
from domain.instruments.base import Ballots, Desk, Instrument, Item, Move, MoveForm, Sheet, short_id
from domain.instruments.cards.board import (
    CLUSTER,
    HIDE,
    MERGE,
    MOST_CARDS,
    OF_THE_GUIDE,
    RENAME,
    SHOW,
    Board,
    BoardColumn,
    Card,
    Column,
    Settings,
    board,
    card_key,
    card_numbers,
    card_writers,
    visible,
)
from domain.instruments.cards.groups import cards_brought, moves_brought
from domain.process.reading import Reader

TWO = 2
MOST_COLUMNS = 8
ALIKE = 80  # of 100
MOST_COMPARED = 5000  # pairs: a hundred cards in one column
MOST_OFFERED = 60  # cards to choose several from: a button carries one bit for each


class Cards(Instrument[Settings, Board]):
    """Short ideas into columns."""

    name = "cards"
    grows = True

    def read(self, reader: Reader) -> Settings:
        """`columns` (key, title, hint, start_with), `most`, `longest` and `clusters`."""
        columns = tuple(_read_column(each) for each in reader.each("columns", required=True))
        reader.unique([column.key for column in columns], "columns")
        if len(columns) > MOST_COLUMNS:
            reader.fault("too_many", reader.line_of("columns"), field="columns", most=MOST_COLUMNS)
        most, longest = reader.whole("most", 5, 1, MOST_CARDS), reader.whole("longest", 120, 20, 300)
        return Settings(columns, most, longest, reader.flag("clusters", default=True))

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """For each column the cards written so far and the next one; skipping that one closes the column."""
        return [question for column in sheet.settings.columns for question in _ask(sheet, column, mine)]

    def check(self, sheet: Sheet[Settings], mine: Answers, key: str, value: Value) -> None:
        """The same card twice in one column is a slip of the finger."""
        column = key.rpartition("/")[0]
        others = (mine[k] for k in mine if k != key and k.startswith(f"{column}/") and mine[k])
        if value and any(other.casefold() == value.casefold() for other in others):
            raise Rejected("card_twice", text=value)

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Board:
        """The board with all cards, clusters and counts."""
        return board(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Board) -> tuple[Item, ...]:
        """Every cluster and every loose card, column by column."""
        return tuple(item for column in result.columns for item in _items(column))

    def brought(self, desk: Desk[Settings], members: Sequence[int]) -> Ballots:
        """The members' cards and the room's."""
        return cards_brought(desk.ballots, members)

    def carried(self, moves: Sequence[Move], members: Sequence[int], number: int) -> Sequence[Move]:
        """All of them: what a group merged, named and took off stays so."""
        return moves_brought(moves, members, number)

    def writers(self, result: Board, item_id: str) -> tuple[int, ...]:
        """Who wrote the card, or those of the cluster."""
        clusters = [each for column in result.columns for each in column.clusters if each.id == item_id]
        loose = [card for column in result.columns for card in column.loose if card.id == item_id]
        return card_writers([*loose, *(card for cluster in clusters for card in cluster.cards)])

    def trace(self, sheet: Sheet[Settings], result: Board, item_id: str) -> Fault | None:
        """How many written cards it stands for; those of a cluster stand in the item's detail."""
        for column in result.columns:
            for cluster in column.clusters:
                if cluster.id == item_id:
                    return Fault("clustered", {"cards": sum(card.count for card in cluster.cards)})
            for card in column.loose:
                if card.id == item_id:
                    return Fault("written", {"cards": card.count, "guide": card.id.startswith(OF_THE_GUIDE)})
        return None

    def lacking(self, sheet: Sheet[Settings], result: Board) -> Fault | None:
        """What is missing before a result can be adopted: at least one card."""
        return None if any(visible(column) for column in result.columns) else Fault("no_cards")

    def hint(self, desk: Desk[Settings]) -> Fault | None:
        """The two cards that are most alike, if they are alike enough to be the same."""
        pairs = [pair for column in _columns(desk, TWO).values() for pair in combinations(visible(column), 2)]
        if not pairs or len(pairs) > MOST_COMPARED:
            return None
        likeness, first, second = max(
            (desk.similarity(first.text, second.text), first.text, second.text) for first, second in pairs
        )
        return Fault("similar_cards", {"first": first, "second": second}) if likeness >= ALIKE else None

    moves = (
        MoveForm(
            MERGE,
            questions=lambda desk, values: _asked(desk, values, MERGE, TWO, _ask_merge),
            available=lambda desk: bool(_columns(desk, TWO)),
        ),
        MoveForm(
            CLUSTER,
            questions=lambda desk, values: _asked(desk, values, CLUSTER, 1, _ask_cluster),
            available=lambda desk: desk.sheet.settings.clusters and bool(_columns(desk, 1)),
        ),
        MoveForm(
            RENAME,
            questions=lambda desk, values: _asked(desk, values, RENAME, 1, _ask_rename),
            available=lambda desk: bool(_columns(desk, 1)),
        ),
        MoveForm(
            HIDE,
            questions=lambda desk, values: _asked(desk, values, HIDE, 1, _ask_hide),
            available=lambda desk: bool(_columns(desk, 1)),
        ),
        MoveForm(
            SHOW,
            questions=lambda desk, _: (_ask_show(desk),),
            available=lambda desk: bool(_hidden(desk)),
        ),
    )


def _read_column(reader: Reader) -> Column:
    column = Column(
        reader.key("key"), reader.text("title"), reader.text("hint", ""), reader.texts("start_with")
    )
    reader.close()
    return column


def _ask(sheet: Sheet[Settings], column: Column, mine: Answers) -> Iterator[Question]:
    """Up to the next card. Only the last question counts for progress: a column is done when it is closed."""
    last = max((number for number in card_numbers(column, mine) if number <= MOST_CARDS), default=0)
    end = min(last + 1, sheet.settings.most)
    for number in range(1, end + 1):
        yield Text(
            key=card_key(column, number),
            about="card" if number == 1 else "next",
            optional=True,
            counts=number == end,
            longest=sheet.settings.longest,
            facts={
                "column": column.title,
                "hint": column.hint,
                "number": number,
                "most": sheet.settings.most,
            },
        )


def _items(column: BoardColumn) -> Iterator[Item]:
    for cluster in column.clusters:
        texts = "; ".join(card.text for card in cluster.cards)
        yield _item(column, cluster.id, cluster.name, texts)
    for card in column.loose:
        yield _item(column, card.id, card.text)


def _item(column: BoardColumn, id_: str, text: str, detail: str = "") -> Item:
    key = column.column.key
    return Item(id_, text, f"{key}/{id_}", detail, {"kolom": key, "judul-kolom": column.column.title})


def _columns(desk: Desk[Settings], least: int) -> dict[str, BoardColumn]:
    """The columns with at least that many cards to see, by their place on the board."""
    columns = board(desk.sheet, desk.ballots).columns
    return {short_id(place): column for place, column in enumerate(columns) if len(visible(column)) >= least}


Asker = Callable[[Desk[Settings], Answers, BoardColumn, str], Iterable[Question]]
"""Asks within a column; its place stands in the keys, so that columns don't mix up their answers."""


def _asked(desk: Desk[Settings], values: Answers, kind: str, least: int, ask: Asker) -> list[Question]:
    """The questions of a move within one column; which column is asked only where there is a choice."""
    columns = _columns(desk, least)
    if len(columns) == 1:
        return [
            question for place, column in columns.items() for question in ask(desk, values, column, place)
        ]
    options = tuple(Option(place, column.column.title) for place, column in columns.items())
    first = Choice(key="column", about=f"{kind}.column", options=options)
    place = values.get("column", "")
    return [first, *(ask(desk, values, columns[place], place) if place in columns else ())]


def _options(cards: Sequence[Card]) -> tuple[Option, ...]:
    return tuple(Option(card.id, card.text) for card in cards)


def _ask_merge(desk: Desk[Settings], values: Answers, column: BoardColumn, place: str) -> Iterator[Question]:
    """The first card, its near-duplicates (most alike first), and the text that stands."""
    cards = visible(column)
    yield Choice(key=f"first.{place}", about="merge.first", options=_options(cards), lettered=True)
    first = next((card for card in cards if card.id == values.get(f"first.{place}")), None)
    if first is None:
        return
    alike = sorted(cards, key=lambda card: -desk.similarity(first.text, card.text))
    others = [card for card in alike if card is not first][:MOST_OFFERED]
    key, facts = f"others.{first.id}", {"first": first.text}
    yield Several(key=key, about="merge.others", options=_options(others), facts=facts)
    chosen = [first, *(card for card in others if card.id in (values.get(key) or ()))]
    yield Text(
        key=f"text.{first.id}",
        about="merge.text",
        longest=max(desk.sheet.settings.longest, *(len(card.text) for card in chosen)),
        suggestions=_options(chosen),
    )


def _ask_cluster(_: Desk[Settings], __: Answers, column: BoardColumn, place: str) -> Iterator[Question]:
    """Which cards, and the name; the names there are can be tapped."""
    names = tuple(Option(cluster.id, cluster.name) for cluster in column.clusters)
    cards = _options(visible(column)[:MOST_OFFERED])
    yield Several(key=f"cards.{place}", about="cluster.cards", options=cards)
    yield Text(key="name", about="cluster.name", longest=60, suggestions=names)


def _ask_rename(desk: Desk[Settings], _: Answers, column: BoardColumn, place: str) -> Iterator[Question]:
    """Asks for a cluster or a card, and its new words."""
    options = tuple(Option(each.id, each.name) for each in column.clusters) + _options(visible(column))
    yield Choice(key=f"target.{place}", about="rename.target", options=options, lettered=True)
    yield Text(key="name", about="rename.name", longest=desk.sheet.settings.longest)


def _ask_hide(_: Desk[Settings], __: Answers, column: BoardColumn, place: str) -> Iterator[Question]:
    """Asks for a card, and why it is taken off the board."""
    cards = _options(visible(column))
    yield Choice(key=f"card.{place}", about="hide.card", options=cards, lettered=True)
    yield Text(key="reason", about="hide.reason", shortest=3, longest=200)


def _ask_show(desk: Desk[Settings]) -> Choice:
    return Choice(key="card", about="show.card", options=_options(_hidden(desk)), lettered=True)


def _hidden(desk: Desk[Settings]) -> list[Card]:
    columns = board(desk.sheet, desk.ballots).columns
    return [hidden.card for column in columns for hidden in column.hidden]
