"""What stands in chats: live messages, what a person looks at, words not placed yet, boards, pins."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.core import Base, Identified


class LiveMessage(Base, kw_only=True):
    """The one message in a private chat that carries a task."""

    __tablename__ = "live_messages"
    chat_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    task: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(sa.BigInteger)


class ChatFocus(Base, kw_only=True):
    """What the person of a private chat is looking at: whatever they send answers it.

    `task` is empty where it is no question. `key` is the question's; empty: the next one, which takes buttons alone;
    None: the next one, whatever it takes.
    """

    __tablename__ = "chat_focus"
    chat_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    task: Mapped[str]
    key: Mapped[str | None] = mapped_column(default=None)


class KeptWords(Identified, kw_only=True):
    """What somebody sent that no question on their screen took, until they say what it is for.

    `given` is a text or a file, `places` the tasks and questions that could take it, as they were offered.
    """

    __tablename__ = "kept_words"
    chat_id: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    given: Mapped[dict[str, Any]]
    places: Mapped[list[Any]]
    at: Mapped[datetime]


class Board(Base, kw_only=True):
    """The message in the group that shows an activity: how many have answered, then its result.

    `message_id` is 0 until it is placed; `is_settled` once it shows how things stand and nothing is awaited.
    """

    __tablename__ = "boards"
    activity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    chat_id: Mapped[int] = mapped_column(sa.BigInteger)
    message_id: Mapped[int] = mapped_column(sa.BigInteger)
    is_settled: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Pin(Base, kw_only=True):
    """A message the bot has pinned in a group, or is about to: written before, deleted after it is unpinned.

    `subject` is what it is about ('activity 12'); a group that became a supergroup has lost its pins.
    """

    __tablename__ = "pins"
    subject: Mapped[str] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(sa.BigInteger)
