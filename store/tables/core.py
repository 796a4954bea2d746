"""Every table. Times are kept in UTC, JSON is plain data, and a row's meaning is in the domain, not here."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment, kept as naive UTC so that SQLite and PostgreSQL compare it alike."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuses a naive moment: nobody knows which zone it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone can't be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Returns the moment in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The declarative base."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own class attribute
        datetime: UtcDateTime,
        dict[str, Any]: sa.JSON(none_as_null=True),
        list[Any]: sa.JSON(none_as_null=True),
    }


class Identified(Base, kw_only=True):
    """A row with an id."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, init=False)


def points_to(target: str, *, index: bool = True, **options: Any) -> Any:
    """A foreign key column to `table.column`."""
    return mapped_column(
        sa.ForeignKey(target, ondelete=options.pop("ondelete", "CASCADE")), index=index, **options
    )


class User(Identified, kw_only=True):
    """A Telegram account. `reach` is unknown, started, blocked or gone; `menu` marks the commands its chat lists."""

    __tablename__ = "users"
    telegram_id: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    name: Mapped[str]
    username: Mapped[str | None] = mapped_column(default=None)
    reach: Mapped[str] = mapped_column(default="unknown")
    menu: Mapped[str] = mapped_column(default="", server_default="")
    active_pokja_id: Mapped[int | None] = points_to("pokjas.id", ondelete="SET NULL", default=None)
    created_at: Mapped[datetime]


class Pokja(Identified, kw_only=True):
    """A working group. `zone` is an IANA name; `authors_shown`: whether activities that begin now will name who wrote.

    `rules` are those of its reminders that differ from the usual (domain.reminders.rules), `report_since` the first day
    its weekly report covers. `group_topic_id` is the forum topic the group's board and announcements go to, None for
    General or a group without topics.
    """

    __tablename__ = "pokjas"
    name: Mapped[str]
    region: Mapped[str]
    zone: Mapped[str]
    authors_shown: Mapped[bool] = mapped_column(default=False)
    rules: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    report_since: Mapped[date | None] = mapped_column(default=None)
    group_chat_id: Mapped[int | None] = mapped_column(sa.BigInteger, unique=True, default=None)
    group_title: Mapped[str] = mapped_column(default="", server_default="")
    group_topic_id: Mapped[int | None] = mapped_column(sa.BigInteger, default=None)
    created_at: Mapped[datetime]


IS_KETUA = sa.text("role = 'ketua' AND state = 'active'")


