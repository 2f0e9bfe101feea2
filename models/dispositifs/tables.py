"""Dispositifs, their 17 indicators, and the structures attached to them."""

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base.columns import closed_list
from models.base.metadata import Table
from models.reference.nomenclature import StatutDispositif

FIGURES = (
    "capacite",
    "etp_total",
    "etp_hors_admin",
    "professionnels_hors_admin",
    "liste_attente",
    "sans_suite",
)
"""The indicators a dispositif brings up to date at each campaign."""


class Dispositif(Table, table=True):
    """A dispositif d'emploi accompagné. Region and département name follow from its number (E08)."""

    __table_args__ = (
        CheckConstraint("length(reference) = 5", name="reference_length"),
        *(CheckConstraint(f"{figure} >= 0", name=f"{figure}_positive") for figure in FIGURES),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=5)
    email_responsable: str | None = Field(default=None, max_length=254)
    nom_responsable: str | None = None
    prenom_responsable: str | None = None
    nom: str | None = None
    departement_no: str | None = Field(default=None, max_length=3)
    emails_conseillers: list[str] = Field(default_factory=list, sa_type=JSON)
    statut: StatutDispositif = Field(
        default=StatutDispositif.EN_ACTIVITE,
        sa_type=closed_list(StatutDispositif, "statut"),
    )
    capacite: int | None = None
    etp_total: float | None = None
    etp_hors_admin: float | None = None
    professionnels_hors_admin: int | None = None
    liste_attente: int | None = None
    sans_suite: int | None = None


class Structure(Table, table=True):
    """A structure attached to a dispositif (`disp_structures_rattachees`, free names)."""

    __table_args__ = (UniqueConstraint("dispositif_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    dispositif_id: int = Field(foreign_key="dispositif.id")
    name: str = Field(max_length=200)
