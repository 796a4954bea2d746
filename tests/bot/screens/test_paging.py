"""Lists that go page by page lose nobody, and no key leads beyond them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Go, unpack
from bot.places.people import MEMBERS
from bot.screens.paging import last_page, page_of, turns
from bot.screens.painter import Painter
from documents.language.wording import wording

PAINTER = Painter(wording(), "asisten_bot")


def _led_to(page: int, last: int) -> list[int]:
    presses = [unpack(key.data) for key in turns(PAINTER, MEMBERS, page, last)]
    return [press.more for press in presses if isinstance(press, Go)]


@given(st.integers(0, 60), st.integers(1, 9))
def test_every_line_stands_on_one_page(total: int, size: int) -> None:
    lines, last = list(range(total)), last_page(total, size)
    assert [line for page in range(last + 1) for line in page_of(lines, page, size)] == lines
    assert page_of(lines, last + 1, size) == []


@given(st.integers(0, 60), st.integers(1, 9), st.data())
def test_keys_lead_to_the_pages_around(total: int, size: int, data: st.DataObject) -> None:
    last = last_page(total, size)
    page = data.draw(st.integers(0, last))
    assert _led_to(page, last) == [each for each in (page - 1, page + 1) if 0 <= each <= last]
    assert _led_to(last + 5, last) == [last + 4]
