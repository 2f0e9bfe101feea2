"""Which persons can be carried over together without a look, and why the others are left aside."""

from enum import StrEnum

from models.entry.card import Card
from models.events import rules
from models.reference.nomenclature import Emploi, Statut

LONG_CDD = 3
"""From how many campaigns in a row a fixed-term contract is worth asking about."""

ONE_QUARTER = 100
"""More days than that between two events: a campaign was missed."""


class AttentionReason(StrEnum):
    """Why a person is worth a look before « rien n'a changé »."""

    NO_HISTORY = "no_history"
    RETURNING = "returning"
    STARTED = "started"
    MISSED = "missed"
    VEILLE_TOTALE = "veille_totale"
    LONG_CDD = "long_cdd"
    REPEATED_PMSMP = "repeated_pmsmp"
    RULE = "rule"


def attention_reason(card: Card) -> AttentionReason | None:
    """Return why the person should be looked at one by one; none if their answers can be carried over."""
    if not card.past:
        return AttentionReason.NO_HISTORY
    if card.returning:
        return AttentionReason.RETURNING
    if card.modified:
        return AttentionReason.STARTED
    last = card.past[0].answers
    if (card.day - card.past[0].day).days > ONE_QUARTER:
        return AttentionReason.MISSED
    if last.statut == Statut.VEILLE_TOTALE:
        return AttentionReason.VEILLE_TOTALE
    if _same_job(card, Emploi.CDD, LONG_CDD):
        return AttentionReason.LONG_CDD
    if _same_job(card, Emploi.PMSMP, 1):
        return AttentionReason.REPEATED_PMSMP
    assert card.base is not None
    situation = card.situation(card.base)
    return AttentionReason.RULE if rules.errors(situation) or rules.warnings(situation) else None


def _same_job(card: Card, job: Emploi, times: int) -> bool:
    latest = [event.answers.emploi_date for event in card.past[:times]]
    return latest == [job] * times
