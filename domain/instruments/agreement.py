"""Kesepakatan: every member takes a stand on each statement; notes and objections come with their words.

The quorum is a share of those who may answer, rounded up. Under 'mufakat' no objection may be left and
somebody must be in favour; under 'suara-terbanyak' more than half of those who don't abstain must be in
favour. After the members' answers the Ketua can record what the meeting decided in deliberation; the counted
outcome stays beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.dialog.questions import Answers, Choice, Option, Question, Text
from domain.faults import Fault
from domain.instruments.base import (
    PLENARY,
    Ballots,
    Desk,
    Instrument,
    Item,
    MoveForm,
    Sheet,
    counted,
)
from domain.process.reading import Reader
from domain.quorum import quorum_of

FINALISE = "finalise"
AGREE, NOTE, OBJECT, ABSTAIN = "agree", "note", "object", "abstain"
STANDS = tuple(Option(each, about=each) for each in (AGREE, NOTE, OBJECT, ABSTAIN))
IN_WORDS = frozenset({NOTE, OBJECT})

AGREED, WITH_NOTES, NOT_AGREED, NO_QUORUM = "agreed", "agreed_with_notes", "not_agreed", "no_quorum"
DECISIONS = {"agreed": AGREED, "notes": WITH_NOTES, "refused": NOT_AGREED}
"""What a deliberation can end in, by the value of its button."""

CONSENSUS, MAJORITY = "mufakat", "suara-terbanyak"
ITEM = "{item}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The `statements` ('{item}' stands for each item), the `quorum` as a share of voters, and the `rule`."""

    statements: tuple[str, ...]
    quorum: Fraction
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is put to the members; `item` is empty where it isn't about one of the items."""

    key: str
    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What the meeting decided after the answers were counted, in its own words; `by` recorded it."""

    outcome: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One statement's counts and outcome.

    `present` members answered it completely; `needed` had to. `counted_outcome` follows from the answers
    alone; `outcome` is the deliberation's where there was one. Both are one of agreed, agreed_with_notes,
    not_agreed, no_quorum. Notes and objections are in the order of their words, so that they don't tell who
    wrote them.
    """

    statement: Statement
    agree: int
    note: int
    object: int
    abstain: int
    notes: tuple[str, ...]
    objections: tuple[str, ...]
    present: int
    needed: int
    counted_outcome: str
    outcome: str
    deliberation: Deliberation | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """All verdicts. `plenary` says whether the room decided; its one ballot then needs no quorum."""

    verdicts: tuple[Verdict, ...]
    plenary: bool
    rule: str


class Agreement(Instrument[Settings, Consent]):
    """Agree, agree with a note, object with a reason, or abstain."""

    name = "agreement"

    def read(self, reader: Reader) -> Settings:
        """`statements`, `quorum` (default 1/2) and `rule` (default mufakat)."""
        statements = reader.texts("statements", required=True)
        quorum = reader.fraction("quorum", "1/2")
        if not 0 < quorum <= 1:
            reader.fault("quorum_range", reader.line_of("quorum"), field="quorum")
        if any(ITEM in each for each in statements) and not reader.has("items_from"):
            reader.fault("needs_items", reader.line_of("statements"), field="items_from")
        return Settings(statements, quorum, reader.one_of("rule", (CONSENSUS, MAJORITY), CONSENSUS))

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """At least one statement: those about items need items."""
        return None if statements(sheet) else Fault("nothing_to_agree")

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """For each statement the stand, and the words where the stand asks for them."""
        return [question for statement in statements(sheet) for question in _ask(statement, mine)]

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Consent:
        """Each statement's verdict."""
        kept = counted(ballots)
        plenary = PLENARY in kept
        verdicts = tuple(_verdict(sheet, each, kept, plenary=plenary) for each in statements(sheet))
        return Consent(verdicts, plenary, sheet.settings.rule)

    def items(self, sheet: Sheet[Settings], result: Consent) -> tuple[Item, ...]:
        """What was agreed: items all whose statements were, and agreed statements about no item."""
        about = {item.id: item for item in sheet.items}
        refused = {verdict.statement.item for verdict in result.verdicts if not is_agreed(verdict)}
        agreed: dict[str, Item] = {}
        for verdict in filter(is_agreed, result.verdicts):
            statement = verdict.statement
            item = about.get(statement.item) or Item(statement.key, statement.text, statement.key)
            if not statement.item or statement.item not in refused:
                agreed[item.id] = item
        return tuple(agreed.values())

    def trace(self, sheet: Sheet[Settings], result: Consent, item_id: str) -> Fault | None:
        """How the first statement about it was answered."""
        for verdict in result.verdicts:
            if item_id in {verdict.statement.item, verdict.statement.key}:
                stands = {stand: getattr(verdict, stand) for stand in (AGREE, NOTE, OBJECT, ABSTAIN)}
                return Fault("agreed", {**stands, "plenary": result.plenary})
        return None

    def lacking(self, sheet: Sheet[Settings], result: Consent) -> Fault | None:
        """What is missing before a result can be adopted: the quorum, for every statement."""
        short = [verdict for verdict in result.verdicts if verdict.outcome == NO_QUORUM]
        if not short:
            return None
        fewest = min(short, key=lambda verdict: verdict.present)
        return Fault(
            "no_quorum", {"present": fewest.present, "needed": fewest.needed, "voters": sheet.voters}
        )

    moves = (
        MoveForm(
            FINALISE,
            questions=lambda desk, _: _ask_finalise(desk),
            available=lambda desk: bool(_decidable(desk)),
            chair_only=True,
        ),
    )


