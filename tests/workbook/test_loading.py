"""What an import writes: whole or not at all, by key, with its history and its audit."""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event, func, select, text
from sqlmodel import col

from models.accounts.tables import Account, RoleGrant
from models.audit.tables import Audit
from models.base.database import Database
from models.dispositifs.tables import Dispositif, Structure
from models.events.tables import Event, EventHistory, EventState, Origin
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Niveau, Orientation, StatutDispositif
from models.workbook.imports.records import Count, Plan
from models.workbook.imports.report import write_report
from models.workbook.imports.service import ImportRefused, apply_plan
from models.workbook.reading.sheets import read_workbook
from models.workbook.refusals import UnreadableWorkbook
from tests.workbook.books import ASSIGNMENT, DISPOSITIF, EVENT, PERSON, Row, write
from tests.workbook.conftest import NOW, Import

DECEMBER: Row = {**EVENT, "evt_date": date(2026, 12, 31)}
WHOLE: dict[str, list[Row]] = {
    "dispositifs": [DISPOSITIF],
    "persons": [PERSON],
    "events": [EVENT, DECEMBER],
    "assignments": [ASSIGNMENT],
}


def counts(plan: Plan) -> dict[str, Count]:
    return dict(plan.counts())


async def every(database: Database, table: type[Any]) -> list[Any]:
    async with database.transaction() as session:
        return list((await session.scalars(select(table).order_by(table.id))).all())


async def only(database: Database, table: type[Any]) -> Any:
    (row,) = await every(database, table)
    return row


async def test_a_whole_workbook_is_written(load: Import, database: Database) -> None:
    plan = await load(**WHOLE)
    assert plan.findings.errors == plan.findings.warnings == []
    assert counts(plan) == {
        "dispositifs": Count(1, 0, 0),
        "personnes": Count(1, 0, 0),
        "evenements": Count(2, 0, 0),
        "affectations": Count(1, 0, 0),
    }
    dispositif, person, coach = [await only(database, table) for table in (Dispositif, Person, Account)]
    assert (dispositif.reference, dispositif.departement_no) == ("ABC01", "69")
    assert dispositif.statut == StatutDispositif.EN_ACTIVITE
    assert {structure.name for structure in await every(database, Structure)} == {"Les Tilleuls", "Le Pont"}
    assert (person.reference, person.entry_date, person.exit_date) == ("84ABC010004217", date(2024, 3, 4), None)
    assert (person.birth_date, person.sexe, person.handicap_principal) == ("1994-05-12", "Femme", "psychisme")
    assert (person.duree_sans_emploi, person.orientation) == (14, Orientation.MDPH)
    assert (coach.email, coach.channel_address) == ("coach@exemple.fr", None)
    assert person.coach_id == coach.id
    assert await every(database, RoleGrant) == []  # a role comes by invitation


async def test_importing_again_changes_nothing(load: Import, database: Database) -> None:
    await load(**WHOLE)
    audited, revisions = len(await every(database, Audit)), [e.revision for e in await every(database, Event)]
    plan = await load(**WHOLE)
    assert set(counts(plan).values()) == {Count(0, 0, 1), Count(0, 0, 2)}
    assert len(await every(database, Audit)) == audited
    assert [e.revision for e in await every(database, Event)] == revisions
    assert len(await every(database, EventHistory)) == 2


async def test_an_event_is_sent_up_or_entered_by_its_campaign(load: Import, database: Database) -> None:
    await load(**WHOLE)
    september, december = await every(database, Event)
    assert (september.state, december.state) == (EventState.SENT_UP, EventState.ENTERED)


async def test_an_entered_event_is_updated_with_its_history(load: Import, database: Database) -> None:
    await load(**WHOLE)
    before = (await every(database, Event))[1]
    plan = await load(events=[{**DECEMBER, "evt_niveau_soutien": "Veille – moins de 2h/mois"}])
    assert counts(plan)["evenements"] == Count(0, 1, 0)
    after = (await every(database, Event))[1]
    assert (before.id, before.created_at) == (after.id, after.created_at)
    assert (after.niveau_soutien, after.emploi_date) == (Niveau.VEILLE, Emploi.CDI)
    last = (await every(database, EventHistory))[-1]
    assert (last.origin, last.account_id, last.at) == (Origin.IMPORTED, None, NOW)
    assert (last.before["niveau_soutien"], last.after["niveau_soutien"]) == ("suivi", "veille")
    assert last.before["state"] == last.after["state"] == "entered"
    assert last.revision == after.revision != before.revision


