"""How often something is due, and the civil periods it is counted in: months, half-years, years (convention)."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.base import french


@dataclass(frozen=True)
class Frequency:
    """Once in so many months, counted from January; at risk from a day of the period on, where nothing is planned."""

    months: int
    alarm_month: int
    alarm_day: int

    def period(self, day: date) -> "Period":
        """Return the period in which that day lies."""
        number = (day.month - 1) // self.months
        return Period(self, date(day.year, number * self.months + 1, 1))


@dataclass(frozen=True)
class Period:
    """A civil month, half-year or year, by its first day."""

    frequency: Frequency
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self._after() - timedelta(days=1)

    @property
    def alarm(self) -> date:
        """The first day on which having nothing planned is a risk."""
        return self.first.replace(month=self.first.month + self.frequency.alarm_month - 1).replace(
            day=self.frequency.alarm_day
        )

    @property
    def next(self) -> "Period":
        """The period after."""
        return Period(self.frequency, self._after())

    @property
    def previous(self) -> "Period":
        """The period before."""
        return self.frequency.period(self.first - timedelta(days=1))

    @property
    def name(self) -> str:
        """How it is said: « mars 2027 », « 1er semestre 2027 », « année 2027 »."""
        if self.frequency.months == 1:
            return french.month(self.first)
        if self.frequency.months == 12:
            return f"année {self.first.year}"
        return f"{'1er' if self.first.month == 1 else '2e'} semestre {self.first.year}"

    def __contains__(self, day: date) -> bool:
        """Whether that day lies in it."""
        return self.first <= day <= self.last

    def _after(self) -> date:
        month = self.first.month - 1 + self.frequency.months
        return date(self.first.year + month // 12, month % 12 + 1, 1)


MONTH = Frequency(1, alarm_month=1, alarm_day=10)
"""« au moins une fois par mois »: at risk from the 10th on (`obligations.yaml`, OB04)."""

SEMESTER = Frequency(6, alarm_month=5, alarm_day=1)
"""« deux fois par an »: one in each half-year; at risk in its last two months."""

YEAR = Frequency(12, alarm_month=10, alarm_day=1)
"""« une fois par an »: at risk in its last quarter."""
