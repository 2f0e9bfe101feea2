"""What Jalon says in French about campaigns."""

from datetime import date


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
