"""The guide's page on reminders says what the policy declares: a change of one is noticed in the other."""

import re
from pathlib import Path

from models.announcements.tables import LONGEST
from models.reference.decent_hours import EARLIEST, LATEST, USUAL, WISHABLE
from models.reminders.service import LONGEST_ABSENCE
from reminders.forecast import WINDOW
from reminders.policy import BEFORE, ESCALATIONS, EVERY_AFTER

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "reminders.md"


def page() -> str:
    return PAGE.read_text(encoding="utf-8").replace("\u00a0", " ")


def test_the_table_of_what_comes_when_is_that_of_the_policy() -> None:
    rows = [line.split("|")[1].strip() for line in page().splitlines() if line.startswith("| ")]
    declared = [
        "À l’ouverture",
        *(f"J-{days}" if days else "J" for days in BEFORE),
        f"Après J, tous les {EVERY_AFTER} jours ouvrés",
        "Chaque semaine",
        *(escalation.code for escalation in ESCALATIONS),
    ]

    assert [row for row in rows if row in declared or row.startswith(("J", "Après"))] == declared


def test_its_figures_are_those_of_the_program() -> None:
    said = page()

    assert f"à {USUAL} h" in said
    assert f"de {EARLIEST} h à {LATEST} h" in said
    assert f"de {WISHABLE[0]} h à {WISHABLE[-1]} h" in said
    assert f"{WINDOW} derniers jours ouvrés" in said
    assert f"{LONGEST} caractères" in said
    assert f"{LONGEST_ABSENCE.years * 12 + LONGEST_ABSENCE.months} mois" in said


def test_every_picture_it_shows_exists() -> None:
    pictures = re.findall(r"\]\((images/[^)]+)\)", page())

    assert pictures
    assert [name for name in pictures if not (PAGE.parent / name).exists()] == []
