"""Filling a tabel isian in with Excel: what the form holds, taking in what comes back, the question before it counts.

What came back waits in a draft. Only 'Terapkan' makes the facilitator's move of it, all at once; it is weighed again
then, as the table may have changed meanwhile.
"""

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from domain import roles
from domain.dialog.questions import Answers, Choice, File, Option, Question
from domain.faults import Rejected
from domain.instruments.base import Desk
from domain.instruments.worksheet.columns import Settings
from domain.instruments.worksheet.form import (
    BlankForm,
    FilledForm,
    FormRow,
    Mark,
    Preview,
    filled,
    is_reordered,
    left_out,
    move_values,
    plain_rows,
    preview,
    rows_to_take,
    seen,
    troubles_of,
)
from domain.instruments.worksheet.moves import FILL, table_of
from domain.secrecy import are_shown
from store import activities, people
from store.tables.core import Draft
from usecases.activities import desk
from usecases.activities.moving import keep_move
from usecases.activities.outcomes import ExcelForm, FaultyForm
from usecases.activities.scenes import Scene, scene
from usecases.answering import dialog, forms
from usecases.answering.outcomes import Asked
from usecases.answering.tasks import TaskRef
from usecases.outcomes import Note, Outcome, Said
from usecases.work import Form, Subject, Work

TOLD_CHANGES = 5
TOLD_TROUBLES = 10


async def form(work: Work, activity_id: int) -> ExcelForm:
    """What the form is made of, as things stand. Raises Rejected."""
    found = await _fillable(work, activity_id)
    hides = not are_shown(found.activity.state)
    shown = seen(found.whole_desk, hides=hides)
    rows = table_of(shown.sheet, shown.ballots).rows
    blank = BlankForm(
        _mark(found), found.title, found.spec.prompt, found.pokja.name, found.sheet, rows, hides=hides
    )
    return ExcelForm(form=blank)


async def admit(work: Work) -> bool:
    """Whether a workbook that is sent now is a form that comes back; it may be an answer that is waited for instead.

    Raises Rejected for people who fill in no forms, before anything is downloaded.
    """
    if await _awaits_file(work):
        return False
    user = await work.user()
    mine = await people.memberships_of(work.session, user.id)
    active = [member for member, _ in mine if member.state == people.ACTIVE]
    if not active:
        raise Rejected("no_pokja")
    if not any(member.role in roles.FACILITATORS for member in active):
        raise Rejected("excel_not_allowed")
    return True


async def _awaits_file(work: Work) -> bool:
    here = await dialog.on_screen(work)
    try:
        shown = await dialog.show(work, here.ref, here.key or "") if here else None
    except Rejected:
        return False
    return isinstance(shown, Asked) and isinstance(shown.question, File)


async def take(work: Work, sent: FilledForm) -> Outcome:
    """Weighs a form that came back: tells what is wrong with it, or asks whether to take it in. Raises Rejected."""
    found = await _sender(work, sent)
    hides = not are_shown(found.activity.state)
    rows = rows_to_take(found.whole_desk, sent)
    troubles = troubles_of(found.whole_desk, sent, rows, hides=hides)
    if troubles:
        titles = {column.key: column.title for column in found.spec.settings.columns}
        more = len(troubles) - TOLD_TROUBLES
        return FaultyForm(
            activity_id=found.activity.id,
            title=found.title,
            letters=sent.letters,
            titles=titles,
            troubles=troubles[:TOLD_TROUBLES],
            more=max(more, 0),
        )
    orders = found.spec.settings.ordered and is_reordered(sent)
    if _weigh(found, plain_rows(found.sheet, rows), orders=orders).is_empty():
        return Said(code="excel_unchanged", details={"title": found.title, "left_out": left_out(sent)})
    await _forget_earlier(work, found)
    return await dialog.show(work, await _begin(work, found, sent, rows, orders=orders))


async def _begin(
    work: Work, found: Scene, sent: FilledForm, rows: Sequence[FormRow], *, orders: bool
) -> TaskRef:
    """A draft that holds the rows until the question is answered."""
    return await forms.begin(
        work,
        "fill",
        activity=found.activity.id,
        rows=plain_rows(found.sheet, rows),
        orders=orders,
        sent=sum(not row.is_blank() for row in sent.rows),
        left_out=left_out(sent),
        ignored=list(sent.ignored[:TOLD_CHANGES]),
        old=sent.mark.revision != found.activity.revision,
    )


async def _fillable(work: Work, activity_id: int, *, lock: bool = False) -> Scene:
    """The scene of a table that forms can be taken into now, by the actor. Raises Rejected."""
    found = await scene(work, activity_id, lock=lock)
    found.guide()
    if not desk.takes_forms(found):
        raise Rejected("excel_not_now", title=found.title)
    return found


async def _sender(work: Work, sent: FilledForm) -> Scene:
    """The scene a form was sent from. Raises Rejected where it is another Pokja's, or no such table's."""
    there = await activities.scene(work.session, sent.mark.activity, work.actor.telegram_id)
    if there is None or there.me is None:
        raise Rejected("excel_other_pokja")
    found = await scene(work, sent.mark.activity)
    keys = {column.key for column in filled(getattr(found.spec.settings, "columns", ()))}
    if (
        found.spec.instrument != "worksheet"
        or _mark(found).token != sent.mark.token
        or keys != set(sent.letters)
    ):
        raise Rejected("excel_other_pokja")
    return await _fillable(work, sent.mark.activity)


def _mark(found: Scene) -> Mark:
    """The token ties a form to this table of this house: numbers alone are the same in every database."""
    made = f"{found.pokja.id} {found.pokja.created_at.isoformat()} {found.activity.id}"
    place = f"{found.activity.topic_key}/{found.activity.key}/{found.activity.part}"
    token = hashlib.sha256(f"{made} {place}".encode()).hexdigest()[:16]
    return Mark(found.activity.id, found.activity.revision, token)


async def _forget_earlier(work: Work, found: Scene) -> None:
    """A newer form takes the place of those of the same table that still wait."""
    query = sa.select(Draft).where(Draft.user_id == (await work.user()).id, Draft.form == "fill")
    for draft in list(await work.session.scalars(query)):
        if draft.subject["activity"] == found.activity.id:
            await forms.cancel(work, TaskRef("f", draft.id))


def _weigh(found: Scene, rows: Sequence[dict[str, object]], *, orders: bool) -> Preview:
    hides = not are_shown(found.activity.state)
    table: Desk[Settings] = found.whole_desk
    return preview(table, move_values(table, rows, orders=orders), hides=hides)


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Whether to take the form in, with what that changes as things stand now."""
    found = await _fillable(work, subject["activity"])
    weighed = _weigh(found, subject["rows"], orders=subject["orders"])
    facts = {
        "title": found.title,
        "pokja": found.pokja.name,
        "weighed": weighed,
        "changes": weighed.changes[:TOLD_CHANGES],
        "more": max(len(weighed.changes) - TOLD_CHANGES, 0),
        "same": subject["sent"] - weighed.added - weighed.changed,
        "left_out": subject["left_out"],
        "ignored": subject["ignored"],
        "old": subject["old"],
    }
    options = (Option("y", about="apply"),)
    return (Choice(key="apply", about="apply", options=options, facts=facts),)


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _fillable(work, subject["activity"], lock=True)
    values = move_values(found.whole_desk, subject["rows"], orders=subject["orders"])
    await keep_move(work, found, FILL, dict(values))
    note = Note(f"moved.{FILL}", instrument=found.spec.instrument)
    return await desk.view(work, found.activity.id, note)


FORM = Form("fill", _questions, _finish)
