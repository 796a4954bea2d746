"""Tables of reminders: what was said already, who is away, what a tindak lanjut went through."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.core import Identified, points_to


class ReminderSent(Identified, kw_only=True):
    """A reminder that was said; its `reason` is unique, so it is never said twice. `membership_id` None: the group."""

    __tablename__ = "reminders_sent"
    reason: Mapped[str] = mapped_column(unique=True)
    pokja_id: Mapped[int] = points_to("pokjas.id")
    membership_id: Mapped[int | None] = points_to("memberships.id", default=None)
    kind: Mapped[str]
    subject_id: Mapped[int]
    at: Mapped[datetime]


class AbsenceRow(Identified, kw_only=True):
    """Dinas luar or izin: from the first to the last day nothing is sent."""

    __tablename__ = "absences"
    membership_id: Mapped[int] = points_to("memberships.id")
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]


class SnoozeRow(Identified, kw_only=True):
    """One subject put off once by one person."""

    __tablename__ = "snoozes"
    __table_args__ = (sa.UniqueConstraint("membership_id", "kind", "subject_id", "day"),)
    membership_id: Mapped[int] = points_to("memberships.id", index=False)
    kind: Mapped[str]
    subject_id: Mapped[int]
    day: Mapped[date]
    until: Mapped[date]


class FollowUpEvent(Identified, kw_only=True):
    """Something that happened to a tindak lanjut, as domain.follow_ups.follow_up.Event; together they are its truth."""

    __tablename__ = "follow_up_events"
    follow_up_id: Mapped[int] = points_to("follow_ups.id")
    kind: Mapped[str]
    by: Mapped[int] = points_to("memberships.id", index=False)
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    due: Mapped[date | None] = mapped_column(default=None)
    owners: Mapped[list[Any]] = mapped_column(default_factory=list)
    evidence: Mapped[list[Any]] = mapped_column(default_factory=list)


class FollowUpOwner(Identified, kw_only=True):
    """Who sees to a tindak lanjut now; `place` 0 leads. Kept beside the events so that it can be asked for."""

    __tablename__ = "follow_up_owners"
    __table_args__ = (sa.UniqueConstraint("follow_up_id", "membership_id"),)
    follow_up_id: Mapped[int] = points_to("follow_ups.id", index=False)
    membership_id: Mapped[int] = points_to("memberships.id")
    place: Mapped[int]
    since: Mapped[date]
