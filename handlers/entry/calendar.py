"""The exit date of an entry, picked from buttons a month at a time, or typed."""

from datetime import date

from handlers.entry import texts
from handlers.month import first_of, rows_of
from models.base import french
from models.base.screens import Action, Screen, bold, button
from models.entry.card import Card


def exit_date(card: Card, month: str) -> Screen:
    """Return the days of a month, from the person's entry to the campaign's date."""
    first = first_of(month)
    rows = rows_of(
        first,
        card.entry_date or date(first.year - 1, 1, 1),
        card.day,
        lambda day: button(str(day.day), "left", card.person_id, f"{day:%Y%m%d}", card.revision),
        lambda name, other: button(name, "exit", card.person_id, other),
    )
    rows.append((button("La date n'est pas connue", "left", card.person_id, "0", card.revision),))
    rows.append((button(texts.BACK, "ask", card.person_id, 1),))
    return Screen(
        f"{bold(texts.end(card))} · Suivi terminé\nQuel jour la personne est-elle sortie ?\n"
        f"{bold(french.month(first).capitalize())} : touchez le jour, ou écrivez la date (jj/mm/aaaa).",
        tuple(rows),
        Action.of("exit", card.person_id, f"{first:%Y-%m}"),
    )
