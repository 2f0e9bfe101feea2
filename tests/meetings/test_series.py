"""The days of a series, in a table: first Tuesdays, last Fridays, Februaries, holidays of each zone, clock changes."""

from datetime import UTC, date, time, timedelta

import pytest

from models.meetings.planning import texts
from models.meetings.planning.series import Occurrence, RecurrenceRule, occurrences
from models.meetings.planning.slots import Slot
from models.reference.working_days import place_of

TUESDAY, MONDAY, THURSDAY, FRIDAY, SATURDAY = 1, 0, 3, 4, 5
RHONE, BAS_RHIN, GUADELOUPE, REUNION, MARTINIQUE = "69", "67", "971", "974", "972"


def days(rule: RecurrenceRule, first: date, departement: str = RHONE) -> list[date]:
    return [one.day for one in occurrences(rule, first, place_of(departement))]


def test_the_first_tuesday_of_twelve_months() -> None:
    found = days(RecurrenceRule(1, TUESDAY), date(2027, 1, 4))
    assert found == [
        date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2), date(2027, 4, 6), date(2027, 5, 4), date(2027, 6, 1),
        date(2027, 7, 6), date(2027, 8, 3), date(2027, 9, 7), date(2027, 10, 5), date(2027, 11, 2), date(2027, 12, 7),
    ]  # fmt: skip


def test_every_month_has_one_whatever_the_rule_and_the_zone() -> None:
    for departement in (RHONE, BAS_RHIN, GUADELOUPE, REUNION, MARTINIQUE, "973", "976"):
        for week in (1, 2, 3, 4, -1):
            for weekday in range(5):
                found = days(RecurrenceRule(week, weekday), date(2027, 1, 1), departement)
                assert [day.month for day in found] == list(range(1, 13)), (departement, week, weekday)


@pytest.mark.parametrize(
    ("departement", "rule", "meant", "moved"),
    [
        (RHONE, RecurrenceRule(-1, MONDAY), date(2027, 3, 29), date(2027, 3, 30)),  # Easter Monday: the next day
        (RHONE, RecurrenceRule(3, MONDAY), date(2027, 5, 17), date(2027, 5, 18)),  # Whit Monday
        (RHONE, RecurrenceRule(1, THURSDAY), date(2027, 5, 6), date(2027, 5, 7)),  # Ascension: the Friday is worked
        (RHONE, RecurrenceRule(1, MONDAY), date(2027, 11, 1), date(2027, 11, 2)),  # All Saints
        (RHONE, RecurrenceRule(1, FRIDAY), date(2027, 1, 1), date(2027, 1, 4)),  # over a weekend
        (RHONE, RecurrenceRule(-1, FRIDAY), date(2027, 3, 26), None),  # Good Friday is worked here
        (BAS_RHIN, RecurrenceRule(-1, FRIDAY), date(2027, 3, 26), date(2027, 3, 30)),  # not there, nor is Easter Monday
        (GUADELOUPE, RecurrenceRule(-1, THURSDAY), date(2027, 5, 27), date(2027, 5, 28)),  # abolition of slavery
        (RHONE, RecurrenceRule(-1, THURSDAY), date(2027, 5, 27), None),
        (REUNION, RecurrenceRule(3, MONDAY), date(2027, 12, 20), date(2027, 12, 21)),
        (RHONE, RecurrenceRule(3, MONDAY), date(2027, 12, 20), None),
        (RHONE, RecurrenceRule(-1, MONDAY), date(2029, 2, 26), None),  # a February of exactly four weeks has one too
        (RHONE, RecurrenceRule(-1, FRIDAY), date(2030, 5, 31), None),
        (BAS_RHIN, RecurrenceRule(-1, FRIDAY), date(2027, 12, 31), None),
    ],
)
def test_a_holiday_moves_its_occurrence(
    departement: str, rule: RecurrenceRule, meant: date, moved: date | None
) -> None:
    [found] = [one for one in occurrences(rule, meant.replace(day=1), place_of(departement)) if one.meant == meant]
    assert found.day == (moved or meant)
    assert (found.why is not None) == (moved is not None)


def test_a_moved_day_says_from_where() -> None:
    moved = Occurrence(date(2027, 3, 30), date(2027, 3, 29), "Lundi de Pâques")
    assert texts.occurrence(moved) == "mardi 30 mars 2027, au lieu du 29 mars (Lundi de Pâques)"


