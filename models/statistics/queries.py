"""The clauses of the figures: whose persons are whose, who is counted, in what."""

from sqlalchemy import ColumnElement, and_

from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.events.form import QUESTIONS
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.reference.nomenclature import Niveau, Statut
from models.statistics.scope import StatisticsScope
from models.statistics.sheet import Breakdown

person = table(Person)
event = table(Event)
campaign = table(Campaign)

EVENTS_OF_PERSONS = event.join(person, person.c.id == event.c.person_id)

ACCOMPANIED = and_(event.c.statut == Statut.SUIVI, event.c.niveau_soutien != Niveau.VEILLE)
"""F01: followed by the dispositif, in a band of at least 2 hours a month."""

VALIDATED = event.c.state.in_([EventState.VALIDATED, EventState.SENT_UP])

COLUMNS: dict[str, ColumnElement[str]] = {
    **{asked.statistic.code: event.c[asked.field] for asked in QUESTIONS if asked.statistic is not None},
    Breakdown.ORIENTATION: person.c.orientation,
}
"""What a breakdown divides by; those that are encrypted are counted elsewhere."""


def within(place: StatisticsScope) -> list[ColumnElement[bool]]:
    """Return which persons are the place's; nothing for the whole country."""
    bounds: list[ColumnElement[bool]] = []
    if place.dispositif_ids is not None:
        bounds.append(person.c.dispositif_id.in_(place.dispositif_ids))
    if place.structure_id is not None:
        bounds.append(person.c.structure_id == place.structure_id)
    if place.coach_id is not None:
        bounds.append(person.c.coach_id == place.coach_id)
    return bounds
