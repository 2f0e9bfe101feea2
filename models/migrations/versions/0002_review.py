"""What coordinators decide of what was entered."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

STATES = ('entered', 'validated', 'sent_up')
NEW_STATES = ('entered', 'sent_back', 'validated', 'sent_up')
ORIGINS = ('carried', 'bulk', 'entered', 'corrected', 'undone', 'imported')
NEW_ORIGINS = (*ORIGINS, 'sent_back', 'validated', 'unlocked', 'review_undone')
INDEXES = {'event': ('ix_event_campaign_id', 'campaign_id'), 'event_history': ('ix_event_history_person_id', 'person_id')}


def upgrade() -> None:
    _allow('event', 'state', STATES, NEW_STATES)
    _allow('event_history', 'origin', ORIGINS, NEW_ORIGINS)
    op.create_table('remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.Enum('statut', 'niveau_soutien', 'emploi_date', 'formation_date', 'emploi_mois', 'formation_mois', name='field', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('reason', sa.Enum('departed', 'still_followed', 'hours', 'contract_ended', 'other_contract', 'other_training', 'inconsistent', 'other_date', 'to_confirm', name='reason', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('answer', sa.String(length=32), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_remark_asked_by')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_remark_campaign_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_remark_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    op.create_index('ix_remark_campaign_id_person_id', 'remark', ['campaign_id', 'person_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_remark_campaign_id_person_id', table_name='remark')
    op.drop_table('remark')
    op.execute("UPDATE event SET state = 'entered' WHERE state = 'sent_back'")
    op.execute(f"UPDATE event_history SET origin = 'corrected' WHERE origin NOT IN {ORIGINS}")
    _allow('event_history', 'origin', NEW_ORIGINS, ORIGINS)
    _allow('event', 'state', NEW_STATES, STATES)


def _allow(table: str, column: str, before: Sequence[str], after: Sequence[str]) -> None:
    """Change a closed list: its CHECK, which SQLite keeps in the table's own definition."""
    check = op.f(f'ck_{table}_{column}')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(check, table, type_='check')
        op.create_check_constraint(check, table, f'{column} IN {after}')
        return
    definition = op.get_bind().scalar(sa.text('SELECT sql FROM sqlite_master WHERE name = :table'), {'table': table})
    was, becomes = f'CHECK ({column} IN {before})', f'CHECK ({column} IN {after})'
    if was not in definition:
        raise RuntimeError(f'the CHECK of {table}.{column} is not the one expected')
    index, indexed = INDEXES[table]
    op.drop_index(index, table_name=table)
    op.rename_table(table, f'{table}_before')
    op.execute(definition.replace(was, becomes))
    op.execute(f'INSERT INTO {table} SELECT * FROM {table}_before')
    op.drop_table(f'{table}_before')
    op.create_index(index, table, [indexed])
