import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Bot

from bot.delivery.outbox import Work
from bot.screen import Screen
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import Trouble, TroubleKind
from store import outbox
from store.engine.availability import UnavailableError
from store.engine.database import Database
from store.tables.core import Outgoing
from tests.bot.support.postings import NOW, PATIENCE, Post, heard, person, running, text
from tests.bot.support.simulated import Side, make_bot


async def test_what_is_queued_arrives_and_is_marked(post: Post, side: Side) -> None:
    siti = await person(side)
    await post.queue(text("halo", siti))

    async with running(post.make()):
        rows = await post.until_done()

    shown = await siti.sees("halo")
    assert (rows["halo"].message_id, rows["halo"].sent_at) == (shown["message_id"], NOW)
    assert (rows["halo"].attempts, rows["halo"].error) == (1, None)


async def test_a_wake_up_call_is_heard(post: Post, side: Side) -> None:
    siti = await person(side)
    async with running(post.make()) as delivery:
        for reason in ("satu", "dua", "tiga"):
            await post.queue(text(reason, siti))
            delivery.wake()
            await siti.sees(reason)


async def test_each_chat_in_its_order(post: Post, side: Side) -> None:
    people = [await person(side, name) for name in ("Siti", "Budi", "Wati")]
    await post.queue(*[text(f"{p.name} {n}", p, priority=1 + (n == 0)) for n in range(4) for p in people])

    async with running(post.make()):
        await post.until_done()

    for each in people:
        assert await heard(each) == [f"{each.name} {n}" for n in (1, 2, 3, 0)]


async def test_what_is_not_needed_any_more_is_not_said(post: Post, side: Side) -> None:
    siti = await person(side)
    await post.queue(text("usang", siti, kind="unneeded"), text("halo", siti))

    async with running(post.make()):
        rows = await post.until_done()

    assert await heard(siti) == ["halo"]
    assert rows["usang"].message_id is None


async def test_later_is_later_and_a_moved_clock_is_noticed(post: Post, side: Side) -> None:
    siti = await person(side)
    await post.queue(replace(text("besok", siti), not_before=NOW + timedelta(days=1)))

    async with running(post.make(monotonic=lambda: 1000.0)):  # only the moved clock can tell
        await post.until(lambda _: post.clock.asked >= 2)
        assert (await post.rows())["besok"].state == "queued"
        post.clock.moment += timedelta(days=1)
        await post.until_done()

    assert await heard(siti) == ["besok"]


async def test_somebody_out_of_reach(post: Post, side: Side) -> None:
    siti, budi = await person(side), await person(side, "Budi")
    await siti.blocks()
    await post.queue(text("halo", siti), text("hai", budi))

    async with running(post.make()):
        rows = await post.until(
            lambda rows: "queued" not in {row.state for row in rows.values()} and not sending(rows)
        )

    assert (rows["halo"].state, rows["hai"].state) == ("failed", "sent")
    assert "blocked" in (rows["halo"].error or "")
    assert [(reason, trouble.kind) for reason, trouble in post.troubles] == [("halo", TroubleKind.BLOCKED)]


def sending(rows: dict[str, Outgoing]) -> bool:
    return any(row.state == "sending" for row in rows.values())


async def test_a_group_that_moved_gets_its_messages(post: Post, side: Side) -> None:
    siti = await person(side)
    group = await side.phones.group("Pokja", [siti], with_bot=True)
    moved = await group.upgrades()
    await post.queue(text("satu", group.chat_id), text("dua", group.chat_id))

    async with running(post.make()):
        rows = await post.until_done()

    assert [m["text"] for m in await moved.messages() if m["from_bot"]] == ["satu", "dua"]
    assert {row.chat_id for row in rows.values()} == {moved.chat_id}
    assert [(reason, trouble.new_chat_id) for reason, trouble in post.troubles] == [("satu", moved.chat_id)]


async def test_what_may_have_arrived_is_tried_again_later(post: Post, side: Side) -> None:
    siti = await person(side)
    await side.phones.fails("drop", 1, method="sendMessage")
    await post.queue(text("halo", siti))

    async with running(post.make()):
        rows = await post.until(lambda rows: rows["halo"].not_before > NOW)
        assert (rows["halo"].state, rows["halo"].attempts) == ("queued", 1)
        assert rows["halo"].error
        post.clock.moment = rows["halo"].not_before
        rows = await post.until_done()

    assert rows["halo"].error is None
    assert await heard(siti) == ["halo"]


