"""Working days by zone: a table of the days that differ, and a second source for all the others."""

from datetime import date, timedelta

import holidays
import pytest

from models.reference.departements import departements
from models.reference.working_days import (
    MAINLAND,
    holiday,
    is_working_day,
    on_or_after,
    on_or_before,
    place_of,
    working_days,
)

CASES = [
    ("14 July", "69", date(2026, 7, 14), False),
    ("14 July in Martinique", "972", date(2026, 7, 14), False),
    ("22 May in Martinique", "972", date(2026, 5, 22), False),
    ("22 May elsewhere", "69", date(2026, 5, 22), True),
    ("22 May in Guadeloupe", "971", date(2026, 5, 22), True),
    ("27 May in Guadeloupe", "971", date(2026, 5, 27), False),
    ("10 June in Guyane", "973", date(2026, 6, 10), False),
    ("27 April in Mayotte", "976", date(2026, 4, 27), False),
    ("20 December in La Réunion, a Monday", "974", date(2027, 12, 20), False),
    ("20 December elsewhere", "75", date(2027, 12, 20), True),
    ("Good Friday in Alsace", "67", date(2026, 4, 3), False),
    ("Good Friday in Moselle", "57", date(2026, 4, 3), False),
    ("Good Friday elsewhere", "69", date(2026, 4, 3), True),
    ("26 December in Alsace, a Monday", "68", date(2022, 12, 26), False),
    ("26 December elsewhere", "69", date(2022, 12, 26), True),
    ("Easter Monday", "2A", date(2026, 4, 6), False),
    ("Whit Monday", "59", date(2026, 5, 25), False),
    ("a Saturday", "69", date(2026, 12, 19), False),
    ("29 February, a Tuesday", "69", date(2028, 2, 29), True),
    ("a département that is not known", None, date(2026, 5, 22), True),
]


@pytest.mark.parametrize(("departement", "day", "works"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_works_on_that_day(departement: str | None, day: date, works: bool) -> None:
    assert is_working_day(day, place_of(departement)) is works


def test_a_holiday_has_its_french_name() -> None:
    assert holiday(date(2026, 5, 22), place_of("972")) == "Abolition de l'esclavage"
    assert holiday(date(2026, 5, 21), place_of("972")) is None


SECOND_SOURCE = {
    "Métropole": None,
    "Alsace-Moselle": "57",
    "Guyane": "973",
    "La Réunion": "974",
    "Mayotte": "976",
    "Martinique": "972",
    "Guadeloupe": "971",
}
"""The zone, as the second source names it."""

CUSTOMARY = {"Martinique", "Guadeloupe"}
"""Where the second source adds days of custom, which the law does not name (`calendrier.yaml`)."""


@pytest.mark.parametrize("zone", SECOND_SOURCE)
def test_another_source_knows_the_same_holidays(zone: str) -> None:
    place = next(place_of(d.code) for d in departements().values() if d.holiday_zone == zone)
    other = holidays.country_holidays("FR", subdiv=SECOND_SOURCE[zone], years=range(2024, 2036))
    first, last = date(2024, 1, 1), date(2035, 12, 31)
    ours = {day for n in range((last - first).days + 1) if holiday(day := first + timedelta(days=n), place)}
    assert ours <= set(other) if zone in CUSTOMARY else ours == set(other)


def test_every_departement_has_a_zone_with_holidays() -> None:
    for code in departements():
        assert holiday(date(2026, 1, 1), place_of(code)) == "1er janvier"


def test_a_day_moves_to_the_working_day_before_or_after() -> None:
    sunday = date(2026, 12, 27)
    assert on_or_before(sunday, MAINLAND) == date(2026, 12, 24)  # the 25th is Christmas
    assert on_or_after(sunday, MAINLAND) == date(2026, 12, 28)
    assert on_or_after(date(2026, 4, 3), place_of("67")) == date(2026, 4, 7)
    assert list(working_days(date(2026, 12, 24), date(2026, 12, 29), MAINLAND)) == [
        date(2026, 12, 24),
        date(2026, 12, 28),
        date(2026, 12, 29),
    ]