@pytest.mark.parametrize(
    ("rule", "first", "said"),
    [
        (RecurrenceRule(1, FRIDAY), date(2027, 1, 1), "lundi 4 janvier 2027, au lieu du 1er janvier (férié)"),
        (RecurrenceRule(2, FRIDAY), date(2026, 5, 1), "lundi 11 mai 2026, au lieu du 8 mai (férié)"),
    ],
)
def test_a_holiday_whose_name_is_its_date_is_not_named_twice(rule: RecurrenceRule, first: date, said: str) -> None:
    moved = [texts.occurrence(one) for one in occurrences(rule, first, place_of(RHONE)) if one.moved]
    assert said in moved


def test_the_last_monday_of_may_that_is_no_working_day_comes_back_before_it() -> None:
    # Whit Monday 31 May 2004; no day of May is left after it.
    [found] = [
        one
        for one in occurrences(RecurrenceRule(-1, MONDAY), date(2004, 5, 1), place_of(RHONE))
        if one.meant.month == 5
    ]
    assert (found.meant, found.day, found.why) == (date(2004, 5, 31), date(2004, 5, 28), "Lundi de Pentecôte")


def test_a_series_begun_after_its_day_starts_the_month_after() -> None:
    assert days(RecurrenceRule(1, TUESDAY), date(2027, 1, 6))[0] == date(2027, 2, 2)


def test_an_occurrence_moved_past_the_first_day_is_kept() -> None:
    # New Year's Day, a Friday, moves to Monday the 4th: asked for from the 2nd, it is still to come.
    assert days(RecurrenceRule(1, FRIDAY), date(2027, 1, 2))[0] == date(2027, 1, 4)


def test_twice_a_year() -> None:
    assert days(RecurrenceRule(2, TUESDAY, 6), date(2027, 3, 1)) == [date(2027, 3, 9), date(2027, 9, 14)]


def test_every_so_many_months_counts_from_the_first_one_still_to_come() -> None:
    assert days(RecurrenceRule(2, TUESDAY, 6), date(2027, 3, 10)) == [date(2027, 4, 13), date(2027, 10, 12)]
    assert days(RecurrenceRule(1, TUESDAY, 12), date(2027, 1, 6)) == [date(2027, 2, 2)]


@pytest.mark.parametrize(
    "rule",
    [
        RecurrenceRule(5, TUESDAY),
        RecurrenceRule(0, TUESDAY),
        RecurrenceRule(1, SATURDAY),
        RecurrenceRule(1, TUESDAY, 0),
    ],
)
def test_rules_that_leave_months_out_are_not_possible(rule: RecurrenceRule) -> None:
    assert not rule.possible


def test_fourteen_hours_stay_fourteen_hours_when_clocks_change() -> None:
    paris = place_of(RHONE).zone
    slots = [Slot(day, time(14), 60) for day in days(RecurrenceRule(1, TUESDAY), date(2027, 3, 1))]
    utc = {slot.day.month: slot.starts_at(paris).astimezone(UTC).hour for slot in slots}
    assert (utc[3], utc[4], utc[10], utc[11]) == (13, 12, 12, 13)
    assert all(slot.starts_at(paris).hour == 14 for slot in slots)


def test_overseas_clocks_do_not_change() -> None:
    reunion = place_of(REUNION).zone
    slots = [Slot(day, time(14), 60) for day in days(RecurrenceRule(1, TUESDAY), date(2027, 3, 1), REUNION)]
    assert {slot.starts_at(reunion).astimezone(UTC).hour for slot in slots} == {10}


def test_a_meeting_over_a_clock_change_lasts_as_long_as_said() -> None:
    slot = Slot(date(2027, 3, 28), time(1, 30), 120)
    paris = place_of(RHONE).zone
    assert slot.ends_at(paris) - slot.starts_at(paris).astimezone(UTC) == timedelta(minutes=120)
    assert slot.ends_at(paris).astimezone(paris).hour == 4


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (RecurrenceRule(1, TUESDAY), "le premier mardi du mois"),
        (RecurrenceRule(-1, FRIDAY), "le dernier vendredi du mois"),
        (RecurrenceRule(2, MONDAY, 6), "le deuxième lundi, tous les 6 mois"),
    ],
)
def test_a_rule_in_words(rule: RecurrenceRule, said: str) -> None:
    assert texts.rule(rule) == said
