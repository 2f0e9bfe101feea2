"""Which keys encrypted what the database holds, so that another one is refused."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('key_check',
    sa.Column('value', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('value', name=op.f('pk_key_check'))
    )


def downgrade() -> None:
    op.drop_table('key_check')
