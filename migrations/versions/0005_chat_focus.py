"""What a person looks at in their chat, and words that found no place"""

import sqlalchemy as sa
from alembic import op

import store.tables.core

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chat_focus',
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('task', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_chat_focus'))
    )
    op.create_table('kept_words',
    sa.Column('chat_id', sa.BigInteger(), nullable=False),
    sa.Column('given', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('places', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('at', store.tables.core.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_words'))
    )
    with op.batch_alter_table('kept_words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_words_chat_id'), ['chat_id'], unique=False)

    # Whoever was in the middle of something still is: the newest live message took what was typed.
    op.execute(
        'INSERT INTO chat_focus (chat_id, task, key) '
        'SELECT chat_id, task, NULL FROM ('
        'SELECT chat_id, task, row_number() OVER '
        '(PARTITION BY chat_id ORDER BY focused_at DESC, message_id DESC) AS place FROM live_messages) AS newest '
        'WHERE place = 1'
    )
    with op.batch_alter_table('live_messages', schema=None) as batch_op:
        batch_op.drop_column('focused_at')


def downgrade() -> None:
    with op.batch_alter_table('live_messages', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('focused_at', store.tables.core.UtcDateTime(), nullable=False, server_default='1970-01-01 00:00:00')
        )
    op.execute(
        "UPDATE live_messages SET focused_at = '2100-01-01 00:00:00' WHERE EXISTS (SELECT 1 FROM chat_focus "
        "WHERE chat_focus.chat_id = live_messages.chat_id AND chat_focus.task = live_messages.task)"
    )
    with op.batch_alter_table('kept_words', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_words_chat_id'))

    op.drop_table('kept_words')
    op.drop_table('chat_focus')
