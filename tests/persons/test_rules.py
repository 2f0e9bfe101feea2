"""Each rule about a person, by its number: what it accepts and what it refuses."""

from dataclasses import replace
from datetime import date

import pytest

from models.persons.rules import PersonFacts, errors, is_dispositif_reference, warnings
from models.reference.nomenclature import Handicap, Orientation

SOUND = PersonFacts(
    reference="84ABC010004217",
    entry_date=date(2024, 3, 4),
    birth_date=date(1994, 5, 12),
    orientation=Orientation.MDPH,
    handicap_principal=Handicap.AUTISME,
    months_without_job=14,
)

CASES = [
    ("E03", {"reference": "84ABC01000421"}, True),
    ("E03", {"reference": "84ABC0100042170"}, True),
    ("E03", {"reference": "**************"}, False),
    ("E14", {"exit_date": date(2024, 3, 3)}, True),
    ("E14", {"exit_date": date(2024, 3, 4)}, False),
    ("E14", {"entry_date": None, "exit_date": date(2020, 1, 1)}, False),
    ("E14", {"birth_date": date(2024, 3, 4)}, True),
    ("E14", {"birth_date": date(2025, 1, 1)}, True),
    ("E14", {"birth_date": date(2024, 3, 3)}, False),
    ("E16", {"birth_date": date(2008, 3, 5)}, True),
    ("E16", {"birth_date": date(2008, 3, 4)}, False),
    ("E16", {"birth_date": date(2008, 2, 29), "entry_date": date(2024, 2, 28)}, True),
    ("E16", {"birth_date": date(2008, 2, 29), "entry_date": date(2024, 2, 29)}, False),
    ("E16", {"birth_date": None}, False),
    ("W10", {"handicap_associe": Handicap.AUTISME}, True),
    ("W10", {"handicap_principal": None, "handicap_associe": Handicap.LANGAGE}, True),
    ("W10", {"handicap_associe": Handicap.LANGAGE}, False),
    ("W10", {}, False),
    ("W11", {"birth_date": date(2007, 3, 4), "months_without_job": 13}, True),
    ("W11", {"birth_date": date(2007, 3, 4), "months_without_job": 12}, False),
    ("W11", {"birth_date": date(2007, 3, 5), "months_without_job": 12}, True),
    ("W11", {"birth_date": None, "months_without_job": 900}, False),
    ("W18", {"orientation": Orientation.SPE, "entry_date": date(2020, 7, 29)}, True),
    ("W18", {"orientation": Orientation.SPE, "entry_date": date(2020, 7, 30)}, False),
    ("W18", {"orientation": Orientation.MDPH, "entry_date": date(2019, 1, 1)}, False),
    ("W22", {"birth_date": None}, True),
    ("W22", {"entry_date": None}, True),
    ("W22", {"orientation": None}, True),
    ("W22", {"handicap_principal": None}, True),
    ("W22", {}, False),
]


@pytest.mark.parametrize(("number", "changes", "fires"), CASES)
def test_rule(number: str, changes: dict[str, object], fires: bool) -> None:
    person = replace(SOUND, **changes)  # type: ignore[arg-type]
    found = {rule.number for rule in (*errors(person), *warnings(person))}
    assert (number in found) is fires


def test_a_sound_person_raises_nothing() -> None:
    assert errors(SOUND) == []
    assert warnings(SOUND) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("ABC01", True),
        ("abc01", True),
        ("AB012", False),
        ("ABCD1", False),
        ("ABC1", False),
        ("ABC012", False),
        ("ÀBC01", False),
        ("ABC0１", False),
        ("ABC01\n", False),
    ],
)
def test_a_dispositif_reference_is_three_letters_and_two_digits(text: str, holds: bool) -> None:
    assert is_dispositif_reference(text) is holds  # E02
