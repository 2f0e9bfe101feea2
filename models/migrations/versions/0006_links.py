"""Single-use links to workbooks."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('exchange_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('digits_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.Enum('fetch', 'send', name='purpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('file', sa.String(length=80), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wrong_digits', sa.Integer(), nullable=False),
    sa.CheckConstraint("(purpose = 'fetch') = (file IS NOT NULL)", name=op.f('ck_exchange_link_file_to_fetch')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_exchange_link_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_exchange_link_token_hash'))
    )
    with op.batch_alter_table('exchange_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exchange_link_account_id'), ['account_id'], unique=False)


def downgrade() -> None:
    op.drop_table('exchange_link')
