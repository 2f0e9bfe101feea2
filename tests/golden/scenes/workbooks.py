"""Workbooks go out and come in: in the chat without personal data, by the assistant's own pages with them."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.golden.harness import Quarter

DEMO = Path(__file__).parents[2] / "data" / "demo.xlsx"
PERSONS, EVENTS = "Personnes accompagnées", "Évènements"


async def exporting(quarter: Quarter) -> None:
    """Rehearsed, asked of the coach, exported by a link, the events alone in the chat."""
    quarter.scene("export", "A coordinator exports what is validated")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/export")
    await coordinator.tap("31 décembre")
    await coordinator.tap("Demander au job coach", on="Répétition")
    await coordinator.write("/export")
    await coordinator.tap("31 décembre")
    await coordinator.tap("Les évènements seuls", on="Répétition")
    await coordinator.write("/export")
    await coordinator.tap("31 décembre")
    await coordinator.tap("Exporter", on="Répétition")
    await quarter.open_link(coordinator, digits="000000")
    await quarter.open_link(coordinator)
    await quarter.open_link(coordinator)


async def importing(quarter: Quarter) -> None:
    """Sent by a link: loaded and taken back; refused, with its cells annotated; given up."""
    quarter.scene("import", "A coordinator loads workbooks by the assistant's own pages")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/import")
    await quarter.open_link(coordinator, workbook=sheet(PERSONS, {"Référence personne accompagnée": "84ABC010007001"}))
    await coordinator.tap("Charger")
    await coordinator.tap("Annuler cet import")
    await coordinator.write("/import")
    spoiled = {"Référence personne accompagnée": "84ABC01", "Sexe": "inconnu", "Orientation": None}
    await quarter.open_link(coordinator, workbook=sheet(PERSONS, spoiled))
    await quarter.open_link(coordinator)
    await coordinator.write("/import")
    await quarter.open_link(coordinator, workbook=sheet(PERSONS, {"Structure accompagnante": "Atelier Sud"}))
    await coordinator.tap("Abandonner")
    await coordinator.write("/import")
    await quarter.open_link(coordinator, workbook=b"no workbook at all")


async def in_the_chat(quarter: Quarter) -> None:
    """Events alone are loaded from the chat; a workbook with personal data is taken off it."""
    quarter.scene("import-chat", "An administrator sends workbooks in the chat")
    admin = await quarter.phone(1004, "Alix")
    day = {"Date de l’évènement": date(2026, 12, 31)}
    await admin.send_file("evenements.xlsx", sheet(EVENTS, {"Choisir personne concernée": "84ABC010004529"} | day))
    await admin.tap("Charger")
    await admin.tap("Annuler cet import")
    await admin.send_file("evenements.xlsx", sheet(EVENTS, {"Choisir personne concernée": "84ABC010009999"} | day))
    await admin.send_file("personnes.xlsx", sheet(PERSONS, {}))
    await admin.write("/taches")


def sheet(title: str, changes: dict[str, Any]) -> bytes:
    """Return a workbook with one sheet of the demo's, and of it one row with these cells changed."""
    book = load_workbook(DEMO)
    for other in book.sheetnames:
        if other != title:
            del book[other]
    rows = book[title]
    rows.delete_rows(3, rows.max_row)
    labels = [cell.value for cell in rows[1]]
    for label, value in changes.items():
        rows.cell(2, labels.index(label) + 1).value = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()