def is_agreed(verdict: Verdict) -> bool:
    """Whether the statement holds, with or without notes."""
    return verdict.outcome in {AGREED, WITH_NOTES}


def statements(sheet: Sheet[Settings]) -> tuple[Statement, ...]:
    """The statements in asking order; one with '{item}' is put once for each item."""
    return tuple(
        each
        for number, text in enumerate(sheet.settings.statements, 1)
        for each in _expanded(number, text, sheet.items)
    )


def _expanded(number: int, text: str, items: Sequence[Item]) -> Iterator[Statement]:
    if ITEM not in text:
        yield Statement(f"s{number}", text)
        return
    for item in items:
        yield Statement(f"{number}:{item.id}", text.replace(ITEM, item.text), item.id)


def _words_key(statement: Statement, stand: str) -> str:
    """A note's words are no objection's, should the member change their stand."""
    return f"{statement.key}+{stand[0]}"


def _ask(statement: Statement, mine: Answers) -> Iterator[Question]:
    yield Choice(key=statement.key, about="stand", options=STANDS, facts={"statement": statement.text})
    stand = mine.get(statement.key)
    if stand in IN_WORDS:
        yield Text(
            key=_words_key(statement, stand),
            about=f"words.{stand}",
            counts=False,
            shortest=5,
            longest=300,
            facts={"statement": statement.text},
        )


def _verdict(sheet: Sheet[Settings], statement: Statement, ballots: Ballots, *, plenary: bool) -> Verdict:
    given = [answers for answers in ballots.values() if _is_complete(statement, answers)]
    stands = [answers[statement.key] for answers in given]
    words = {stand: _words(statement, stand, given) for stand in IN_WORDS}
    counts = {stand: stands.count(stand) for stand in (AGREE, NOTE, OBJECT, ABSTAIN)}
    needed = 1 if plenary else quorum_of(sheet.settings.quorum, sheet.voters)
    outcome = _outcome(sheet.settings.rule, counts) if len(given) >= needed else NO_QUORUM
    verdict = Verdict(
        statement=statement,
        agree=counts[AGREE],
        note=counts[NOTE],
        object=counts[OBJECT],
        abstain=counts[ABSTAIN],
        notes=words[NOTE],
        objections=words[OBJECT],
        present=len(given),
        needed=needed,
        counted_outcome=outcome,
        outcome=outcome,
    )
    return _deliberated(sheet, verdict)


def _is_complete(statement: Statement, answers: Answers) -> bool:
    stand = answers.get(statement.key)
    return stand is not None and (stand not in IN_WORDS or bool(answers.get(_words_key(statement, stand))))


def _words(statement: Statement, stand: str, given: Sequence[Answers]) -> tuple[str, ...]:
    key = _words_key(statement, stand)
    return tuple(sorted(answers[key] for answers in given if answers[statement.key] == stand))


def _outcome(rule: str, counts: Mapping[str, int]) -> str:
    """What the answers alone say, the quorum being met."""
    favour = counts[AGREE] + counts[NOTE]
    agreed = favour > 0 and (counts[OBJECT] == 0 if rule == CONSENSUS else favour > counts[OBJECT])
    if not agreed:
        return NOT_AGREED
    return WITH_NOTES if counts[NOTE] else AGREED


def _deliberated(sheet: Sheet[Settings], verdict: Verdict) -> Verdict:
    """The verdict with the last deliberation on it; without a quorum no meeting decides anything."""
    if verdict.counted_outcome == NO_QUORUM:
        return verdict
    key = verdict.statement.key
    made = [move for move in sheet.moves if move.kind == FINALISE and move.values["statement"] == key]
    if not made:
        return verdict
    values = made[-1].values
    deliberation = Deliberation(DECISIONS[values["outcome"]], values["text"], made[-1].by)
    return replace(verdict, outcome=deliberation.outcome, deliberation=deliberation)


def _decidable(desk: Desk[Settings]) -> tuple[Verdict, ...]:
    verdicts = Agreement().tally(desk.sheet, desk.ballots).verdicts
    return tuple(verdict for verdict in verdicts if verdict.counted_outcome != NO_QUORUM)


def _ask_finalise(desk: Desk[Settings]) -> tuple[Question, ...]:
    which = tuple(Option(verdict.statement.key, verdict.statement.text) for verdict in _decidable(desk))
    outcomes = tuple(Option(value, about=outcome) for value, outcome in DECISIONS.items())
    return (
        Choice(key="statement", about="finalise.statement", options=which, lettered=True),
        Choice(key="outcome", about="finalise.outcome", options=outcomes),
        Text(key="text", about="finalise.text", shortest=5, longest=500),
    )
