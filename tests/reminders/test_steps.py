"""The days and hours of the reminders, as tables: moved days, clock changes, other zones, a missed day."""

from collections.abc import Sequence
from datetime import date

import pytest

from models.reference.decent_hours import end_of_day, is_decent, moment, next_decent
from models.reference.working_days import MAINLAND, place_of
from reminders.policy import Escalation
from reminders.steps import Away, Course, Step, coach_steps, digest_steps, escalation_step, reached, wished
from reminders.steps_texts import OPENED
from tests.reminders.snapshots import at

YEAR_END = Course(date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 15))


def days(steps: Sequence[Step]) -> dict[str, date]:
    """Return the days by step, the later ones of a step included."""
    return {step.code: step.day for step in steps}


def d(text: str) -> date:
    """Read a day written month-day of 2026, or in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


COACH = [
    (
        "the year's end",
        "69",
        YEAR_END,
        "ouverture 12-01, J-14 12-17, J-7 12-24, J-2 12-29, J 12-31, J+2 ouvrés 2027-01-05, J+4 ouvrés 2027-01-07, "
        "J+6 ouvrés 2027-01-11, J+8 ouvrés 2027-01-13, J+10 ouvrés 2027-01-15",
    ),
    (
        "a due date on a Sunday: J and J-2 fall on the Friday",
        "69",
        Course(d("05-04"), d("05-31"), d("06-05")),
        "ouverture 05-04, J-14 05-15, J-7 05-22, J-2 05-29, J 05-29, J+2 ouvrés 06-02, J+4 ouvrés 06-04",
    ),
    (
        "the same in Martinique, where the 22nd is a holiday",
        "972",
        Course(d("05-04"), d("05-31"), d("06-05")),
        "ouverture 05-04, J-14 05-15, J-7 05-21, J-2 05-29, J 05-29, J+2 ouvrés 06-02, J+4 ouvrés 06-04",
    ),
    (
        "29 February",
        "69",
        Course(date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 3)),
        "ouverture 2028-02-01, J-14 2028-02-15, J-7 2028-02-22, J-2 2028-02-25, J 2028-02-29, J+2 ouvrés 2028-03-02",
    ),
    (
        "opened on 14 July: the day after; J-14 lies before it",
        "69",
        Course(d("07-14"), d("07-24"), d("07-24")),
        "ouverture 07-15, J-7 07-17, J-2 07-22, J 07-24",
    ),
    (
        "Good Friday in Alsace: J-2 is moved to the Thursday",
        "67",
        Course(d("03-30"), d("04-05"), d("04-10")),
        "ouverture 03-30, J-2 04-02, J 04-02, J+2 ouvrés 04-08, J+4 ouvrés 04-10",
    ),
    (
        "Good Friday elsewhere",
        "69",
        Course(d("03-30"), d("04-05"), d("04-10")),
        "ouverture 03-30, J-2 04-03, J 04-03, J+2 ouvrés 04-08, J+4 ouvrés 04-10",
    ),
    (
        "opened after its date",
        "69",
        Course(d("07-06"), d("06-30"), d("07-10")),
        "ouverture 07-06, J+4 ouvrés 07-06, J+6 ouvrés 07-08, J+8 ouvrés 07-10",
    ),
]


@pytest.mark.parametrize(("departement", "course", "expected"), [c[1:] for c in COACH], ids=[c[0] for c in COACH])
def test_the_days_on_which_a_coach_is_reminded(departement: str, course: Course, expected: str) -> None:
    wanted = {code: d(day) for code, day in (part.rsplit(" ", 1) for part in expected.split(", "))}
    assert days(coach_steps(course, place_of(departement))) == wanted


def test_a_campaign_without_a_closing_date_is_followed_for_a_year() -> None:
    steps = coach_steps(Course(d("12-01"), d("12-31"), None), MAINLAND)
    assert steps[-1].day == date(2027, 12, 31)


def test_the_first_working_day_of_each_week_of_the_campaign() -> None:
    assert days(digest_steps(Course(d("04-01"), d("04-30"), d("05-08")), MAINLAND)) == {
        "2026-S14": d("04-01"),
        "2026-S15": d("04-07"),  # Easter Monday
        "2026-S16": d("04-13"),
        "2026-S17": d("04-20"),
        "2026-S18": d("04-27"),
        "2026-S19": d("05-04"),
    }
    opened_on_saturday = Course(d("04-11"), d("04-30"), d("05-08"))
    assert next(iter(days(digest_steps(opened_on_saturday, MAINLAND)).values())) == d("04-13")


@pytest.mark.parametrize(("after", "expected"), [(1, "2027-01-04"), (3, "2027-01-04"), (5, "2027-01-05")])
def test_an_escalation_moves_to_the_working_day_after(after: int, expected: str) -> None:
    assert escalation_step(YEAR_END, MAINLAND, Escalation(after, frozenset())).day == d(expected)


REACHED = [
    ("before the opening", "11-30", None),
    ("on the opening day", "12-01", "ouverture"),
    ("the eve of J-7", "12-23", "J-14"),
    ("J-7", "12-24", "J-7"),
    ("the machine was off until J-6: J-7, once", "12-25", "J-7"),
    ("it was off until J-1: J-2 alone", "12-30", "J-2"),
    ("after the date", "2027-01-04", "J"),
    ("after the closing", "2027-03-01", "J+10 ouvrés"),
]


@pytest.mark.parametrize(("today", "expected"), [c[1:] for c in REACHED], ids=[c[0] for c in REACHED])
def test_only_the_last_step_reached_counts(today: str, expected: str | None) -> None:
    step = reached(coach_steps(YEAR_END, MAINLAND), d(today))
    assert (step.code if step else None) == expected


def test_what_is_moved_to_after_a_weekend_is_known_from_its_own_day_on() -> None:
    steps = coach_steps(Course(d("04-11"), d("04-30"), None), MAINLAND)  # a Saturday
    assert reached(steps, d("04-10")) is None
    assert reached(steps, d("04-11")) == Step("ouverture", d("04-11"), d("04-13"), OPENED)


def test_put_off_nothing_comes_before_the_chosen_day_and_that_day_once() -> None:
    put_off = wished(coach_steps(YEAR_END, MAINLAND), MAINLAND, YEAR_END.last, d("12-29"), None)
    assert [(step.code, step.day) for step in put_off[:2]] == [("report:2026-12-29", d("12-29")), ("J", d("12-31"))]
    step = reached(put_off, d("12-24"))
    assert step is not None
    assert step.day == d("12-29")


def test_an_absence_leaves_out_its_days_and_the_return_makes_up_for_them_once() -> None:
    away = Away(d("12-22"), d("12-30"))
    steps = wished(coach_steps(YEAR_END, MAINLAND), MAINLAND, YEAR_END.last, None, away)
    assert [step.code for step in steps][:4] == ["ouverture", "J-14", "J", "J+2 ouvrés"]  # the return is J itself

    away = Away(d("12-22"), d("12-25"))
    steps = wished(coach_steps(YEAR_END, MAINLAND), MAINLAND, YEAR_END.last, None, away)
    assert days(steps)["retour:2026-12-28"] == d("12-28")
    nothing_missed = Away(d("12-18"), d("12-22"))
    assert wished(coach_steps(YEAR_END, MAINLAND), MAINLAND, YEAR_END.last, None, nothing_missed) == list(
        coach_steps(YEAR_END, MAINLAND)
    )


HOURS = [
    ("winter in Paris", "69", d("12-24"), "2026-12-24T08:00"),
    ("summer in Paris", "69", d("07-15"), "2026-07-15T07:00"),
    ("the Friday before the clocks go forward", "69", d("03-27"), "2026-03-27T08:00"),
    ("the Monday after", "69", d("03-30"), "2026-03-30T07:00"),
    ("the Monday after they go back", "69", d("10-26"), "2026-10-26T08:00"),
    ("La Réunion, while Paris sleeps", "974", d("12-24"), "2026-12-24T05:00"),
    ("Mayotte", "976", d("12-24"), "2026-12-24T06:00"),
    ("Guadeloupe", "971", d("12-24"), "2026-12-24T13:00"),
    ("Guyane", "973", d("12-24"), "2026-12-24T12:00"),
]


@pytest.mark.parametrize(("departement", "day", "utc"), [c[1:] for c in HOURS], ids=[c[0] for c in HOURS])
def test_nine_o_clock_where_they_work(departement: str, day: date, utc: str) -> None:
    assert moment(day, place_of(departement)) == at(utc)


DECENT = [
    ("at noon: now", "69", "2026-12-23T11:00", "2026-12-23T11:00"),
    ("at 8:00 sharp: now", "69", "2026-12-23T07:00", "2026-12-23T07:00"),
    ("a minute before 8:00", "69", "2026-12-23T06:59", "2026-12-23T07:00"),
    ("at 19:00 sharp: tomorrow", "69", "2026-12-23T18:00", "2026-12-24T07:00"),
    ("Christmas Eve in the evening: Monday", "69", "2026-12-24T18:30", "2026-12-28T07:00"),
    ("a Saturday", "69", "2026-12-19T09:00", "2026-12-21T07:00"),
    ("9:00 in La Réunion", "974", "2026-12-24T05:00", "2026-12-24T05:00"),
    ("the same moment in Paris", "69", "2026-12-24T05:00", "2026-12-24T07:00"),
    ("already Saturday in La Réunion", "974", "2026-12-18T20:30", "2026-12-21T04:00"),
    ("the clocks go forward in the night", "69", "2026-03-28T12:00", "2026-03-30T06:00"),
]


@pytest.mark.parametrize(("departement", "now", "expected"), [c[1:] for c in DECENT], ids=[c[0] for c in DECENT])
def test_a_message_waits_for_a_decent_hour(departement: str, now: str, expected: str) -> None:
    place = place_of(departement)
    assert next_decent(at(now), place) == at(expected)
    assert is_decent(at(now), place) is (now == expected)


def test_an_hour_wished_for_is_the_earliest() -> None:
    assert next_decent(at("2026-12-23T09:00"), MAINLAND, 14) == at("2026-12-23T13:00")
    assert next_decent(at("2026-12-23T15:00"), MAINLAND, 14) == at("2026-12-23T15:00")
    assert end_of_day(at("2026-12-23T09:00"), MAINLAND) == at("2026-12-23T18:00")
