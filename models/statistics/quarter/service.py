"""« Votre trimestre »: what a job coach sees of their own caseload, and of nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.campaigns.tables import Campaign
from models.entry.card import END_LENGTH
from models.events.form import QUESTIONS, Answers
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Statut
from models.statistics.quarter.repository import caseload

_AT_THE_DATE = [question for question in QUESTIONS if question.month_of is None]
"""What is compared from one quarter to the next: the last month only repeats it a little earlier."""


@dataclass(frozen=True)
class Whose:
    """A person by the end of their code; `since` is the campaign compared with, where it is not the one before."""

    end: str
    since: date | None = None


@dataclass(frozen=True)
class Shift:
    """One answer about one person, before and now, in its short form."""

    whose: Whose
    name: str
    before: str
    now: str


@dataclass(frozen=True)
class Quarter:
    """A coach's campaign: persons asked about, entered, validated; what changed since the quarter before.

    `compared`: how many of those entered have an answer of an earlier campaign; `first`: there is no such campaign.
    """

    total: int = 0
    entered: int = 0
    validated: int = 0
    shifts: tuple[Shift, ...] = ()
    contracts_ended: tuple[Whose, ...] = ()
    contracts_begun: tuple[Whose, ...] = ()
    left: tuple[Whose, ...] = ()
    compared: int = 0
    first: bool = False


@dataclass(frozen=True)
class _Followed:
    whose: Whose
    state: EventState | None
    now: Answers | None
    before: Answers | None


async def quarter(session: AsyncSession, actor: Actor, campaign: Campaign) -> Quarter:
    """Return the actor's own quarter, empty for whoever follows nobody."""
    rows = await caseload(session, actor, campaign)
    followed = [
        _Followed(Whose(row.reference[-END_LENGTH:], row.since), row.state, row.now, row.before) for row in rows
    ]
    return _summed(followed, first=any(row.first for row in rows))


def _summed(followed: Sequence[_Followed], *, first: bool) -> Quarter:
    both = [(one.whose, one.before, one.now) for one in followed if one.before is not None and one.now is not None]
    return Quarter(
        total=len(followed),
        entered=sum(one.now is not None for one in followed),
        validated=sum(one.state in {EventState.VALIDATED, EventState.SENT_UP} for one in followed),
        shifts=tuple(shift for of, before, now in both for shift in _shifts(of, before, now)),
        contracts_ended=tuple(of for of, before, now in both if _works(before) and not _works(now)),
        contracts_begun=tuple(of for of, before, now in both if not _works(before) and _works(now)),
        left=tuple(of for of, before, now in both if before.statut != Statut.TERMINE == now.statut),
        compared=len(both),
        first=first,
    )


def _works(answers: Answers) -> bool:
    """Whether there is a contract at the date: a trial in a workplace (PMSMP) is none."""
    return answers.emploi_date not in {Emploi.SANS_EMPLOI, Emploi.PMSMP}


def _shifts(of: Whose, before: Answers, now: Answers) -> list[Shift]:
    """Return what changed between two quarters, in the order of the form."""
    return [
        Shift(of, question.name, question.choice(was).short, question.choice(has).short)
        for question in _AT_THE_DATE
        if (was := getattr(before, question.field)) != (has := getattr(now, question.field))
    ]
