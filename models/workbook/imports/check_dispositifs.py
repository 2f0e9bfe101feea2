"""The rows of "Dispositifs" against the rules (E02, E04, E09, E11, E12, E13, E18, W13)."""

from collections.abc import Mapping, Sequence

from models.persons.rules import is_dispositif_reference
from models.reference.departements import departements
from models.reference.nomenclature import StatutDispositif
from models.workbook import texts
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.records import Change, DispositifRecord
from models.workbook.imports.repository import CurrentValues, Place
from models.workbook.reading.rows import CheckedRow, unique


def check(
    rows: Sequence[CheckedRow], held: CurrentValues, allowed: Allowed
) -> list[tuple[CheckedRow, Change[DispositifRecord]]]:
    """Return what each row does to its dispositif; cells that break a rule are named.

    Of a row outside the actor's scope nothing more is looked at: it changes nothing, whether or not there is such a
    dispositif. Only an administrator creates one (E11).
    """
    changes = []
    for row in unique(rows, lambda r: r.get("disp_reference"), "disp_reference", "E04", texts.DUPLICATE):
        reference = row.get("disp_reference")
        if not is_dispositif_reference(reference):
            row.error("disp_reference", "E02", texts.DISPOSITIF_REFERENCE)
        elif not allowed.writes(reference):
            row.error("disp_reference", "E12", texts.OUT_OF_SCOPE)
            continue
        before = held.dispositifs.get(reference)
        after = _record(row, before)
        _check_figures(row, after)
        changes.append((row, Change(row.number, before, after)))
    return changes


def check_structures_left(
    changes: Sequence[tuple[CheckedRow, Change[DispositifRecord]]], held: CurrentValues, moving: Mapping[str, Place]
) -> None:
    """Name the rows that take away a structure in which persons remain (E09).

    `moving` tells where the persons of the same workbook will be.
    """
    for row, change in changes:
        if change.before is None or "disp_structures_rattachees" in row.bad:
            continue
        for structure in sorted(change.before.structures - change.after.structures):
            place = (change.after.reference, structure)
            if any(moving.get(person, place) == place for person in held.users.get(place, ())):
                message = texts.STRUCTURE_USED.format(structure=structure)
                row.error("disp_structures_rattachees", "E09", message)


def _record(row: CheckedRow, before: DispositifRecord | None) -> DispositifRecord:
    statut = row.get("disp_statut")
    if statut is None:
        # Active at its creation (annex 2); afterwards a blank cell does not say that it stopped.
        statut = StatutDispositif.EN_ACTIVITE if before is None else before.statut
    return DispositifRecord(
        reference=row.get("disp_reference"),
        email_responsable=row.get("disp_email_responsable"),
        nom_responsable=row.get("disp_nom_responsable"),
        prenom_responsable=row.get("disp_prenom_responsable"),
        nom=row.get("disp_nom"),
        departement_no=_departement(row),
        emails_conseillers=row.get("disp_emails_conseillers") or (),
        statut=statut,
        structures=frozenset(row.get("disp_structures_rattachees") or ()),
        capacite=row.get("disp_capacite"),
        etp_total=row.get("disp_etp_total"),
        etp_hors_admin=row.get("disp_etp_hors_admin"),
        professionnels_hors_admin=row.get("disp_professionnels_hors_admin"),
        liste_attente=row.get("disp_liste_attente"),
        sans_suite=row.get("disp_sans_suite"),
    )


def _departement(row: CheckedRow) -> str | None:
    written = row.get("disp_departement_no")
    if written is None:
        return None
    code = str(written).upper().rjust(2, "0")  # Excel keeps 01 as the number 1
    if code not in departements():
        row.error("disp_departement_no", "E13", texts.DEPARTEMENT)
        return None
    return code


def _check_figures(row: CheckedRow, record: DispositifRecord) -> None:
    direct = record.etp_hors_admin
    if direct is None:
        return
    if record.etp_total is not None and direct > record.etp_total:
        row.error("disp_etp_hors_admin", "E18", texts.ETP)
    if record.professionnels_hors_admin is not None and record.professionnels_hors_admin < direct:
        row.warning("disp_professionnels_hors_admin", "W13", texts.PROFESSIONALS)
