"""Every cell a rule refuses is named: sheet, row, column, rule, value, what is expected."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

import pytest
from sqlalchemy import func, select

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Role
from models.base.database import Database
from models.events.tables import Event
from models.persons.tables import Person
from models.workbook.findings import Finding, Findings
from tests.workbook.books import ASSIGNMENT, DISPOSITIF, EVENT, OTHER, PERSON, Row
from tests.workbook.conftest import Import

Rows = dict[str, list[Row]]
PERSONS = "Personnes accompagnées"


def dispositif(**cells: object) -> Rows:
    return {"dispositifs": [{**DISPOSITIF, **cells}]}


def person(**cells: object) -> Rows:
    return {"persons": [{**PERSON, **cells}]}


def event(**cells: object) -> Rows:
    return {"persons": [PERSON], "events": [{**EVENT, **cells}]}


@dataclass(frozen=True)
class Case:
    """Rows, and the one finding they must give: rule, sheet, row, column."""

    rule: str
    sheet: str
    column: str
    rows: Rows = field(hash=False)
    row: int = 2


REFUSED = [
    Case("E01", "Dispositifs", "Référence dispositif", dispositif(disp_reference=None)),
    Case("E01", PERSONS, "Référence personne accompagnée", person(pers_reference="  ")),
    Case("E01", PERSONS, "Dispositif accompagnant", person(pers_dispositif=None)),
    Case("E01", PERSONS, "Structure accompagnante", person(pers_structure=None)),
    Case("E01", "Évènements", "Choisir personne concernée", event(evt_personne=None)),
    Case("E01", "Évènements", "Statut à la date évènement", event(evt_statut=None)),
    Case("E01", "Évènements", "Niveau de soutien apporté", event(evt_niveau_soutien=None)),
    Case("E01", "Évènements", "Emploi à la date évènement", event(evt_emploi_date=None)),
    Case("E01", "Évènements", "Formation à la date évènement", event(evt_formation_date=None)),
    Case("E01", "Évènements", "Emploi dans le dernier mois", event(evt_emploi_mois=None)),
    Case("E01", "Évènements", "Formation dans le dernier mois", event(evt_formation_mois=None)),
    Case("E01", "Évènements", "Date de l’évènement", event(evt_date=None)),
    Case(
        "E01",
        "Affectations",
        "Email du job coach",
        {"persons": [PERSON], "assignments": [{"aff_personne": PERSON["pers_reference"]}]},
    ),
    Case("E02", "Dispositifs", "Référence dispositif", dispositif(disp_reference="AB012", disp_nom="Autre")),
    Case("E03", PERSONS, "Référence personne accompagnée", person(pers_reference="84ABC01004217")),
    Case("E04", "Dispositifs", "Référence dispositif", {"dispositifs": [DISPOSITIF, DISPOSITIF]}, row=3),
    Case("E04", PERSONS, "Référence personne accompagnée", {"persons": [PERSON, PERSON]}, row=3),
    Case(
        "E04",
        "Affectations",
        "Référence personne accompagnée",
        {"persons": [PERSON], "assignments": [ASSIGNMENT, ASSIGNMENT]},
        row=3,
    ),
    Case("E05", "Évènements", "Date de l’évènement", event(evt_date=date(2026, 10, 1))),
    Case("E05", "Évènements", "Date de l’évènement", event(evt_date=date(2027, 3, 31))),
    Case("E06", "Évènements", "Statut à la date évènement", event(evt_statut="suivi par le dispositif")),
    Case("E06", "Évènements", "Niveau de soutien apporté", event(evt_niveau_soutien="Suivi - de 2 à 8h/mois")),
    Case("E06", "Évènements", "Emploi à la date évènement", event(evt_emploi_date="CDI")),
    Case("E06", "Évènements", "Emploi dans le dernier mois", event(evt_emploi_mois="sans emploi")),
    Case("E06", "Dispositifs", "Statut", dispositif(disp_statut="actif")),
    Case("E06", PERSONS, "Orientation", person(pers_orientation="SPE")),
    Case("E06", PERSONS, "Nature handicap principal", person(pers_handicap_principal="autisme")),
    Case("E09", PERSONS, "Structure accompagnante", person(pers_structure="La Saône")),
    Case("E10", "Évènements", "Dispositif concerné", event(evt_dispositif_concerne="XYZ09")),
    Case("E10", "Évènements", "Dispositif concerné", event(evt_dispositif_concerne="Nulle part")),
    Case("E11", PERSONS, "Dispositif accompagnant", person(pers_dispositif="Nulle part")),
    Case("E11", "Évènements", "Choisir personne concernée", {"events": [EVENT]}),
    Case("E11", "Affectations", "Référence personne accompagnée", {"assignments": [ASSIGNMENT]}),
    Case("E13", "Dispositifs", "No de département", dispositif(disp_departement_no="96")),
    Case("E13", "Dispositifs", "No de département", dispositif(disp_departement_no="20")),
    Case("E13", "Dispositifs", "Email du responsable", dispositif(disp_email_responsable="coordination")),
    Case("E13", "Dispositifs", "Emails conseillers dispositif", dispositif(disp_emails_conseillers="a@b.fr ; c")),
    Case("E13", "Dispositifs", "Capacité d’accompagnement", dispositif(disp_capacite=-1)),
    Case("E13", "Dispositifs", "Capacité d’accompagnement", dispositif(disp_capacite=1.5)),
    Case("E13", "Dispositifs", "Capacité d’accompagnement", dispositif(disp_capacite=2**31)),
    Case("E13", "Dispositifs", "Nombre d’ETP hors administratifs", dispositif(disp_etp_hors_admin="deux")),
    Case("E13", PERSONS, "Date entrée dans le dispositif", person(pers_date_entree="31/02/2024")),
    Case("E13", PERSONS, "Date entrée dans le dispositif", person(pers_date_entree="2024-03-04")),
    Case("E13", PERSONS, "Date entrée dans le dispositif", person(pers_date_entree=45355)),
    Case("E13", PERSONS, "Date de naissance", person(pers_date_naissance="12/05/94")),
    Case("E13", PERSONS, "Durée période sans emploi", person(pers_duree_sans_emploi="14 mois")),
    Case("E13", PERSONS, "Référence personne accompagnée", person(pers_reference="#N/A")),
    Case(
        "E13",
        "Affectations",
        "Email du job coach",
        {"persons": [PERSON], "assignments": [{**ASSIGNMENT, "aff_email_coach": "coach"}]},
    ),
    Case("E14", PERSONS, "Date sortie du dispositif", person(pers_date_sortie=date(2024, 3, 3))),
    Case("E14", PERSONS, "Date de naissance", person(pers_date_naissance=date(2024, 3, 4))),
    Case(
        "E14",
        "Évènements",
        "Date de l’évènement",
        {"persons": [{**PERSON, "pers_date_entree": date(2026, 10, 1)}], "events": [EVENT]},
    ),
    Case(
        "E15",
        "Évènements",
        "Statut à la date évènement",
        {"persons": [{**PERSON, "pers_date_sortie": date(2026, 9, 30)}], "events": [EVENT]},
    ),
    Case("E16", PERSONS, "Date entrée dans le dispositif", person(pers_date_naissance=date(2008, 3, 5))),
    Case("E17", "Évènements", "Choisir personne concernée", {"persons": [PERSON], "events": [EVENT, EVENT]}, row=3),
    Case(
        "E18",
        "Dispositifs",
        "Nombre d’ETP hors administratifs",
        dispositif(disp_etp_total="2,5", disp_etp_hors_admin=2.6),
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.rule}-{case.column}")
async def test_a_refused_cell_is_named_and_nothing_is_written(case: Case, loaded: Import, database: Database) -> None:
    plan = await loaded(**case.rows)
    assert [(e.rule, e.sheet, e.row, e.column) for e in plan.findings.errors] == [
        (case.rule, case.sheet, case.row, case.column)
    ]
    assert plan.findings.errors[0].message
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 0
        assert await session.scalar(select(func.count()).select_from(Event)) == 0


ACCEPTED: list[tuple[str, Rows]] = [
    ("E02", dispositif(disp_reference="abc99", disp_nom="Autre")),
    ("E06", event(evt_statut=" Suivi par le dispositif ")),
    ("E07", event(evt_id=12)),
    ("E08", event(evt_region=" ?", evt_structure="Ailleurs", evt_date_creation="hier", evt_dispositif_nom=3)),
    ("E08", person(pers_dernier_statut="?", pers_dispositif_reference="ZZZ99")),
    ("E10", event(evt_dispositif_concerne="ABC01")),
    ("E10", event(evt_dispositif_concerne=" Emploi accompagné du Rhône ")),
    ("E11", person(pers_dispositif="ABC01")),
    ("E13", dispositif(disp_departement_no="2A")),
    ("E13", dispositif(disp_departement_no=971)),
    ("E13", dispositif(disp_departement_no=1.0)),
    ("E13", dispositif(disp_emails_conseillers="a@b.fr, c@d.fr\nE@F.fr;a@b.fr")),
    ("E13", dispositif(disp_capacite="1 200", disp_etp_total="2,5", disp_liste_attente=0)),
    ("E13", person(pers_date_entree=" 04/03/2024 ")),
    ("E13", person(pers_date_entree=datetime(2024, 3, 4, 12, 30))),  # noqa: DTZ001 (as a workbook holds it)
    ("E14", person(pers_date_sortie=date(2024, 3, 4))),
    ("E18", dispositif(disp_etp_total=2, disp_etp_hors_admin=2)),
]


@pytest.mark.parametrize(("rule", "rows"), ACCEPTED)
async def test_what_a_rule_allows_is_written(rule: str, rows: Rows, loaded: Import) -> None:
    plan = await loaded(**rows)
    assert plan.findings.errors == [], rule


async def test_the_campaign_to_open_is_told(loaded: Import) -> None:
    plan = await loaded(**event(evt_date="01/10/2026"))
    assert plan.findings.errors == [
        Finding("Évènements", 2, "Date de l’évènement", "E05", "01/10/2026",
                "aucune campagne à cette date : jalon campaign open 2026-10-01")
    ]  # fmt: skip


async def test_two_dispositifs_of_one_name_are_told_apart_by_their_reference(loaded: Import) -> None:
    twins: list[Row] = [{**OTHER, "disp_nom": DISPOSITIF["disp_nom"]}]
    by_name = await loaded(dispositifs=twins, persons=[PERSON])
    assert [(e.rule, e.column) for e in by_name.findings.errors] == [("E11", "Dispositif accompagnant")]
    by_reference = await loaded(dispositifs=twins, persons=[{**PERSON, "pers_dispositif": "ABC01"}])
    assert by_reference.findings.errors == []


async def test_a_structure_is_not_taken_away_from_its_persons(loaded: Import) -> None:
    await loaded(persons=[PERSON])
    without: Row = {**DISPOSITIF, "disp_structures_rattachees": "Le Pont"}
    plan = await loaded(dispositifs=[without])
    assert [(e.rule, e.column) for e in plan.findings.errors] == [("E09", "Structures rattachées au DEA")]
    moved = await loaded(dispositifs=[without], persons=[{**PERSON, "pers_structure": "Le Pont"}])
    assert moved.findings.errors == []


async def test_dates_that_contradict_an_entered_event_are_refused(loaded: Import) -> None:
    await loaded(**event(evt_date=date(2026, 12, 31)))
    plan = await loaded(**person(pers_date_sortie=date(2026, 11, 30)))
    assert [(e.rule, e.column) for e in plan.findings.errors] == [("E15", "Date sortie du dispositif")]
    ended: Row = {**EVENT, "evt_date": date(2026, 12, 31), "evt_statut": "Suivi terminé"}
    together = await loaded(persons=[{**PERSON, "pers_date_sortie": date(2026, 11, 30)}], events=[ended])
    assert together.findings.errors == []


async def test_dates_may_leave_behind_what_was_sent_up(loaded: Import) -> None:
    await loaded(**event(evt_date=date(2026, 6, 30)))
    plan = await loaded(**person(pers_date_entree=date(2026, 10, 5)))
    assert plan.findings.errors == []


async def test_an_event_sent_up_is_not_changed(loaded: Import) -> None:
    await loaded(**event())
    assert (await loaded(**event())).findings.errors == []
    plan = await loaded(**event(evt_niveau_soutien="Veille – moins de 2h/mois"))
    assert [(e.rule, e.message) for e in plan.findings.errors] == [
        ("E19", "évènement déjà remonté : à corriger à la main dans l’outil national")
    ]


class TestScope:
    """E11 and E12: a coordinator imports what is theirs; a dispositif is created by an administrator."""

    coordinator = Actor(None, (Grant(Role.COORDINATOR, "dispositif:ABC01"),))

    async def test_a_coordinator_imports_their_dispositif(self, loaded: Import) -> None:
        plan = await loaded(self.coordinator, dispositifs=[DISPOSITIF], persons=[PERSON], events=[EVENT])
        assert plan.findings.errors == []

    @pytest.mark.parametrize(
        ("rule", "rows"),
        [
            ("E12", {"dispositifs": [OTHER]}),
            ("E12", {"dispositifs": [{**DISPOSITIF, "disp_reference": "NEW01", "disp_nom": "Neuf"}]}),
            ("E12", {"persons": [{**PERSON, "pers_dispositif": "XYZ09", "pers_structure": "La Saône"}]}),
        ],
    )
    async def test_not_another(self, rule: str, rows: Rows, loaded: Import) -> None:
        plan = await loaded(self.coordinator, **rows)
        assert [e.rule for e in plan.findings.errors] == [rule]

    @pytest.mark.parametrize("rows", [{"persons": [PERSON]}, {"events": [EVENT]}, {"assignments": [ASSIGNMENT]}])
    async def test_nor_its_persons(self, rows: Rows, loaded: Import) -> None:
        await loaded(persons=[{**PERSON, "pers_dispositif": "XYZ09", "pers_structure": "La Saône"}])
        plan = await loaded(self.coordinator, **rows)
        assert {e.rule for e in plan.findings.errors} == {"E12"}

    @pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CHEF_DE_FILE, Role.READER])
    async def test_other_roles_import_nothing(self, role: Role, loaded: Import) -> None:
        actor = Actor(None, (Grant(role, "dispositif:ABC01"),))
        plan = await loaded(actor, dispositifs=[DISPOSITIF])
        assert [e.rule for e in plan.findings.errors] == ["E12"]


class TestIdentifyingCells:
    """What identifies a person is never repeated, in errors nor in warnings (design, point 7)."""

    BAD: ClassVar[Row] = {
        **PERSON,
        "pers_date_naissance": "12/05/94",
        "pers_handicap_principal": "secret d’Alice",
        "pers_handicap_associe": "secret d’Alice",
    }

    async def test_are_hidden_in_findings(self, loaded: Import) -> None:
        plan = await loaded(persons=[self.BAD])
        assert {e.value for e in plan.findings.errors} == {"•••"}
        young = await loaded(**person(pers_date_naissance=date(2024, 12, 24)))
        assert [e.value for e in young.findings.errors] == ["•••"]
        twice = await loaded(**person(pers_handicap_associe=PERSON["pers_handicap_principal"]))
        assert [(w.rule, w.value) for w in twice.findings.warnings] == [("W10", "•••")]

    async def test_are_not_shown_by_a_records_repr(self, loaded: Import) -> None:
        plan = await loaded(persons=[PERSON])
        assert "1994" not in repr(plan)
        assert "Femme" not in repr(plan)
        assert "psychisme" not in repr(plan)


async def test_findings_stand_in_the_workbooks_order(loaded: Import) -> None:
    plan = await loaded(
        persons=[{**PERSON, "pers_structure": None, "pers_orientation": "?"}, {**PERSON, "pers_reference": "court"}],
        events=[{**EVENT, "evt_statut": "?"}],
    )
    assert [(e.sheet, e.row, e.rule) for e in plan.findings.errors] == [
        (PERSONS, 2, "E01"),
        (PERSONS, 2, "E06"),
        (PERSONS, 3, "E03"),
        ("Évènements", 2, "E06"),
    ]
    assert isinstance(plan.findings, Findings)
