"""What a coordinator of many dispositifs is told holds in one message, and forgets nobody."""

import re
from collections.abc import Sequence
from datetime import date

import pytest

from models.base.channels import LEAST
from models.reminders.snapshot import Caseload, DispositifSnapshot
from reminders import texts
from reminders.listing import Listed
from tests.reminders.snapshots import YEAR_END

PERSONS = 3
SITUATIONS = [(1, 1, 30), (1, 60, 250), (5, 12, 40), (14, 8, 30), (20, 3, 250), (20, 20, 60), (60, 10, 250), (60, 0, 0)]
"""Dispositifs, job coaches of each, characters of an address."""


def listed(dispositifs: int, coaches: int, name: int) -> Sequence[Listed]:
    """Return dispositifs where each job coach has three persons left, as many wait, and figures are to be updated."""
    found = []
    for number in range(dispositifs):
        caseloads: dict[int | None, Caseload] = {
            1 + coach: Caseload(expected=20, missing=PERSONS, to_validate=17) for coach in range(coaches)
        }
        names = [(f"{'a' * (name - 14)}{coach:03}@exemple.fr", PERSONS) for coach in range(coaches)]
        found.append((DispositifSnapshot(number, f"ABC{number:02}", "69", False, caseloads), names))
    return found


@pytest.mark.parametrize(("dispositifs", "coaches", "name"), SITUATIONS)
def test_it_holds_in_a_message_and_forgets_nobody(dispositifs: int, coaches: int, name: int) -> None:
    late = texts.to_coordinator_late(YEAR_END, date(2027, 1, 4), listed(dispositifs, coaches, name))
    week = texts.digest(YEAR_END, date(2026, 12, 21), listed(dispositifs, coaches, name), own=12)
    assert week.endswith("Dont 12 personnes que vous suivez vous-même.")
    for text in (late, week):
        assert len(text) <= LEAST.text
        shown = re.findall(r"Dispositif \w+\W+?: (\d+) personnes? sur", text)
        by_coach = re.findall(r"(?:@exemple\.fr|jobs? coachs?|job coach) : (\d+)", text)
        others = re.search(r"et (\d+) autres? dispositifs? : (\d+) personnes? à saisir\.", text)
        left_out, missing = map(int, others.groups()) if others else (0, 0)
        if coaches:
            assert len(shown) + left_out == dispositifs
        assert sum(map(int, by_coach)) + missing == dispositifs * coaches * PERSONS


def test_as_many_names_as_there_is_room_for() -> None:
    text = texts.to_coordinator_late(YEAR_END, date(2027, 1, 4), listed(14, 8, 30))
    assert "autre dispositif" not in text
    assert re.findall(r"et \d autres job coachs : \d+ personnes", text)[0] == "et 5 autres job coachs : 15 personnes"
    assert len(text) > LEAST.text * 3 // 4
    assert "autre" not in texts.to_coordinator_late(YEAR_END, date(2027, 1, 4), listed(5, 12, 40))
