"""Events: one person's situation in one campaign, its history, the draft of an entry under way, what is sent back."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, Index, UniqueConstraint
from sqlmodel import BigInteger, Field

from models.base.columns import Moment, closed_list
from models.base.metadata import Table, table
from models.events.form import FIELDS, Doubt
from models.events.form_check import check_form
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut


class EventState(StrEnum):
    """Where an event stands between the coach and the national tool."""

    ENTERED = "entered"
    SENT_BACK = "sent_back"
    VALIDATED = "validated"
    SENT_UP = "sent_up"


class Origin(StrEnum):
    """By which gesture an event came to be as it is."""

    CARRIED = "carried"
    BULK = "bulk"
    ENTERED = "entered"
    CORRECTED = "corrected"
    UNDONE = "undone"
    IMPORTED = "imported"
    SENT_BACK = "sent_back"
    VALIDATED = "validated"
    UNLOCKED = "unlocked"
    REVIEW_UNDONE = "review_undone"
    SENT_UP = "sent_up"


REVIEWING = frozenset({Origin.SENT_BACK, Origin.VALIDATED, Origin.UNLOCKED, Origin.REVIEW_UNDONE})
"""The gestures of a review: they change where an event stands, never what it answers."""


class Event(Table, table=True):
    """A person's situation at a campaign's date: the mandatory answers (E01), one per campaign (E17).

    `revision` is drawn anew at each write: the buttons of a screen repeat it, so an old one is recognised.
    `changed_at` and `changed_by` are of the answers: who validated or sent back is told by the history.
    """

    __table_args__ = (UniqueConstraint("person_id", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    statut: Statut = Field(sa_type=closed_list(Statut, "statut"))
    niveau_soutien: Niveau = Field(sa_type=closed_list(Niveau, "niveau_soutien"))
    emploi_date: Emploi = Field(sa_type=closed_list(Emploi, "emploi_date"))
    formation_date: Formation = Field(sa_type=closed_list(Formation, "formation_date"))
    emploi_mois: Emploi = Field(sa_type=closed_list(Emploi, "emploi_mois"))
    formation_mois: Formation = Field(sa_type=closed_list(Formation, "formation_mois"))
    confirmations: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    state: EventState = Field(sa_type=closed_list(EventState, "state"))
    revision: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)
    changed_by: int | None = Field(default=None, foreign_key="account.id")


class EventHistory(Table, table=True):
    """One change of an event: who, when, by which gesture, before and after (codes only).

    No foreign key to the event: what an undo removed keeps its history.
    """

    __tablename__ = "event_history"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(sa_type=Moment)
    origin: Origin = Field(sa_type=closed_list(Origin, "origin"))
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    revision: int = Field(sa_type=BigInteger, unique=True)


class Draft(Table, table=True):
    """Answers given but not yet saved, kept so that an entry can be left and resumed at any point."""

    __table_args__ = (UniqueConstraint("account_id", "campaign_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    answers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    confirmations: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    exit_date: date | None = None
    exit_date_given: bool = False
    revision: int = Field(sa_type=BigInteger)
    changed_at: datetime = Field(sa_type=Moment)


class Unlocking(StrEnum):
    """Why a validation is taken back."""

    ENTRY_ERROR = "entry_error"
    NEW_INFORMATION = "new_information"
    TOO_SOON = "too_soon"
    COACH_ASKED = "coach_asked"


_ASKED = Enum(*FIELDS, name="field", native_enum=False, create_constraint=True, length=32)


class Remark(Table, table=True):
    """One question sent back to a job coach. The newest of an event counts, and is open while the event is sent back.

    `field` is the question, `answer` what was answered when it was asked.
    """

    __table_args__ = (Index("ix_remark_campaign_id_person_id", "campaign_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    field: str = Field(sa_type=_ASKED)
    reason: Doubt = Field(sa_type=closed_list(Doubt, "reason"))
    answer: str = Field(max_length=32)
    asked_by: int | None = Field(default=None, foreign_key="account.id")
    asked_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)


check_form({column.name: getattr(column.type, "enum_class", None) for column in table(Event).c})