async def test_warnings_do_not_block_and_are_confirmed_by_the_import(load: Import, database: Database) -> None:
    ended: Row = {**EVENT, "evt_statut": "Suivi terminé"}
    plan = await load(dispositifs=[DISPOSITIF], persons=[PERSON], events=[ended])
    assert [w.rule for w in plan.findings.warnings] == ["W05", "W01"]  # by column
    assert (await only(database, Event)).confirmations == {"W01": "import", "W05": "import"}


async def test_a_rule_looks_at_the_events_before_in_the_file_and_in_the_database(load: Import) -> None:
    june: Row = {**EVENT, "evt_date": date(2026, 6, 30), "evt_niveau_soutien": "Intensif – plus de 12h/mois"}
    plan = await load(dispositifs=[DISPOSITIF], persons=[PERSON], events=[EVENT, june])
    assert [(w.rule, w.row) for w in plan.findings.warnings] == [("W21", 2)]
    later: Row = {**DECEMBER, "evt_niveau_soutien": "Intensif – plus de 12h/mois"}
    assert [w.rule for w in (await load(events=[later])).findings.warnings] == ["W21"]


async def test_a_blank_optional_cell_empties_its_field(load: Import, database: Database) -> None:
    await load(**WHOLE)
    bare: Row = {
        key: cell for key, cell in PERSON.items() if key in {"pers_reference", "pers_dispositif", "pers_structure"}
    }
    plan = await load(persons=[bare])
    assert counts(plan)["personnes"] == Count(0, 1, 0)
    person = await only(database, Person)
    assert person.birth_date is person.sexe is person.entry_date is person.orientation is None
    assert person.coach_id is not None  # the sheet does not speak of it
    line = (await every(database, Audit))[-1]
    assert (line.action, line.subject) == ("import", "person:84ABC010004217")
    assert json.loads(line.before)["birth_date"] == "1994-05-12"
    assert json.loads(line.after)["birth_date"] is None


async def test_a_blank_status_does_not_revive_a_dispositif(load: Import, database: Database) -> None:
    await load(dispositifs=[{**DISPOSITIF, "disp_statut": "plus en activité"}])
    plan = await load(dispositifs=[DISPOSITIF])
    assert counts(plan)["dispositifs"] == Count(0, 0, 1)
    assert (await only(database, Dispositif)).statut == StatutDispositif.PLUS_EN_ACTIVITE


async def test_a_person_changes_hands(load: Import, database: Database) -> None:
    await load(**WHOLE)
    plan = await load(assignments=[{**ASSIGNMENT, "aff_email_coach": "Autre.Coach@Exemple.fr"}])
    assert counts(plan)["affectations"] == Count(0, 1, 0)
    person = await only(database, Person)
    accounts = {account.id: account.email for account in await every(database, Account)}
    assert accounts[person.coach_id] == "autre.coach@exemple.fr"


async def test_structures_come_and_go(load: Import, database: Database) -> None:
    await load(**WHOLE)
    moved: Row = {**PERSON, "pers_structure": "Atelier Sud"}
    changed: Row = {**DISPOSITIF, "disp_structures_rattachees": "Atelier Sud\nLe Pont"}
    plan = await load(dispositifs=[changed], persons=[moved])
    assert plan.findings.errors == []
    assert {structure.name for structure in await every(database, Structure)} == {"Atelier Sud", "Le Pont"}


async def test_what_identifies_a_person_is_unreadable_in_the_database(load: Import, database: Database) -> None:
    await load(**WHOLE)
    async with database.engine.connect() as connection:
        persons = (await connection.execute(text("SELECT * FROM person"))).all()
        audits = (await connection.execute(text("SELECT * FROM audit"))).all()
        events = (await connection.execute(text("SELECT * FROM event_history"))).all()
    for kept in (str(persons), str(audits), str(events)):
        assert not any(secret in kept for secret in ("1994", "Femme", "psychisme"))


async def test_every_change_leaves_a_line(load: Import, database: Database) -> None:
    await load(**WHOLE)
    lines = await every(database, Audit)
    coach = (await only(database, Account)).id
    assert Counter(line.subject for line in lines) == {
        "dispositif:ABC01": 1,
        "person:84ABC010004217": 2,  # the person, then who follows them
        f"account:{coach}": 1,
    }
    assert {(line.action, line.at, line.account_id) for line in lines} == {("import", NOW, None)}


async def test_a_refused_plan_cannot_be_applied(load: Import, database: Database) -> None:
    plan = await load(persons=[PERSON])
    assert plan.refused
    with pytest.raises(ImportRefused):
        async with database.transaction() as session:
            await apply_plan(session, None, NOW, plan)  # type: ignore[arg-type]


