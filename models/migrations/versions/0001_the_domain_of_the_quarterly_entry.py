"""The domain of the quarterly entry."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('telegram_id', name=op.f('uq_account_telegram_id'))
    )
    op.create_table('campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('opens', sa.Date(), nullable=False),
    sa.Column('closes', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closes >= opens', name=op.f('ck_campaign_dates_in_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('date', name=op.f('uq_campaign_date'))
    )
    op.create_table('dispositif',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=5), nullable=False),
    sa.Column('email_responsable', sa.String(length=254), nullable=True),
    sa.Column('nom_responsable', sa.String(), nullable=True),
    sa.Column('prenom_responsable', sa.String(), nullable=True),
    sa.Column('nom', sa.String(), nullable=True),
    sa.Column('departement_no', sa.String(length=3), nullable=True),
    sa.Column('emails_conseillers', sa.JSON(), nullable=False),
    sa.Column('statut', sa.Enum('en_activite', 'plus_en_activite', name='statut', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('capacite', sa.Integer(), nullable=True),
    sa.Column('etp_total', sa.Float(), nullable=True),
    sa.Column('etp_hors_admin', sa.Float(), nullable=True),
    sa.Column('professionnels_hors_admin', sa.Integer(), nullable=True),
    sa.Column('liste_attente', sa.Integer(), nullable=True),
    sa.Column('sans_suite', sa.Integer(), nullable=True),
    sa.CheckConstraint('capacite >= 0', name=op.f('ck_dispositif_capacite_positive')),
    sa.CheckConstraint('etp_hors_admin >= 0', name=op.f('ck_dispositif_etp_hors_admin_positive')),
    sa.CheckConstraint('etp_total >= 0', name=op.f('ck_dispositif_etp_total_positive')),
    sa.CheckConstraint('length(reference) = 5', name=op.f('ck_dispositif_reference_length')),
    sa.CheckConstraint('liste_attente >= 0', name=op.f('ck_dispositif_liste_attente_positive')),
    sa.CheckConstraint('professionnels_hors_admin >= 0', name=op.f('ck_dispositif_professionnels_hors_admin_positive')),
    sa.CheckConstraint('sans_suite >= 0', name=op.f('ck_dispositif_sans_suite_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispositif')),
    sa.UniqueConstraint('reference', name=op.f('uq_dispositif_reference'))
    )
    op.create_table('seen_update',
    sa.Column('update_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('update_id', name=op.f('pk_seen_update'))
    )
    with op.batch_alter_table('seen_update', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seen_update_seen_at'), ['seen_at'], unique=False)

    op.create_table('audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('before', sa.Text(), nullable=True),
    sa.Column('after', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_audit_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_subject'), ['subject'], unique=False)

    op.create_table('conversation',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('view', sa.String(length=64), nullable=False),
    sa.Column('buttons', sa.JSON(), nullable=False),
    sa.Column('memo', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_conversation_account_id')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_conversation'))
    )
    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.Enum('job_coach', 'coordinator', 'chef_de_file', 'reader', 'admin', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['used_by'], ['account.id'], name=op.f('fk_invitation_used_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('job_coach', 'coordinator', 'chef_de_file', 'reader', 'admin', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_role_grant_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('account_id', 'role', 'scope', name=op.f('uq_role_grant_account_id_role_scope'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_account_id'), ['account_id'], unique=False)

    op.create_table('structure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dispositif_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['dispositif_id'], ['dispositif.id'], name=op.f('fk_structure_dispositif_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_structure')),
    sa.UniqueConstraint('dispositif_id', 'name', name=op.f('uq_structure_dispositif_id_name'))
    )
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=14), nullable=False),
    sa.Column('dispositif_id', sa.Integer(), nullable=False),
    sa.Column('structure_id', sa.Integer(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=True),
    sa.Column('entry_date', sa.Date(), nullable=True),
    sa.Column('exit_date', sa.Date(), nullable=True),
    sa.Column('duree_sans_emploi', sa.Integer(), nullable=True),
    sa.Column('orientation', sa.Enum('mdph', 'spe', name='orientation', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('birth_date', sa.Text(), nullable=True),
    sa.Column('sexe', sa.Text(), nullable=True),
    sa.Column('handicap_principal', sa.Text(), nullable=True),
    sa.Column('handicap_associe', sa.Text(), nullable=True),
    sa.CheckConstraint('duree_sans_emploi >= 0', name=op.f('ck_person_duree_positive')),
    sa.CheckConstraint('exit_date >= entry_date', name=op.f('ck_person_dates_in_order')),
    sa.CheckConstraint('length(reference) = 14', name=op.f('ck_person_reference_length')),
    sa.ForeignKeyConstraint(['coach_id'], ['account.id'], name=op.f('fk_person_coach_id')),
    sa.ForeignKeyConstraint(['dispositif_id'], ['dispositif.id'], name=op.f('fk_person_dispositif_id')),
    sa.ForeignKeyConstraint(['structure_id'], ['structure.id'], name=op.f('fk_person_structure_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('reference', name=op.f('uq_person_reference'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_coach_id'), ['coach_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_dispositif_id'), ['dispositif_id'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('confirmations', sa.JSON(), nullable=False),
    sa.Column('exit_date', sa.Date(), nullable=True),
    sa.Column('exit_date_given', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_draft_account_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_draft_campaign_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_draft_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('account_id', 'campaign_id', 'person_id', name=op.f('uq_draft_account_id_campaign_id_person_id'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_person_id'), ['person_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('statut', sa.Enum('suivi', 'veille_totale', 'termine', name='statut', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('niveau_soutien', sa.Enum('veille', 'suivi', 'regulier', 'intensif', name='niveau_soutien', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('emploi_date', sa.Enum('cdi', 'cdd', 'interim', 'alternance', 'pmsmp', 'sans_emploi', name='emploi_date', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('formation_date', sa.Enum('formation', 'stage', 'sans_objet', name='formation_date', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('emploi_mois', sa.Enum('cdi', 'cdd', 'interim', 'alternance', 'pmsmp', 'sans_emploi', name='emploi_mois', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('formation_mois', sa.Enum('formation', 'stage', 'sans_objet', name='formation_mois', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('confirmations', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('entered', 'validated', 'sent_up', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_event_campaign_id')),
    sa.ForeignKeyConstraint(['changed_by'], ['account.id'], name=op.f('fk_event_changed_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_event_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('person_id', 'campaign_id', name=op.f('uq_event_person_id_campaign_id'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('event_history',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('origin', sa.Enum('carried', 'bulk', 'entered', 'corrected', 'undone', 'imported', name='origin', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_event_history_account_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_event_history_campaign_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_event_history_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_history')),
    sa.UniqueConstraint('revision', name=op.f('uq_event_history_revision'))
    )
    with op.batch_alter_table('event_history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_history_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('event_history', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_history_person_id'))

    op.drop_table('event_history')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_campaign_id'))

    op.drop_table('event')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_person_id'))

    op.drop_table('draft')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_dispositif_id'))
        batch_op.drop_index(batch_op.f('ix_person_coach_id'))

    op.drop_table('person')
    op.drop_table('structure')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_account_id'))

    op.drop_table('role_grant')
    op.drop_table('invitation')
    op.drop_table('conversation')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_subject'))
        batch_op.drop_index(batch_op.f('ix_audit_at'))

    op.drop_table('audit')
    with op.batch_alter_table('seen_update', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seen_update_seen_at'))

    op.drop_table('seen_update')
    op.drop_table('dispositif')
    op.drop_table('campaign')
    op.drop_table('account')
