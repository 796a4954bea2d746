"""Alembic's entry: always on a connection the program hands over, so that there is one way to reach a database."""

from alembic import context

from store.engine.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
