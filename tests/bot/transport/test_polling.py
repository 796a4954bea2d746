import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from bot.transport.polling import AnotherPollerError, Polling, TokenRefusedError
from store.engine.availability import UnavailableError
from tests.bot.support.pollers import PATIENCE, Work, pending, people, polling, type_all
from tests.bot.support.simulated import Side, make_bot


@pytest.fixture
def work() -> Work:
    return Work()


async def test_everything_is_handled_in_order_and_confirmed(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    texts = [f"nomor {number}" for number in range(150)]
    await type_all(siti, *texts)

    async with polling(side, work):
        await work.until(work.finished, 150)
        await side.phones.handled_everything()

    assert work.finished == texts
    assert work.aside == []


async def test_what_is_asked_for_is_said_each_time(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    side.world.updates.allowed = ["poll"]
    async with polling(side, work):
        await side.phones.wait(after=side.world.journal.version)
        assert side.world.updates.allowed == ["message", "callback_query", "my_chat_member", "chat_member"]
        await type_all(siti, "halo")
        await work.until(work.finished, 1)


async def test_nothing_is_confirmed_before_its_commit(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    gate = work.gates["satu"] = asyncio.Event()
    await type_all(siti, "satu")

    async with polling(side, work):
        await work.until(work.begun, 1)
        await until_polled(side, 3)
        assert pending(side) == 1
        gate.set()
        await side.phones.handled_everything()

    assert work.begun == ["satu"]


async def until_polled(side: Side, times: int) -> None:
    """So many more calls of getUpdates have reached Telegram."""
    wanted = side.world.poll_number + times
    assert await side.world.journal.wait_until(lambda: side.world.poll_number >= wanted, PATIENCE)


async def test_effects_keep_nobody_waiting(side: Side, work: Work) -> None:
    siti, budi = await people(side, "Siti", "Budi")
    gate = work.effect_gates["satu"] = asyncio.Event()
    await type_all(siti, "satu")

    async with polling(side, work):
        await work.until(work.begun, 1)
        await side.phones.handled_everything()
        await type_all(budi, "dua")
        await work.until(work.finished, 1)
        assert work.finished == ["dua"]
        gate.set()

    assert work.finished == ["dua", "satu"]


async def test_one_person_is_served_in_order_effects_included(side: Side, work: Work) -> None:
    siti, budi = await people(side, "Siti", "Budi")
    gate = work.effect_gates["satu"] = asyncio.Event()
    await type_all(siti, "satu", "dua")
    await type_all(budi, "tiga")

    async with polling(side, work):
        await work.until(work.finished, 1)
        assert work.begun == ["satu", "tiga"]
        gate.set()
        await work.until(work.finished, 3)

    assert work.finished == ["tiga", "satu", "dua"]


async def test_a_person_is_one_lane_in_private_and_in_the_group(side: Side, work: Work) -> None:
    siti, budi = await people(side, "Siti", "Budi")
    group = await side.phones.group("Pokja", [siti, budi], with_bot=True)
    side.world.updates.forget(list(side.world.updates.pending))
    gate = work.effect_gates["satu"] = asyncio.Event()
    await type_all(siti, "satu")
    await siti.types_in(group, "/dua", settles=False)
    await budi.types_in(group, "/tiga", settles=False)

    async with polling(side, work):
        await work.until(work.finished, 1)
        assert work.begun == ["satu", "/tiga"]
        gate.set()


async def test_a_stuck_person_does_not_stop_the_others(side: Side, work: Work) -> None:
    siti, budi = await people(side, "Siti", "Budi")
    gate = work.gates["satu"] = asyncio.Event()
    await type_all(siti, "satu")

    async with polling(side, work):
        await work.until(work.begun, 1)
        for number in range(5):
            await type_all(budi, f"nomor {number}")
            await work.until(work.finished, number + 1)
        assert pending(side) == 6
        gate.set()
        await side.phones.handled_everything()

    assert sorted(work.begun) == sorted({"satu", *(f"nomor {number}" for number in range(5))})


async def test_only_so_many_at_once(side: Side, work: Work) -> None:
    three = await people(side, "Siti", "Budi", "Wati")
    gates = [asyncio.Event() for _ in three]
    for number, person in enumerate(three):
        work.effect_gates[str(number)] = gates[number]
        await type_all(person, str(number))

    async with polling(side, work, most_at_once=3, most_under_way=2):
        await work.until(work.begun, 2)
        await until_polled(side, 2)
        assert work.begun == ["0", "1"]
        gates[1].set()
        await work.until(work.begun, 3)
        gates[0].set()
        gates[2].set()


async def test_replies_that_hang_keep_nobody_from_being_heard(side: Side, work: Work) -> None:
    """Only one may be in its transaction, and the one whose reply hangs isn't any more."""
    siti, budi = await people(side, "Siti", "Budi")
    gate = work.effect_gates["satu"] = asyncio.Event()
    await type_all(siti, "satu")
    await type_all(budi, "dua")

    async with polling(side, work, most_at_once=1):
        await work.until(work.finished, 1)
        assert work.finished == ["dua"]
        gate.set()


async def test_an_update_nobody_can_read_is_a_dead_letter(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    await type_all(siti, "satu")
    side.world.updates.add("message", {"message_id": "x", "date": "kapan", "chat": 5}, "rusak")
    await type_all(siti, "dua")

    async with polling(side, work):
        await side.phones.handled_everything()

    assert work.finished == ["satu", "dua"]
    ((raw, error),) = work.aside
    assert raw["message"] == {"message_id": "x", "date": "kapan", "chat": 5}
    assert error.startswith(("TypeError", "AttributeError", "ValueError"))


async def test_a_fault_of_the_handler_is_a_dead_letter_once(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    work.faults["satu"] = [ValueError("salah")]
    await type_all(siti, "satu", "dua")

    async with polling(side, work):
        await side.phones.handled_everything()

    assert work.begun == ["satu", "dua"]
    assert [(raw["message"]["text"], error) for raw, error in work.aside] == [("satu", "ValueError: salah")]


async def test_a_fault_after_the_commit_is_only_logged(
    side: Side, work: Work, caplog: pytest.LogCaptureFixture
) -> None:
    (siti,) = await people(side, "Siti")
    work.late_faults["satu"] = ValueError("terlambat")
    await type_all(siti, "satu", "dua")

    async with polling(side, work):
        await work.until(work.finished, 1)

    assert work.aside == []
    assert "terlambat" in caplog.text


AWAY = [OperationalError("select 1", {}, Exception("locked")), UnavailableError()]


async def test_while_the_database_is_away_the_work_waits(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    work.faults["satu"] = list(AWAY)
    await type_all(siti, "satu", "dua")

    async with polling(side, work):
        await side.phones.handled_everything()

    assert work.begun == ["satu", "satu", "satu", "dua"]
    assert work.aside == []


async def test_putting_aside_waits_for_the_database_too(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    work.faults = {"satu": [ValueError("salah")], "keep_dead_letter": list(AWAY)}
    await type_all(siti, "satu")

    async with polling(side, work):
        await side.phones.handled_everything()

    assert len(work.aside) == 1
    assert work.begun == ["satu"]


async def test_what_can_be_neither_done_nor_put_aside_stays_at_telegram(side: Side, work: Work) -> None:
    """It stands in nobody else's way, and once it can be put aside it is."""
    siti, budi = await people(side, "Siti", "Budi")
    work.faults = {"satu": [ValueError("salah")], "keep_dead_letter": [TypeError("tidak bisa")] * 1000}
    await type_all(siti, "satu")

    async with polling(side, work):
        await work.until(work.begun, 1)
        await type_all(budi, "dua")
        await work.until(work.finished, 1)
        assert next(kept.update["message"]["text"] for kept in side.world.updates.pending.values()) == "satu"
    assert pending(side) == 2

    work.faults = {"satu": [ValueError("salah")]}
    async with polling(side, work):
        await side.phones.handled_everything()
    assert [raw["message"]["text"] for raw, _ in work.aside] == ["satu"]


async def test_stopping_while_the_database_is_away_loses_nothing(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    work.faults["satu"] = [UnavailableError() for _ in range(1000)]
    await type_all(siti, "nol", "satu", "dua")

    async with polling(side, work):
        await work.until(work.begun, 3)

    left = [kept.update["message"]["text"] for kept in side.world.updates.pending.values()]
    assert left == ["satu", "dua"]
    assert "dua" not in work.begun

    work.faults.clear()
    async with polling(side, work):
        await side.phones.handled_everything()
    assert work.finished == ["nol", "satu", "dua"]


async def test_a_stop_finishes_what_was_taken_and_confirms_it(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    gate = work.gates["satu"] = asyncio.Event()
    await type_all(siti, "satu", "dua")

    async with polling(side, work) as stop:
        await work.until(work.begun, 1)
        stop.set()
        gate.set()

    assert work.finished == ["satu", "dua"]
    assert pending(side) == 0


async def test_killed_is_not_lost(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    work.gates["tiga"] = asyncio.Event()
    await type_all(siti, "satu", "dua", "tiga", "empat")

    run = Polling(side.bot, work.handle, work.keep_dead_letter, settle_seconds=0.1).run(asyncio.Event())
    killed = asyncio.create_task(run)
    await work.until(work.begun, 3)
    killed.cancel()
    await asyncio.wait([killed])
    work.gates.clear()
    async with polling(side, work):
        await side.phones.handled_everything()

    assert work.finished[-2:] == ["tiga", "empat"]
    assert set(work.finished) == {"satu", "dua", "tiga", "empat"}


@pytest.mark.parametrize("kind", ["500", "502", "drop", "429"])
async def test_a_server_in_trouble_is_asked_again(side: Side, work: Work, kind: str) -> None:
    (siti,) = await people(side, "Siti")
    await side.phones.fails(kind, 3 if kind != "429" else 1, method="getUpdates")
    await type_all(siti, "satu")

    async with polling(side, work):
        await work.until(work.finished, 1)
        await side.phones.handled_everything()

    assert work.finished == ["satu"]


async def test_a_second_poller_that_stays_is_told_what_to_do(side: Side, work: Work) -> None:
    await side.phones.fails("409", 3, method="getUpdates", description=RIVAL)

    with pytest.raises(AnotherPollerError, match="POKJA_TOKEN"):
        await impatient(side, work).run(asyncio.Event())


RIVAL = "Conflict: terminated by other getUpdates request"


def impatient(side: Side, work: Work) -> Polling:
    return Polling(side.bot, work.handle, work.keep_dead_letter, first_wait=0.01, refused_seconds=0)


@pytest.mark.parametrize(("kind", "words"), [("409", RIVAL), ("401", "Unauthorized")])
@pytest.mark.parametrize("times", [1, 2, 8])
async def test_a_refusal_that_passes_ends_nothing(
    side: Side, work: Work, kind: str, words: str, times: int
) -> None:
    """Twice in a row, or however often within a minute."""
    (siti,) = await people(side, "Siti")
    await side.phones.fails(kind, times, method="getUpdates", description=words)
    await type_all(siti, "satu")

    options = {"refused_seconds": 0} if times < 3 else {"monotonic": lambda: 1.0, "first_wait": 0.001}
    async with polling(side, work, **options):
        await work.until(work.finished, 1)


async def test_a_webhook_in_the_way_is_named(side: Side, work: Work) -> None:
    await side.bot.set_webhook("https://contoh.go.id/kait")

    with pytest.raises(AnotherPollerError, match="deleteWebhook"):
        await impatient(side, work).run(asyncio.Event())


async def test_a_token_that_is_revoked(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    await type_all(siti, "satu")
    await side.phones.fails("401", 100, method="getUpdates", description="Unauthorized")

    with pytest.raises(TokenRefusedError, match="POKJA_TOKEN") as refusal:
        await impatient(side, work).run(asyncio.Event())
    assert side.world.config.token not in str(refusal.value)


async def test_a_token_that_was_never_right(side: Side, work: Work) -> None:
    bot = make_bot(side.url, "4200000001:another-token-for-the-local-server")
    for request in bot._request:
        await request.initialize()
    try:
        polling_ = Polling(bot, work.handle, work.keep_dead_letter, first_wait=0.01, refused_seconds=0)
        with pytest.raises(TokenRefusedError):
            await polling_.run(asyncio.Event())
    finally:
        for request in bot._request:
            await request.shutdown()


async def test_numbers_may_start_again_lower(side: Side, work: Work) -> None:
    (siti,) = await people(side, "Siti")
    async with polling(side, work, poll_seconds=0):
        await type_all(siti, "satu")
        await side.phones.handled_everything()
        await until_polled(side, 2)
        side.world.updates.next_id = 500
        await type_all(siti, "dua")
        await work.until(work.finished, 2)
