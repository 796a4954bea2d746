"""Where the keys of meetings lead, from the plan to the final minutes."""

from typing import NamedTuple

from bot.places.base import ITSELF, Place, form, page_number, starting
from usecases.meetings import (
    agenda,
    attendance,
    changing,
    closing,
    corrections,
    follow_ups,
    inviting,
    lists,
    live,
    materials,
    meeting,
    minutes,
    planning,
    replying,
)
from usecases.outcomes import Outcome
from usecases.work import Subject, Work


async def _meeting(work: Work, meeting_id: int) -> Subject:
    return {"meeting": meeting_id}


async def _member(work: Work, meeting_id: int, member_id: int) -> Subject:
    return {"meeting": meeting_id, "member": member_id}


async def _item(work: Work, meeting_id: int, item: int) -> Subject:
    return {"meeting": meeting_id, "item": item}


MEETINGS = Place("meetings", lists.listing, more="page")


async def _of_topic(work: Work, index: int | None, page: int = 0) -> Outcome:
    return await (lists.listing(work, page) if index is None else lists.of_topic(work, index, page))


OF_TOPIC = Place("topic_meetings", _of_topic, "index", more="page")
MEETING = Place("meeting", meeting.card, "meeting_id", more="manage")


async def _plan(work: Work, index: int | None) -> Subject:
    """About that topic, or about none."""
    return {"topic": -1 if index is None else index}


async def _change(work: Work, meeting_id: int, what: str) -> Subject:
    return {"meeting": meeting_id, "what": what}


PLAN = form("plan_meeting", planning.FORM, _plan, "index")
CHANGE = form("meeting_edit", changing.CHANGE, _change, "meeting_id", word="what")
PREVIEW = Place("meeting_preview", inviting.preview, "meeting_id", done_at=ITSELF)
ANNOUNCE = Place("meeting_announce", changing.announce, "meeting_id", done_at=MEETING)
CALL_OFF = form("meeting_cancel", changing.CALL_OFF, _meeting, "meeting_id")


async def _agenda(work: Work, meeting_id: int, item: int = 0) -> Outcome:
    return await agenda.view(work, meeting_id, item)


async def _up(work: Work, meeting_id: int, item: int) -> Outcome:
    return await agenda.move(work, meeting_id, item, -1)


async def _down(work: Work, meeting_id: int, item: int) -> Outcome:
    return await agenda.move(work, meeting_id, item, 1)


async def _drop(work: Work, meeting_id: int, item: int) -> Outcome:
    return await agenda.drop(work, meeting_id, item)


async def _agenda_item(work: Work, meeting_id: int, item: int, what: str) -> Subject:
    return {"meeting": meeting_id, "key": item, "what": what}


AGENDA = Place("agenda", _agenda, "meeting_id", more="item")
AGENDA_UP = Place("agenda_up", _up, "meeting_id", more="item", done_at=AGENDA)
AGENDA_DOWN = Place("agenda_down", _down, "meeting_id", more="item", done_at=AGENDA)
AGENDA_DROP = Place("agenda_drop", _drop, "meeting_id", more="item", done_at=AGENDA, is_final=True)
AGENDA_EDIT = form("agenda_edit", agenda.ITEM, _agenda_item, "meeting_id", more="item", word="what")
AGENDA_SEND = form("agenda_send", agenda.SENDING, _meeting, "meeting_id")

INVITEES = Place("invitees", inviting.view, "meeting_id", more="page")


class Switched(NamedTuple):
    """Which way a switch is turned, on which page; a button of old says the page alone."""

    wanted: str
    page: str


async def _invitee(work: Work, meeting_id: int, membership_id: int, switched: Switched) -> Outcome:
    wanted, page = switched if switched.page else ("", switched.wanted)
    return await inviting.toggle(work, meeting_id, membership_id, page_number(page), wanted)


INVITEE = Place("invitee", _invitee, "meeting_id", more="membership_id", word="switched", done_at=INVITEES)
GUEST = form("guest", inviting.ONE, inviting.about_one, "meeting_id", more="member_id")
INVITE_MORE = form("invite_more", inviting.MANY, _meeting, "meeting_id")

REPLIES = Place("meeting_replies", replying.view, "meeting_id")
YES = Place("meeting_yes", replying.coming, "meeting_id", done_at=MEETING)
NO = form("meeting_no", replying.DECLINE, _meeting, "meeting_id")
DEPUTY = form("meeting_deputy", replying.SEND_DEPUTY, _meeting, "meeting_id")


