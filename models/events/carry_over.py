"""Which persons can be carried over together without a look, and why the others are left aside."""

from enum import StrEnum

from models.events import rules
from models.events.card import Card
from models.nomenclature import Emploi, Statut

LONG_CDD = 3
"""From how many campaigns in a row a fixed-term contract is worth asking about."""

ONE_QUARTER = 100
"""More days than that between two events: a campaign was missed."""


class Look(StrEnum):
    """Why a person is worth a look before « rien n'a changé »."""

    NO_HISTORY = "no_history"
    RETURNING = "returning"
    STARTED = "started"
    MISSED = "missed"
    VEILLE_TOTALE = "veille_totale"
    LONG_CDD = "long_cdd"
    REPEATED_PMSMP = "repeated_pmsmp"
    RULE = "rule"


def look(card: Card) -> Look | None:
    """Return why the person should be looked at one by one; none if their answers can be carried over."""
    if not card.past:
        return Look.NO_HISTORY
    if card.returning:
        return Look.RETURNING
    if card.modified:
        return Look.STARTED
    last = card.past[0].answers
    if (card.day - card.past[0].day).days > ONE_QUARTER:
        return Look.MISSED
    if last.statut == Statut.VEILLE_TOTALE:
        return Look.VEILLE_TOTALE
    if _same_job(card, Emploi.CDD, LONG_CDD):
        return Look.LONG_CDD
    if _same_job(card, Emploi.PMSMP, 1):
        return Look.REPEATED_PMSMP
    assert card.base is not None
    situation = card.situation(card.base)
    return Look.RULE if rules.errors(situation) or rules.warnings(situation) else None


def _same_job(card: Card, job: Emploi, times: int) -> bool:
    latest = [event.answers.emploi_date for event in card.past[:times]]
    return latest == [job] * times
