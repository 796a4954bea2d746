"""One active Ketua in a Pokja; since when a message fails"""

import sqlalchemy as sa
from alembic import op

import store.tables.core

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KETUA = sa.text("role = 'ketua' AND state = 'active'")


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failing_since', store.tables.core.UtcDateTime(), nullable=True))
    # Two who acted at once could make two of them: the first stays.
    op.execute(
        "UPDATE memberships SET role = 'anggota' WHERE role = 'ketua' AND state = 'active' AND id NOT IN "
        "(SELECT min(id) FROM memberships WHERE role = 'ketua' AND state = 'active' GROUP BY pokja_id)"
    )
    op.create_index(
        'uq_memberships_ketua', 'memberships', ['pokja_id'], unique=True, sqlite_where=KETUA, postgresql_where=KETUA
    )


def downgrade() -> None:
    op.drop_index('uq_memberships_ketua', table_name='memberships')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('failing_since')