async def test_what_one_chat_never_takes_is_given_up_after_two_days(post: Post, side: Side) -> None:
    siti = await person(side)
    await side.phones.fails("500", 1000, method="sendMessage")
    await post.queue(text("halo", siti))

    async with running(post.make()):
        waits = []
        while (await post.rows())["halo"].state != "failed":
            rows = await post.until(
                lambda rows: rows["halo"].not_before > post.clock.moment or rows["halo"].state == "failed"
            )
            waits.append((rows["halo"].not_before - post.clock.moment).total_seconds())
            post.clock.moment = max(post.clock.moment, rows["halo"].not_before)
            if len(waits) == 7:
                post.clock.moment = NOW + timedelta(hours=48)
        rows = await post.until_done("failed")

    assert "Internal Server Error" in (rows["halo"].error or "")
    assert waits[:7] == [30, 60, 120, 240, 480, 900, 900]
    assert [trouble.kind for _, trouble in post.troubles] == [TroubleKind.UNCERTAIN]


OUTAGES = {"500": timedelta(hours=1), "502": timedelta(hours=10), "drop": timedelta(days=1)}


@pytest.mark.parametrize("kind", OUTAGES)
async def test_after_an_outage_everything_arrives_once_and_in_order(
    sqlite: Database, side: Side, kind: str
) -> None:
    """On a simulated clock, which both the table and the limits go by."""
    post, passed = Post(sqlite, side), [0.0]
    people = [await person(side, name) for name in ("Siti", "Budi", "Wati", "Hendra")]
    await post.queue(*[text(f"{p.name} {n}", p) for n in range(3) for p in people])
    await side.phones.fails(kind, 1_000_000, method="sendMessage")

    async with running(post.make(monotonic=lambda: passed[0])) as delivery:

        async def goes_on(seconds: float) -> set[str]:
            passed[0] += seconds
            post.clock.moment = NOW + timedelta(seconds=passed[0])
            delivery.wake()
            await asyncio.sleep(
                0.05
            )  # it goes at the machine's pace: how many tries there were, is asked in the end
            return {row.state for row in (await post.until(lambda rows: not sending(rows))).values()}

        for _ in range(12):
            assert await goes_on(OUTAGES[kind].total_seconds() / 12) == {"queued"}
        failure = side.world.failures.ordered.pop()
        while await goes_on(5) != {"sent"}:
            assert passed[0] < OUTAGES[kind].total_seconds() + 1800

    assert 4 <= 1_000_000 - failure.remaining < 1000
    assert [await heard(each) for each in people] == [[f"{p.name} {n}" for n in range(3)] for p in people]
    assert post.troubles == []


async def test_a_row_that_brings_down_what_handles_it_is_put_aside(post: Post, side: Side) -> None:
    """The others of its chat wait for it a while, and then go on."""
    siti = await person(side)

    async def broken(session: AsyncSession, outgoing: Outgoing, trouble: Trouble) -> None:
        raise KeyError("nobody has foreseen this")

    group = await side.phones.group("Pokja", [siti], with_bot=True)
    await group.upgrades()
    post.on_trouble = broken
    await post.queue(text("satu", group.chat_id), text("dua", siti))

    async with running(post.make()):
        while (await post.rows())["satu"].state != "failed":
            rows = await post.until(
                lambda rows: rows["satu"].not_before > post.clock.moment or rows["satu"].state == "failed"
            )
            post.clock.moment = max(post.clock.moment, rows["satu"].not_before)
        assert (await post.until(lambda rows: rows["dua"].state == "sent"))["satu"].attempts == 5
    assert "nobody has foreseen this" in ((await post.rows())["satu"].error or "")


async def test_a_round_that_fails_does_not_end_the_delivery(post: Post, side: Side) -> None:
    siti = await person(side)

    async def broken(session: AsyncSession, outgoing: Outgoing) -> None:
        raise KeyError("salah")

    await post.queue(text("usang", siti, not_after=NOW), text("halo", siti))
    async with running(post.make(on_late=broken)):
        rows = await post.until(lambda rows: rows["halo"].state == "sent")
    assert (rows["usang"].state, rows["usang"].error) == ("failed", "late")


async def test_without_a_network_nothing_is_used_up(post: Post, side: Side) -> None:
    siti = await person(side)
    now = [1000.0]
    await post.queue(text("halo", siti))

    async with nowhere(side) as away:
        post.telegram = Telegram(away, post.limits)
        await _tries_in_vain(post, side, now)
    assert await heard(siti) == ["halo"]


@asynccontextmanager
async def nowhere(side: Side) -> AsyncIterator[Bot]:
    """A bot whose server isn't there."""
    away = make_bot("http://127.0.0.1:1", side.world.config.token)
    await away._request[1].initialize()
    try:
        yield away
    finally:
        await away._request[1].shutdown()


