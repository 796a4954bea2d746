"""What a broadcast says: a text, or a file with its caption."""

import pytest

from domain.broadcasts.content import LONGEST, Content
from domain.dialog.questions import Sent, Tapped, Typed, Unreadable
from domain.faults import Rejected

QUESTION = Content(key="what")


def test_a_text_is_tidied() -> None:
    assert QUESTION.read(Typed("  Rapat  Kamis \n\n\n\n pukul 09.00 ")) == {
        "text": "Rapat Kamis\n\npukul 09.00",
        "file": None,
    }


def test_a_file_keeps_what_is_needed_to_send_it_again() -> None:
    given = Sent("F1", "foto.jpg", "image/jpeg", 10, picture=True, caption=" Denah ")
    file = {"file_id": "F1", "name": "foto.jpg", "picture": True}
    assert QUESTION.read(given) == {"text": "Denah", "file": file}


def test_a_file_needs_no_caption() -> None:
    assert QUESTION.read(Sent("F1", "data.xlsx", "", 10))["text"] == ""


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Typed("   "), "text_too_short"),
        (Typed("x" * (LONGEST + 1)), "text_too_long"),
        (Sent("F1", "a.pdf", "", 1, caption="x" * (LONGEST + 1)), "text_too_long"),
        (Tapped("y"), "unknown_option"),
        (Unreadable("sticker"), "unexpected_input"),
    ],
)
def test_what_is_refused(given: Typed | Sent | Tapped | Unreadable, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        QUESTION.read(given)
    assert refused.value.fault.code == code
