"""Answers as events; what a group brought to the plenary is its members' own"""

import sqlalchemy as sa
from alembic import op

import store.tables.core

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_events',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('ballot', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=True),
    sa.Column('by', sa.Integer(), nullable=False),
    sa.Column('at', store.tables.core.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_answer_events_activity_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by'], ['memberships.id'], name=op.f('fk_answer_events_by'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_events'))
    )
    with op.batch_alter_table('answer_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_events_activity_id'), ['activity_id'], unique=False)

    # Whoever brought the groups together stood as the giver of their members' answers.
    op.execute(
        'UPDATE answers SET "by" = ballot WHERE ballot > 0 AND activity_id IN '
        '(SELECT parent_id FROM activities WHERE parent_id IS NOT NULL)'
    )
    op.execute(
        'INSERT INTO answer_events (activity_id, ballot, key, is_given, value, "by", at) '
        'SELECT activity_id, ballot, key, true, value, "by", at FROM answers ORDER BY id'
    )


def downgrade() -> None:
    with op.batch_alter_table('answer_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_events_activity_id'))

    op.drop_table('answer_events')
