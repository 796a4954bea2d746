"""Screens of a meeting that runs or is over: the agenda against the clock, who is there, the code, the minutes."""

from collections.abc import Sequence
from io import BytesIO
from zoneinfo import ZoneInfo

import segno

from bot.places import meetings as to
from bot.screen import Attachment, Button, Screen
from bot.screens import meetings
from bot.screens.paging import PAGE, last_page, page_of, turns
from bot.screens.painter import Painted, Painter, arranged
from documents.language.indonesian import ZONES
from domain.meetings.meeting import CIRCULATE, FINALISE, IN_SESSION
from domain.meetings.minutes import DECISION, NOTE
from usecases.meetings import outcomes
from usecases.switches import ON, word_to_turn

CHECK_IN = "hadir-"
"""What the payload of a link that checks in begins with; the code follows."""


def live(painter: Painter, shown: outcomes.LiveMeeting) -> Screen:
    """The one message a meeting is conducted from."""
    number = shown.facts.id
    left = shown.pace.left[0] if shown.pace.left else None
    tick = (
        [painter.button("tick_next", to.TICK(number, key=left.key, wanted=ON), text=left.text)]
        if left
        else []
    )
    numbers = [
        painter.labelled(str(place), to.POINT(number, item=item.key))
        for place, item in enumerate(shown.facts.plan.agenda, 1)
    ]
    close = [painter.button("meeting_close", to.CLOSE(number))] if CIRCULATE in shown.can else []
    here = [painter.button("i_am_here", to.CONDUCTOR_HERE(number))] if shown.awaits_me else []
    numbered = [*arranged(numbers), *_around(painter, shown)]
    keys = [
        here,
        *([[_short(each) for each in tick], *numbered, close] if left else [close, *numbered]),
        [painter.menu()],
    ]
    now = shown.now.astimezone(ZoneInfo(shown.facts.zone))
    return painter.page("meeting_live", keys, shown=shown, now=now, zone=ZONES.get(shown.facts.zone, ""))


def _short(key: Button) -> Button:
    return key if len(key.label) <= 40 else Button(key.label[:39].rstrip() + "…", key.data)  # noqa: PLR2004


def _around(painter: Painter, shown: outcomes.LiveMeeting) -> list[Sequence[Button]]:
    number = shown.facts.id
    quorum = [painter.button("quorum", to.QUORUM(number))] if CIRCULATE in shown.can else []
    return [
        [painter.button("attendance", to.ATTENDANCE(number)), painter.button("code", to.CODE(number))],
        [painter.button("general_notes", to.POINT(number)), painter.button("minutes", to.MINUTES(number))],
        [*quorum, painter.button("refresh", to.LIVE(number))],
    ]


def point(painter: Painter, shown: outcomes.LivePoint) -> Screen:
    """A point of the agenda: ticking it, writing under it."""
    number, key = shown.facts.id, shown.key
    keys: list[Sequence[Button]] = []
    if shown.live and key:
        turn = to.TICK(number, key=key, wanted=word_to_turn(is_on=shown.done))
        keys.append([painter.button("untick" if shown.done else "tick", turn)])
    keys.append(
        [
            painter.button("write_decision", to.WRITE(number, item=key, kind=DECISION)),
            painter.button("write_note", to.WRITE(number, item=key, kind=NOTE)),
        ]
    )
    keys += _mending(painter, shown)
    keys.append([painter.button("meeting_give", to.GIVE(number, item=key))])
    back = (
        painter.button("live_back", to.LIVE(number))
        if shown.live
        else painter.button("minutes_back", to.MINUTES(number))
    )
    return painter.page("meeting_point", [*keys, [back]], shown=shown)


def _mending(painter: Painter, shown: outcomes.LivePoint) -> list[Sequence[Button]]:
    """Keys by letters that change an entry of the minutes, or strike it out."""
    if not shown.entries:
        return []
    change = to.STRIKE if shown.drop else to.REWRITE
    letters = [
        painter.labelled(chr(ord("A") + n) if n < 26 else str(n + 1), change(each.id))  # noqa: PLR2004
        for n, each in enumerate(shown.entries)
    ]
    other = "" if shown.drop else to.STRIKING
    turn = painter.button(
        "mode_edit" if shown.drop else "mode_drop", to.POINT(shown.facts.id, shown.key, other)
    )
    return [*arranged(letters), [turn]]


