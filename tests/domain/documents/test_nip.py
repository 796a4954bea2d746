"""The number of a civil servant, as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import nip
from domain.faults import Rejected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("197008171995031002", "19700817 199503 1 002"),
        ("19700817 199503 1 002", "19700817 199503 1 002"),
        (" 19700817.199503.1.002 ", "19700817 199503 1 002"),
        ("198002292006042011", "19800229 200604 2 011"),
        ("199001012022211001", "19900101 202221 1 001"),  # on contract: a code instead of the month
    ],
)
def test_it_is_written_in_its_groups(typed: str, kept: str) -> None:
    assert nip.read(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123",
        "19700817199503100",  # a digit too few
        "1970081719950310021",  # one too many
        "197013171995031002",  # the thirteenth month
        "197902291995031002",  # no such day
        "197008171995131002",  # appointed in the thirteenth month
        "197008171995001002",
        "197008171980031002",  # appointed at the age of ten
        "197008171995033002",  # neither man nor woman
        "١٩٧٠٠٨١٧١٩٩٥٠٣١٠٠٢",  # digits, but not ours
        "19700817 199503 1 00x",
        "<b>197008171995031002</b>",
    ],
)
def test_what_is_none_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Rejected) as refusal:
        nip.read(typed)
    assert refusal.value.fault.code == "not_a_nip"
    assert refusal.value.fault.details == {"example": nip.EXAMPLE}


def test_the_example_is_one() -> None:
    assert nip.read(nip.EXAMPLE) == nip.EXAMPLE


@given(st.text(max_size=30))
def test_whatever_is_typed_is_kept_or_refused(typed: str) -> None:
    try:
        kept = nip.read(typed)
    except Rejected:
        return
    assert nip.read(kept) == kept
