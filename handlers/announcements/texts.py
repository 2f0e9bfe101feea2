"""The French of the announcements' screens."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from models.accounts.permissions import Role
from models.accounts.texts import ROLES_IN_PLURAL
from models.announcements.repository import Audience
from models.announcements.tables import LONGEST, Announcement
from models.base import french
from models.base.clock import PARIS, local_day
from models.base.screens import bold
from models.notifications.tables import Delivery
from models.reference.scopes import Scope

COMMAND = "Écrire à un rôle, dans un périmètre"
TITLE = bold("Annonce")
TO_WHOM = "À qui écrire ?"
EVERYBODY = "Tous les rôles"
WHERE = (
    "Dans quel périmètre ? Touchez un choix, ou écrivez le numéro d'un département (69) "
    "ou le code d'un dispositif (ABC01)."
)
A_REGION = "Une région, un département…"
WHICH_REGION = "Quelle région ?"
WHICH_DEPARTEMENT = "Toute la région, ou un de ses départements ?"
WHICH_DISPOSITIF = "Tout le département, ou un de ses dispositifs ?"
UNKNOWN_CODE = "Aucun département ni dispositif ne porte ce code."
WRITE = (
    f"Écrivez le texte de l'annonce, {LONGEST} caractères au plus : ce que vous enverrez maintenant sera ce texte.\n\n"
    "N'y écrivez aucun nom ni rien sur une personne accompagnée. Vous verrez l'annonce avant qu'elle ne parte."
)
AS_SEEN = "Voici ce qui sera reçu :"
REWRITE = "Récrire le texte"
DROP = "Abandonner l'annonce"
DROPPED = "Annonce abandonnée : rien n'est parti."
LAST = "Dernières annonces"
LAST_TITLE = bold(LAST)
NONE_YET = "Aucune annonce n'est encore partie."
NEW = "Nouvelle annonce"
REFRESH = "Actualiser"
BACK = "Retour"
HOME = "Accueil"

_SHOWN = 60
"""How many characters of an announcement its line repeats."""

_STATES = {
    Delivery.SENT: ("arrivé", "arrivés"),
    Delivery.PENDING: ("en attente", "en attente"),
    Delivery.SENDING: ("en cours d'envoi", "en cours d'envoi"),
    Delivery.UNCERTAIN: ("incertain", "incertains"),
    Delivery.FAILED: ("en échec", "en échec"),
    Delivery.REFUSED: ("refusé", "refusés"),
    Delivery.UNREACHABLE: ("sans destinataire joignable", "sans destinataire joignable"),
}


def role(of: Role | None) -> str:
    """Return how a role is called when it is written to."""
    return EVERYBODY if of is None else ROLES_IN_PLURAL[of]


def to(audience: Audience) -> str:
    """Return the first line of an announcement being made."""
    return f"{TITLE} · {role(audience.role)}, {Scope.parse(audience.scope).called}"


def whole(name: str) -> str:
    """Return the label of a region or a département as a whole."""
    return f"Tout : {name}"


def which_dispositif(others: int) -> str:
    """Ask which dispositif of a département; `others` have no button, and their code is written."""
    if others <= 0:
        return WHICH_DISPOSITIF
    left = french.count(others, "autre dispositif", "autres dispositifs")
    return f"{WHICH_DISPOSITIF}\n\nEt {left} : écrivez {french.agree(others, 'son code', 'leur code')} (ABC01)."


def reached(number: int) -> str:
    """Say how many receive it."""
    return french.count(number, "destinataire") if number else "Personne ne recevrait cette annonce."


def send(number: int) -> str:
    """Return the label of the confirmation."""
    return f"Envoyer à {french.count(number, 'personne')}"


def times(waiting: Sequence[str]) -> str:
    """Say for how many it goes now, and until when it waits for the others; « » is now."""
    groups = Counter(waiting)
    now = groups.pop("", 0)
    lines = [f"{french.count(number, 'personne')} : {until}, heure locale." for until, number in groups.items()]
    if now and groups:
        lines.insert(0, f"{french.count(now, 'personne')} : tout de suite.")
    return "\n".join(lines) or "Elle part tout de suite."


def sent(announcement: Announcement) -> str:
    """Say that an announcement was confirmed."""
    return f"Annonce n° {announcement.id} confirmée : {french.count(announcement.recipients, 'destinataire')}."


def line(announcement: Announcement, counts: dict[Delivery, int]) -> str:
    """Return an announcement's lines: number, day, to whom, and how its messages stand."""
    audience = Audience(announcement.role, announcement.scope)
    when = _when(announcement.written_at)
    head = f"{bold(f'n° {announcement.id}')}, {when} · {role(audience.role)}, {Scope.parse(audience.scope).called}"
    parts = [french.count(counts[state], one, many) for state, (one, many) in _STATES.items() if counts.get(state)]
    beginning = " ".join(announcement.text.split())
    short = beginning if len(beginning) <= _SHOWN else f"{beginning[:_SHOWN].rstrip()}…"
    return f"{head}\n« {short} »\n{french.count(announcement.recipients, 'message')} : {' · '.join(parts)}."


def _when(moment: datetime) -> str:
    local = moment.astimezone(PARIS)
    return f"{french.weekday(local_day(moment))}, {local.hour} h {local.minute:02}"
