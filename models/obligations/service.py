"""What is due, kept, at risk or missed, in each scope somebody may count, now and over past periods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import NATIONAL, Asker
from models.events.service import Unknown
from models.meetings import repository
from models.meetings.reach import Reach, reach
from models.meetings.repository import Held
from models.meetings.states import MeetingState
from models.meetings.where import Where, of_departement, of_region, platforms, where
from models.obligations.kinds import KINDS, Kind, Level
from models.obligations.periods import Period
from models.obligations.states import DueState, state_of


@dataclass(frozen=True)
class Due:
    """An obligation in a scope and a period, what has become of it, and the meetings of the period.

    `meeting` is the one that says most of it: the one reported, else held, else to come. It has dates and states only.
    """

    kind: Kind
    where: Where
    period: Period
    state: DueState
    meetings: tuple[Held, ...]

    @property
    def scope(self) -> str:
        """The scope it is counted in."""
        return self.where.scope

    @property
    def meeting(self) -> Held | None:
        """The meeting of the period that says most, if there is one."""
        return min(self.meetings, key=lambda one: _TELLING.index(one.state), default=None)


_TELLING = (
    MeetingState.REPORTED,
    MeetingState.HELD,
    MeetingState.PLANNED,
    MeetingState.MOVED,
    MeetingState.NOT_HELD,
    MeetingState.CANCELLED,
)


async def obligations(session: AsyncSession, asker: Asker, today: date, scope: str) -> list[Due]:
    """Return what is due in a scope in the periods in which `today` lies, in the order of scopes and kinds.

    A région has its départements and dispositifs too, a département its dispositifs, `national` everything: where
    there is a dispositif. What the asker may not count is left out; raises `Unknown` where that leaves nothing.
    """
    return await _dues(session, await _countable(session, asker, scope), today, today, today)


async def history(session: AsyncSession, asker: Asker, today: date, scope: str, first: date, last: date) -> list[Due]:
    """Return what became of each obligation of a scope in the periods from `first` to `last`, as `obligations` does.

    A period that began before `first` is left out: nobody is held to what was due before they came.
    """
    return [
        due
        for due in await _dues(session, await _countable(session, asker, scope), today, first, last)
        if first <= due.period.first
    ]


async def scopes(session: AsyncSession, asker: Asker) -> list[Where]:
    """Return the scopes whose obligations the asker may count: regions, then départements, then dispositifs."""
    return await _within(session, await reach(session, asker), NATIONAL)


async def _countable(session: AsyncSession, asker: Asker, scope: str) -> list[Where]:
    found = await _within(session, await reach(session, asker), scope)
    if not found:
        raise Unknown
    return found


async def _within(session: AsyncSession, rights: Reach, scope: str) -> list[Where]:
    dispositifs = await platforms(session)
    around = [
        *(of_region(code) for code in sorted({one.region for one in dispositifs if one.region})),
        *(of_departement(code) for code in sorted({one.departement for one in dispositifs if one.departement})),
        *dispositifs,
    ]
    asked = None if scope == NATIONAL else await where(session, scope)
    if asked is not None and asked not in around:
        around.append(asked)  # a département asked for by name has its obligations, whatever is there yet
    return [one for one in around if rights.counts(one) and (scope == NATIONAL or _lies_in(one, asked))]


def _lies_in(one: Where, asked: Where | None) -> bool:
    if asked is None:
        return False
    if asked.level is Level.REGION:
        return one.region == asked.region
    if asked.level is Level.DEPARTEMENT:
        return one.departement == asked.departement
    return one == asked


async def _dues(session: AsyncSession, places: Iterable[Where], today: date, first: date, last: date) -> list[Due]:
    dues: list[Due] = []
    for place in places:
        for kind in KINDS.values():
            if kind.level is not place.level or not kind.applies_in(place.region):
                continue
            dues += await _of_kind(session, kind, place, today, _periods(kind, first, last))
    return dues


def _periods(kind: Kind, first: date, last: date) -> list[Period]:
    periods = [kind.frequency.period(first)]
    while last not in periods[-1] and periods[-1].first < last:
        periods.append(periods[-1].next)
    return periods


async def _of_kind(
    session: AsyncSession, kind: Kind, place: Where, today: date, periods: Sequence[Period]
) -> list[Due]:
    meetings = await repository.counted(
        session,
        repository.counting(kind.code, place.scope, place.level, place.departement),
        repository.during(periods[0].first, periods[-1].last),
    )
    dues = []
    for period in periods:
        held = tuple(one for one in meetings if one.day in period)
        state = state_of(period, today, [(one.day, one.state) for one in held])
        dues.append(Due(kind, place, period, state, held))
    return dues
