"""The clauses of single indicators: who came in, who was there in the year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, or_, select

from models.reference.nomenclature import Orientation, Statut
from models.statistics.indicators.aggregates import quarter_before, years_before
from models.statistics.queries import campaign, event, person

SENT_BY_SPE = person.c.orientation == Orientation.SPE


def entries(day: date, years: Sequence[int]) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """Return who came in during the quarter that ends at that day, or at that day so many years earlier.

    First how many years earlier, then whether in one of these quarters.
    """
    ends = {before: years_before(day, before) for before in years}
    quarters = {before: person.c.entry_date.between(quarter_before(end), end) for before, end in ends.items()}
    of = case(*((entered, before) for before, entered in quarters.items()))
    return of.label("years"), or_(*quarters.values())


def present_in_year(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return who was there by their dates from the first of January to that day, and who was seen in an event (F23)."""
    began = date(day.year, 1, 1)
    in_year = select(campaign.c.id).where(campaign.c.date.between(began, day))
    followed = select(event.c.person_id).where(event.c.campaign_id.in_(in_year), event.c.statut == Statut.SUIVI)
    stayed = or_(person.c.exit_date.is_(None), person.c.exit_date >= began)
    there = and_(person.c.entry_date.is_not(None), person.c.entry_date <= day, stayed)
    return there.label("there"), person.c.id.in_(followed).label("seen")
