"""Button data: what is packed comes out the same, fits, and nothing else gets in."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import KINDS, LIMIT, Answer, Go, Toggle, pack, unpack
from domain.faults import Rejected
from usecases.answering.tasks import TaskRef

NUMBERS = st.integers(0, 2**31 - 1)
REFS = st.builds(TaskRef, st.sampled_from("af"), NUMBERS, st.none() | NUMBERS)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789:~/.-", max_size=16)


@given(st.builds(Answer, REFS, WORDS, st.text("abc123", max_size=12), st.booleans()))
def test_answers_come_out_as_they_went_in(press: Answer) -> None:
    packed = pack(press)
    assert len(packed.encode()) <= LIMIT
    assert unpack(packed) == press


@given(
    st.builds(
        Go, st.sampled_from(["menu", "desk"]), NUMBERS, st.integers(0, 1000), st.sampled_from(["", "merge"])
    )
)
def test_places_come_out_as_they_went_in(press: Go) -> None:
    assert unpack(pack(press)) == press


def test_sixty_switches_fit() -> None:
    press = Toggle(TaskRef("f", 2**31 - 1), "others.zzzzzz", 2**60 - 1, 59)
    assert unpack(pack(press)) == press


@given(st.text(max_size=80))
def test_anything_else_is_refused_or_means_what_it_says(data: str) -> None:
    code = data.partition("|")[0]
    if code not in KINDS:
        with pytest.raises(Rejected):
            unpack(data)
        return
    with contextlib.suppress(Rejected):
        assert type(unpack(data)) is KINDS[code]


@pytest.mark.parametrize("press", [Go("desk", word="a|b"), Go("x" * 70)])
def test_what_would_not_fit_is_our_fault(press: Go) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pack(press)


@pytest.mark.parametrize(
    "text", ["", "a", "z5", "a5.", "a5.0.1", "a-5", "a5.-1", "a99999999999", "aÅ", "f 5"]
)
def test_a_task_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        TaskRef.parse(text)
