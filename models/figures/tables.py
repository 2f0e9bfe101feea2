"""A dispositif's figures at a campaign; the dispositif itself holds the latest ones only, as the national tool does."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import BigInteger, Field

from models.base.columns import Moment
from models.base.metadata import Table
from models.dispositifs.tables import FIGURES


class DispositifFigures(Table, table=True):
    """The six figures as they were confirmed for a campaign, with the reasons given for what looked odd."""

    __tablename__ = "dispositif_figures"
    __table_args__ = (
        UniqueConstraint("dispositif_id", "campaign_id"),
        *(CheckConstraint(f"{figure} >= 0", name=f"{figure}_positive") for figure in FIGURES),
    )

    id: int | None = Field(default=None, primary_key=True)
    dispositif_id: int = Field(foreign_key="dispositif.id")
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    capacite: int
    etp_total: float
    etp_hors_admin: float
    professionnels_hors_admin: int
    liste_attente: int
    sans_suite: int
    confirmations: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    revision: int = Field(sa_type=BigInteger)
    changed_at: datetime = Field(sa_type=Moment)
    changed_by: int | None = Field(default=None, foreign_key="account.id")
