"""One ballot of an activity: all that answering a question needs, and nothing that it doesn't."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain import roles, secrecy
from domain.dialog.questions import Value
from domain.faults import Rejected
from domain.instruments.base import PLENARY, AnyInstrument, Sheet
from domain.instruments.registry import INSTRUMENTS
from store import activities
from store.activities import MOVES, BallotRows
from usecases.library import Frame, read_moves
from usecases.outcomes import Where, where
from usecases.work import Work


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as it stands. `owner` is whose it is, `me_id` who looks at it."""

    pokja_id: int
    where: Where
    title: str
    state: str
    me_id: int
    role: str
    owner: int
    instrument: AnyInstrument
    sheet: Sheet[object]
    answers: Mapping[str, Value]


async def load(
    work: Work, activity_id: int, owner: int | None, *, lock: bool = False
) -> tuple[Ballot, Frame]:
    """The ballot of `owner` (None: the actor's own). Raises Rejected where it isn't the actor's to read."""
    asking = work.actor.telegram_id
    rows = await activities.ballot(work.session, activity_id, asking, owner, lock=lock)
    if rows is None:
        raise Rejected("unknown_button")
    if rows.me_id is None:
        raise Rejected("stranger")
    frame = await work.library.frame(work.session, activity_id, rows.revision)
    if owner in {None, rows.me_id}:
        _permit_own(frame, rows.me_id, rows.role)
    else:
        _permit_other(frame, rows, owner)
    return _ballot(work, frame, rows, rows.me_id, rows.me_id if owner is None else owner), frame


def _permit_own(frame: Frame, me_id: int, role: str) -> None:
    if role not in roles.ANSWERING[frame.spec.answered_by]:
        raise Rejected("not_a_voter", role=role, answered_by=frame.spec.answered_by)
    if not frame.asks(me_id, role):
        raise Rejected("not_asked_here", title=frame.title)


def _permit_other(frame: Frame, rows: BallotRows, owner: int) -> None:
    if rows.role not in roles.FACILITATORS:
        raise Rejected("not_allowed", role=rows.role)
    if not secrecy.may_enter_for(owner, rows.givers):
        raise Rejected("answers_themselves", title=frame.title)


def _ballot(work: Work, frame: Frame, rows: BallotRows, me_id: int, owner: int) -> Ballot:
    moves = read_moves(rows.answers.get(MOVES, {}))
    sheet = frame.drawn.sheet(frame.spec.settings, moves, work.today(rows.zone), plenary=owner == PLENARY)
    return Ballot(
        frame.pokja_id,
        where(frame.pokja_id, rows.pokja, rows.active_pokja_id),
        frame.title,
        rows.state,
        me_id,
        rows.role,
        owner,
        INSTRUMENTS[frame.spec.instrument],
        sheet,
        rows.answers.get(owner, {}),
    )
