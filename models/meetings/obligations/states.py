"""What has become of an obligation in a period: one table, read from the top."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.meetings.periods import Period
from models.meetings.states import MeetingState


class DueState(StrEnum):
    """What has become of an obligation; `before`: the period was over when Jalon came there, and is not counted."""

    KEPT = "kept"
    PLANNED = "planned"
    AT_RISK = "at_risk"
    MISSED = "missed"
    TO_COME = "to_come"
    BEFORE = "before"


@dataclass(frozen=True)
class MeetingFacts:
    """A period, the day it is there, the meetings of the period by their day and state, and since when Jalon is there.

    `begun` is None where Jalon is not there at all.
    """

    period: Period
    today: date
    meetings: tuple[tuple[date, MeetingState], ...]
    begun: date | None

    @property
    def over(self) -> bool:
        """Whether the period is over."""
        return self.today > self.period.last

    @property
    def reported(self) -> bool:
        """Whether a signed report proves one of them (OB05)."""
        return any(state is MeetingState.REPORTED for _, state in self.meetings)

    @property
    def under_way(self) -> bool:
        """Whether one is still to come, or was held and waits for its report.

        One that is over and of which nobody said that it was held counts for nothing.
        """
        return any(
            state is MeetingState.HELD or (state in MeetingState.live() and day >= self.today)
            for day, state in self.meetings
        )


STATES: tuple[tuple[DueState, Callable[[MeetingFacts], bool]], ...] = (
    (DueState.KEPT, lambda s: s.reported),
    (DueState.BEFORE, lambda s: s.over and (s.begun is None or s.begun > s.period.last)),
    (DueState.MISSED, lambda s: s.over),
    (DueState.PLANNED, lambda s: s.under_way),
    (DueState.AT_RISK, lambda s: s.today >= s.period.alarm),
    (DueState.TO_COME, lambda _: True),
)
"""The first line that holds is the state: a period that is over without a signed report is missed until it has one."""


def state_of(
    period: Period, today: date, meetings: Iterable[tuple[date, MeetingState]], begun: date | None
) -> DueState:
    """Return what has become of an obligation, given the meetings of its period and since when Jalon is there."""
    standing = MeetingFacts(period, today, tuple(meetings), begun)
    return next(state for state, holds in STATES if holds(standing))
