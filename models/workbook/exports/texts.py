"""What Jalon says in French about an export."""

from enum import StrEnum

from models.accounts import texts as account_texts
from models.base.refusals import sentences_of
from models.events import texts as event_texts
from models.events.tables import EventState
from models.persons import texts as person_texts
from models.reference.scopes import Level

UNWRITABLE = "Le fichier {file} ne peut pas être écrit."
UNREADABLE = "Le fichier {file} ne peut pas être lu."
NO_STRUCTURE = "la structure n’est pas renseignée"
UNKNOWN_VALUE = "valeur hors de la liste fermée"
DISPOSITIF_REFERENCE = "référence attendue : 3 lettres puis 2 chiffres"
ETP = "les ETP hors administratifs dépassent les ETP du dispositif"
NOT_SENT_UP_AGAIN = "évènement déjà remonté"
TO_CORRECT_BY_HAND = "évènement déjà remonté, corrigé depuis : à reporter à la main"

STATES = {
    EventState.ENTERED: "évènement saisi, pas encore validé",
    EventState.SENT_BACK: "évènement renvoyé au job coach, à corriger",
}
"""Why an event that is not validated stays."""


def error(rule: str) -> str:
    """Return what a blocking rule of a person or an event says."""
    return person_texts.ERRORS.get(rule) or event_texts.ERRORS[rule]


def reason(sentence: str, rule: str | None) -> str:
    """Return why something was left out, with the number of the rule where there is one."""
    return f"{sentence} ({rule})" if rule else sentence


class ExportRefusal(StrEnum):
    """Why an export is not made, or not declared sent up."""

    NOT_ALLOWED = "not_allowed"
    SCOPE_EXPECTED = "scope_expected"
    UNKNOWN_SCOPE = "unknown_scope"
    UNKNOWN_CAMPAIGN = "unknown_campaign"
    UNKNOWN_FILE = "unknown_file"
    ALREADY_SENT_UP = "already_sent_up"


def _unknown_scope(level: Level, code: str) -> str:
    return account_texts.UNKNOWN[level].format(code=code)


REFUSALS = sentences_of(
    ExportRefusal,
    {
        ExportRefusal.NOT_ALLOWED: "Seuls un administrateur, ou le responsable pour son dispositif, exportent.",
        ExportRefusal.SCOPE_EXPECTED: ("Périmètre attendu : national, region:84, departement:69 ou dispositif:ABC01."),
        ExportRefusal.UNKNOWN_SCOPE: _unknown_scope,
        ExportRefusal.UNKNOWN_CAMPAIGN: "Aucune campagne au {day:%d/%m/%Y}.",
        ExportRefusal.UNKNOWN_FILE: ("Ce fichier n’est pas un classeur exporté par Jalon, ou il a été modifié depuis."),
        ExportRefusal.ALREADY_SENT_UP: "Ce classeur est déjà déclaré remonté.",
    },
)
