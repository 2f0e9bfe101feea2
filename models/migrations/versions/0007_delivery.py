"""Messages by e-mail, held to decent hours, withdrawn when stale; one line to Telegram."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STATES = ('pending', 'sending', 'sent', 'uncertain', 'unreachable', 'refused')
NEW_STATES = (*STATES, 'failed')
CHANNELS = ('telegram', 'email')


def upgrade() -> None:
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('letter', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('departement', sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column('stale_after', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('channel', sa.String(length=32), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_outbox_message_delivery'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_outbox_message_delivery'), f'state IN {NEW_STATES}')
        batch_op.create_check_constraint(batch_op.f('ck_outbox_message_channel'), f'channel IN {CHANNELS}')
    op.create_table('telegram_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('holder', sa.String(length=40), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_until', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telegram_line'))
    )


def downgrade() -> None:
    op.drop_table('telegram_line')
    op.execute("UPDATE outbox_message SET state = 'unreachable' WHERE state = 'failed'")
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_outbox_message_channel'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_outbox_message_delivery'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_outbox_message_delivery'), f'state IN {STATES}')
        batch_op.drop_column('channel')
        batch_op.drop_column('stale_after')
        batch_op.drop_column('departement')
        batch_op.drop_column('letter')
