"""A meeting as an iCalendar file (RFC 5545), to be put into a phone's calendar with one tap.

The same meeting keeps its UID; each change raises SEQUENCE, so that a calendar replaces what it has (RFC 5546); a
meeting called off is sent as CANCEL.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vText

from documents.markup.xml_text import storable
from domain.meetings.meeting import CalendarMarks

PRODUCT = "-//Asisten Pokja//ID"


@dataclass(frozen=True, slots=True)
class CalendarMeeting:
    """A meeting. Its `marks` tell calendars which of their entries the file is about, and whether it is called off.

    `begin` and `end` are moments with a zone, shown in `zone` ('Asia/Makassar'); `stamp` is when the file is made;
    `remind` how long before the beginning the phone rings (None: not at all).
    """

    marks: CalendarMarks
    title: str
    begin: datetime
    end: datetime
    zone: str
    stamp: datetime
    place: str = ""
    description: str = ""
    remind: timedelta | None = timedelta(hours=1)


def calendar(meeting: CalendarMeeting) -> bytes:
    """The meeting as a file. Raises ValueError for moments without a zone."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", meeting.marks.method)
    file.add_component(_event(meeting))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _event(meeting: CalendarMeeting) -> Event:
    event = Event()
    event.add("uid", meeting.marks.uid)
    event.add("sequence", meeting.marks.sequence)
    event.add("dtstamp", _whole(meeting.stamp).astimezone(UTC))
    event.add("dtstart", _local(meeting.begin, meeting.zone))
    event.add("dtend", _local(meeting.end, meeting.zone))
    event.add("summary", _text(meeting.title))
    event.add("status", meeting.marks.status)
    for name, said in (("location", meeting.place), ("description", meeting.description)):
        if said:
            event.add(name, _text(said))
    if meeting.remind and not meeting.marks.is_cancelled:
        event.add_component(_alarm(meeting, meeting.remind))
    return event


def _alarm(meeting: CalendarMeeting, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(meeting.title))
    alarm.add("trigger", -before)
    return alarm


def _local(moment: datetime, zone: str) -> datetime:
    return _whole(moment).astimezone(ZoneInfo(zone))


def _whole(moment: datetime) -> datetime:
    """The moment in UTC, cut to the second: calendars know nothing finer."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {moment.isoformat()}")
    return moment.replace(microsecond=0)


def _text(said: str) -> vText:
    """Text without the controls that would end a line of the file; line breaks are kept, and escaped."""
    return vText(storable(said))
