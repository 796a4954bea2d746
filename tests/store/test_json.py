"""JSON columns give back what was put in, on both databases; SQLite would rather keep a number as a number."""

import pytest
import sqlalchemy as sa

from store.engine.database import Database


@pytest.mark.parametrize(
    "value", [5, 0, -3, 10**15, "5", "12.50", "", True, False, None, ["1", 2], {"a": 1}, "null", "1e5"]
)
async def test_a_value_comes_back_as_it_went_in(database: Database, value: object) -> None:
    async with database.engine.begin() as connection:
        table = sa.Table("json_values", sa.MetaData(), sa.Column("value", sa.JSON))
        await connection.run_sync(table.create)
        await connection.execute(sa.insert(table).values(value=value))
        kept = await connection.scalar(sa.select(table.c.value))
        await connection.run_sync(table.drop)
    assert kept == value
    assert type(kept) is type(value)
