"""What is due, kept, at risk or missed, in each scope somebody may count, now and over past periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.entry.service import Unknown
from models.meetings import queries, repository
from models.meetings.kinds import KINDS, MeetingKind, MeetingRule
from models.meetings.obligations.repository import begun
from models.meetings.obligations.states import DueState, state_of
from models.meetings.periods import Period
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import Territory, of_departement, of_region, platforms, territory
from models.reference.scopes import NATIONAL, Level


@dataclass(frozen=True)
class Due:
    """An obligation in a scope and a period, what has become of it, and the meetings of the period.

    `meeting` is the one that says most of it: the one reported, else held, else to come. It has dates and states only.
    """

    kind: MeetingRule
    where: Territory
    period: Period
    state: DueState
    meetings: tuple[Meeting, ...]

    @property
    def scope(self) -> str:
        """The scope it is counted in."""
        return self.where.scope

    @property
    def meeting(self) -> Meeting | None:
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


async def obligations(session: AsyncSession, actor: Actor, today: date, scope: str) -> list[Due]:
    """Return what is due in a scope in the periods in which `today` lies, in the order of scopes and kinds.

    A région has its départements and dispositifs too, a département its dispositifs, `national` everything: where
    there is a dispositif. What the actor may not count is left out; raises `Unknown` where that leaves nothing.
    """
    return await _dues(session, *await _countable(session, actor, scope), today, today, today)


async def history(session: AsyncSession, actor: Actor, today: date, scope: str, first: date, last: date) -> list[Due]:
    """Return what became of each obligation of a scope in the periods from `first` to `last`, as `obligations` does.

    A period that began before `first` is left out, and one that was over before Jalon came there is not counted:
    nobody is held to what was due before they came.
    """
    return [
        due
        for due in await _dues(session, *await _countable(session, actor, scope), today, first, last)
        if first <= due.period.first
    ]


async def scopes(session: AsyncSession, actor: Actor) -> list[Territory]:
    """Return the scopes whose obligations the actor may count: regions, then départements, then dispositifs."""
    return await _within(session, await meeting_permissions(session, actor), NATIONAL, await platforms(session))


async def _countable(session: AsyncSession, actor: Actor, scope: str) -> tuple[list[Territory], list[Territory]]:
    """Return the places of a scope that the actor may count, and all dispositifs there are."""
    dispositifs = await platforms(session)
    found = await _within(session, await meeting_permissions(session, actor), scope, dispositifs)
    if not found:
        raise Unknown
    return found, dispositifs


async def _within(
    session: AsyncSession, rights: MeetingPermissions, scope: str, dispositifs: Sequence[Territory]
) -> list[Territory]:
    places = [
        *(of_region(code) for code in sorted({one.region for one in dispositifs if one.region})),
        *(of_departement(code) for code in sorted({one.departement for one in dispositifs if one.departement})),
        *dispositifs,
    ]
    asked = None if scope == NATIONAL else await territory(session, scope)
    if asked is not None and asked not in places:
        places.append(asked)  # a département asked for by name has its obligations, whatever is there yet
    return [one for one in places if rights.counts(one) and (scope == NATIONAL or _lies_in(one, asked))]


def _lies_in(one: Territory, asked: Territory | None) -> bool:
    if asked is None:
        return False
    if asked.level is Level.REGION:
        return one.region == asked.region
    if asked.level is Level.DEPARTEMENT:
        return one.departement == asked.departement
    return one == asked


async def _dues(
    session: AsyncSession,
    places: Sequence[Territory],
    dispositifs: Sequence[Territory],
    today: date,
    first: date,
    last: date,
) -> list[Due]:
    owed = [
        (place, kind, _periods(kind, first, last))
        for place in places
        for kind in KINDS.values()
        if kind.level is place.level and kind.applies_in(place.region)
    ]
    if not owed:
        return []
    begins = min(periods[0].first for _, _, periods in owed)
    ends = max(periods[-1].last for _, _, periods in owed)
    # All at once: the whole country has hundreds of obligations.
    regions = {place.region for place in places}
    # Bounded where all the places are in one région: elsewhere it saves nothing.
    bound = [queries.in_region(region) for region in regions if region and len(regions) == 1]
    meetings = await repository.counted(session, queries.during(begins, ends), *bound)
    since: Mapping[str, date] = {}
    if any(periods[0].last < today for _, _, periods in owed):
        since = await begun(session, dispositifs)
    found: dict[tuple[MeetingKind, str], list[Meeting]] = {}
    for one in meetings:
        found.setdefault((one.kind, _counted_in(one)), []).append(one)
    return [
        _due(kind, place, period, today, found.get((kind.code, place.scope), []), since.get(place.scope))
        for place, kind, periods in owed
        for period in periods
    ]


def _periods(kind: MeetingRule, first: date, last: date) -> list[Period]:
    periods = [kind.frequency.period(first)]
    while periods[-1].last < last:
        periods.append(periods[-1].next)
    return periods


def _counted_in(meeting: Meeting) -> str:
    """Return the scope for whose obligation a meeting counts: that of a dispositif may count for its département."""
    if KINDS[meeting.kind].level is Level.DEPARTEMENT and meeting.departement_no is not None:
        return Level.DEPARTEMENT.scope(meeting.departement_no)
    return meeting.scope


def _due(
    kind: MeetingRule, place: Territory, period: Period, today: date, meetings: Sequence[Meeting], begun_on: date | None
) -> Due:
    held = tuple(one for one in meetings if one.day in period)
    state = state_of(period, today, [(one.day, one.state) for one in held], begun_on)
    return Due(kind, place, period, state, held)
