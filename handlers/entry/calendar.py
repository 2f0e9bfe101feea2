"""The exit date, picked from buttons: a month at a time, or typed as the day's number."""

import calendar
import re
from datetime import date

from handlers.entry import texts
from models import french
from models.events.card import Card
from models.screens import Action, Screen, bold, button

_COLUMNS = 7
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})")


def first_of(month: str) -> date:
    """Return the first day of « 2026-12 »; `ValueError` if it names no month."""
    found = _MONTH.fullmatch(month)
    if found is None:
        raise ValueError(month)
    return date(int(found[1]), int(found[2]), 1)


def exit_date(card: Card, month: str) -> Screen:
    """Return the days of a month, from the person's entry to the campaign's date."""
    first = first_of(month)
    earliest = card.entry_date or date(first.year - 1, 1, 1)
    latest = card.day
    last = calendar.monthrange(first.year, first.month)[1]
    days = [day for day in (first.replace(day=n) for n in range(1, last + 1)) if earliest <= day <= latest]
    buttons = [button(str(day.day), "left", card.person_id, f"{day:%Y%m%d}", card.revision) for day in days]
    rows = [tuple(buttons[start : start + _COLUMNS]) for start in range(0, len(buttons), _COLUMNS)]
    moves = [
        button(french.month(other).capitalize(), "exit", card.person_id, f"{other:%Y-%m}")
        for other, shown in (
            (_shifted(first, -1), first > earliest),
            (_shifted(first, 1), _shifted(first, 1) <= latest),
        )
        if shown
    ]
    if moves:
        rows.append(tuple(moves))
    rows.append((button("La date n'est pas connue", "left", card.person_id, "0", card.revision),))
    rows.append((button(texts.BACK, "ask", card.person_id, 1),))
    return Screen(
        f"{bold(texts.end(card))} · Suivi terminé\nQuel jour la personne est-elle sortie ?\n"
        f"{bold(french.month(first).capitalize())} : touchez le jour, ou écrivez la date (jj/mm/aaaa).",
        tuple(rows),
        Action.of("exit", card.person_id, f"{first:%Y-%m}"),
    )


def day_of(text: str) -> date | None:
    """Read the day a button carries; none for « 0 », an unknown date. `ValueError` if it is neither."""
    return None if text == "0" else date.fromisoformat(text)


def _shifted(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
