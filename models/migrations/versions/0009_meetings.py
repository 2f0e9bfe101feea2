"""The meetings the texts require, their participants and reports."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('departement_no', sa.String(length=3), nullable=True),
    sa.Column('region_code', sa.String(length=2), nullable=True),
    sa.Column('body', sa.Enum(
        'mdph', 'france_travail', 'cap_emploi', 'mission_locale', 'chef_de_file', 'dispositif', 'ars', 'ddets',
        'dreets', 'agefiph', 'fiphfp', 'autre',
        name='body', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('function', sa.Enum(
        'direction', 'responsable', 'referent', 'charge_de_mission', 'conseiller', 'assistance', 'autre',
        name='function', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    op.create_index(
        'uq_contact_scope_email', 'contact', ['scope', 'email'], unique=True,
        sqlite_where=sa.text('archived_at IS NULL'), postgresql_where=sa.text('archived_at IS NULL'),
    )
    op.create_index(op.f('ix_contact_departement_no'), 'contact', ['departement_no'], unique=False)
    op.create_index(op.f('ix_contact_email'), 'contact', ['email'], unique=False)
    op.create_table('meeting_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('every_months', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_meeting_series_created_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_series'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.Enum(
        'point', 'comite_departemental', 'comite_regional', 'instance_outre_mer', 'dialogue_gestion',
        name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('departement_no', sa.String(length=3), nullable=True),
    sa.Column('region_code', sa.String(length=2), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=True),
    sa.Column('link', sa.String(length=300), nullable=True),
    sa.Column('organiser', sa.String(length=254), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum(
        'planned', 'moved', 'cancelled', 'held', 'not_held', 'reported',
        name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('dated_sequence', sa.Integer(), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('minutes > 0 AND minutes <= 1440', name=op.f('ck_meeting_length')),
    sa.CheckConstraint('place IS NOT NULL OR link IS NOT NULL', name=op.f('ck_meeting_somewhere')),
    sa.ForeignKeyConstraint(['replaces_id'], ['meeting.id'], name=op.f('fk_meeting_replaces_id')),
    sa.ForeignKeyConstraint(['series_id'], ['meeting_series.id'], name=op.f('fk_meeting_series_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('uid', name=op.f('uq_meeting_uid'))
    )
    op.create_index(op.f('ix_meeting_day'), 'meeting', ['day'], unique=False)
    op.create_index(op.f('ix_meeting_departement_no'), 'meeting', ['departement_no'], unique=False)
    op.create_index(op.f('ix_meeting_scope'), 'meeting', ['scope'], unique=False)
    op.create_index(op.f('ix_meeting_series_id'), 'meeting', ['series_id'], unique=False)
    op.create_index(op.f('ix_meeting_starts_at'), 'meeting', ['starts_at'], unique=False)
    op.create_table('meeting_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum(
        'present', 'absent', 'maybe',
        name='answer', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_meeting_answer_account_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_meeting_answer_contact_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_answer_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_answer'))
    )
    op.create_index(op.f('ix_meeting_answer_meeting_id'), 'meeting_answer', ['meeting_id'], unique=False)
    op.create_table('meeting_history',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('gesture', sa.Enum(
        'planned', 'moved', 'changed', 'resent', 'cancelled', 'replaced', 'held', 'not_held', 'report_written',
        'signed', 'addendum',
        name='gesture', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_meeting_history_account_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_history_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_history'))
    )
    op.create_index(op.f('ix_meeting_history_meeting_id'), 'meeting_history', ['meeting_id'], unique=False)
    op.create_table('meeting_participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('invited_sequence', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_meeting_participant_contact_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_participant_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_participant')),
    sa.UniqueConstraint('meeting_id', 'contact_id', name=op.f('uq_meeting_participant_meeting_id_contact_id'))
    )
    op.create_index(op.f('ix_meeting_participant_contact_id'), 'meeting_participant', ['contact_id'], unique=False)
    op.create_table('meeting_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('present', sa.JSON(), nullable=False),
    sa.Column('examined', sa.JSON(), nullable=False),
    sa.Column('own_structure', sa.JSON(), nullable=False),
    sa.Column('subsidiarity', sa.Boolean(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_by', sa.Integer(), nullable=True),
    sa.Column('signed_role', sa.String(length=32), nullable=True),
    sa.CheckConstraint('(signed_at IS NULL) = (signed_role IS NULL)', name=op.f('ck_meeting_report_signed_by_a_role')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_report_meeting_id')),
    sa.ForeignKeyConstraint(['signed_by'], ['account.id'], name=op.f('fk_meeting_report_signed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_report')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_meeting_report_meeting_id'))
    )
    op.create_table('meeting_addendum',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.Enum(
        'erreur', 'information_tardive', 'controle',
        name='reason', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_meeting_addendum_account_id')),
    sa.ForeignKeyConstraint(['report_id'], ['meeting_report.id'], name=op.f('fk_meeting_addendum_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_addendum'))
    )
    op.create_index(op.f('ix_meeting_addendum_report_id'), 'meeting_addendum', ['report_id'], unique=False)
    op.create_table('meeting_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.Enum(
        'prescription_confirmee', 'droit_commun', 'complement', 'autre_prescripteur', 'liste_attente', 'criteres',
        'circuit', 'information', 'prochain_point',
        name='what', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['contact.id'], name=op.f('fk_meeting_decision_owner_id')),
    sa.ForeignKeyConstraint(['report_id'], ['meeting_report.id'], name=op.f('fk_meeting_decision_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_decision'))
    )
    op.create_index(op.f('ix_meeting_decision_report_id'), 'meeting_decision', ['report_id'], unique=False)
    op.create_table('meeting_follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum(
        'done', 'going_on', 'dropped',
        name='outcome', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['meeting_decision.id'], name=op.f('fk_meeting_follow_up_decision_id')),
    sa.ForeignKeyConstraint(['report_id'], ['meeting_report.id'], name=op.f('fk_meeting_follow_up_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_follow_up')),
    sa.UniqueConstraint('report_id', 'decision_id', name=op.f('uq_meeting_follow_up_report_id_decision_id'))
    )
    op.create_index(op.f('ix_meeting_follow_up_decision_id'), 'meeting_follow_up', ['decision_id'], unique=False)


def downgrade() -> None:
    op.drop_table('meeting_follow_up')
    op.drop_table('meeting_decision')
    op.drop_table('meeting_addendum')
    op.drop_table('meeting_report')
    op.drop_table('meeting_participant')
    op.drop_table('meeting_history')
    op.drop_table('meeting_answer')
    op.drop_table('meeting')
    op.drop_table('meeting_series')
    op.drop_table('contact')
