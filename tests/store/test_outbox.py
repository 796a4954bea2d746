import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from store import outbox
from store.engine.database import Database
from store.outbox import Message
from store.tables.core import Outgoing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
Result = TypeVar("Result")


def message(reason: str, chat_id: int = 1, **more: Any) -> Message:
    return replace(Message(reason, chat_id, "nudge", {"text": reason}, NOW), **more)


async def do(database: Database, work: Callable[..., Awaitable[Result]], *args: Any, **more: Any) -> Result:
    async with database.transaction() as session:
        return await work(session, *args, **more)


async def claimed(database: Database, limit: int = 10, now: datetime = NOW, **more: Any) -> list[str]:
    return [row.reason for row in await do(database, outbox.claim, now, limit, **more)]


async def row(database: Database, reason: str) -> Outgoing:
    async with database.transaction() as session:
        return (await session.scalars(sa.select(Outgoing).where(Outgoing.reason == reason))).one()


async def test_a_message_is_kept_as_it_was_given(database: Database) -> None:
    await do(database, outbox.queue, [message("a", -100, priority=2, not_before=SOON)])

    kept = await row(database, "a")
    assert (kept.chat_id, kept.kind, kept.payload, kept.priority) == (-100, "nudge", {"text": "a"}, 2)
    assert (kept.not_before, kept.state, kept.attempts) == (SOON, "queued", 0)


async def test_the_same_reason_is_queued_once(database: Database) -> None:
    assert await do(database, outbox.queue, [message("a"), message("b")]) == 2
    assert await do(database, outbox.queue, [message("b"), message("c"), message("c")]) == 1
    assert await do(database, outbox.queue, []) == 0


async def test_a_broadcast_to_thousands(database: Database) -> None:
    many = [message(f"siaran 1/{person}", person) for person in range(1, 5001)]
    assert await do(database, outbox.queue, many) == 5000
    assert await do(database, outbox.queue, many) == 0


async def test_urgent_before_early_before_first(database: Database) -> None:
    earlier = NOW - timedelta(hours=1)
    given_ = [
        message("third", 1),
        message("fourth", 2),
        message("second", 3, not_before=earlier),
        message("first", 4, priority=1),
        message("not yet", 5, not_before=SOON),
    ]
    await do(database, outbox.queue, given_)

    assert await claimed(database, 3) == ["first", "second", "third"]
    assert await claimed(database) == ["fourth"]
    assert await claimed(database, now=SOON) == ["not yet"]


async def test_a_claim_says_who_and_when(database: Database) -> None:
    await do(database, outbox.queue, [message("a")])
    (taken,) = await do(database, outbox.claim, NOW, 1)

    assert (taken.state, taken.attempts, taken.claimed_at) == ("sending", 1, NOW)
    assert taken.payload == {"text": "a"}


async def test_one_of_a_chat_at_a_time(database: Database) -> None:
    await do(database, outbox.queue, [message("a", 1), message("b", 1), message("c", 2)])

    assert await claimed(database) == ["a", "c"]
    assert await claimed(database) == []
    await do(database, outbox.mark_sent, (await row(database, "a")).id, 77, NOW)
    assert await claimed(database) == ["b"]


async def test_resting_chats_are_passed_over(database: Database) -> None:
    await do(database, outbox.queue, [message("a", 1), message("b", 2)])

    assert await claimed(database, resting={1, 99}) == ["b"]


async def test_sent_and_failed_are_done(database: Database) -> None:
    await do(database, outbox.queue, [message("a", 1), message("b", 2), message("c", 3)])
    await claimed(database)
    await do(database, outbox.mark_sent, (await row(database, "a")).id, 77, SOON)
    await do(database, outbox.mark_sent, (await row(database, "b")).id, None, SOON)
    await do(database, outbox.mark_failed, (await row(database, "c")).id, "blocked: \0 x")

    sent, unneeded, failed = [await row(database, reason) for reason in "abc"]
    assert (sent.state, sent.message_id, sent.sent_at) == ("sent", 77, SOON)
    assert (unneeded.state, unneeded.message_id) == ("sent", None)
    assert (failed.state, failed.error) == ("failed", "blocked:  x")
    assert await claimed(database, now=SOON) == []


async def test_postponing_keeps_the_order_of_the_chat(database: Database) -> None:
    await do(database, outbox.queue, [message("a", 1), message("b", 1), message("c", 2)])
    await claimed(database, 1)
    await do(database, outbox.postpone, (await row(database, "a")).id, NOW, SOON, "retry after 300")

    assert await claimed(database) == ["c"]
    assert await claimed(database, now=SOON) == ["a"]
    assert (await row(database, "a")).attempts == 2


async def test_what_is_due_even_later_is_not_moved_forward(database: Database) -> None:
    later = SOON + timedelta(days=1)
    await do(database, outbox.queue, [message("a"), message("b", not_before=later)])
    await claimed(database)
    await do(database, outbox.postpone, (await row(database, "a")).id, NOW, SOON)

    assert (await row(database, "b")).not_before == later


