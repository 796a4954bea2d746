"""Screens of a Pokja's paper: how it is set up, a sample of it."""

from bot.places import documents as to
from bot.screen import Attachment, Screen
from bot.screens.painter import Painted, Painter
from usecases.documents.stationery import outcomes
from usecases.documents.stationery.form import ASKED


def card(painter: Painter, shown: outcomes.StationeryCard) -> Screen:
    """What is on the paper, a key for each part, and one to see it."""
    parts = [painter.button(f"stationery_part.{part}", to.STATIONERY_PART(part)) for part in ASKED]
    pairs = [parts[n : n + 2] for n in range(0, len(parts), 2)]
    sample = [painter.button("stationery_sample", to.SAMPLE())]
    back = [painter.button("papers", to.PAPERS()), painter.menu()]
    return painter.page("stationery", [*pairs, sample, back], shown=shown)


def sample(painter: Painter, shown: outcomes.StationerySample) -> Screen:
    """The sample letter, and the way back."""
    keys = [[painter.button("stationery", to.STATIONERY()), painter.menu()]]
    screen = painter.page("stationery_sample", keys, shown=shown)
    picture = Attachment("contoh-surat.png", shown.picture, picture=True)
    return Screen(screen.text, screen.keyboard, attachment=picture)


PAINTED: Painted = {
    outcomes.StationeryCard: card,
    outcomes.StationerySample: sample,
}
