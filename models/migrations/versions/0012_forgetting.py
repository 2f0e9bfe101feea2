"""What was told is found by its subject, and forgotten in the end; signs of life; an absence has an end."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_of_life',
    sa.Column('process', sa.String(length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('process', name=op.f('pk_sign_of_life'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.alter_column('screen', existing_type=sa.JSON(), type_=sa.JSON(none_as_null=True), nullable=True)
        batch_op.create_index(batch_op.f('ix_outbox_message_subject'), ['subject'], unique=False)
    remembered = sa.text('screen IS NOT NULL')
    op.create_index(
        'ix_outbox_message_remembered', 'outbox_message', ['ended_at'], unique=False,
        sqlite_where=remembered, postgresql_where=remembered,
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_ends_at'), ['ends_at'], unique=False)
    op.execute('UPDATE reminder_wish SET absent_from = NULL, absent_until = NULL '
               'WHERE absent_from IS NULL OR absent_until IS NULL')
    with op.batch_alter_table('reminder_wish', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_reminder_wish_absence_from_and_until'), '(absent_from IS NULL) = (absent_until IS NULL)'
        )


def downgrade() -> None:
    with op.batch_alter_table('reminder_wish', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_reminder_wish_absence_from_and_until'), type_='check')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_ends_at'))
    op.drop_index('ix_outbox_message_remembered', 'outbox_message')
    op.execute("""UPDATE outbox_message SET screen = '{"text": "", "rows": []}' WHERE screen IS NULL""")
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_message_subject'))
        batch_op.alter_column('screen', existing_type=sa.JSON(none_as_null=True), type_=sa.JSON(), nullable=False)
    op.drop_table('sign_of_life')
