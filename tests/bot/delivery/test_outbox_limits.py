"""How the outbox keeps Telegram's limits, and what it does when a chat is told to wait all the same."""

from collections import Counter

from bot.screen import Screen
from bot.transport.limits import FloodLimits, Rates
from bot.transport.sending import Telegram
from tests.bot.support.postings import NOW, PATIENCE, Post, heard, person, running, text
from tests.bot.support.simulated import Side


class Witness(FloodLimits):
    """Remembers who wrote when, by the clock the limits are kept on."""

    def __init__(self, rates: Rates | None = None) -> None:
        super().__init__(rates)
        self.spent: list[tuple[int, float]] = []

    def spend(self, chat: int, now: float) -> None:
        super().spend(chat, now)
        self.spent.append((chat, now))


async def test_told_to_wait_it_waits_and_keeps_the_order(post: Post, side: Side) -> None:
    siti = await person(side)
    await side.phones.fails("429", 1, retry_after=1, method="sendMessage")
    await post.queue(text("satu", siti), text("dua", siti))

    async with running(post.make()) as delivery:
        await post.until(lambda _: post.limits.wait_for(siti.id, delivery._monotonic()) > 0)
        rows = await post.until_done()

    assert await heard(siti) == ["satu", "dua"]
    assert (rows["satu"].attempts, rows["satu"].not_before) == (1, NOW)


async def test_a_chat_that_had_to_wait_does_not_go_behind_all_others(post: Post, side: Side) -> None:
    """Its rows were first: they go as soon as it may be written to again, not when everybody else is done."""
    post.limits = witness = Witness(Rates(overall=10))
    siti = await person(side)
    people = [await person(side, f"Orang {number}") for number in range(40)]
    await side.phones.fails("429", 1, retry_after=1, method="sendMessage")
    await post.queue(text("satu", siti), *[text(f"hai {p.id}", p) for p in people], text("dua", siti))

    async with running(post.make()):
        await post.until_done()

    chats = [chat for chat, _ in witness.spent]
    first, again, last = (place for place, chat in enumerate(chats) if chat == siti.id)
    assert (first, last) == (0, len(chats) - 1)
    assert again < len(people)
    assert await heard(siti) == ["satu", "dua"]


async def test_telegrams_limits_are_kept(post: Post, side: Side) -> None:
    """Everything is counted, never more than 30 rows go within a second, and Telegram refuses nothing."""
    post.limits = witness = Witness()
    post.telegram = Telegram(side.bot, witness)
    people = [await person(side, f"Orang {number}") for number in range(70)]
    await post.queue(*[text(f"siaran {p.id}", p) for p in people])

    async with running(post.make()):
        await post.until_done()
        for p in people[:20]:
            await post.telegram.show(p.id, Screen("balasan"))

    moments = [now for _, now in witness.spent[:70]]
    assert Counter(chat for chat, _ in witness.spent) == {p.id: 1 + (p in people[:20]) for p in people}
    assert max(sum(first <= now < first + 1 for now in moments) for first in moments) <= 30
    assert side.world.records.refused_by_flood == 0
    assert Counter([len(await heard(p)) for p in people]) == {1: 50, 2: 20}


class Forgetful(FloodLimits):
    """Doesn't tell before the claim who has to rest: as if it were told to between claim and turn."""

    def resting(self, now: float) -> frozenset[int]:
        return frozenset()


async def test_a_chat_told_to_rest_after_the_claim_holds_nobody_up(post: Post, side: Side) -> None:
    siti, budi = await person(side), await person(side, "Budi")
    post.limits = Forgetful()
    post.telegram = Telegram(side.bot, post.limits)
    await post.queue(text("halo", siti), *[text(f"hai {n}", budi) for n in range(3)])

    async with running(post.make()) as delivery:
        post.limits.pause(PATIENCE, delivery._monotonic(), siti.id)
        rows = await post.until(lambda rows: all(rows[f"hai {n}"].state == "sent" for n in range(3)))

    assert rows["halo"].attempts <= 1
    assert await heard(budi) == ["hai 0", "hai 1", "hai 2"]
    assert await heard(siti) == []


async def test_after_a_new_start_the_limits_still_know_what_was_sent(post: Post, side: Side) -> None:
    siti = await person(side)
    group = await side.phones.group("Pokja", [siti], with_bot=True)
    quick = Rates(chat_seconds=0.01)
    post.limits = FloodLimits(quick)
    await post.queue(*[text(f"kabar {n}", group.chat_id) for n in range(quick.group)])
    async with running(post.make()):
        await post.until_done()

    post.limits = FloodLimits(quick)
    await post.queue(text("satu lagi", group.chat_id), text("halo", siti))
    async with running(post.make()):
        rows = await post.until(lambda rows: rows["halo"].state == "sent")

    assert (rows["satu lagi"].state, rows["satu lagi"].attempts) == ("queued", 0)
    assert side.world.records.refused_by_flood == 0
