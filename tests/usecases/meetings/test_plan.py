"""A meeting's plan is kept and read back whole, whatever its fields."""

from dataclasses import fields, replace
from datetime import UTC, datetime

from documents.language.wording import wording
from domain.meetings.agenda import ORDINARY, AgendaItem
from domain.meetings.meeting import PLANNED, Meeting, Plan, changes
from store.meetings import keep, of_row, plan_data
from store.tables.meetings import MeetingRow

AGENDA = (AgendaItem(1, ORDINARY, "Paparan", 45), AgendaItem(4, ORDINARY, "Diskusi", 45, (17, 18)))
PLAN = Plan("Isu utama", datetime(2026, 11, 24, 2, tzinfo=UTC), 90, "Aula", "https://x.id/a", AGENDA)


def _row(plan: Plan) -> MeetingRow:
    created = datetime(2026, 11, 20, tzinfo=UTC)
    return MeetingRow(pokja_id=1, state=PLANNED, created_by=1, created_at=created, **plan_data(plan))


def test_a_plan_is_read_back_as_it_was_kept():
    row = _row(PLAN)
    assert of_row(row).plan == PLAN
    moved = replace(PLAN, title="Lain", place="", minutes=60, agenda=AGENDA[:1])
    keep(row, Meeting(1, PLANNED, moved, sequence=3))
    assert (of_row(row).plan, of_row(row).sequence) == (moved, 3)


def test_whatever_field_is_changed_is_told_by_a_word_of_its_own():
    words = wording()
    for each in fields(Plan):
        (change,) = changes(PLAN, replace(PLAN, **{each.name: None if each.name != "agenda" else ()}))
        assert change.field == each.name
        assert words.has(f"meeting_field.{each.name}")


def test_moments_follow_from_start_and_agenda():
    assert f"{PLAN.ends:%H.%M}" == "03.30"
    assert [f"{each.starts:%H.%M}" for each in PLAN.points] == ["02.00", "02.45"]
    assert PLAN.with_agenda(AGENDA[:1]).minutes == 45
