"""What is sent up leaves its line in the history."""

from alembic import op

from models.migrations.closed_lists import allow

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

ORIGINS = (
    'carried', 'bulk', 'entered', 'corrected', 'undone', 'imported', 'sent_back', 'validated', 'unlocked', 'review_undone',
)


def upgrade() -> None:
    allow('event_history', 'origin', ORIGINS, (*ORIGINS, 'sent_up'))


def downgrade() -> None:
    op.execute("UPDATE event_history SET origin = 'corrected' WHERE origin = 'sent_up'")
    allow('event_history', 'origin', (*ORIGINS, 'sent_up'), ORIGINS)
