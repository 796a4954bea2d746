"""Screens of a meeting that runs or is over: the agenda against the clock, who is there, the code, the minutes."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import segno

from bot.callbacks import Go
from bot.screen import Attachment, Button, Screen
from bot.screens import meetings
from bot.screens.meetings import PAGE, page_turns
from bot.screens.painter import Painter, arranged
from documents.language.indonesian import ZONES
from domain.meetings.meeting import CIRCULATE, FINALISE, HELD
from domain.meetings.minutes import DECISION, NOTE
from usecases.meetings import outcomes
from usecases.outcomes import Outcome

CHECK_IN = "hadir-"
"""What the payload of a link that checks in begins with; the code follows."""


def live(painter: Painter, shown: outcomes.LiveMeeting) -> Screen:
    """The one message a meeting is conducted from."""
    number = shown.facts.id
    left = shown.pace.left[0] if shown.pace.left else None
    tick = [painter.button("tick_next", Go("tick", number, left.key), text=left.text)] if left else []
    numbers = [
        painter.labelled(str(place), Go("point", number, point.item.key))
        for place, point in enumerate(shown.facts.agenda, 1)
    ]
    close = [painter.button("meeting_close", Go("meeting_close", number))] if CIRCULATE in shown.can else []
    here = [painter.button("i_am_here", Go("conductor_here", number))] if shown.awaits_me else []
    keys = [
        here,
        [_short(each) for each in tick],
        *arranged(numbers),
        *_around(painter, shown),
        close,
        [painter.menu()],
    ]
    now = shown.now.astimezone(ZoneInfo(shown.facts.zone))
    return painter.page("meeting_live", keys, shown=shown, now=now, zone=ZONES.get(shown.facts.zone, ""))


def _short(key: Button) -> Button:
    return key if len(key.label) <= 40 else Button(key.label[:39].rstrip() + "…", key.data)  # noqa: PLR2004


def _around(painter: Painter, shown: outcomes.LiveMeeting) -> list[Sequence[Button]]:
    number = shown.facts.id
    quorum = [painter.button("quorum", Go("quorum", number))] if CIRCULATE in shown.can else []
    return [
        [painter.button("attendance", Go("attendance", number)), painter.button("code", Go("meeting_code", number))],
        [painter.button("general_notes", Go("point", number)), painter.button("minutes", Go("minutes", number))],
        [*quorum, painter.button("refresh", Go("live", number))],
    ]  # fmt: skip


def point(painter: Painter, shown: outcomes.LivePoint) -> Screen:
    """A point of the agenda: ticking it, writing under it."""
    number, key = shown.facts.id, shown.key
    keys: list[Sequence[Button]] = []
    if shown.live and key:
        keys.append([painter.button("untick" if shown.done else "tick", Go("tick", number, key))])
    keys.append(
        [
            painter.button("write_decision", Go("minute", number, key, DECISION)),
            painter.button("write_note", Go("minute", number, key, NOTE)),
        ]
    )
    keys += _mending(painter, shown)
    keys.append([painter.button("meeting_give", Go("meeting_give", number, key))])
    back = painter.button("live_back", Go("live", number)) if shown.live else painter.button(
        "minutes_back", Go("minutes", number)
    )  # fmt: skip
    return painter.page("meeting_point", [*keys, [back]], shown=shown)


def _mending(painter: Painter, shown: outcomes.LivePoint) -> list[Sequence[Button]]:
    """A letter changes what was written, or strikes it out."""
    if not shown.entries:
        return []
    place = "minute_drop" if shown.drop else "minute_edit"
    letters = [
        painter.labelled(chr(ord("A") + n) if n < 26 else str(n + 1), Go(place, each.id))  # noqa: PLR2004
        for n, each in enumerate(shown.entries)
    ]
    turn = painter.button(
        "mode_edit" if shown.drop else "mode_drop", Go("point", shown.facts.id, shown.key, "" if shown.drop else "drop")
    )  # fmt: skip
    return [*arranged(letters), [turn]]


def attendance(painter: Painter, shown: outcomes.AttendanceList) -> Screen:
    """Names to press; what that does can be changed below."""
    number = shown.facts.id
    wanted = [seat for seat in shown.seats if (seat.at is None) == (shown.mode != "undo")]
    start = shown.page * PAGE if shown.page * PAGE < len(wanted) else 0
    keys = [
        [
            painter.labelled(
                f"{seat.person.name} – {seat.person.instansi}",
                Go("attend", number, seat.person.id, shown.mode),
            )
        ]
        for seat in wanted[start : start + PAGE]
    ]
    turns = page_turns(painter, "attendance", number, start // PAGE, len(wanted), shown.mode)
    modes = [
        painter.button(f"attend_{mode}", Go("attendance", number, 0, mode))
        for mode in ("here", "deputy", "undo", "add")
        if mode != shown.mode
    ]
    pairs = [modes[n : n + 2] for n in range(0, len(modes), 2)]
    back = [painter.button("live_back", Go("live", number))]
    return painter.page("meeting_attendance", [*keys, turns, *pairs, back], shown=shown)


def code(painter: Painter, shown: outcomes.MeetingCode) -> Screen:
    """The code as a picture to put on a screen, and in letters for who can't scan it."""
    picture = BytesIO()
    link = painter.start_link(f"{CHECK_IN}{shown.code}")
    segno.make(link, error="m").save(picture, kind="png", scale=12, border=3)
    renew = [painter.button("renew_code", Go("meeting_code", shown.facts.id, 1))]
    screen = painter.page("meeting_code", [renew], shown=shown, link=link)
    return Screen(
        screen.text, screen.keyboard, attachment=Attachment("hadir.png", picture.getvalue(), picture=True)
    )


