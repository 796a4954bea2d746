"""Which commands a person's chat lists"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('users', sa.Column('menu', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('users', 'menu')
