"""Orders, files, paper and letter numbers, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain import roles
from store import documents, letter_numbers
from store.engine.database import Database
from store.tables.core import Membership, Pokja, User
from store.tables.documents import DocumentFile, DocumentOrder, LetterNumber

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
async def pokja_id(database: Database) -> int:
    async with database.transaction() as session:
        pokja = Pokja(name="Pokja", region="Kabupaten", zone="Asia/Jakarta", created_at=NOW)
        user = User(telegram_id=7, name="Hendra", created_at=NOW)
        session.add_all([pokja, user])
        await session.flush()
        session.add(
            Membership(
                pokja_id=pokja.id,
                user_id=user.id,
                name="Hendra",
                instansi="Bappeda",
                jabatan="Staf",
                role=roles.KETUA,
                state="active",
                joined_at=NOW,
            )
        )
        return pokja.id


async def ordered(database: Database, pokja_id: int, **more: Any) -> int:
    facts = {"formats": ["pdf"], "paper": "rangkuman", "chat_id": 7, "ordered_at": NOW} | more
    async with database.transaction() as session:
        order = DocumentOrder(pokja_id=pokja_id, by=1, **facts)
        session.add(order)
        await session.flush()
        return order.id


async def taken(database: Database, now: datetime = NOW) -> int | None:
    async with database.transaction() as session:
        order = await documents.take_next(session, now)
        return order.id if order else None


async def printed(database: Database, pokja_id: int, version: int, **more: Any) -> int:
    """A finished order with a file."""
    state = {"state": documents.READY, "version": version, "made_at": NOW}
    order_id = await ordered(database, pokja_id, **state, **more)
    async with database.transaction() as session:
        session.add(DocumentFile(order_id=order_id, format="pdf", name="a.pdf", content=b"%PDF", sha256="0"))
        await documents.forget_old(session, await session.get_one(DocumentOrder, order_id))
    return order_id


async def versions(database: Database, pokja_id: int) -> list[int]:
    async with database.reading() as session:
        return [
            order.version for order, files in await documents.kept(session, pokja_id, "rangkuman", 0) if files
        ]


async def test_orders_are_taken_in_turn_and_once(database: Database, pokja_id: int) -> None:
    first, second = [await ordered(database, pokja_id) for _ in range(2)]
    assert [await taken(database) for _ in range(3)] == [first, second, None]


async def test_two_take_different_orders_at_the_same_moment(database: Database, pokja_id: int) -> None:
    expected = {await ordered(database, pokja_id) for _ in range(4)}
    found = await asyncio.gather(*(taken(database) for _ in range(4)))
    assert set(found) == expected


async def test_an_order_of_a_dead_process_is_taken_anew_but_not_a_living_ones(
    database: Database, pokja_id: int
) -> None:
    order_id = await ordered(database, pokja_id)
    assert await taken(database) == order_id
    later = NOW + documents.FORGOTTEN_AFTER
    async with database.transaction() as session:
        await documents.renew_claim(session, order_id, later)
    assert await taken(database, later + timedelta(seconds=1)) is None
    assert await taken(database, later + documents.FORGOTTEN_AFTER + timedelta(seconds=1)) == order_id


async def test_whoever_is_alone_takes_up_what_was_begun(database: Database, pokja_id: int) -> None:
    order_id = await ordered(database, pokja_id)
    await taken(database)
    async with database.transaction() as session:
        await documents.release_claims(session)
    assert await taken(database) == order_id


async def test_the_same_order_is_known_while_it_is_under_way(database: Database, pokja_id: int) -> None:
    first = await ordered(database, pokja_id, formats=["pdf", "word"])

    async def waiting(**more: Any) -> int | None:
        facts = {"formats": ["pdf", "word"], "paper": "rangkuman", "chat_id": 7, "is_final": False} | more
        async with database.reading() as session:
            like = DocumentOrder(pokja_id=pokja_id, by=1, ordered_at=NOW, **facts)
            found = await documents.under_way(session, like)
        return found.id if found else None

    assert await waiting() == first
    await taken(database)
    assert await waiting() == first
    different: list[dict[str, Any]] = [
        {"formats": ["pdf"]},
        {"paper": "lain"},
        {"chat_id": 8},
        {"is_final": True},
        {"subject": 3},
    ]
    assert [await waiting(**each) for each in different] == [None] * 5


async def test_old_files_go_but_the_newest_final_version_stays(database: Database, pokja_id: int) -> None:
    await printed(database, pokja_id, 1, is_final=True)
    await printed(database, pokja_id, 2, is_final=True)
    for version in range(3, 10):
        await printed(database, pokja_id, version)
    assert await versions(database, pokja_id) == [9, 8, 7, 6, 5, 2]


async def test_parts_of_the_paper_are_set_one_by_one(database: Database, pokja_id: int) -> None:
    async with database.transaction() as session:
        blank = await documents.stationery(session, pokja_id)
        assert (blank.lines, blank.logo, blank.pictures) == ([], b"", False)
        assert not await documents.wants_pictures(session, pokja_id)
    for parts in ({"lines": ["PEMERINTAH"]}, {"logo": b"\x89PNG\0", "logo_kind": "png"}, {"pictures": True}):
        async with database.transaction() as session:
            await documents.set_stationery(session, pokja_id, **parts)
    async with database.reading() as session:
        kept = await documents.stationery(session, pokja_id)
        assert (kept.lines, kept.logo, kept.logo_kind) == (["PEMERINTAH"], b"\x89PNG\0", "png")
        assert await documents.wants_pictures(session, pokja_id)


async def test_two_set_different_parts_for_the_first_time(database: Database, pokja_id: int) -> None:
    async def sets(**parts: Any) -> None:
        async with database.transaction() as session:
            await documents.set_stationery(session, pokja_id, **parts)

    await asyncio.gather(sets(address="Jalan Merdeka"), sets(place="Sukamaju"), sets(numbering="{nomor}"))
    async with database.reading() as session:
        kept = await documents.stationery(session, pokja_id)
    assert (kept.address, kept.place, kept.numbering) == ("Jalan Merdeka", "Sukamaju", "{nomor}")


async def numbered(database: Database, pokja_id: int, paper: str, subject: int = 0, year: int = 2026) -> str:
    async with database.transaction() as session:
        return await letter_numbers.give(
            session, pokja_id, paper, subject, year, NOW, lambda sequence: f"{sequence:03}/{year}"
        )


async def test_a_letter_keeps_its_number(database: Database, pokja_id: int) -> None:
    assert await numbered(database, pokja_id, "undangan", 1) == "001/2026"
    assert await numbered(database, pokja_id, "undangan", 2) == "002/2026"
    assert await numbered(database, pokja_id, "berita-acara", 1) == "003/2026"
    assert await numbered(database, pokja_id, "undangan", 1, year=2027) == "001/2026"
    assert await numbered(database, pokja_id, "undangan", 3, year=2027) == "001/2027"
    async with database.reading() as session:
        assert await letter_numbers.given(session, pokja_id, "undangan", 2) == "002/2026"
        assert await letter_numbers.given(session, pokja_id, "undangan", 9) == ""
        assert await letter_numbers.last(session, pokja_id, 2026) == 3


async def test_many_letters_at_once_get_numbers_without_gap_or_repetition(
    database: Database, pokja_id: int
) -> None:
    wanted = [("undangan", subject) for subject in range(6)] + [("undangan", 0)] * 4
    given = await asyncio.gather(*(numbered(database, pokja_id, *letter) for letter in wanted))
    assert sorted(set(given)) == [f"{n:03}/2026" for n in range(1, 7)]
    assert len(set(given[6:]) | {given[0]}) == 1
    async with database.reading() as session:
        rows = await session.scalar(sa.select(sa.func.count()).select_from(LetterNumber))
    assert rows == 6
