"""The rows of the national sheets: what the database holds, spelled as the template says.

What the national tool derives is derived here too and kept nowhere (E08). `Id` stays blank (E07), and so do the dates
at which the national tool will record the sheet.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.base.spreadsheets import Column, Row
from models.base.spreadsheets.escape_formula import escape_formula
from models.dispositifs.tables import FIGURES
from models.events.form import FIELDS
from models.reference.departements import departements
from models.reference.nomenclature import CellKind
from models.workbook.exports.eligibility import Correction
from models.workbook.template import CORRECTION_COLUMNS, Template, TemplateColumn, TemplateSheet

SEPARATOR = " ; "


class Rows:
    """Spells the rows of one campaign; `dispositifs` are all those of the scope."""

    def __init__(self, template: Template, day: date, dispositifs: Sequence[Any]) -> None:
        self._template = template
        self._day = day
        names = Counter(row.nom for row in dispositifs)
        self._places = {row.id: _place(row, unique=names[row.nom] == 1) for row in dispositifs}
        self._answers = [(field, template.events.column(f"evt_{field}")) for field in FIELDS]

    def dispositif(self, row: Any, structures: Sequence[str]) -> Row:
        """Return the cells of a dispositif."""
        place = self._places[row.id]
        return self._template.dispositifs.row(
            {
                "disp_reference": row.reference,
                "disp_email_responsable": row.email_responsable,
                "disp_nom_responsable": row.nom_responsable,
                "disp_prenom_responsable": row.prenom_responsable,
                "disp_nom": row.nom,
                "disp_departement_no": row.departement_no,
                "disp_region": place["region"],
                "disp_departement_nom": place["departement"],
                "disp_emails_conseillers": _together(row.emails_conseillers),
                "disp_statut": self._template.dispositifs.column("disp_statut").spelled(row.statut),
                "disp_structures_rattachees": _together(structures),
                **{f"disp_{figure}": getattr(row, figure) for figure in FIGURES},
            }
        )

    def person(self, row: Any, *, event_leaves: bool) -> Row:
        """Return the cells of a person; the last status is that of the event this workbook holds, if any."""
        sheet, place = self._template.persons, self._places[row.dispositif_id]
        statut = row.statut if event_leaves else None
        return sheet.row(
            {
                "pers_reference": row.reference,
                "pers_dernier_statut": sheet.column("pers_dernier_statut").spelled(statut),
                "pers_dispositif": place["name"],
                "pers_dispositif_reference": place["reference"],
                "pers_structure": row.structure,
                "pers_date_naissance": None if row.birth_date is None else date.fromisoformat(row.birth_date),
                "pers_sexe": row.sexe,
                "pers_handicap_principal": sheet.column("pers_handicap_principal").spelled(row.handicap_principal),
                "pers_handicap_associe": sheet.column("pers_handicap_associe").spelled(row.handicap_associe),
                "pers_date_entree": row.entry_date,
                "pers_date_sortie": row.exit_date,
                "pers_duree_sans_emploi": row.duree_sans_emploi,
                "pers_orientation": sheet.column("pers_orientation").spelled(row.orientation),
            }
        )

    def event(self, row: Any) -> Row:
        """Return the cells of an event."""
        place = self._places[row.dispositif_id]
        values = {
            "evt_dispositif_concerne": place["reference"],
            "evt_dispositif_nom": place["nom"],
            "evt_region": place["region"],
            "evt_departement": place["departement"],
            "evt_personne": row.reference,
            "evt_structure": row.structure,
            "evt_date": self._day,
        }
        for field, column in self._answers:
            values[column.indicator.id] = column.spelled(getattr(row, field))
        return self._template.events.row(values)

    def correction(self, of: Correction) -> Row:
        """Return the cells of what is to be changed by hand (E19)."""
        column = self._template.events.column(f"evt_{of.field}")
        return (
            of.reference,
            self._places[of.dispositif_id]["reference"],
            self._day,
            column.label,
            column.spelled(of.sent),
            column.spelled(of.now),
        )


def columns(sheet: TemplateSheet, date_format: str) -> tuple[Column, ...]:
    """Return the columns of a sheet as a writer takes them."""
    return tuple(_column(column, date_format) for column in sheet.columns)


def correction_columns(template: Template) -> tuple[Column, ...]:
    """Return the columns of the sheet of corrections as a writer takes them."""
    widths = (20, 14, 16, 30, 40, 40)
    return tuple(
        Column(label, width, number_format=template.date_format if key == "date" else None)
        for key, label, width in zip(CORRECTION_COLUMNS, template.corrections.labels, widths, strict=True)
    )


def _column(column: TemplateColumn, date_format: str) -> Column:
    choices = tuple((column.spelling or {}).values())
    is_date = column.indicator.kind == CellKind.DATE
    return Column(column.label, column.width, choices, date_format if is_date else None)


def _together(texts: Sequence[str]) -> str | None:
    # Each is neutralised alone: whoever takes the list apart again finds the spelling of the other sheets.
    return SEPARATOR.join(map(escape_formula, texts)) or None


def _place(row: Any, *, unique: bool) -> Mapping[str, str | None]:
    known = departements().get(row.departement_no or "")
    return {
        "reference": row.reference,
        "nom": row.nom,
        # What the other sheets call it: its name, as long as no other has the same.
        "name": row.nom if row.nom and unique else row.reference,
        "departement": known.name if known else None,
        "region": known.region if known else None,
    }
