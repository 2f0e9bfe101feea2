"""Write `demo.xlsx`, the workbook `make demo` loads: python -m tests.data.make_demo

One dispositif, one job coach with 20 invented persons: 17 whose situation carries over without a question, two
worth a look (a third fixed-term contract in a row, a `Veille totale`), one who has just come in. Dates and codes
are real ones of nobody.
"""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from models.reference.nomenclature import (
    AFFECTATIONS,
    DISPOSITIFS,
    EVENEMENTS,
    HANDICAP,
    ORIENTATION,
    PERSONNES,
    STATUT_DISPOSITIF,
    NationalSheet,
    StatutDispositif,
)
from tests.data.demo_people import (
    CAMPAIGNS,
    COACH,
    COORDINATION,
    NAME,
    PERSONS,
    REFERENCE,
    STRUCTURES,
    Quarter,
    Somebody,
    reference_of,
)

FILE = Path(__file__).with_name("demo.xlsx")


def build() -> Workbook:
    """Return the demonstration workbook."""
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    _add(workbook, DISPOSITIFS, [_dispositif()])
    _add(workbook, PERSONNES, [_person(person) for person in PERSONS])
    _add(
        workbook,
        EVENEMENTS,
        [
            _event(person, day, quarter)
            for person in PERSONS
            for day, quarter in zip(CAMPAIGNS[len(CAMPAIGNS) - len(person.events) :], person.events, strict=True)
        ],
    )
    _add(
        workbook,
        AFFECTATIONS,
        [{"aff_personne": reference_of(person), "aff_email_coach": COACH} for person in PERSONS],
    )
    return workbook


def _dispositif() -> dict[str, Any]:
    return {
        "disp_reference": REFERENCE,
        "disp_email_responsable": COORDINATION,
        "disp_nom": NAME,
        "disp_departement_no": "69",
        "disp_emails_conseillers": COACH,
        "disp_statut": STATUT_DISPOSITIF[StatutDispositif.EN_ACTIVITE],
        "disp_structures_rattachees": " ; ".join(STRUCTURES),
        "disp_capacite": 60,
        "disp_etp_total": 3.5,
        "disp_etp_hors_admin": 2.8,
        "disp_professionnels_hors_admin": 4,
        "disp_liste_attente": 7,
        "disp_sans_suite": 3,
    }


def _person(person: Somebody) -> dict[str, Any]:
    return {
        "pers_reference": reference_of(person),
        "pers_dispositif": NAME,
        "pers_structure": person.structure,
        "pers_date_naissance": person.born,
        "pers_sexe": person.sex,
        "pers_handicap_principal": HANDICAP[person.disability],
        "pers_handicap_associe": HANDICAP[person.second] if person.second else None,
        "pers_date_entree": person.entered,
        "pers_duree_sans_emploi": person.jobless,
        "pers_orientation": ORIENTATION[person.orientation],
    }


def _event(person: Somebody, day: date, quarter: Quarter) -> dict[str, Any]:
    codes = {
        "evt_statut": quarter.status,
        "evt_niveau_soutien": quarter.level,
        "evt_emploi_date": quarter.job,
        "evt_formation_date": quarter.training,
        "evt_emploi_mois": quarter.before or quarter.job,
        "evt_formation_mois": quarter.trained or quarter.training,
    }
    spelled = {key: (EVENEMENTS.indicator(key).choices or {})[code] for key, code in codes.items()}
    return {
        "evt_dispositif_concerne": NAME,
        "evt_personne": reference_of(person),
        "evt_date": day,
        **spelled,
    }


def _add(workbook: Workbook, sheet: NationalSheet, rows: list[dict[str, Any]]) -> None:
    worksheet = workbook.create_sheet(sheet.title)
    worksheet.append([indicator.label for indicator in sheet.indicators])
    for row in rows:
        worksheet.append([row.get(indicator.id) for indicator in sheet.indicators])
    for place, heading in enumerate(worksheet[1], start=1):
        heading.font = Font(bold=True)
        worksheet.column_dimensions[get_column_letter(place)].width = 24
    for line in worksheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    worksheet.freeze_panes = "B2"


if __name__ == "__main__":
    build().save(FILE)
