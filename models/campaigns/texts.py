"""What Jalon says in French about campaigns."""

from datetime import date

from models.base import french
from models.base.screens import bold
from models.campaigns.tables import Campaign


def day(value: date) -> str:
    """Return the day as French forms print it, jj/mm/aaaa."""
    return f"{value:%d/%m/%Y}"


NOT_ALLOWED = "Seul un administrateur ouvre ou clôt une campagne."
UNKNOWN = "Aucune campagne au {date}."
EXISTS = "La campagne du {date} existe déjà."
ALREADY_CLOSED = "La campagne du {date} est déjà close ; une campagne close ne se rouvre pas."
DATES_REVERSED = "La clôture ({closes}) précède l’ouverture ({opens})."
ANOTHER_IS_OPEN = (
    "La campagne du {other} serait ouverte au même moment : clôturez-la d’abord (jalon campaign close {other_iso})."
)
STATES = {"open": "ouverte", "over": "close", "to_come": "à venir"}


def title(campaign: Campaign) -> str:
    """Return « Remontée du 31 décembre 2026 »."""
    return bold(f"Remontée du {french.day_and_year(campaign.date)}")


def due(campaign: Campaign, today: date) -> str:
    """Return until when to enter: the date, how far it is, and the closing where it is fixed."""
    closing = f", fermeture le {french.day(campaign.closes)}" if campaign.closes else ""
    if campaign.date < today:
        passed = french.in_days(campaign.date, today)
        return f"La date est passée ({passed}){closing or ', la saisie reste ouverte'}."
    if campaign.date == today:
        return f"À rendre aujourd'hui, {french.weekday(campaign.date)}{closing}."
    return f"À rendre avant le {french.weekday(campaign.date)} ({french.in_days(campaign.date, today)}){closing}."