def minutes(painter: Painter, shown: outcomes.Minutes) -> Screen:
    """The minutes as they stand, and what may be done with them."""
    facts = shown.written.facts
    number, keys = facts.id, list[Sequence[Button]]()
    if shown.may_correct:
        keys.append([painter.button("correct", Go("correct", number))])
    if shown.corrections and (shown.may_decide or shown.open):
        keys.append([painter.button("corrections", Go("corrections", number), count=shown.open)])
    if shown.may_write:
        keys += _points(painter, shown)
    if FINALISE in shown.can:
        keys.append([painter.button("finalise", Go("finalise", number))])
    live = Go("live", number) if facts.state == HELD else Go("meeting", number)
    keys.append(
        [painter.button("live_back" if facts.state == HELD else "meeting_back", live), painter.menu()]
    )
    return painter.page("meeting_minutes", keys, shown=shown, written=shown.written)


def _points(painter: Painter, shown: outcomes.Minutes) -> list[Sequence[Button]]:
    facts = shown.written.facts
    numbers = [
        painter.labelled(str(place), Go("point", facts.id, each.item.key))
        for place, each in enumerate(facts.agenda, 1)
    ]
    return [*arranged(numbers), [painter.button("general_notes", Go("point", facts.id))]]


def corrections(painter: Painter, shown: outcomes.Corrections) -> Screen:
    """What people would mend; who decides takes each up or refuses it."""
    number = shown.facts.id
    chosen = next((line for line in shown.lines if line.id == shown.at), None)
    waiting = [line for line in shown.lines if line.state == "open"]
    keys: list[Sequence[Button]] = []
    if chosen is not None and chosen.state == "open" and shown.may_decide:
        keys.append(
            [
                painter.button("take_correction", Go("take", chosen.id)),
                painter.button("refuse_correction", Go("refuse", chosen.id)),
            ]
        )
    elif shown.may_decide:
        keys += [
            [painter.labelled(f"{line.by}: {line.text}", Go("correction", line.id))]
            for line in waiting[:PAGE]
        ]
    back = painter.button("minutes_back", Go("minutes", number))
    return painter.page("meeting_corrections", [*keys, [back, painter.menu()]], shown=shown, chosen=chosen)


PAINTED: Mapping[type[Outcome], Callable[[Painter, Any], Screen]] = {
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
