"""Workbooks made on the fly: rows as indicator → cell, written under the annex's labels."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from models.reference.nomenclature import AFFECTATIONS, DISPOSITIFS, EVENEMENTS, PERSONNES, NationalSheet

Row = Mapping[str, Any]

DISPOSITIF: Row = {
    "disp_reference": "ABC01",
    "disp_nom": "Emploi accompagné du Rhône",
    "disp_departement_no": "69",
    "disp_structures_rattachees": "Les Tilleuls ; Le Pont",
}
OTHER: Row = {
    "disp_reference": "XYZ09",
    "disp_nom": "Emploi accompagné de l’Ain",
    "disp_departement_no": 1,
    "disp_structures_rattachees": "La Saône",
}
PERSON: Row = {
    "pers_reference": "84ABC010004217",
    "pers_dispositif": "Emploi accompagné du Rhône",
    "pers_structure": "Les Tilleuls",
    "pers_date_naissance": date(1994, 5, 12),
    "pers_sexe": "Femme",
    "pers_handicap_principal": "troubles du psychisme",
    "pers_date_entree": date(2024, 3, 4),
    "pers_duree_sans_emploi": 14,
    "pers_orientation": "MDPH",
}
EVENT: Row = {
    "evt_personne": "84ABC010004217",
    "evt_date": date(2026, 9, 30),
    "evt_statut": "Suivi par le dispositif",
    "evt_niveau_soutien": "Suivi – de 2 à 8h/mois",
    "evt_emploi_date": "contrat à durée indéterminée (CDI)",
    "evt_formation_date": "sans objet",
    "evt_emploi_mois": "CDI",
    "evt_formation_mois": "Sans objet",
}
ASSIGNMENT: Row = {"aff_personne": "84ABC010004217", "aff_email_coach": "coach@exemple.fr"}

SHEETS = {"dispositifs": DISPOSITIFS, "persons": PERSONNES, "events": EVENEMENTS, "assignments": AFFECTATIONS}


def write(file: Path, **rows: Sequence[Row]) -> Path:
    """Write a workbook of the given sheets (`dispositifs`, `persons`, `events`, `assignments`)."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, own in rows.items():
        add(workbook, SHEETS[name], own)
    workbook.save(file)
    return file


def add(workbook: Workbook, sheet: NationalSheet, rows: Sequence[Row]) -> None:
    """Add a sheet with its labels and rows; a row may hold cells of derived columns."""
    worksheet = workbook.create_sheet(sheet.title)
    worksheet.append([indicator.label for indicator in sheet.indicators])
    for row in rows:
        assert set(row) <= {indicator.id for indicator in sheet.indicators}
        worksheet.append([row.get(indicator.id) for indicator in sheet.indicators])
