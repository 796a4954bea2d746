"""Every instrument the engine knows, by name. A new one is a line here."""

from domain.instruments.agreement import Agreement
from domain.instruments.base import Registry
from domain.instruments.cards.instrument import Cards
from domain.instruments.checklist.instrument import Checklist
from domain.instruments.date_poll import DatePoll
from domain.instruments.narrative.instrument import Narrative
from domain.instruments.pairwise import Pairwise
from domain.instruments.rating_rings import RatingRings
from domain.instruments.roster.instrument import Roster
from domain.instruments.scoring.instrument import Scoring
from domain.instruments.selection import PickSeveral
from domain.instruments.weighting.instrument import Weighting
from domain.instruments.worksheet.instrument import Worksheet

INSTRUMENTS = Registry(
    {
        each.name: each
        for each in (
            Cards(),
            Agreement(),
            PickSeveral(),
            Pairwise(),
            Weighting(),
            Scoring(),
            RatingRings(),
            Checklist(),
            Worksheet(),
            Narrative(),
            Roster(),
            DatePoll(),
        )
    }
)
