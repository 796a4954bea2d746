from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.limits import FloodLimits, Rates

PERSON, OTHER, GROUP = 11, 12, -100
RATES = Rates()

# Steps of a day: how long nothing happens (ms), to whom something is to be said, whether as a reply.
steps = st.lists(
    st.tuples(st.integers(0, 4000), st.sampled_from([PERSON, OTHER, 13, 14, GROUP, -200]), st.booleans()),
    max_size=300,
)


def sent_at(limits: FloodLimits, day: list[tuple[int, int, bool]]) -> list[tuple[float, int, bool]]:
    """Plays a day: replies go at once, the outbox waits as long as it is told to."""
    now, log = 0.0, []
    for pause, chat, is_reply in day:
        now += pause / 1000
        while not is_reply and (wait := limits.wait_for(chat, now)):
            now += max(wait, 1e-6)
        limits.spend(chat, now)
        log.append((now, chat, is_reply))
    return log


def most_within(moments: list[float], seconds: float) -> int:
    """The most moments in any span of that many seconds, its end not included."""
    return max((sum(first <= m < first + seconds for m in moments) for first in moments), default=0)


@given(steps)
def test_the_outbox_alone_never_breaks_a_limit(day: list[tuple[int, int, bool]]) -> None:
    log = sent_at(FloodLimits(), [(pause, chat, False) for pause, chat, _ in day])

    assert most_within([now for now, _, _ in log], 1.0) <= RATES.overall
    for chat in {chat for _, chat, _ in log}:
        moments = [now for now, to, _ in log if to == chat]
        for seconds in (1, 2, 5, 20):
            assert most_within(moments, seconds) <= RATES.chat_burst + seconds
        if chat < 0:
            assert most_within(moments, 60.0) <= RATES.group


@given(steps)
def test_the_outbox_adds_nothing_to_a_span_full_of_replies(day: list[tuple[int, int, bool]]) -> None:
    log = sent_at(FloodLimits(), day)

    for now, chat, is_reply in log:
        before = [(at, to) for at, to, _ in log if at <= now]
        if not is_reply:
            assert sum(at > now - 1.0 + 1e-5 for at, _ in before) <= RATES.overall
            in_group = [at for at, to in before if to == chat and at > now - 60.0 + 1e-5]
            assert chat > 0 or len(in_group) <= RATES.group


@given(st.integers(1, 200))
def test_a_broadcast_to_many_is_not_slower_than_allowed(people: int) -> None:
    log = sent_at(FloodLimits(), [(0, person, False) for person in range(1, people + 1)])

    assert log[-1][0] <= (people - 1) // RATES.overall + 0.01


def test_a_short_burst_passes_and_then_one_a_second() -> None:
    log = sent_at(FloodLimits(), [(0, PERSON, False)] * 6)

    moments = [now for now, _, _ in log]
    assert moments[:3] == [0.0, 0.0, 0.0]
    assert all(0.99 < later - earlier < 1.01 for earlier, later in pairwise(moments[2:]))


def test_replies_use_the_budget_of_the_outbox() -> None:
    limits = FloodLimits()
    for reply in range(30):
        limits.spend(1000 + reply, 5.0)

    assert limits.room(5.0) == 0
    assert limits.wait_for(PERSON, 5.0) == 1.0
    assert limits.room(6.0) == 30


def test_boards_leave_something_to_messages() -> None:
    limits = FloodLimits()
    for number in range(14):
        limits.spend(GROUP, 3.0 * number)

    assert limits.wait_for(GROUP, 41.0) == 0.0
    assert limits.wait_for(GROUP, 41.0, spare=6) == 19.0


def test_a_chat_that_said_wait_rests_alone() -> None:
    limits = FloodLimits()
    limits.refused(GROUP, 17, 100.0)

    assert limits.wait_for(GROUP, 100.0) == 17.0
    assert limits.wait_for(PERSON, 100.0) == 0.0
    assert limits.resting(100.0) == {GROUP}
    assert limits.resting(117.0) == frozenset()


def test_the_first_rest_to_end() -> None:
    limits = FloodLimits()
    assert limits.first_rest(100.0) == float("inf")
    limits.pause(17, 100.0, GROUP)
    limits.pause(5, 100.0, PERSON)

    assert limits.first_rest(101.0) == 4.0
    assert limits.first_rest(105.0) == 12.0
    assert limits.first_rest(117.0) == float("inf")


def test_two_chats_that_said_wait_together_mean_all() -> None:
    limits = FloodLimits()
    limits.refused(GROUP, 17, 100.0)
    limits.refused(PERSON, 5, 100.5)

    assert limits.wait_for(OTHER, 100.5) == 5.0
    assert limits.room(100.5) == 0
    assert limits.room(105.5) == 30


def test_the_same_chat_twice_means_that_chat() -> None:
    limits = FloodLimits()
    limits.refused(GROUP, 17, 100.0)
    limits.refused(GROUP, 17, 100.5)

    assert limits.wait_for(OTHER, 100.5) == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    limits = FloodLimits()
    limits.pause(30, 0.0)
    limits.pause(1, 0.0)

    assert limits.wait_for_any(0.0) == 30.0


def test_idle_chats_are_forgotten() -> None:
    limits = FloodLimits()
    for person in range(1, 5001):
        limits.spend(person, person / 30)
    limits.spend(GROUP, 200.0)
    limits.spend(PERSON, 1000.0)

    assert limits.chats_known == 1


def test_a_paused_chat_is_not_forgotten() -> None:
    limits = FloodLimits()
    limits.pause(3600, 0.0, GROUP)
    limits.spend(PERSON, 1000.0)

    assert limits.wait_for(GROUP, 1000.0) == 2600.0