class Membership(Identified, kw_only=True):
    """A person in a Pokja. `state` is pending, active, declined, left or removed; `role` as in domain.roles.

    Of a Pokja's members one at most is its active Ketua.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        sa.UniqueConstraint("pokja_id", "user_id"),
        sa.Index(
            "uq_memberships_ketua", "pokja_id", unique=True, sqlite_where=IS_KETUA, postgresql_where=IS_KETUA
        ),
    )
    pokja_id: Mapped[int] = points_to("pokjas.id")
    user_id: Mapped[int] = points_to("users.id")
    name: Mapped[str]
    instansi: Mapped[str]
    jabatan: Mapped[str]
    role: Mapped[str]
    state: Mapped[str]
    joined_at: Mapped[datetime]


class Invitation(Identified, kw_only=True):
    """A link into a Pokja: an unguessable code, until revoked."""

    __tablename__ = "invitations"
    pokja_id: Mapped[int] = points_to("pokjas.id")
    code: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    created_by: Mapped[int] = points_to("users.id")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class ProcessVersion(Identified, kw_only=True):
    """The text of a process file as it was when a Pokja started with it."""

    __tablename__ = "process_versions"
    name: Mapped[str]
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(sa.Text)


class Run(Identified, kw_only=True):
    """A Pokja going through a process from a start date."""

    __tablename__ = "runs"
    pokja_id: Mapped[int] = points_to("pokjas.id")
    process_version_id: Mapped[int] = points_to("process_versions.id", ondelete="RESTRICT")
    start_date: Mapped[date]
    created_at: Mapped[datetime]


class TopicRun(Identified, kw_only=True):
    """A topic that was opened, or skipped for a `reason`. `state` is open, done or skipped."""

    __tablename__ = "topic_runs"
    __table_args__ = (sa.UniqueConstraint("run_id", "key"),)
    run_id: Mapped[int] = points_to("runs.id")
    key: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Activity(Identified, kw_only=True):
    """An activity being done. `state` is draft, open, parted, closed, adopted, or skipped for a `reason`.

    `items`, `context` and `inputs` are what it drew from earlier results, `drawn` which version of each; drawing
    again raises `revision`. The whole Pokja's copy is part 0; a breakout group's is a further part with its own
    `name`, below the whole as its `parent_id`. Its members were told when they wrote whether `authors_shown`. One that
    is done `in_plenary` asks no member: the room answers.
    """

    __tablename__ = "activities"
    __table_args__ = (sa.UniqueConstraint("topic_run_id", "key", "part"),)
    topic_run_id: Mapped[int] = points_to("topic_runs.id")
    pokja_id: Mapped[int] = points_to("pokjas.id")
    topic_key: Mapped[str]
    key: Mapped[str]
    instrument: Mapped[str]
    state: Mapped[str]
    items: Mapped[list[Any]]
    context: Mapped[list[Any]]
    inputs: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    drawn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    part: Mapped[int] = mapped_column(default=0, server_default="0")
    name: Mapped[str] = mapped_column(default="", server_default="")
    authors_shown: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    in_plenary: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    parent_id: Mapped[int | None] = points_to("activities.id", default=None)
    opened_by: Mapped[int] = points_to("memberships.id", index=False)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closes_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Participant(Base, kw_only=True):
    """A member whose answer an activity asks for; an activity without any asks everybody who may answer."""

    __tablename__ = "participants"
    activity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    membership_id: Mapped[int] = mapped_column(
        sa.ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Answer(Identified, kw_only=True):
    """One answer. `ballot` is the member it counts for (0: plenary, -1: a facilitator's move); `by` who gave it."""

    __tablename__ = "answers"
    __table_args__ = (sa.UniqueConstraint("activity_id", "ballot", "key"),)
    activity_id: Mapped[int] = points_to("activities.id", index=False)
    ballot: Mapped[int]
    key: Mapped[str]
    value: Mapped[Any] = mapped_column(sa.JSON)
    by: Mapped[int] = points_to("memberships.id", index=False)
    at: Mapped[datetime]


class AnswerEvent(Identified, kw_only=True):
    """An answer that was given, or taken back (not `is_given`): rows are added, never changed.

    The answers that stand are the last event of each question. The columns are those of an answer.
    """

    __tablename__ = "answer_events"
    activity_id: Mapped[int] = points_to("activities.id")
    ballot: Mapped[int]
    key: Mapped[str]
    is_given: Mapped[bool]
    value: Mapped[Any] = mapped_column(sa.JSON, nullable=True, default=None)
    by: Mapped[int] = points_to("memberships.id", index=False)
    at: Mapped[datetime]


class Result(Identified, kw_only=True):
    """An adopted result, frozen. `data` is everything it was made of; `sha256` is of its canonical JSON."""

    __tablename__ = "results"
    __table_args__ = (sa.UniqueConstraint("activity_id", "version"),)
    activity_id: Mapped[int] = points_to("activities.id", index=False)
    version: Mapped[int]
    process_version_id: Mapped[int] = points_to("process_versions.id", index=False, ondelete="RESTRICT")
    items: Mapped[list[Any]]
    data: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    adopted_by: Mapped[int] = points_to("memberships.id", index=False)
    adopted_at: Mapped[datetime]


class FollowUp(Identified, kw_only=True):
    """A tindak lanjut. `source` tells where it came from ('2.1/peraturan'); `state` as in domain.follow_ups.follow_up.

    What happened to it is in its events; `owner_id` leads, `due` is the day that holds now, `first_due` the first one.
    """

    __tablename__ = "follow_ups"
    pokja_id: Mapped[int] = points_to("pokjas.id")
    text: Mapped[str]
    owner_id: Mapped[int] = points_to("memberships.id")
    due: Mapped[date]
    first_due: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    created_by: Mapped[int] = points_to("memberships.id", index=False)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class Draft(Identified, kw_only=True):
    """A form being filled in. `subject` is what it is about; `answers` what was given so far."""

    __tablename__ = "drafts"
    user_id: Mapped[int] = points_to("users.id")
    form: Mapped[str]
    subject: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class HandledUpdate(Base, kw_only=True):
    """An update whose work is committed."""

    __tablename__ = "handled_updates"
    update_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)


class DeadLetter(Identified, kw_only=True):
    """An update that could not be handled, kept with the reason."""

    __tablename__ = "dead_letters"
    update_id: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    payload: Mapped[dict[str, Any]]
    error: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]


class Outgoing(Identified, kw_only=True):
    """A message the bot sends unasked. `reason` is unique: the same thing is never said twice.

    `kind` tells what `payload` holds; lower `priority` goes first; `state` is queued, sending, sent or failed.
    After `not_after` it waits for a new `not_before` (a reminder is not sent after hours). `failing_since` is when its
    chat first didn't take it.
    """

    __tablename__ = "outbox"
    __table_args__ = (sa.Index("ix_outbox_due", "state", "priority", "not_before", "id"),)
    reason: Mapped[str] = mapped_column(unique=True)
    pokja_id: Mapped[int | None] = points_to("pokjas.id", default=None)
    chat_id: Mapped[int] = mapped_column(sa.BigInteger)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    priority: Mapped[int] = mapped_column(default=5)
    not_before: Mapped[datetime]
    not_after: Mapped[datetime | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(sa.BigInteger, default=None)
    error: Mapped[str | None] = mapped_column(sa.Text, default=None)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)


class AuditEntry(Identified, kw_only=True):
    """A decision: who did what to which subject, when."""

    __tablename__ = "audit"
    pokja_id: Mapped[int | None] = points_to("pokjas.id", default=None)
    user_id: Mapped[int | None] = points_to("users.id", ondelete="SET NULL", default=None)
    action: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
    at: Mapped[datetime]
