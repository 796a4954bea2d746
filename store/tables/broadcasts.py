"""Tables of broadcasts: what is said to whom, and who has read it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.core import Identified, points_to


class BroadcastRow(Identified, kw_only=True):
    """A broadcast. `audience`, `weekly` are plain data of domain.broadcasts, `state` one of its states.

    `message_id` is the message in the writer's chat that shows how far it is; `file` what is needed to send it again.
    """

    __tablename__ = "broadcasts"
    pokja_id: Mapped[int] = points_to("pokjas.id")
    by: Mapped[int] = points_to("memberships.id", index=False)
    text: Mapped[str] = mapped_column(sa.Text)
    file: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True), default=None)
    wants_read: Mapped[bool] = mapped_column(default=True)
    audience: Mapped[dict[str, Any]]
    state: Mapped[str]
    at: Mapped[datetime]
    weekly: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True), default=None)
    last_planned: Mapped[datetime | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(sa.BigInteger, default=None)
    created_at: Mapped[datetime]


class BroadcastRecipient(Identified, kw_only=True):
    """One person a broadcast goes to; one that comes weekly goes to them again each time it is `planned`."""

    __tablename__ = "broadcast_recipients"
    __table_args__ = (sa.UniqueConstraint("broadcast_id", "membership_id", "planned"),)
    broadcast_id: Mapped[int] = points_to("broadcasts.id", index=False)
    membership_id: Mapped[int] = points_to("memberships.id")
    planned: Mapped[datetime]
    outbox_id: Mapped[int | None] = points_to("outbox.id", ondelete="SET NULL", default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)
