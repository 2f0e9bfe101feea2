"""The French of the obligations' screens."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from models.base import french
from models.base.screens import bold
from models.meetings.obligations.service import Due
from models.meetings.obligations.states import DueState
from models.meetings.obligations.texts import FREQUENCIES, STATES
from models.meetings.territories import Territory
from models.meetings.texts import KINDS
from models.reference.scopes import Level

COMMAND = "Les réunions obligatoires"
TITLE = bold("Les réunions obligatoires")
NOTHING_DUE = f"{TITLE}\nAucune obligation à suivre dans votre périmètre."
EVERYWHERE = "France entière"
HOME, BACK = "Accueil", "Retour"
HISTORY, HISTORY_TITLE = "Mois par mois", "mois par mois"
REGISTER = "Le registre, en classeur"
ELSEWHERE = "Un autre territoire"
PLAN = "Planifier, voir les réunions"
EARLIER, LATER = "Avant", "Après"
WHERE = "De quel territoire ?"
ALREADY = "Le registre est déjà en préparation."
NOTHING_YET = "Rien à montrer sur ces mois."

ORDER = (DueState.AT_RISK, DueState.MISSED, DueState.TO_COME, DueState.PLANNED, DueState.KEPT, DueState.BEFORE)
"""What calls for attention stands first."""

_COUNTED = {
    DueState.KEPT: ("tenue", "tenues"),
    DueState.PLANNED: ("planifiée", "planifiées"),
    DueState.TO_COME: ("à planifier", "à planifier"),
    DueState.AT_RISK: ("à risque", "à risque"),
    DueState.MISSED: ("manquée", "manquées"),
    DueState.BEFORE: ("avant Jalon", "avant Jalon"),
}
_SAID = STATES | {DueState.TO_COME: "à planifier"}


def place(there: Territory) -> str:
    """Return « Rhône », « Dispositif ABC01 », « Région Auvergne-Rhône-Alpes »."""
    words = {Level.DISPOSITIF: "Dispositif ", Level.REGION: "Région "}
    return f"{words.get(there.level, '')}{there.name}"


def title(where: str) -> str:
    """Return the first line of what is due in a place."""
    return f"{TITLE} · {where}"


def counts(dues: Sequence[Due]) -> str:
    """Return « 3 obligations : 1 à risque, 2 tenues »."""
    found = Counter(due.state for due in dues)
    parts = [f"{found[one]} {french.agree(found[one], *_COUNTED[one])}" for one in ORDER if found[one]]
    return f"{french.count(len(dues), 'obligation')} : {', '.join(parts)}." if parts else "Aucune obligation ici."


def lines(dues: Sequence[Due], most: int) -> str:
    """Return the obligations of a place, what calls for attention first."""
    ordered = sorted(dues, key=lambda due: ORDER.index(due.state))
    several = len({due.where for due in dues}) > 1
    shown = [_line(due, named=several) for due in ordered[:most]]
    more = len(ordered) - len(shown)
    rest = [f"Et {french.count(more, 'autre')} : choisissez un territoire."] if more > 0 else []
    return "\n".join((*shown, *rest))


def history(dues: Sequence[Due], most: int) -> str:
    """Return what became of each obligation, by period, the last one first."""
    several = len({due.where for due in dues}) > 1
    ordered = sorted(dues, key=lambda due: due.period.first, reverse=True)[:most]
    parts = []
    for _, group in groupby(ordered, key=lambda due: due.period.first):
        found = list(group)
        parts.append("\n".join(_past(due, named=several) for due in found))
    more = len(dues) - len(ordered)
    rest = [f"Et {french.count(more, 'ligne')} de plus : voyez le registre."] if more > 0 else []
    return "\n".join((*parts, *rest)) or NOTHING_YET


def writing(year: int) -> str:
    """Say that the register is being written."""
    return f"Le registre de {year} se prépare : le classeur arrive ici dans un instant."


def _line(due: Due, *, named: bool) -> str:
    where = f" · {place(due.where)}" if named else ""
    what = f"{bold(KINDS[due.kind.code])}{where}, {due.period.name} : {_state(due)}"
    return what if due.state is DueState.KEPT else f"{what} ({FREQUENCIES[due.kind.code]})"


def _past(due: Due, *, named: bool) -> str:
    where = f" · {place(due.where)}" if named else ""
    return f"{due.period.name[0].upper()}{due.period.name[1:]} · {KINDS[due.kind.code]}{where} : {_state(due)}"


def _state(due: Due) -> str:
    meeting = due.meeting
    told = {DueState.KEPT, DueState.PLANNED}
    return f"{_SAID[due.state]}{_on(meeting.day)}" if meeting is not None and due.state in told else _SAID[due.state]


def _on(day: date) -> str:
    return f", {french.day(day)}"
