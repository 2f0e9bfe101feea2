"""The command line: what it prints, in words and in JSON, and the files it writes."""

import os
from pathlib import Path

from tests.golden.harness import Quarter
from tests.golden.installation import migrate
from tests.golden.scenes.workbooks import EVENTS, PERSONS, sheet


async def on_the_demo(quarter: Quarter) -> None:
    """Every command that reads the demo, and those that write little."""
    quarter.scene("commands-demo", "The command line on the demo")
    await quarter.all_alive()
    await quarter.jalon("doctor", "--json")
    await quarter.jalon("doctor")
    for json in (("--json",), ()):
        await quarter.jalon("campaign", "list", *json)
        await quarter.jalon("register", "--scope", "departement:69", "--from", "2026-09-01", *json)
        await quarter.jalon("export", "--campaign", "2026-12-31", "--dry-run", *json)
    await quarter.jalon("stats", "--campaign", "2026-09-30", "--json")
    await quarter.jalon("stats", "--campaign", "2026-09-30", "--scope", "dispositif:ABC01")
    await quarter.jalon("stats", "--campaign", "2026-12-31", "--scope", "structure:1", "--json")
    await quarter.jalon("stats", "--campaign", "2020-12-31")
    await quarter.jalon("chart", "--list")
    await quarter.jalon("chart", "emploi", "--campaign", "2026-09-30", "-o", "emploi.png")
    await quarter.jalon("chart", "report", "--scope", "departement:69", "-o", "page.pdf")
    await quarter.jalon("register", "--scope", "departement:69", "-o", "registre.xlsx")
    for name in ("emploi.png", "page.pdf", "registre.xlsx"):
        quarter.keep_file(f"commands-demo-{name}", Path(name))
    await quarter.jalon("invite", "--email", "nouvelle@exemple.fr", "--role", "coordinator", "--dispositif", "ABC01")
    await quarter.jalon("invite", "--email", "nouvelle", "--role", "coordinator", "--scope", "national", "--json")
    await quarter.jalon("invite", "--email", "autre@exemple.fr", "--role", "reader", "--scope", "region:84", "--json")
    await quarter.jalon("revoke", "--email", "autre@exemple.fr", "--json")
    await quarter.jalon("revoke", "--email", "jamais@exemple.fr")
    await quarter.jalon("campaign", "open", "2027-03-31", "--opens", "2027-03-01", "--closes", "2027-04-15", "--json")
    await quarter.jalon("campaign", "open", "2027-03-30")


async def workbooks(quarter: Quarter) -> None:
    """A workbook loaded and taken back, one refused with its report, exports and what is declared sent up."""
    quarter.scene("commands-workbooks", "The command line's workbooks")
    _write_workbooks()
    for name in ("personne.xlsx", "refuse.xlsx", "evenement.xlsx"):
        await quarter.jalon("import", name, "--dry-run", "--json")
        await quarter.jalon("import", name, "--dry-run", "--report", f"rapport-{name}")
    quarter.keep_file("commands-workbooks-report", Path("rapport-refuse.xlsx"))
    await quarter.jalon("import", "personne.xlsx", "--json")
    await quarter.jalon("import", "--undo", "4", "--json")
    await quarter.jalon("export", "--campaign", "2026-12-31", "-o", "export.xlsx", "--json")
    await quarter.jalon("export", "--campaign", "2026-09-30", "--scope", "dispositif:ABC01", "-o", "septembre.xlsx")
    await quarter.jalon("export", "--campaign", "2026-12-31", "--events-only", "-o", "evenements.xlsx")
    for name in ("export.xlsx", "septembre.xlsx", "evenements.xlsx"):
        quarter.keep_file(f"commands-workbooks-{name}", Path(name))
    await quarter.jalon("sent-up", "export.xlsx")
    await quarter.jalon("sent-up", "septembre.xlsx")
    await quarter.jalon("export", "--campaign", "2026-12-31", "--dry-run", "--json")


async def on_a_population(quarter: Quarter) -> None:
    """A seeded population, in a database of its own."""
    quarter.scene("commands-population", "The command line on a seeded population")
    before = os.environ["JALON_DATA_DIR"]
    os.environ["JALON_DATA_DIR"] = "population"
    try:
        await migrate()
        await quarter.jalon(
            "seed", "--persons", "200", "--dispositifs", "4", "--campaigns", "4", "--seed", "7", "--json"
        )
        await quarter.jalon("campaign", "list", "--json")
        await quarter.jalon("stats", "--campaign", "2026-12-31", "--json")
        await quarter.jalon("export", "--campaign", "2026-12-31", "--dry-run", "--json")
        await quarter.jalon("export", "--campaign", "2026-12-31", "-o", "population.xlsx", "--json")
        quarter.keep_file("commands-population-export", Path("population.xlsx"))
        await quarter.jalon("import", "population.xlsx", "--dry-run", "--json")
        await quarter.jalon("reminders", "--at", "2027-03-17T09:00", "--json")
        await quarter.jalon("doctor", "--json")
    finally:
        os.environ["JALON_DATA_DIR"] = before


def _write_workbooks() -> None:
    Path("personne.xlsx").write_bytes(sheet(PERSONS, {"Référence personne accompagnée": "84ABC010008001"}))
    Path("refuse.xlsx").write_bytes(sheet(PERSONS, {"Référence personne accompagnée": "84", "Sexe": "inconnu"}))
    Path("evenement.xlsx").write_bytes(sheet(EVENTS, {"Choisir personne concernée": "84ABC010009999"}))
