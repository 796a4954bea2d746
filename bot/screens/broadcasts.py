"""Screens of broadcasts, and of who can be reached."""

from urllib.parse import quote

from bot.places import broadcasts as to
from bot.places.people import MEMBERS
from bot.screen import Attachment, Button, Screen
from bot.screens.paging import last_page, page_of, turns
from bot.screens.painter import Painted, Painter, shorten
from domain.broadcasts.broadcast import SCHEDULED
from usecases.broadcasts import outcomes
from usecases.broadcasts.reach import A_PAGE as PEOPLE_A_PAGE

NAMES_A_PAGE = 20
LABEL = 40


def letter(painter: Painter, shown: outcomes.Letter) -> Screen:
    """What a reader gets. It has no key but 'Sudah baca': any other would put something else in its place."""
    asks = shown.wants_read and shown.read_at is None
    keys = [[painter.button("broadcast_read", to.READ(shown.recipient_id))]] if asks else []
    screen = painter.page("broadcast_letter", keys, shown=shown)
    if shown.file is None:
        return screen
    file = Attachment(shown.file["name"], picture=shown.file["picture"], file_id=shown.file["file_id"])
    return Screen(screen.text, screen.keyboard, attachment=file)


def read(painter: Painter, shown: outcomes.BroadcastRead) -> Screen:
    """The letter, marked as read."""
    return letter(painter, shown.letter)


def progress(painter: Painter, shown: outcomes.BroadcastFacts) -> Screen:
    """How far it is, in the writer's chat; its keys leave it where it is."""
    keys = [
        [painter.button("broadcast_more", to.BESIDE(shown.id))],
        _again(painter, shown, on_card=False),
    ]
    return painter.page("broadcast_progress", keys, shown=shown)


def _again(painter: Painter, shown: outcomes.BroadcastFacts, *, on_card: bool) -> list[Button]:
    if not shown.again_for or (shown.standing and shown.standing.waiting):
        return []
    label = "broadcast_again" if shown.wants_read else "broadcast_retry"
    return [painter.button(label, to.AGAIN(shown.id, on_card=on_card), count=shown.again_for)]


def listing(painter: Painter, shown: outcomes.Broadcasts) -> Screen:
    """A key for each broadcast, and one to write another."""
    keys = [[painter.labelled(_label(painter, each), to.BROADCAST(each.id))] for each in shown.rows]
    write = [painter.button("write_broadcast", to.WRITE())]
    pages = turns(painter, to.BROADCASTS, shown.page, shown.page + shown.more)
    return painter.page("broadcasts", [write, *keys, pages, [painter.menu()]], shown=shown)


def _label(painter: Painter, each: outcomes.BroadcastFacts) -> str:
    mark = painter.wording.plain(f"broadcast_mark.{each.state}")
    text = each.text or str((each.file or {}).get("name", ""))
    return f"{mark} {shorten(text, LABEL)}"


def card(painter: Painter, shown: outcomes.BroadcastCard) -> Screen:
    """One broadcast with its names, page by page."""
    facts, standing = shown.shown, shown.shown.standing
    names = [*standing.failures, *standing.silent] if standing else []
    here = page_of(names, shown.page, NAMES_A_PAGE)
    keys = [
        *_ways(painter, shown),
        turns(
            painter,
            lambda page: to.BROADCAST(facts.id, page),
            shown.page,
            last_page(len(names), NAMES_A_PAGE),
        ),
        [painter.button("broadcasts", to.BROADCASTS()), painter.menu()],
    ]
    troubles = [each for each in here if isinstance(each, outcomes.Trouble)]
    unread = [each for each in here if isinstance(each, str)]
    return painter.page(
        "broadcast_card", keys, shown=facts, sure=shown.sure, troubles=troubles, unread=unread
    )


def _ways(painter: Painter, shown: outcomes.BroadcastCard) -> list[list[Button]]:
    facts = shown.shown
    if shown.sure:
        back = to.BROADCAST(facts.id)
        return [
            [painter.button("broadcast_off", to.OFF(facts.id))],
            [painter.button("no_back", back)],
        ]
    if facts.state == SCHEDULED:
        return [
            [painter.button("broadcast_cancel", to.CANCEL(facts.id))],
            _again(painter, facts, on_card=True),
        ]
    return [_again(painter, facts, on_card=True)]


def reach(painter: Painter, shown: outcomes.ReachList) -> Screen:
    """Who can't be written to, and for each a key that carries the sentence to them by other means."""
    keys = [[_forward(painter, shown, each)] for each in shown.people]
    pages = turns(painter, to.REACH, shown.page, last_page(shown.total, PEOPLE_A_PAGE))
    ways = [painter.button("members", MEMBERS()), painter.menu()]
    return painter.page(
        "reach",
        [*keys, pages, ways],
        shown=shown,
        sentence=_sentence(painter, shown, "gone" if _all_gone(shown) else ""),
    )


def _all_gone(shown: outcomes.ReachList) -> bool:
    return bool(shown.people) and all(each.why == "gone" for each in shown.people)


def _sentence(painter: Painter, shown: outcomes.ReachList, why: str, name: str = "") -> str:
    """What is forwarded; somebody whose account is gone comes in again by the invitation."""
    link = painter.start_link(shown.code if why == "gone" else "menu")
    return painter.wording.plain("reach.sentence", name=name, pokja=shown.pokja, link=link, why=why)


def _forward(painter: Painter, shown: outcomes.ReachList, each: outcomes.OutOfReach) -> Button:
    sentence = _sentence(painter, shown, each.why, each.person.name)
    label = painter.wording.plain("button.send_by_whatsapp", name=shorten(each.person.name, LABEL))
    return Button(label, url=f"https://wa.me/?text={quote(sentence)}")


PAINTED: Painted = {
    outcomes.Broadcasts: listing,
    outcomes.BroadcastCard: card,
    outcomes.BroadcastRead: read,
    outcomes.ReachList: reach,
}
