"""Checking a table that was made elsewhere: asking for it, telling what is wrong, keeping it for the Excel file.

Anybody may, also people without a Pokja: nothing of it touches one. The newest few tables are kept as drafts, whose
subject holds them, so that the recomputed ones can still be fetched; they go with everything else a person has removed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from domain.dialog.questions import Answers, Choice, Option, Question
from domain.faults import Rejected
from domain.table_check.cells import plain, revived
from domain.table_check.nameless import AS_ITEM, AS_WEIGHTS, doubtful_row, settled
from domain.table_check.question import Table
from domain.table_check.tables import Report, check_all
from store import drafts
from store.tables.core import Draft
from usecases.outcomes import Outcome
from usecases.table_check.outcomes import CheckedBook, CheckedTable
from usecases.work import Form, Subject, Work

NAME, TABLE, READING = "check", "table", "reading"
MOST_KEPT = 3


async def book(work: Work, kept_id: int) -> Outcome:
    """The recomputed table that was kept under this number. Raises Rejected('check_gone')."""
    kept = await drafts.find(work.session, kept_id)
    if (
        kept is None
        or kept.user_id != (await work.user()).id
        or kept.form != NAME
        or TABLE not in kept.subject
    ):
        raise Rejected("check_gone")
    return CheckedBook(report=await _checked(kept.subject[TABLE]))


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    if TABLE in subject:
        raise Rejected("form_gone")
    table = Table(key=TABLE, about=TABLE)
    if TABLE not in answers:
        return (table,)
    row = await asyncio.to_thread(doubtful_row, revived(answers[TABLE]["rows"]))
    return (table, _reading(row)) if row else (table,)


def _reading(row: str) -> Choice:
    """What the row of numbers without a name is."""
    options = tuple(Option(value, about=f"reading.{value}") for value in (AS_WEIGHTS, AS_ITEM))
    return Choice(key=READING, about=READING, options=options, facts={"row": row})


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    given: Mapping[str, Any] = answers[TABLE]
    rows = plain(await asyncio.to_thread(settled, revived(given["rows"]), answers.get(READING, "")))
    kept = await drafts.begin(work.session, (await work.user()).id, NAME, {TABLE: rows}, work.now)
    await _forget_older(work)
    return CheckedTable(
        kept_id=kept.id,
        report=await _checked(rows),
        sheet=given["sheet"],
        others=given["others"],
        hidden=given.get("hidden", ()),
        long=given["long"],
    )


async def _checked(rows: Sequence[Sequence[Any]]) -> Report:
    """Checks the tables in a thread: the largest takes a second, and others are waiting."""
    return await asyncio.to_thread(check_all, revived(rows))


async def _forget_older(work: Work) -> None:
    """Lets go of all kept tables but the newest; the form that asks is no longer there."""
    mine = sa.select(Draft).where(Draft.user_id == (await work.user()).id, Draft.form == NAME)
    newest = list(await work.session.scalars(mine.order_by(Draft.id.desc())))
    for draft in newest[MOST_KEPT:]:
        await work.session.delete(draft)
    await work.session.flush()


FORM = Form(NAME, _questions, _finish)
