"""One ballot of an activity: all that answering a question needs, and nothing that it doesn't."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain import roles
from domain.faults import Rejected
from domain.instruments.base import Instrument, Sheet, in_force
from domain.instruments.registry import INSTRUMENTS
from domain.questions import Value
from store import activities
from store.activities import MOVES, BallotRows
from usecases.library import Frame
from usecases.scenes import read_moves
from usecases.work import Work


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as it stands. `owner` is whose it is, `me_id` who looks at it."""

    pokja_id: int
    title: str
    state: str
    me_id: int
    role: str
    owner: int
    instrument: Instrument[Any, Any]
    sheet: Sheet[Any]
    answers: Mapping[str, Value]


async def load(
    work: Work, activity_id: int, owner: int | None, *, lock: bool = False
) -> tuple[Ballot, Frame]:
    """The ballot of `owner` (None: the actor's own). Raises Rejected for strangers and for roles that don't answer."""
    frame = await work.library.frame(work.session, activity_id)
    if frame is None:
        raise Rejected("unknown_button")
    asking = work.actor.telegram_id
    rows = await activities.ballot(work.session, activity_id, asking, owner, lock=lock)
    if rows.me_id is None:
        raise Rejected("stranger")
    _permit(rows.role, own=owner is None)
    return _ballot(work, frame, rows, rows.me_id, rows.me_id if owner is None else owner), frame


def _permit(role: str, *, own: bool) -> None:
    if own and role not in roles.VOTERS:
        raise Rejected("not_a_voter", role=role)
    if not own and role not in roles.FACILITATORS:
        raise Rejected("not_allowed", role=role)


def _ballot(work: Work, frame: Frame, rows: BallotRows, me_id: int, owner: int) -> Ballot:
    moves = read_moves(rows.answers.get(MOVES, {}))
    sheet = Sheet(
        settings=frame.spec.settings,
        items=frame.items,
        context=frame.context,
        moves=in_force(moves),
        today=work.today(rows.zone),
    )
    return Ballot(
        frame.pokja_id, frame.spec.title, rows.state, me_id, rows.role, owner,
        INSTRUMENTS[frame.spec.instrument], sheet, rows.answers.get(owner, {}),
    )  # fmt: skip
