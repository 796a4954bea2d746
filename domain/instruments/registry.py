"""Every instrument the engine knows, by name. A new one is a line here."""

from domain.instruments.agreement import Agreement
from domain.instruments.base import Registry
from domain.instruments.cards import Cards
from domain.instruments.date_poll import DatePoll
from domain.instruments.pairwise import Pairwise
from domain.instruments.worksheet import Worksheet

INSTRUMENTS = Registry(
    {
        each.name: each
        for each in (
            Cards(),
            Agreement(),
            Pairwise(),
            Worksheet(),
            DatePoll(),
        )
    }
)
