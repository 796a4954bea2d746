"""Tables of documents: what was ordered, the files that were made, and whose paper they are printed on."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.core import Base, Identified, points_to


class DocumentOrder(Identified, kw_only=True):
    """A document somebody wants. `paper` is its key, `subject` what it is about (a meeting; 0: the Pokja).

    `state` is ordered, printing, ready or failed. `message_id` is the message in `chat_id` that shows how far it is;
    `is_told` says that it shows the end. `sources` are the frozen results it rests on (`Source` as plain
    data), `missing` what it lacks.
    """

    __tablename__ = "document_orders"
    pokja_id: Mapped[int] = points_to("pokjas.id", index=False)
    by: Mapped[int] = points_to("memberships.id", index=False)
    paper: Mapped[str]
    subject: Mapped[int] = mapped_column(default=0)
    formats: Mapped[list[Any]]
    is_final: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="ordered")
    chat_id: Mapped[int] = mapped_column(sa.BigInteger)
    message_id: Mapped[int | None] = mapped_column(sa.BigInteger, default=None)
    is_told: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    missing: Mapped[list[Any]] = mapped_column(default_factory=list)
    sources: Mapped[list[Any]] = mapped_column(default_factory=list)
    ordered_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    made_at: Mapped[datetime | None] = mapped_column(default=None)
    __table_args__ = (sa.Index("ix_document_orders_kept", "pokja_id", "paper", "subject", "version"),)


class DocumentFile(Identified, kw_only=True):
    """One format of a document that was made; `sha256` is of its content."""

    __tablename__ = "document_files"
    __table_args__ = (sa.UniqueConstraint("order_id", "format"),)
    order_id: Mapped[int] = points_to("document_orders.id", index=False)
    format: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sha256: Mapped[str]


class Stationery(Base, kw_only=True):
    """A Pokja's letterhead, who signs for it, and how its letters are numbered.

    `lines` stand one over the other, `signers` are `Signer` as plain data; `numbering` is a pattern with
    {nomor}, {bulan} and {tahun}; `pictures`: tables come to the chat as pictures instead of rich messages.
    `considering`, `recalling` and `tasks` are what its decree says where no activity writes that, a point in each line.
    """

    __tablename__ = "stationery"
    pokja_id: Mapped[int] = mapped_column(sa.ForeignKey("pokjas.id", ondelete="CASCADE"), primary_key=True)
    lines: Mapped[list[Any]] = mapped_column(default_factory=list)
    address: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    logo: Mapped[bytes] = mapped_column(sa.LargeBinary, default=b"")
    logo_kind: Mapped[str] = mapped_column(default="")
    signers: Mapped[list[Any]] = mapped_column(default_factory=list)
    numbering: Mapped[str] = mapped_column(default="")
    pictures: Mapped[bool] = mapped_column(default=False)
    considering: Mapped[str] = mapped_column(default="")
    recalling: Mapped[str] = mapped_column(default="")
    tasks: Mapped[str] = mapped_column(default="")


class LetterNumber(Identified, kw_only=True):
    """A number given to a letter of a Pokja: the `sequence` of its year, and as it is written."""

    __tablename__ = "letter_numbers"
    __table_args__ = (
        sa.UniqueConstraint("pokja_id", "year", "sequence"),
        sa.UniqueConstraint("pokja_id", "paper", "subject"),
    )
    pokja_id: Mapped[int] = points_to("pokjas.id", index=False)
    paper: Mapped[str]
    subject: Mapped[int] = mapped_column(default=0)
    year: Mapped[int]
    sequence: Mapped[int]
    written: Mapped[str]
    at: Mapped[datetime]
