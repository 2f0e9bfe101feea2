"""Until when a reminder may be put off."""

from datetime import date

import pytest

from models.reference.working_days import place_of
from reminders.wishes import may_snooze, snoozes

DUE = date(2026, 12, 31)

CASES = {
    "a Monday, nothing in the way": (
        "69",
        date(2026, 12, 7),
        DUE,
        ["demain 8/12", "dans 3 jours 10/12", "lundi 14 décembre 14/12"],
    ),
    "a Thursday: in three days is a Sunday, so Monday, once": (
        "69",
        date(2026, 12, 17),
        DUE,
        ["demain 18/12", "lundi 21 décembre 21/12"],
    ),
    "a Friday: tomorrow is no working day": (
        "69",
        date(2026, 12, 18),
        DUE,
        ["lundi 21 décembre 21/12"],
    ),
    "a Saturday": (
        "69",
        date(2026, 12, 19),
        DUE,
        ["lundi 21 décembre 21/12", "dans 3 jours 22/12"],
    ),
    "Christmas is moved over": (
        "69",
        date(2026, 12, 24),
        DUE,
        ["lundi 28 décembre 28/12"],
    ),
    "the day after Christmas is a holiday in Alsace-Moselle, and a Saturday": (
        "67",
        date(2026, 12, 23),
        DUE,
        ["demain 24/12", "lundi 28 décembre 28/12"],
    ),
    "what lies beyond J-1 comes back to it, once": (
        "69",
        date(2026, 12, 28),
        DUE,
        ["demain 29/12", "mercredi 30 décembre 30/12"],
    ),
    "the day before J-1": ("69", date(2026, 12, 29), DUE, ["demain 30/12"]),
    "J-1": ("69", date(2026, 12, 30), DUE, []),
    "J": ("69", DUE, DUE, []),
    "after J": ("69", date(2027, 1, 4), DUE, []),
    "a due date on a Sunday: J-1 is the Friday": ("69", date(2026, 5, 28), date(2026, 5, 31), ["demain 29/5"]),
    "and on that Friday nothing is left": ("69", date(2026, 5, 29), date(2026, 5, 31), []),
    "over 29 February": (
        "69",
        date(2028, 2, 28),
        date(2028, 3, 31),
        ["demain 29/2", "dans 3 jours 2/3", "lundi 6 mars 6/3"],
    ),
    "22 May is a holiday in Martinique": (
        "972",
        date(2028, 5, 19),
        date(2028, 5, 31),
        ["mardi 23 mai 23/5"],
    ),
    "and nowhere else": ("69", date(2028, 5, 19), date(2028, 5, 31), ["lundi 22 mai 22/5"]),
}


@pytest.mark.parametrize(("departement", "today", "due", "expected"), CASES.values(), ids=CASES.keys())
def test_the_days_to_choose_from(departement: str, today: date, due: date, expected: list[str]) -> None:
    found = snoozes(today, due, place_of(departement))

    assert [f"{one.label} {one.day.day}/{one.day.month}" for one in found] == expected


@pytest.mark.parametrize(("departement", "today", "due", "_expected"), CASES.values(), ids=CASES.keys())
def test_every_day_offered_may_be_taken_at_once(departement: str, today: date, due: date, _expected: list[str]) -> None:
    place = place_of(departement)

    assert all(may_snooze(one.day, today, due, place) for one in snoozes(today, due, place))


@pytest.mark.parametrize(
    ("day", "today"),
    [
        (date(2026, 12, 21), date(2026, 12, 21)),
        (date(2026, 12, 18), date(2026, 12, 21)),
        (date(2026, 12, 25), date(2026, 12, 21)),
        (date(2026, 12, 26), date(2026, 12, 21)),
        (DUE, date(2026, 12, 21)),
        (date(2027, 1, 4), date(2026, 12, 21)),
        (date(2026, 12, 30), date(2026, 12, 30)),
    ],
    ids=["today", "past", "a holiday", "a Saturday", "J", "after J", "J-1 on J-1"],
)
def test_a_day_that_may_not_be_taken(day: date, today: date) -> None:
    assert not may_snooze(day, today, DUE, place_of("69"))
