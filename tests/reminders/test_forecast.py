"""At the present pace, so much on the day."""

from datetime import UTC, date, datetime

import pytest

from models.reference.working_days import place_of
from reminders.forecast import Load, forecast, measured_since, window

OPENS, DUE, CLOSES = date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 15)
RHONE, REUNION = place_of("69"), place_of("974")

CASES = {
    # today, expected, entered, of which in the window: working days measured and left, percent now and then, needed
    "two a day for five days, eight days to go": (date(2026, 12, 18), 40, 14, 10, (5, 8, 35, 75, 4)),
    "rounded down, never up to all": (date(2026, 12, 29), 200, 195, 10, (5, 2, 97, 99, 3)),
    "fast enough": (date(2026, 12, 18), 20, 14, 10, (5, 8, 70, 100, 1)),
    "nothing entered yet": (date(2026, 12, 18), 20, 0, 0, (5, 8, 0, 0, 3)),
    "nothing entered lately": (date(2026, 12, 18), 20, 5, 0, (5, 8, 25, 25, 2)),
    "all entered": (date(2026, 12, 18), 20, 20, 3, (5, 8, 100, 100, 0)),
    "nobody asked about": (date(2026, 12, 18), 0, 0, 0, (5, 8, 100, 100, 0)),
    "opened today": (OPENS, 44, 2, 2, (1, 21, 4, 100, 2)),
    "opened yesterday": (date(2026, 12, 2), 44, 2, 2, (2, 20, 4, 50, 3)),
    "on the day": (DUE, 20, 18, 10, (5, 0, 90, 90, None)),
    "after the date, until closing": (date(2027, 1, 4), 40, 20, 10, (5, 9, 50, 95, 3)),
    "on the last day": (CLOSES, 20, 18, 4, (5, 0, 90, 90, None)),
}


@pytest.mark.parametrize(("today", "expected", "entered", "recent", "result"), CASES.values(), ids=CASES.keys())
def test_the_forecast(
    today: date, expected: int, entered: int, recent: int, result: tuple[int, int, int, int, int | None]
) -> None:
    days = window(today, OPENS, RHONE)
    found = forecast([Load("coach@exemple.fr", expected, entered, recent)], days, today, DUE, CLOSES, RHONE)

    assert found.projected is not None
    now, then = found.percent(found.entered), found.percent(found.projected)
    assert (found.measured, found.left, now, then, found.needed) == result


def test_after_the_date_without_a_closing_day_there_is_nothing_to_forecast() -> None:
    today = date(2027, 1, 4)
    found = forecast([Load(None, 20, 10, 5)], window(today, OPENS, RHONE), today, DUE, None, RHONE)

    assert (found.target, found.projected, found.needed, found.missing) == (None, None, None, 10)


def test_a_campaign_opened_on_a_saturday_has_no_pace_before_monday() -> None:
    saturday = date(2026, 12, 5)
    days = window(date(2026, 12, 6), saturday, RHONE)
    found = forecast([Load(None, 20, 1, 1)], days, date(2026, 12, 6), DUE, CLOSES, RHONE)

    assert days == ()
    assert found.projected is None


def test_the_window_leaves_holidays_out_and_begins_with_the_campaign() -> None:
    assert [day.day for day in window(date(2026, 12, 28), OPENS, RHONE)] == [21, 22, 23, 24, 28]
    assert window(date(2026, 12, 2), OPENS, RHONE) == (date(2026, 12, 1), date(2026, 12, 2))


def test_entries_count_from_midnight_there() -> None:
    days = window(date(2026, 12, 18), OPENS, REUNION)

    assert measured_since(days, date(2026, 12, 18), REUNION) == datetime(2026, 12, 13, 20, tzinfo=UTC)


def test_whoever_has_most_to_do_comes_first_and_nobody_last() -> None:
    loads = [Load(None, 2, 0, 0), Load("a@exemple.fr", 5, 3, 0), Load("b@exemple.fr", 9, 1, 0), Load("c@e.fr", 3, 3, 1)]
    found = forecast(loads, (), date(2026, 12, 18), DUE, CLOSES, RHONE)

    assert [(load.coach, load.missing) for load in found.late] == [("b@exemple.fr", 8), ("a@exemple.fr", 2), (None, 2)]