def attendance(painter: Painter, shown: outcomes.AttendanceList) -> Screen:
    """Names to press; what that does can be changed below."""
    number = shown.facts.id
    wanted = [seat for seat in shown.seats if (seat.at is None) == (shown.mode != "undo")]
    last = last_page(len(wanted))
    at = shown.page if shown.page <= last else 0
    keys = [
        [
            painter.labelled(
                f"{seat.person.name} – {seat.person.instansi}",
                to.ATTEND(number, member_id=seat.person.id, mode=shown.mode),
            )
        ]
        for seat in page_of(wanted, at)
    ]
    pages = turns(painter, lambda page: to.ATTENDANCE(number, shown.mode, page), at, last)
    modes = [
        painter.button(f"attend_{mode}", to.ATTENDANCE(number, mode=mode))
        for mode in ("here", "deputy", "undo", "add")
        if mode != shown.mode
    ]
    pairs = [modes[n : n + 2] for n in range(0, len(modes), 2)]
    back = [painter.button("live_back", to.LIVE(number))]
    return painter.page("meeting_attendance", [*keys, pages, *pairs, back], shown=shown)


def code(painter: Painter, shown: outcomes.MeetingCode) -> Screen:
    """The code as a picture to put on a screen, and in letters for who can't scan it."""
    picture = BytesIO()
    link = painter.start_link(f"{CHECK_IN}{shown.code}")
    segno.make(link, error="m").save(picture, kind="png", scale=12, border=3)
    renew = [painter.button("renew_code", to.CODE(shown.facts.id, renew=True))]
    copying = [painter.copying("copy_link", link), painter.copying("copy_code", shown.code)]
    screen = painter.page("meeting_code", [copying, renew], shown=shown, link=link)
    return Screen(
        screen.text, screen.keyboard, attachment=Attachment("hadir.png", picture.getvalue(), picture=True)
    )


def minutes(painter: Painter, shown: outcomes.Minutes) -> Screen:
    """The minutes as they stand, and what may be done with them."""
    facts = shown.written.facts
    number, keys = facts.id, list[Sequence[Button]]()
    finalise = [painter.button("finalise", to.FINALISE(number))] if FINALISE in shown.can else []
    keys.append(finalise if shown.is_ripe else [])
    if shown.may_correct:
        keys.append([painter.button("correct", to.CORRECT(number))])
    if shown.corrections and (shown.may_decide or shown.open):
        keys.append([painter.button("corrections", to.CORRECTIONS(number), count=shown.open)])
    if shown.may_write:
        keys += _points(painter, shown)
    keys.append([] if shown.is_ripe else finalise)
    live = to.LIVE(number) if facts.state == IN_SESSION else to.MEETING(number)
    keys.append(
        [painter.button("live_back" if facts.state == IN_SESSION else "meeting_back", live), painter.menu()]
    )
    return painter.page("meeting_minutes", keys, shown=shown, written=shown.written)


def _points(painter: Painter, shown: outcomes.Minutes) -> list[Sequence[Button]]:
    facts = shown.written.facts
    numbers = [
        painter.labelled(str(place), to.POINT(facts.id, item=item.key))
        for place, item in enumerate(facts.plan.agenda, 1)
    ]
    return [*arranged(numbers), [painter.button("general_notes", to.POINT(facts.id))]]


def corrections(painter: Painter, shown: outcomes.Corrections) -> Screen:
    """The corrections people asked for; who decides accepts or refuses each."""
    number = shown.facts.id
    chosen = next((line for line in shown.lines if line.id == shown.at), None)
    waiting = [line for line in shown.lines if line.state == "open"]
    keys: list[Sequence[Button]] = []
    if chosen is not None and chosen.state == "open" and shown.may_decide:
        keys.append(
            [
                painter.button("take_correction", to.TAKE(chosen.id)),
                painter.button("refuse_correction", to.REFUSE(chosen.id)),
            ]
        )
    elif shown.may_decide:
        keys += [
            [painter.labelled(f"{line.by}: {line.text}", to.CORRECTION(line.id))] for line in waiting[:PAGE]
        ]
    back = painter.button("minutes_back", to.MINUTES(number))
    return painter.page("meeting_corrections", [*keys, [back, painter.menu()]], shown=shown, chosen=chosen)


PAINTED: Painted = {
    outcomes.Meetings: meetings.listing,
    outcomes.MeetingCard: meetings.card,
    outcomes.MeetingPreview: meetings.preview,
    outcomes.AgendaEditor: meetings.agenda,
    outcomes.Invitees: meetings.invitees,
    outcomes.Materials: meetings.materials,
    outcomes.MeetingReplies: meetings.replies,
    outcomes.LiveMeeting: live,
    outcomes.LivePoint: point,
    outcomes.AttendanceList: attendance,
    outcomes.MeetingCode: code,
    outcomes.Minutes: minutes,
    outcomes.Corrections: corrections,
}
"""Every screen of meetings."""