@contextmanager
def counting(database: Database) -> Iterator[Callable[[], int]]:
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    yield lambda: statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", count)


async def test_the_number_of_statements_does_not_grow_with_the_rows(load: Import, database: Database) -> None:
    def rows(first: int, number: int) -> dict[str, list[Row]]:
        references = [f"84ABC01{first + place:07d}" for place in range(number)]
        return {
            "persons": [{**PERSON, "pers_reference": reference} for reference in references],
            "events": [{**EVENT, "evt_personne": reference} for reference in references],
            "assignments": [{**ASSIGNMENT, "aff_personne": reference} for reference in references],
        }

    await load(dispositifs=[DISPOSITIF])
    with counting(database) as few:
        await load(**rows(0, 2))
    with counting(database) as many:
        await load(**rows(100, 300))
    assert many() <= few()
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(col(Event.id)))) == 302


class TestReading:
    async def test_missing_sheets_and_empty_rows_are_allowed(self, load: Import) -> None:
        await load(dispositifs=[DISPOSITIF], persons=[PERSON])
        plan = await load(events=[{}, EVENT, {"evt_id": 7, "evt_region": "déduite"}, {}])
        assert plan.findings.errors == []
        assert counts(plan)["evenements"] == Count(1, 0, 0)
        assert [change.row for change in plan.events] == [3]

    def test_a_missing_heading_is_named(self, tmp_path: Path) -> None:
        file = write(tmp_path / "classeur.xlsx", assignments=[ASSIGNMENT])
        workbook = load_workbook(file)
        workbook["Affectations"]["A1"] = "Email du job coach"
        workbook["Affectations"]["B1"] = None
        workbook["Affectations"]["C1"] = "Commentaire"
        workbook.create_sheet("Feuil1")
        workbook.save(file)
        findings = read_workbook(file).findings
        assert [(e.row, e.column, e.value, e.message) for e in findings.errors] == [
            (1, "Référence personne accompagnée", "",
             "colonne absente : attendu « Référence personne accompagnée » en ligne 1"),
        ]  # fmt: skip
        assert [(w.sheet, w.value) for w in findings.warnings] == [("Affectations", "Commentaire"), ("Feuil1", "")]

    def test_headings_are_recognised_whatever_their_spaces_and_apostrophes(self, tmp_path: Path) -> None:
        file = write(tmp_path / "classeur.xlsx", dispositifs=[DISPOSITIF])
        workbook = load_workbook(file)
        workbook["Dispositifs"]["L1"] = "Capacité\n d'accompagnement "
        workbook.save(file)
        assert read_workbook(file).findings.errors == []

    @pytest.mark.parametrize("content", [b"", b"Dispositifs;ABC01", b"PK\x03\x04 broken"])
    def test_what_is_no_workbook_is_one_clear_error(self, content: bytes, tmp_path: Path) -> None:
        file = tmp_path / "classeur.xlsx"
        file.write_bytes(content)
        with pytest.raises(UnreadableWorkbook, match="n’est pas un classeur Excel"):
            read_workbook(file)

    def test_nor_is_any_zip(self, tmp_path: Path) -> None:
        file = tmp_path / "classeur.xlsx"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "a")
        with pytest.raises(UnreadableWorkbook, match="n’est pas un classeur Excel"):
            read_workbook(file)

    def test_a_missing_file_is_told_without_its_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableWorkbook, match=r"^Le fichier absent\.xlsx n’existe pas"):
            read_workbook(tmp_path / "absent.xlsx")

    def test_a_workbook_without_our_sheets_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "classeur.xlsx"
        Workbook().save(file)
        with pytest.raises(UnreadableWorkbook, match="Aucune feuille reconnue"):
            read_workbook(file)


async def test_the_report_colours_and_comments_the_cells(loaded: Import, tmp_path: Path) -> None:
    bad: Row = {**PERSON, "pers_structure": "Ailleurs", "pers_orientation": None}
    plan = await loaded(persons=[bad])
    write_report(tmp_path / "classeur.xlsx", plan.findings, tmp_path / "rapport.xlsx")
    sheet = load_workbook(tmp_path / "rapport.xlsx")["Personnes accompagnées"]
    structure, orientation, reference = sheet["E2"], sheet["M2"], sheet["A2"]
    assert structure.comment is not None
    assert structure.comment.text.startswith("E09 : structure non rattachée")
    assert structure.fill.fgColor.rgb == "00F8CBAD"
    assert orientation.comment is not None
    assert orientation.comment.text.startswith("W22")
    assert reference.comment is None
    assert structure.value == "Ailleurs"
