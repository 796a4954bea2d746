"""A group's title and chosen topic, what is pinned there, boards that are behind"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pins',
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('subject', 'chat_id', name=op.f('pk_pins'))
    )
    op.add_column('pokjas', sa.Column('group_title', sa.String(), server_default='', nullable=False))
    op.add_column('pokjas', sa.Column('group_topic_id', sa.BigInteger(), nullable=True))
    op.add_column('boards', sa.Column('is_settled', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE boards SET is_settled = true WHERE activity_id IN (SELECT id FROM activities WHERE state <> 'open')")


def downgrade() -> None:
    op.drop_column('boards', 'is_settled')
    op.drop_column('pokjas', 'group_topic_id')
    op.drop_column('pokjas', 'group_title')
    op.drop_table('pins')
