"""Tables of meetings: the plan, who is invited, who comes, what is decided."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.core import Identified, points_to


class MeetingRow(Identified, kw_only=True):
    """A meeting as domain.meetings has it: `agenda` is its items as plain data, `sequence` counts what was announced.

    `code` is what the screen shows for checking in; `corrections_until` ends the time for mending the minutes;
    `quorum` is the share of members that makes one ('1/2').
    """

    __tablename__ = "meetings"
    pokja_id: Mapped[int] = points_to("pokjas.id")
    topic_run_id: Mapped[int | None] = points_to("topic_runs.id", default=None)
    title: Mapped[str]
    starts: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    agenda: Mapped[list[Any]]
    state: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    code: Mapped[str] = mapped_column(default="")
    quorum: Mapped[str] = mapped_column(default="1/2", server_default="1/2")
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    corrections_until: Mapped[datetime | None] = mapped_column(default=None)
    created_by: Mapped[int] = points_to("memberships.id", index=False)
    created_at: Mapped[datetime]


class Invitee(Identified, kw_only=True):
    """Somebody invited to a meeting."""

    __tablename__ = "meeting_invitees"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "membership_id"),)
    meeting_id: Mapped[int] = points_to("meetings.id", index=False)
    membership_id: Mapped[int] = points_to("memberships.id")


class MeetingReply(Identified, kw_only=True):
    """An answer to an invitation; the newest counts. `answer` is yes, no (with `reason`) or deputy (with `deputy`)."""

    __tablename__ = "meeting_replies"
    meeting_id: Mapped[int] = points_to("meetings.id")
    membership_id: Mapped[int] = points_to("memberships.id")
    answer: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    deputy: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class MeetingCheckIn(Identified, kw_only=True):
    """Somebody who came; `by` is who noted it, `deputy` who came instead."""

    __tablename__ = "meeting_check_ins"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "membership_id"),)
    meeting_id: Mapped[int] = points_to("meetings.id", index=False)
    membership_id: Mapped[int] = points_to("memberships.id")
    by: Mapped[int] = points_to("memberships.id", index=False)
    deputy: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class MeetingTick(Identified, kw_only=True):
    """A point of the agenda that is dealt with."""

    __tablename__ = "meeting_ticks"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "item_key"),)
    meeting_id: Mapped[int] = points_to("meetings.id", index=False)
    item_key: Mapped[str]
    by: Mapped[int] = points_to("memberships.id", index=False)
    at: Mapped[datetime]


class MinuteEntry(Identified, kw_only=True):
    """A note or a decision in the minutes, under a point of the agenda."""

    __tablename__ = "minute_entries"
    meeting_id: Mapped[int] = points_to("meetings.id")
    item_key: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[int] = points_to("memberships.id", index=False)
    at: Mapped[datetime]


class MinuteCorrection(Identified, kw_only=True):
    """What somebody would correct in the minutes; `state` is open, taken or refused."""

    __tablename__ = "minute_corrections"
    meeting_id: Mapped[int] = points_to("meetings.id")
    text: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[int] = points_to("memberships.id", index=False)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    answer: Mapped[str] = mapped_column(sa.Text, default="")


class MeetingMaterial(Identified, kw_only=True):
    """Something to bring or prepare, and who sees to it."""

    __tablename__ = "meeting_materials"
    meeting_id: Mapped[int] = points_to("meetings.id")
    text: Mapped[str]
    membership_id: Mapped[int | None] = points_to("memberships.id", default=None)
    done: Mapped[bool] = mapped_column(default=False)
