"""Editing a meeting's agenda. Once it was announced, changes gather in a draft until they are sent to everybody."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from domain.dialog.questions import Answers, Confirm, Number, Question, Text
from domain.faults import Rejected
from domain.meetings import agenda as agendas
from domain.meetings.agenda import AgendaItem
from domain.meetings.meeting import COMING, PLANNED, REVISE, check
from store import drafts, meetings
from store.tables.core import Draft
from usecases.answering.forms import POKJA, REALLY, SURE
from usecases.meetings import changing
from usecases.meetings.meeting import Sitting, planning, record
from usecases.meetings.outcomes import AgendaEditor
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

LONGEST = 200
SEND = "agenda_send"
"""The form that sends a changed agenda: its draft is where the changes gather."""

Edit = Callable[[Sequence[AgendaItem]], tuple[AgendaItem, ...]]


async def view(work: Work, meeting_id: int, at: int = 0, note: Note | None = None) -> AgendaEditor:
    """The agenda with the chosen point."""
    found = await _editable(work, meeting_id)
    draft = await _draft(work, found)
    return _shown(found, draft, at, note)


async def _editable(work: Work, meeting_id: int) -> Sitting:
    found = await planning(work, meeting_id)
    if found.row.state in COMING:
        check(found.meeting, REVISE, found.me.role)
    return found


def _shown(found: Sitting, draft: Draft | None, at: int = 0, note: Note | None = None) -> AgendaEditor:
    agenda = _working(found, draft)
    known = any(item.key == at for item in agenda)
    return AgendaEditor(facts=found.facts(agenda), at=at if known else 0, unsent=draft is not None, note=note)


def _working(found: Sitting, draft: Draft | None) -> tuple[AgendaItem, ...]:
    kept = draft.answers.get("agenda") if draft else None
    return meetings.read_agenda(found.row.agenda if kept is None else kept)


async def _draft(work: Work, found: Sitting) -> Draft | None:
    """The actor's changes that were not sent yet."""
    if found.row.state == PLANNED:
        return None
    user = await work.user()
    return await drafts.unfinished(work.session, user.id, SEND, _about(found))


async def _edited(
    work: Work, meeting_id: int, edit: Edit, at: int = 0, said: Note | None = None
) -> AgendaEditor:
    """Makes a change to the agenda draft; `at` 0 chooses the point that is new."""
    found = await _editable(work, meeting_id)
    draft = await _draft(work, found)
    before = _working(found, draft)
    agenda = edit(before)
    if found.row.state == PLANNED:
        found.replan(found.meeting.plan.with_agenda(agenda))
        record(work, found, "agenda", items=len(agenda), minutes=found.row.minutes)
    else:
        draft = await _keep(work, found, agenda)
    await work.session.flush()
    new = {item.key for item in agenda} - {item.key for item in before}
    return _shown(found, draft, at or next(iter(new), 0), said)


def _about(found: Sitting) -> dict[str, object]:
    """What the form that sends the changes is about, as forms keep it: its draft holds them."""
    return {"meeting": found.row.id, POKJA: found.row.pokja_id}


async def _keep(work: Work, found: Sitting, agenda: Sequence[AgendaItem]) -> Draft:
    user = await work.user()
    draft = await drafts.begin(work.session, user.id, SEND, _about(found), work.now)
    draft.answers = {**draft.answers, "agenda": meetings.agenda_data(agenda)}
    return draft


async def move(work: Work, meeting_id: int, key: int, steps: int) -> AgendaEditor:
    """Moves a point of the agenda draft up or down. Raises Rejected."""

    def moved(agenda: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
        at = [item.key for item in agenda].index(agendas.find(agenda, key).key)
        return agendas.move(agenda, key, max(0, at + steps))

    return await _edited(work, meeting_id, moved, key)


async def drop(work: Work, meeting_id: int, key: int) -> AgendaEditor:
    """Removes a point from the agenda draft; at least one has to remain. Raises Rejected."""

    def dropped(agenda: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
        if len(agenda) == 1:
            raise Rejected("agenda_last")
        return agendas.remove(agenda, key)

    return await _edited(work, meeting_id, dropped, key)


async def _ask_item(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """What is asked of a new point (`what` add), or of one to be changed (text, minutes)."""
    found = await _editable(work, subject["meeting"])
    agenda = _working(found, await _draft(work, found))
    facts = {"text": "" if subject["what"] == "add" else agendas.find(agenda, subject["key"]).text}
    text = Text(key="text", about="text", shortest=3, longest=LONGEST, facts=facts)
    minutes = Number(
        key="minutes",
        about="minutes",
        decimals=0,
        unit="menit",
        facts=facts,
        lowest=Decimal(1),
        highest=Decimal(agendas.LONGEST),
    )
    return {"add": (text, minutes), "text": (text,), "minutes": (minutes,)}[subject["what"]]


async def _finish_item(work: Work, subject: Subject, answers: Answers) -> Outcome:
    key = subject["key"]
    text, minutes = answers.get("text"), answers.get("minutes")

    def edit(agenda: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
        whole = None if minutes is None else int(minutes)
        if subject["what"] != "add":
            return agendas.change(agenda, key, text=text, minutes=whole)
        keys = [item.key for item in agenda]
        at = keys.index(key) + 1 if key in keys else None
        return agendas.add(agenda, str(text), whole or 0, at)

    at = 0 if subject["what"] == "add" else key
    return await _edited(work, subject["meeting"], edit, at, Note("agenda_changed"))


async def _ask_sending(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await _editable(work, subject["meeting"])
    if found.row.state == PLANNED:
        raise Rejected("meeting_state", state=found.row.state)
    return (Confirm(key=REALLY, about=SURE, facts={"count": len(found.invited)}),)


async def _send(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _editable(work, subject["meeting"])
    kept = answers.get("agenda")
    agenda = meetings.read_agenda(found.row.agenda if kept is None else kept)
    return await changing.revised(work, found, found.meeting.plan.with_agenda(agenda))


ITEM = Form("agenda_item", _ask_item, _finish_item)
SENDING = Form(SEND, _ask_sending, _send)
