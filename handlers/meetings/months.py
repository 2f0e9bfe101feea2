"""How the points of this month and the next one stand in a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.meetings.kinds import MeetingKind
from models.meetings.obligations.states import DueState, state_of
from models.meetings.periods import MONTH, Period
from models.meetings.planning.recurrence import again_in
from models.meetings.planning.series import Occurrence
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import Territory
from models.reference.scopes import Level


@dataclass(frozen=True)
class Month:
    """The point of a month in a place: what has become of it, the last one before, the day the same rule names.

    `over`: it is past, whether it was said to have been held or not; until then nothing says that one is missing.
    """

    period: Period
    state: DueState
    last: Meeting | None
    same: Occurrence | None
    over: bool = False

    @property
    def open(self) -> bool:
        """Whether a point is still to be planned."""
        return self.state in {DueState.AT_RISK, DueState.TO_COME} and not self.over


def months(there: Territory, found: Sequence[Meeting], now: datetime, today: date) -> list[Month]:
    """Return how the points of this month and the next one stand; none where no point is held."""
    if there.level is Level.REGION:
        return []
    period = MONTH.period(today)
    return [_month(there, found, now, today, one) for one in (period, period.next)]


def _month(there: Territory, found: Sequence[Meeting], now: datetime, today: date, period: Period) -> Month:
    of_kind = [one for one in found if one.kind is MeetingKind.POINT]
    state = state_of(period, today, [(one.day, one.state) for one in of_kind if one.day in period], None)
    # A département may repeat the point of one of its dispositifs: either counts for it.
    repeatable = [one for one in of_kind if one.scope == there.scope or there.level is Level.DEPARTEMENT]
    own = [one for one in repeatable if one.state not in _NO_MODEL]
    last = next((one for one in reversed(own) if one.day < period.first), None)
    same = again_in(period.first, last.day, there.place) if last else None
    standing = [one for one in of_kind if one.day in period and one.state not in _NO_MODEL]
    over = bool(standing) and all(one.ends_at <= now for one in standing)
    return Month(period, state, last, same if same and same.day > today else None, over)


_NO_MODEL = {MeetingState.CANCELLED, MeetingState.NOT_HELD}
