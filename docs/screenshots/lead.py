"""The page of the chef de file: a point planned, answered, held, reported and signed."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from docs.screenshots.phone import Phone

PARIS = ZoneInfo("Europe/Paris")
CONTACTS = (
    ("MDPH", "Référent", "referente@mdph.exemple.fr"),
    ("France Travail", "Conseiller", "conseil@france-travail.exemple.fr"),
    ("Dispositif", "Responsable", "coordination@exemple.fr"),
)
"""The last one is the demo's coordinator, who is invited in the chat."""


def planning(phone: Phone) -> None:
    """A chef de file's first point: day, hour, place, two contacts; the series it could be; the card."""
    phone.write("/start")
    phone.photograph("chef-accueil")
    phone.write("/point")
    phone.photograph("point")
    phone.tap("Planifier le point")
    phone.photograph("point-jour")
    phone.write(f"{_third_tuesday():%d/%m/%Y}")
    phone.tap("14 h")
    phone.tap("1 h 30")
    phone.write("MDPH, salle 2")
    for body, function, address in CONTACTS:
        for label in ("Ajouter un contact", body, function):
            phone.tap(label)
        phone.write(address)
    phone.photograph("point-invites")
    phone.tap("Continuer avec")
    phone.photograph("point-recapitulatif")
    phone.tap("En faire une série")
    phone.tap("Le troisième mardi du mois")
    phone.photograph("point-serie")
    phone.tap("En faire une série")
    phone.tap("Une seule fois")
    confirming(phone)


def confirming(phone: Phone) -> None:
    """Confirm a point, and what is asked about before: bodies that are not invited, a weekend."""
    phone.tap("Confirmer")
    if phone.has("Oui, confirmer"):
        phone.tap("Oui, confirmer")


def answering(phone: Phone) -> None:
    """An invitation, and its answer."""
    phone.told("Invitation")
    phone.photograph("reunion-invitation")
    phone.tap("Présent")
    phone.photograph("reunion-reponse")


def reporting(phone: Phone) -> None:
    """The answers; then a point of this very minute, held, reported and signed; the obligations."""
    phone.write("/point")
    phone.tap("mardi")
    phone.photograph("reunion-fiche")
    begins = datetime.now(PARIS) + timedelta(minutes=1)
    phone.write("/point")
    phone.tap("Planifier le point")
    phone.write(f"{begins:%d/%m/%Y}")
    phone.tap("Changer l'heure")
    phone.write(f"{begins.hour} h {begins:%M}")
    confirming(phone)
    while datetime.now(PARIS) < begins.replace(second=2):
        time.sleep(1)
    phone.write("/point")
    phone.tap(f"{begins.day}")
    phone.photograph("reunion-tenue")
    for label in ("Oui, la réunion", "MDPH", "France Travail"):
        phone.tap(label)
    phone.tap("Continuer avec")
    phone.photograph("compte-rendu-nombre")
    for number in ("6", "4", "2", "0"):
        phone.tap(number)
    phone.tap("Choix de la personne")
    phone.tap("1")
    phone.photograph("compte-rendu-cap-emploi")
    for label in ("Continuer avec", "Oui, examiné", "Ajouter une décision", "Revoir la liste", "MDPH"):
        phone.tap(label)
    phone.write(f"{begins + timedelta(days=30):%d/%m/%Y}")
    phone.tap("Continuer avec")
    phone.photograph("compte-rendu")
    phone.tap("Signer")
    phone.tap("Oui, signer")
    phone.photograph("compte-rendu-signe")
    phone.write("/obligations")
    phone.photograph("obligations")
    phone.tap("Mois par mois")
    phone.photograph("obligations-mois")


def _third_tuesday() -> date:
    """Return the third Tuesday of the next month."""
    first = (datetime.now(PARIS).date().replace(day=1) + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)
