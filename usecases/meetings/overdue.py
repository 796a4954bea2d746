"""What an agenda owes to the time: overdue tindak lanjut to be spoken of."""

from collections.abc import Sequence
from datetime import timedelta

from domain.meetings.agenda import Words, speak_of
from domain.reminders.rules import read_rules
from store import meetings
from store.tables.core import Pokja
from usecases.meetings.meeting import Sitting
from usecases.work import Work

WORDS = Words(
    review="Meninjau hasil dan tindak lanjut pertemuan lalu",
    late="Tindak lanjut yang terlambat",
    pause="Istirahat",
    closing="Menetapkan jadwal berikutnya",
    review_marks=("meninjau hasil", "tinjauan hasil", "meninjau kembali hasil"),
    closing_marks=("jadwal berikutnya", "pertemuan berikutnya", "jadwal, agenda"),
)
"""The points every agenda has; they are kept in it, and can be written otherwise there."""
LATE_MINUTES = 10


async def late_follow_ups(work: Work, pokja: Pokja) -> Sequence[int]:
    """The numbers of tindak lanjut so late that the next meeting has to speak of them, the latest first."""
    after = max(1, read_rules(pokja.rules).agenda_after)
    due_by = work.today(pokja.zone) - timedelta(days=after)
    return await meetings.late_follow_ups(work.session, pokja.id, due_by)


async def refresh_late(work: Work, found: Sitting) -> None:
    """Tindak lanjut that have become overdue since, or are done by now."""
    plan, late = found.meeting.plan, await late_follow_ups(work, found.pokja)
    found.replan(plan.with_agenda(speak_of(plan.agenda, late, WORDS.late, LATE_MINUTES)))
    await work.session.flush()
