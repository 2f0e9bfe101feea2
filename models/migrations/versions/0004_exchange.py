"""Workbooks that go out and come in."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('sent_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_export_account_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_export_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    op.create_index(op.f('ix_export_campaign_id'), 'export', ['campaign_id'], unique=False)
    op.create_index(op.f('ix_export_sha256'), 'export', ['sha256'], unique=False)
    op.create_table('exported_event',
    sa.Column('export_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['export_id'], ['export.id'], name=op.f('fk_exported_event_export_id')),
    sa.PrimaryKeyConstraint('export_id', 'person_id', name=op.f('pk_exported_event'))
    )
    op.create_index(op.f('ix_exported_event_person_id'), 'exported_event', ['person_id'], unique=False)
    op.create_table('import_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('created', sa.Integer(), nullable=False),
    sa.Column('updated', sa.Integer(), nullable=False),
    sa.Column('audit_before', sa.Integer(), nullable=False),
    sa.Column('audit_last', sa.Integer(), nullable=False),
    sa.Column('history_before', sa.Integer(), nullable=False),
    sa.Column('history_last', sa.Integer(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_import_run_account_id')),
    sa.ForeignKeyConstraint(['undone_by'], ['account.id'], name=op.f('fk_import_run_undone_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run'))
    )


def downgrade() -> None:
    op.drop_table('import_run')
    op.drop_table('exported_event')
    op.drop_table('export')
