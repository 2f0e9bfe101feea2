"""A month for which no point is planned yet: who is told, and what, whoever writes it down."""

from dataclasses import dataclass
from datetime import date

from models.base import french
from models.base.screens import Row, Screen, button
from models.meetings import texts
from models.meetings.planning.recurrence import again_in
from models.meetings.reminders import month_actions as month_ways
from models.meetings.repository import Meeting
from models.meetings.territories import Territory
from models.notifications.emails import Email
from models.reference import articles
from models.reference.scopes import Scope

_PUT_OFF = "report"


def period_of(month: date, code: str) -> str:
    """Return the period under which a step of a month stands in the outbox."""
    return f"{month:%Y-%m} {code}"


def month_of(period: str) -> date:
    """Return the month of which a period speaks."""
    return date.fromisoformat(f"{period.partition(' ')[0]}-01")


def put_off_period(month: date, until: date) -> str:
    """Return the period of a reminder that somebody put off to a day of the month."""
    return period_of(month, f"{_PUT_OFF} {until}")


def put_off_until(month: date, period: str) -> date | None:
    """Return the day to which a reminder of that month was put off, if that is what the period says."""
    _, begins, day = period.partition(f"{period_of(month, _PUT_OFF)} ")
    return date.fromisoformat(day) if begins else None


@dataclass(frozen=True)
class Unplanned:
    """A département without a point in a month; `last` is the last one that took place, if any did.

    `scope` is where the reader plans: the département, or their dispositif in it.
    """

    where: Territory
    scope: str
    month: date
    last: Meeting | None = None

    def to_leader(self, told_on: date) -> Screen:
        """Return what a chef de file reads on that day, and the ways on."""
        at = Scope.parse(self.scope)
        rows: list[Row] = [(button(month_ways.plan_point(self.month), "point_new", *at),)]
        if again := self._again(told_on):
            assert self.last is not None
            rows.append((button(month_ways.same_as_before(again, self.last), "point_same", *at),))
        if until := month_ways.next_monday(told_on, self.month, self.where.place):
            rows.append((button(month_ways.remind_me(until), "point_later", *at, until),))
        return Screen(self._text(), tuple(rows))

    def to_coordinator(self) -> Screen:
        """Return what a coordinator of the platform reads once reminding was not enough."""
        text = f"{self._text()}\nLe chef de file en est prévenu ; peut-être pouvez-vous l'aider à fixer une date."
        return Screen(text, ((button("Les réunions à tenir", "obl_at", *self.where.at),),))

    def letter(self, screen: Screen) -> Email:
        """Return what goes by e-mail in the place of a screen."""
        subject = f"Jalon : point MDPH–SPE {french.of_month(self.month)} {self.month.year}"
        return Email(subject, screen.plain())

    def _again(self, told_on: date) -> date | None:
        """Return the day on which the last point of who reads would come again, if that is to come."""
        if self.last is None or self.scope not in {self.where.scope, self.last.scope}:
            return None
        again = again_in(self.month, self.last.day, self.where.place)
        return again.day if again is not None and again.day > told_on else None

    def _text(self) -> str:
        month = french.month(self.month).partition(" ")[0].capitalize()
        assert self.where.departement is not None
        where = articles.named(self.where.departement)
        first = f"{month} : aucun point MDPH–SPE n'est encore fixé pour {where}."
        if self.last is None:
            return f"{first}\nAucun point n'y est encore noté."
        return f"{first}\nLe dernier a eu lieu le {texts.day_from(self.month, self.last.day)}."
