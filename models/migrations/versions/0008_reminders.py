"""What each person wishes of their reminders; announcements."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminder_wish',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=True),
    sa.Column('digests_paused', sa.Boolean(), nullable=False),
    sa.Column('absent_from', sa.Date(), nullable=True),
    sa.Column('absent_until', sa.Date(), nullable=True),
    sa.Column('snoozed_until', sa.Date(), nullable=True),
    sa.Column('snoozed_in', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('hour >= 8 AND hour < 19', name=op.f('ck_reminder_wish_decent_hour')),
    sa.CheckConstraint('absent_until >= absent_from', name=op.f('ck_reminder_wish_absence_in_order')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_reminder_wish_account_id')),
    sa.ForeignKeyConstraint(['snoozed_in'], ['campaign.id'], name=op.f('fk_reminder_wish_snoozed_in')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_reminder_wish'))
    )
    op.create_table('announcement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draw', sa.Integer(), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('role', sa.Enum('job_coach', 'coordinator', 'chef_de_file', 'reader', 'admin', name='role', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['written_by'], ['account.id'], name=op.f('fk_announcement_written_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement')),
    sa.UniqueConstraint('draw', name=op.f('uq_announcement_draw'))
    )


def downgrade() -> None:
    op.drop_table('announcement')
    op.drop_table('reminder_wish')
