"""The persons accompanied: codes in clear, what identifies them encrypted."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.base.columns import EncryptedText, closed_list
from models.base.metadata import Table
from models.reference.nomenclature import Orientation


class Person(Table, table=True):
    """A person accompanied, known by a code of 14 characters (E03).

    Birth date, sex and disability are encrypted: no screen, log or job ever reads them.
    """

    __table_args__ = (
        CheckConstraint("length(reference) = 14", name="reference_length"),
        CheckConstraint("exit_date >= entry_date", name="dates_in_order"),
        CheckConstraint("duree_sans_emploi >= 0", name="duree_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=14)
    dispositif_id: int = Field(foreign_key="dispositif.id", index=True)
    structure_id: int = Field(foreign_key="structure.id")
    coach_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    entry_date: date | None = None
    exit_date: date | None = None
    duree_sans_emploi: int | None = None
    orientation: Orientation | None = Field(
        default=None,
        sa_type=closed_list(Orientation, "orientation"),
    )
    birth_date: str | None = Field(default=None, sa_type=EncryptedText)
    sexe: str | None = Field(default=None, sa_type=EncryptedText)
    handicap_principal: str | None = Field(default=None, sa_type=EncryptedText)
    handicap_associe: str | None = Field(default=None, sa_type=EncryptedText)