async def _tries_in_vain(post: Post, side: Side, now: list[float]) -> None:
    """Less and less often, until the network is back."""
    async with running(post.make(monotonic=lambda: now[0])) as delivery:
        waits = []
        for _ in range(7):
            rows = await post.until(lambda _: post.limits.wait_for_any(now[0]) > 0)
            waits.append(wait := post.limits.wait_for_any(now[0]))
            rows = await post.until(lambda rows: rows["halo"].state == "queued")
            assert rows["halo"].attempts == 0
            now[0] += wait
        assert waits == [1, 2, 4, 8, 16, 30, 30]
        delivery._telegram = Telegram(side.bot, post.limits)
        async with asyncio.timeout(PATIENCE):
            while (await post.rows())["halo"].state != "sent":
                now[0] += 30
                await asyncio.sleep(0.05)


async def test_a_drawing_that_fails_fails_alone(
    post: Post, side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    siti = await person(side)

    async def broken(session: AsyncSession, payload: dict[str, Any]) -> Screen:
        raise KeyError("nama")

    post.render["broken"] = broken
    await post.queue(
        text("rusak", siti, kind="broken"), text("asing", siti, kind="unknown"), text("halo", siti)
    )

    async with running(post.make()):
        rows = await post.until(lambda rows: rows["halo"].state == "sent")

    assert {reason: row.state for reason, row in rows.items()} == {
        "rusak": "failed",
        "asing": "failed",
        "halo": "sent",
    }
    assert "nama" in (rows["rusak"].error or "")
    assert [reason for reason, _ in post.troubles] == ["rusak", "asing"]


async def test_a_database_away_while_drawing_is_waited_for(post: Post, side: Side) -> None:
    siti = await person(side)
    faults: list[Exception] = [OperationalError("x", {}, Exception()), UnavailableError()]

    async def shaky(session: AsyncSession, payload: dict[str, Any]) -> Screen:
        if faults:
            raise faults.pop()
        return Screen(payload["text"])

    post.render["text"] = shaky
    await post.queue(text("halo", siti))

    async with running(post.make()):
        rows = await post.until_done()

    assert rows["halo"].attempts == 1
    assert post.troubles == []


async def test_a_fault_in_telling_about_trouble_does_not_repeat_it(post: Post, side: Side) -> None:
    siti = await person(side)
    await siti.blocks()

    async def broken(session: AsyncSession, outgoing: Outgoing, trouble: Trouble) -> None:
        raise ValueError("salah")

    post.on_trouble = broken
    await post.queue(text("halo", siti))

    async with running(post.make()):
        rows = await post.until_done("failed")

    assert "blocked" in (rows["halo"].error or "")


@pytest.mark.parametrize("is_alone", [True, False])
async def test_rows_of_a_killed_process_are_sent(post: Post, side: Side, is_alone: bool) -> None:
    """At once where nobody else can be at them."""
    siti = await person(side)
    await post.queue(text("halo", siti))
    async with post.database.transaction() as session:
        await outbox.claim(session, NOW, 1)
    post.clock.moment += timedelta(minutes=0 if is_alone else 11)

    async with running(post.make(is_alone=is_alone)):
        rows = await post.until_done()

    assert rows["halo"].attempts == 2
    assert await heard(siti) == ["halo"]


async def test_what_is_under_way_again_is_not_taken_for_a_dead_process_s(post: Post, side: Side) -> None:
    """The first attempt ends after the second has begun; then rows of the dead are looked for."""
    siti, ahead, again = await person(side), [0.0], asyncio.Event()
    faults: list[Exception] = [UnavailableError()]

    async def shaky(session: AsyncSession, payload: dict[str, Any]) -> Screen:
        if faults:
            raise faults.pop()
        again.set()
        await gate.wait()
        return Screen(payload["text"])

    gate, post.render["text"] = asyncio.Event(), shaky
    await post.queue(text("halo", siti))
    async with running(post.make(monotonic=lambda: time.monotonic() + ahead[0])) as delivery:
        write = delivery._write

        async def writes_and_lingers(work: Work) -> None:
            await write(work)
            ahead[0] += 6  # the pause is over, and so is waiting for nothing
            await again.wait()

        delivery._write = writes_and_lingers
        async with asyncio.timeout(PATIENCE):
            await again.wait()
        swept = delivery._swept_at
        ahead[0] += 61
        await post.until(lambda _: delivery._swept_at > swept)
        gate.set()
        await post.until_done()

    assert await heard(siti) == ["halo"]


async def test_a_stop_finishes_what_is_under_way(post: Post, side: Side) -> None:
    siti = await person(side)
    begun, gate = asyncio.Event(), asyncio.Event()

    async def slow(session: AsyncSession, payload: dict[str, Any]) -> Screen:
        begun.set()
        await gate.wait()
        return Screen(payload["text"])

    post.render["text"] = slow
    await post.queue(text("halo", siti))
    async with running(post.make()):
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, gate.set)

    assert (await post.rows())["halo"].state == "sent"
