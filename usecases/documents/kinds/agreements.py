"""Berita acara kesepakatan: what was agreed with which votes and notes, what was not and why."""

from zoneinfo import ZoneInfo

from domain import roles
from domain.documents.editions import Edition
from domain.meetings.minutes import DECISION
from store import activities, meetings, people
from usecases.documents.kinds.agreement_records import Found, agreements
from usecases.documents.kinds.base import OF_MEETING, Ground, Paper
from usecases.documents.kinds.meetings import Gathering, edition, gathering, officers
from usecases.documents.kinds.minutes import leader
from usecases.outcomes import person

TITLE = "Berita Acara Kesepakatan"
NOTHING_AGREED = "Kesepakatan atau keputusan"


async def gather_meeting(ground: Ground) -> Edition:
    """The record of a meeting: the agreements of its topic, and the decisions of its minutes."""
    found = await gathering(ground)
    kept = await agreements(ground, [found.row.topic_run_id] if found.row.topic_run_id else [])
    decisions = await _decisions(ground, found)
    empty = () if decisions or kept.agreements else (NOTHING_AGREED,)
    facts = {
        **await _common(ground, kept),
        "has_begun": found.has_begun,
        "decisions": decisions,
        "present": tuple(seat for seat in found.seats if seat.at),
        "invited": len(found.seats),
        "attendance": found.attendance,
        "leader": await leader(ground, found),
        "began": (found.row.opened_at or found.row.starts).astimezone(ZoneInfo(found.facts.zone)),
    }
    missing = (*found.not_held(), *kept.waiting, *empty)
    return edition(ground, found, "agreements", TITLE, facts, missing=missing, sources=kept.sources)


async def gather_overall(ground: Ground) -> Edition:
    """The record of all that the Pokja has agreed on so far, without a meeting."""
    begun = await activities.topic_runs(ground.session, ground.run.id) if ground.run else {}
    kept = await agreements(ground, [each.id for each in begun.values()])
    members = await people.members(ground.session, ground.pokja.id, roles=roles.VOTERS)
    facts = {
        **await _common(ground, kept),
        "meeting": None,
        "decisions": (),
        "members": tuple(person(*pair) for pair in members),
    }
    missing = (*kept.waiting, *(() if kept.agreements else (NOTHING_AGREED,)))
    return ground.edition("agreements", TITLE, facts, missing=missing, sources=kept.sources)


async def _common(ground: Ground, kept: Found) -> dict[str, object]:
    return {"agreements": kept.agreements, "signers": (await officers(ground)).signers}


async def _decisions(ground: Ground, found: Gathering) -> tuple[str, ...]:
    """What the minutes call decisions, in the order of the agenda."""
    places = {item.key: place for place, item in enumerate(found.facts.plan.agenda)}
    kept = [each for each in await meetings.entries(ground.session, found.row.id) if each.kind == DECISION]
    return tuple(each.text for each in sorted(kept, key=lambda each: places.get(each.item, len(places))))


PAPERS = (
    Paper("berita-acara", TITLE, gather_meeting, OF_MEETING, letter="berita-acara"),
    Paper("berita-acara-kesepakatan", TITLE, gather_overall, letter="berita-acara-kesepakatan"),
)