async def _material(work: Work, material_id: int) -> Subject:
    return {"meeting": 0, "material": material_id}


async def _new_material(work: Work, meeting_id: int) -> Subject:
    return {"meeting": meeting_id, "material": 0}


_ask_who = starting(materials.FORM, _material)


async def _change_material(work: Work, material_id: int, mode: str) -> Outcome:
    """What pressing a number does depends on the mode of the checklist."""
    if mode == materials.WHO:
        return await _ask_who(work, material_id)
    if mode == materials.DROP:
        return await materials.drop(work, material_id)
    return await materials.tick(work, material_id, wanted=mode)


MATERIALS = Place("materials", materials.view, "meeting_id", word="mode")
MATERIAL = Place("meeting_material", _change_material, "material_id", word="mode", done_at=MEETINGS)
MATERIAL_ADD = form("material_add", materials.FORM, _new_material, "meeting_id")

LIVE = Place("live", live.view, "meeting_id")
OPEN = Place("meeting_open", live.start, "meeting_id", done_at=LIVE)
TICK = Place("tick", live.tick, "meeting_id", more="key", word="wanted", done_at=LIVE)
QUORUM = form("quorum", live.SHARE, _meeting, "meeting_id")


async def _code(work: Work, meeting_id: int) -> Outcome:
    """The code as it is now."""
    return await live.code(work, meeting_id)


CODE = Place("meeting_code", live.code, "meeting_id", more="renew", done_at=_code)


async def _conductor_here(work: Work, meeting_id: int) -> Outcome:
    """Checks in whoever conducts the meeting, without leaving its screen."""
    return await live.view(work, meeting_id, (await attendance.come(work, meeting_id)).note)


HERE = Place("meeting_here", attendance.come, "meeting_id", done_at=MEETING)
CONDUCTOR_HERE = Place("conductor_here", _conductor_here, "meeting_id", done_at=LIVE)

_ask_deputy = starting(attendance.CAME, _member)


async def _attend(work: Work, meeting_id: int, member_id: int, mode: str) -> Outcome:
    if mode == attendance.BY_DEPUTY:
        return await _ask_deputy(work, meeting_id, member_id)
    return await attendance.mark(work, meeting_id, member_id, mode)


ATTENDANCE = Place("attendance", attendance.view, "meeting_id", more="page", word="mode")
ATTEND = Place("attend", _attend, "meeting_id", more="member_id", word="mode", done_at=ATTENDANCE)

STRIKING = "drop"
"""The mode of a point in which a letter strikes out what was written."""


async def _point(work: Work, meeting_id: int, item: int = 0, mode: str = "") -> Outcome:
    return await minutes.point(work, meeting_id, item, drop=mode == STRIKING)


async def _entry_at(work: Work, meeting_id: int, item: int, kind: str) -> Subject:
    return {"meeting": meeting_id, "item": item, "kind": kind}


async def _entry(work: Work, entry_id: int) -> Subject:
    return {"entry": entry_id}


POINT = Place("point", _point, "meeting_id", more="item", word="mode")
WRITE = form("minute", minutes.ENTRY, _entry_at, "meeting_id", more="item", word="kind")
REWRITE = form("minute_edit", minutes.REWRITE, _entry, "entry_id")
STRIKE = Place("minute_drop", minutes.strike, "entry_id", done_at=MEETINGS, is_final=True)
GIVE = form("meeting_give", follow_ups.FORM, _item, "meeting_id", more="item")
CLOSE = form("meeting_close", closing.CLOSE, _meeting, "meeting_id")


async def _correction(work: Work, correction_id: int) -> Subject:
    return {"correction": correction_id}


MINUTES = Place("minutes", minutes.view, "meeting_id")
CORRECT = form("correct", corrections.CORRECT, _meeting, "meeting_id")
CORRECTIONS = Place("corrections", corrections.listing, "meeting_id")
CORRECTION = Place("correction", corrections.one, "correction_id")
TAKE = form("take", corrections.TAKE, _correction, "correction_id")
REFUSE = form("refuse", corrections.REFUSE, _correction, "correction_id")
FINALISE = Place("finalise", closing.finalise, "meeting_id", done_at=MINUTES, is_final=True)
