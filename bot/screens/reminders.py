"""Screens of reminders: the digest, the weekly report, who is away, the rules."""

from collections.abc import Callable, Mapping, Sequence

from bot.callbacks import Go, View
from bot.places import follow_ups, meetings
from bot.places import reminders as to
from bot.screen import Button, Screen
from bot.screens.painter import Painted, Painter, rows
from domain.reminders.rules import ACTIVITY, FOLLOW_UP, MEETING
from usecases.answering.tasks import TaskRef
from usecases.reminders.outcomes import Absences, Digest, DigestLine, ReminderRules, WeeklyReport

MOST_LINES, MOST_KEYS = 12, 8
"""Lines of a digest that are told in words, and that have keys; the others are counted."""
OPENS: Mapping[str, Callable[[int], Go | View]] = {
    FOLLOW_UP: follow_ups.FOLLOW_UP,
    MEETING: meetings.MEETING,
    ACTIVITY: lambda number: View(TaskRef("a", number)),
}
"""Where a line leads."""
REPORT = "weekly_report"


def digest(painter: Painter, shown: Digest) -> Screen:
    """What waits, most urgent first; each line can be opened, and put off once."""
    page = "meeting_soon" if shown.alone else "digest"
    text = painter.wording.page(
        f"messages/{page}", shown=shown, lines=shown.lines[:MOST_LINES], most=MOST_LINES
    )
    keys = [_keys(painter, n, line) for n, line in enumerate(shown.lines[:MOST_KEYS], 1)]
    rest = [painter.button("follow_ups", follow_ups.FOLLOW_UPS())] if len(shown.lines) > MOST_KEYS else []
    return Screen(text, rows(*keys, [*rest, painter.menu()]))


def _keys(painter: Painter, number: int, line: DigestLine) -> Sequence[Button]:
    look = painter.button(f"open_{line.kind}_line", OPENS[line.kind](line.id), number=number)
    later = painter.button("snooze", to.SNOOZE(subject_id=line.id, kind=line.kind), number=number)
    return [look] if line.kind == MEETING and line.days <= 0 else [look, later]


def weekly(painter: Painter, shown: WeeklyReport) -> Screen:
    """The weekly report to a group."""
    link = Button(painter.wording.plain("button.weekly_open"), url=painter.start_link("menu"))
    return Screen(painter.wording.page(f"messages/{REPORT}", shown=shown), rows([link]))


def absences(painter: Painter, shown: Absences) -> Screen:
    """When the reader is away; noting more, and taking it back."""
    keys = [
        [painter.button("absence_off", to.ABSENCE_OFF(line.id), first=line.first, last=line.last)]
        for line in shown.lines[:MOST_KEYS]
    ]
    note = [painter.button("absence_note", to.ABSENCE())]
    return painter.page("absences", [*keys, note, [painter.menu()]], shown=shown)


def rules(painter: Painter, shown: ReminderRules) -> Screen:
    """The rules in words; for the Ketua a key to change each."""
    keys = [painter.button(f"rule_{name}", to.RULE(name)) for name in shown.changeable]
    pairs = [keys[n : n + 2] for n in range(0, len(keys), 2)]
    return painter.page("reminder_rules", [*pairs, [painter.menu()]], shown=shown)


PAINTED: Painted = {
    Absences: absences,
    ReminderRules: rules,
}