async def test_released_as_if_never_tried(database: Database) -> None:
    await do(database, outbox.queue, [message("a")])
    await claimed(database)
    await do(database, outbox.release, (await row(database, "a")).id)

    back = await row(database, "a")
    assert (back.state, back.attempts, back.claimed_at, back.not_before) == ("queued", 0, None, NOW)


async def test_rows_of_a_dead_process_come_back(database: Database) -> None:
    await do(database, outbox.queue, [message("a", 1), message("b", 2), message("c", 3)])
    await claimed(database, 2)
    await claimed(database, now=SOON)
    kept = (await row(database, "b")).id

    assert await do(database, outbox.release_stale, SOON, keep={kept}) == 1
    assert await claimed(database) == ["a"]
    assert (await row(database, "a")).attempts == 2


async def test_a_group_that_moved_takes_its_messages_along(database: Database) -> None:
    await do(database, outbox.queue, [message(reason, -5) for reason in "abc"])
    await claimed(database)
    await do(database, outbox.mark_sent, (await row(database, "a")).id, 1, NOW)

    assert await do(database, outbox.rekey_chat, -5, -100) == 2
    assert [(await row(database, reason)).chat_id for reason in "abc"] == [-5, -100, -100]


async def test_when_the_next_is_due(database: Database) -> None:
    assert await do(database, outbox.next_due) is None
    await do(database, outbox.queue, [message("a", not_before=SOON), message("b", 2)])
    assert await do(database, outbox.next_due) == NOW
    await claimed(database)
    assert await do(database, outbox.next_due) == SOON


async def test_what_is_not_committed_is_not_queued(database: Database) -> None:
    async def fails(session: AsyncSession) -> None:
        await outbox.queue(session, [message("a")])
        raise LookupError

    with pytest.raises(LookupError):
        await do(database, fails)
    assert await claimed(database) == []


async def test_claims_at_once_never_share_a_row_or_a_chat(database: Database) -> None:
    given_ = [message(f"{chat}/{number}", chat) for number in range(5) for chat in range(20)]
    await do(database, outbox.queue, given_)

    async with asyncio.TaskGroup() as group:
        claims = [group.create_task(do(database, outbox.claim, NOW, 7)) for _ in range(6)]
    taken = [row for task in claims for row in task.result()]
    assert len({row.id for row in taken}) == len(taken) == 20
    assert sorted(row.chat_id for row in taken) == list(range(20))
    assert {row.reason.partition("/")[2] for row in taken} == {"0"}


plans = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(-2, 1)), max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans)
async def test_each_chat_gets_its_messages_in_order(
    database: Database, plan: list[tuple[int, int, int]]
) -> None:
    await do(database, lambda session: session.execute(sa.delete(Outgoing)))
    given_ = [
        message(str(number), chat, priority=urgency, not_before=NOW + timedelta(hours=hours))
        for number, (chat, urgency, hours) in enumerate(plan)
    ]
    await do(database, outbox.queue, given_)
    heard: dict[int, list[str]] = {}
    while rows := await do(database, outbox.claim, NOW, 2):
        for taken in rows:
            heard.setdefault(taken.chat_id, []).append(taken.reason)
            await do(database, outbox.mark_sent, taken.id, 1, NOW)

    due = sorted((m.priority, m.not_before, int(m.reason), m.chat_id) for m in given_ if m.not_before <= NOW)
    for chat in range(1, 4):
        assert heard.get(chat, []) == [str(number) for _, _, number, to in due if to == chat]


async def test_what_is_overtaken_is_not_claimed_and_can_be_withdrawn(database: Database) -> None:
    later = SOON + timedelta(hours=1)
    given_ = [
        message("a", 1, not_after=SOON, pokja_id=None),
        message("b", 2, not_after=later),
        message("c", 3),
    ]
    await do(database, outbox.queue, given_)
    assert [each.reason for each in await do(database, outbox.expired, NOW)] == []
    (late,) = await do(database, outbox.expired, SOON)
    assert late.reason == "a"
    assert await claimed(database, now=SOON) == ["b", "c"]
    assert await do(database, outbox.known, ["a", "b", "z"]) == {"a", "b"}
    await do(database, outbox.withdraw, late, "late")
    assert await do(database, outbox.known, ["a"]) == frozenset()
    assert await do(database, outbox.queue, [message("a")]) == 1
    assert await do(database, outbox.expired, SOON) == []


async def test_of_two_processes_one_deals_with_what_is_overtaken(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite's file is one process's")
    await do(database, outbox.queue, [message("a", not_after=NOW)])
    async with database.transaction() as first, database.transaction() as second:
        assert len(await outbox.expired(first, NOW)) == 1
        assert await outbox.expired(second, NOW) == []
        assert len(await outbox.expired(second, NOW, lock=False)) == 1
