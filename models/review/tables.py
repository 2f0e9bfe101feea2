"""What a coordinator asks to look at again: closed choices only, never a free text."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from models.columns import Moment, closed_list
from models.metadata import Table


class Asked(StrEnum):
    """The answer to look at again, by its field."""

    STATUT = "statut"
    NIVEAU_SOUTIEN = "niveau_soutien"
    EMPLOI_DATE = "emploi_date"
    FORMATION_DATE = "formation_date"
    EMPLOI_MOIS = "emploi_mois"
    FORMATION_MOIS = "formation_mois"


class Doubt(StrEnum):
    """Why an answer is to be looked at again."""

    DEPARTED = "departed"
    STILL_FOLLOWED = "still_followed"
    HOURS = "hours"
    CONTRACT_ENDED = "contract_ended"
    OTHER_CONTRACT = "other_contract"
    OTHER_TRAINING = "other_training"
    INCONSISTENT = "inconsistent"
    OTHER_DATE = "other_date"
    TO_CONFIRM = "to_confirm"


class Unlocking(StrEnum):
    """Why a validation is taken back."""

    ENTRY_ERROR = "entry_error"
    NEW_INFORMATION = "new_information"
    TOO_SOON = "too_soon"
    COACH_ASKED = "coach_asked"


class Remark(Table, table=True):
    """One question sent back to a job coach. The newest of an event counts, and is open while the event is sent back.

    `answer` is what was answered when it was asked.
    """

    __table_args__ = (Index("ix_remark_campaign_id_person_id", "campaign_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    field: Asked = Field(sa_type=closed_list(Asked, "field"))
    reason: Doubt = Field(sa_type=closed_list(Doubt, "reason"))
    answer: str = Field(max_length=32)
    asked_by: int | None = Field(default=None, foreign_key="account.id")
    asked_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
