"""« Votre trimestre »: what a job coach sees of their own caseload, and of nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import of_persons
from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.entry.card import END_LENGTH
from models.events.form import QUESTIONS, Answers
from models.events.queries import ACCOUNT, CAMPAIGN_ID, DAY, ENTERED, EXPECTED
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Statut

_person = table(Person)
_campaign = table(Campaign)
_event = table(Event)
_now, _before = _event.alias("now"), _event.alias("before")

_FIELDS = [question.field for question in QUESTIONS]
_AT_THE_DATE = [question for question in QUESTIONS if not question.field.endswith("_mois")]
"""What is compared from one quarter to the next: the last month only repeats it a little earlier."""

_previous = (
    select(_event.c.id)
    .join(_campaign, _campaign.c.id == _event.c.campaign_id)
    .where(_event.c.person_id == _person.c.id, _campaign.c.date < DAY)
    .order_by(_campaign.c.date.desc())
    .limit(1)
    .correlate(_person)
    .scalar_subquery()
)
_LAST = select(func.max(_campaign.c.date)).where(_campaign.c.date < DAY).scalar_subquery()
_of_before = _campaign.alias("of_before")
_CASELOAD = (
    select(
        _person.c.reference,
        _now.c.state,
        case((_of_before.c.date < _LAST, _of_before.c.date)),
        _LAST.is_(None),
        *(_now.c[field].label(f"now_{field}") for field in _FIELDS),
        *(_before.c[field].label(f"before_{field}") for field in _FIELDS),
    )
    .select_from(_person)
    .outerjoin(_now, and_(_now.c.person_id == _person.c.id, _now.c.campaign_id == CAMPAIGN_ID))
    .outerjoin(_before, _before.c.id == _previous)
    .outerjoin(_of_before, _of_before.c.id == _before.c.campaign_id)
    # A coordinator reads of everybody in the dispositif elsewhere: here of those they follow themselves.
    .where(of_persons(Permission.EVENT_ENTER), _person.c.coach_id == ACCOUNT, or_(EXPECTED, ENTERED))
    .order_by(_person.c.reference)
)


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
    bounds = {"campaign_id": campaign.id, "day": campaign.date, **actor.scope}
    rows = (await session.execute(_CASELOAD, bounds)).all()
    six = len(_FIELDS)
    followed = [
        _Followed(Whose(code[-END_LENGTH:], since), state, _answers(answers[:six]), _answers(answers[six:]))
        for code, state, since, _, *answers in rows
    ]
    return _summed(followed, first=any(row[3] for row in rows))


def _answers(values: Sequence[str | None]) -> Answers | None:
    known = dict(zip(_FIELDS, values, strict=True))
    return None if known["statut"] is None else Answers.from_codes({f: str(v) for f, v in known.items()})


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
