"""Invented dispositifs: a département, structures, people who work there."""

from dataclasses import dataclass
from random import Random
from typing import Any

from models.reference.departements import Departement, departements

CASELOAD = 20
"""Persons a job coach follows."""

STRUCTURES = (
    "Les Tilleuls",
    "Le Pont",
    "Atelier Sud",
    "La Passerelle",
    "Horizon",
    "Les Acacias",
    "Le Relais",
    "Cap Nord",
)
LETTERS = 26


@dataclass(frozen=True)
class Setting:
    """An invented dispositif; `coaches` and `coordinator` are e-mail addresses."""

    reference: str
    nom: str
    departement: Departement
    structures: tuple[str, ...]
    persons: int
    coaches: tuple[str, ...]
    coordinator: str
    figures: dict[str, Any]


def place(random: Random, index: int, persons: int) -> Setting:
    """Return the dispositif of that index, for so many persons."""
    reference = _reference(index)
    coaches = max(1, -(-persons // CASELOAD))
    where = random.choice(list(departements().values()))
    domain = f"{reference.lower()}.exemple.fr"
    return Setting(
        reference=reference,
        nom=f"Emploi accompagné {where.name} {index + 1}",
        departement=where,
        structures=tuple(random.sample(STRUCTURES, random.randrange(2, 5))),
        persons=persons,
        coaches=tuple(f"coach{number}@{domain}" for number in range(1, coaches + 1)),
        coordinator=f"coordination@{domain}",
        figures={
            "capacite": persons + random.randrange(10),
            "etp_total": coaches + 0.5,
            "etp_hors_admin": float(coaches),
            "professionnels_hors_admin": coaches + random.randrange(2),
            "liste_attente": random.randrange(15),
            "sans_suite": random.randrange(6),
        },
    )


def person_references(random: Random, of: Setting) -> list[str]:
    """Return a code of 14 characters for each person (E03), none twice."""
    numbers = random.sample(range(10**7), of.persons)
    return [f"{of.departement.region_code}{of.reference}{number:07d}" for number in numbers]


def _reference(index: int) -> str:
    series, number = divmod(index, 99)
    letters = ""
    for _ in range(3):
        series, letter = divmod(series, LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{number + 1:02d}"
