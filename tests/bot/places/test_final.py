"""What is final is red: the table of places says which keys are, and the painter gives them their colour."""

from bot.places import broadcasts, meetings, people
from bot.places.registry import PLACES
from bot.screen import DANGER, NEXT
from bot.screens.painter import Painter
from documents.language.wording import Wording

FINAL = {
    people.DO.name,
    people.RENEW.name,
    broadcasts.OFF.name,
    meetings.STRIKE.name,
    meetings.AGENDA_DROP.name,
    meetings.FINALISE.name,
}


def test_keys_have_the_colour_of_where_they_lead() -> None:
    painter = Painter(Wording(), "asisten_bot")
    assert {name for name, place in PLACES.items() if place.is_final} == FINAL
    assert painter.button("sure_leave", people.DO(1, action="leave")).style == DANGER
    assert painter.button("menu", people.MENU()).style == ""
    assert painter.next_button("menu", people.MENU()).style == NEXT
    copying = painter.copying("copy_code", "AB-12")
    assert (copying.copy, copying.data, copying.url) == ("AB-12", "", "")
