from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from documents.calendar_file import CalendarMeeting, calendar
from domain.meetings.meeting import CalendarMarks
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT

MEETING = CalendarMeeting(
    marks=CalendarMarks("pokja-7-pertemuan-3@asisten-pokja", 2, is_cancelled=False),
    title="Rapat Pokja",
    begin=datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
    end=datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    zone="Asia/Makassar",
    stamp=datetime(2026, 11, 20, 3, 4, 5, 678, tzinfo=UTC),
    place="Aula Bappeda",
    description="Agenda:\n1. Isu",
)


def event(meeting: CalendarMeeting) -> tuple[Calendar, object]:
    read = Calendar.from_ical(calendar(meeting))
    (found,) = read.walk("VEVENT")
    return read, found


def test_a_meeting_is_at_its_time_in_its_zone():
    read, found = event(MEETING)
    assert found.decoded("dtstart") == MEETING.begin
    assert found.decoded("dtend") == MEETING.end
    assert found["dtstart"].params["TZID"] == "Asia/Makassar"
    assert found.decoded("dtstart").strftime("%H.%M") == "09.30"
    assert [zone["TZID"] for zone in read.walk("VTIMEZONE")] == ["Asia/Makassar"]
    assert found.decoded("dtstamp") == datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)


def test_it_can_be_told_from_others_and_from_its_earlier_self():
    read, found = event(MEETING)
    assert (found["uid"], found["sequence"]) == (MEETING.marks.uid, 2)
    assert (read["method"], found["status"]) == ("PUBLISH", "CONFIRMED")
    assert len(found.walk("VALARM")) == 1


def test_no_calendar_is_asked_to_answer_somebody():
    """A REQUEST has to name who asks and who is asked; here people answer on buttons."""
    for cancelled in (False, True):
        read, found = event(replace(MEETING, marks=replace(MEETING.marks, is_cancelled=cancelled)))
        assert read["method"] in {"PUBLISH", "CANCEL"}
        assert not {"ORGANIZER", "ATTENDEE"} & set(found)


def test_a_meeting_called_off_is_cancelled_and_rings_no_more():
    read, found = event(replace(MEETING, marks=replace(MEETING.marks, is_cancelled=True, sequence=3)))
    assert (read["method"], found["status"], found["sequence"]) == ("CANCEL", "CANCELLED", 3)
    assert found["uid"] == MEETING.marks.uid
    assert found.walk("VALARM") == []


def test_no_bell_where_none_is_wanted_and_nothing_empty():
    _, found = event(replace(MEETING, remind=None, place="", description=""))
    assert found.walk("VALARM") == []
    assert "location" not in found
    assert "description" not in found


@pytest.mark.parametrize(
    "text", [*HOSTILE, LONG_TEXT, "a;b,c\\d\\n", "x\nEND:VEVENT\nBEGIN:VEVENT\nUID:palsu"]
)
def test_hostile_text_is_kept_as_typed(text):
    _, found = event(replace(MEETING, title=text, place=text, description=text))
    assert str(found["summary"]) == str(found["location"]) == str(found["description"]) == text


@pytest.mark.parametrize("break_", ["\r\n", "\r"])
def test_line_breaks_of_any_kind_stay_inside(break_):
    _, found = event(replace(MEETING, title=f"a{break_}ATTENDEE:x"))
    assert str(found["summary"]) == "a\nATTENDEE:x"
    assert "attendee" not in found


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x7f", "\ud800"])
def test_controls_do_not_break_the_file(sign):
    _, found = event(replace(MEETING, title=f"kata{sign}"))
    assert str(found["summary"]).startswith("kata")


def test_lines_are_as_short_as_the_format_wants():
    data = calendar(replace(MEETING, title="🙏" * 200))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_moments_need_a_zone():
    with pytest.raises(ValueError, match="zone"):
        calendar(replace(MEETING, begin=datetime(2026, 11, 23, 9, 30)))  # noqa: DTZ001 - that is the mistake


def test_a_moment_given_in_another_zone_is_the_same_moment():
    there = MEETING.begin.astimezone(timezone(timedelta(hours=9)))
    assert calendar(replace(MEETING, begin=there)) == calendar(MEETING)
