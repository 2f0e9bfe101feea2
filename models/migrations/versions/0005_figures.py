"""The figures of the dispositifs, campaign by campaign."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

FIGURES = ('capacite', 'etp_total', 'etp_hors_admin', 'professionnels_hors_admin', 'liste_attente', 'sans_suite')


def upgrade() -> None:
    op.create_table('dispositif_figures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dispositif_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('capacite', sa.Integer(), nullable=False),
    sa.Column('etp_total', sa.Float(), nullable=False),
    sa.Column('etp_hors_admin', sa.Float(), nullable=False),
    sa.Column('professionnels_hors_admin', sa.Integer(), nullable=False),
    sa.Column('liste_attente', sa.Integer(), nullable=False),
    sa.Column('sans_suite', sa.Integer(), nullable=False),
    sa.Column('confirmations', sa.JSON(), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    *(sa.CheckConstraint(f'{figure} >= 0', name=op.f(f'ck_dispositif_figures_{figure}_positive')) for figure in FIGURES),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_dispositif_figures_campaign_id')),
    sa.ForeignKeyConstraint(['changed_by'], ['account.id'], name=op.f('fk_dispositif_figures_changed_by')),
    sa.ForeignKeyConstraint(['dispositif_id'], ['dispositif.id'], name=op.f('fk_dispositif_figures_dispositif_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispositif_figures')),
    sa.UniqueConstraint('dispositif_id', 'campaign_id', name=op.f('uq_dispositif_figures_dispositif_id_campaign_id'))
    )
    with op.batch_alter_table('dispositif_figures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispositif_figures_campaign_id'), ['campaign_id'], unique=False)


def downgrade() -> None:
    op.drop_table('dispositif_figures')
