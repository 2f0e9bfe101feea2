"""The 101 départements with their region and time zone (INSEE codes), read once."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Departement:
    """A département; `code` is INSEE's, so 2A, 2B and 971 too (ambiguity A3)."""

    code: str
    name: str
    region_code: str
    region: str
    zone: ZoneInfo
    holiday_zone: str


@cache
def departements() -> dict[str, Departement]:
    """Return the départements by their code."""
    with Path(__file__).with_name("departements.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Departement(
                row["code"],
                row["nom"],
                row["region_code"],
                row["region"],
                ZoneInfo(row["fuseau"]),
                row["zone_feries"],
            )
            for row in csv.DictReader(file)
        }
