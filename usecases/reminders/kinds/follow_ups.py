"""Tindak lanjut that are not over remind their owners, and the Ketua once they are late."""

from collections.abc import Mapping, Sequence

from domain.follow_ups.board import subject
from domain.follow_ups.follow_up import LIVE, owns
from domain.reminders.rules import FOLLOW_UP
from domain.reminders.state import Subject
from domain.roles import KETUA
from store import follow_ups
from store.follow_ups import Glance
from store.tables.core import FollowUp
from usecases.reminders.kinds.base import Delivery, Kind, Line, Look, is_about
from usecases.reminders.outcomes import DigestLine


async def _subjects(look: Look) -> Sequence[Subject]:
    return [subject(each.now) for each in await follow_ups.alive(look.session, look.pokja.id)]


async def _lines(at: Delivery, lines: Sequence[Line]) -> Mapping[str, DigestLine]:
    kept = await follow_ups.glances(at.session, [each["id"] for each in lines])
    return {
        each["reason"]: _line(at, each, kept[each["id"]])
        for each in lines
        if each["id"] in kept and _still_waits(at, each, kept[each["id"]])
    }


def _still_waits(at: Delivery, line: Line, kept: Glance) -> bool:
    concerns = at.me.role == KETUA if line["as_ketua"] else owns(kept.now, at.me.id)
    return concerns and kept.now.state in LIVE and is_about(line, kept.now.due.isoformat())


def _line(at: Delivery, line: Line, kept: Glance) -> DigestLine:
    owners = [at.names[owner.who] for owner in kept.now.owners if line["as_ketua"]]
    days = (kept.now.due - at.today).days
    return DigestLine(FOLLOW_UP, kept.now.id, kept.text, days, kept.now.due, line["as_ketua"], owners)


KIND = Kind(FollowUp, _subjects, _lines)
