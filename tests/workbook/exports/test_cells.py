"""What stands in the cells: spelled as the annex prints it, derived where the annex derives it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sqlalchemy import update
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE
from models.base.database import Database
from models.dispositifs.tables import Dispositif
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.reference.nomenclature import NATIONAL_SHEETS
from models.workbook.exports import repository
from models.workbook.exports.service import Request, export
from models.workbook.template import PACKAGED, read_template
from tests.harness import factories
from tests.harness.factories import DAY, NOW, USUAL
from tests.workbook.exports.books import lines
from tests.workbook.exports.conftest import Export, Quarter


def day(cell: Any) -> date:
    found: date = cell.date()
    return found


async def test_a_dispositif(database: Database, quarter: Quarter, exporting: Export) -> None:
    async with database.transaction() as session:
        await session.execute(
            update(Dispositif).values(
                departement_no="2A",
                email_responsable="r@exemple.fr",
                emails_conseillers=["a@exemple.fr", "b@exemple.fr"],
                capacite=60,
                etp_total=3.5,
                etp_hors_admin=2.8,
                professionnels_hors_admin=4,
                liste_attente=0,
                sans_suite=3,
            )
        )
    _, book = await exporting()
    (line,) = lines(book, "Dispositifs")
    assert line == {
        "Référence dispositif": "ABC01",
        "Email du responsable": "r@exemple.fr",
        "Nom du responsable": None,
        "Prénom du responsable": None,
        "Nom du dispositif": "DEA ABC01",
        "No de département": "2A",
        "Région": "Corse",
        "Nom du département": "Corse-du-Sud",
        "Emails conseillers dispositif": "a@exemple.fr ; b@exemple.fr",
        "Statut": "en activité",
        "Structures rattachées au DEA": "Le Pont ; Les Tilleuls",
        "Capacité d’accompagnement": 60,
        "Nombre d’équivalents temps plein (ETP) dans le dispositif": 3.5,
        "Nombre d’ETP hors administratifs": 2.8,
        "Nombre de professionnels hors administratifs": 4,
        "Nombre de personnes en liste d’attente": 0,
        "Nombre de personnes sans suite": 3,
    }


async def test_a_person(database: Database, quarter: Quarter, exporting: Export) -> None:
    async with database.transaction() as session:
        await session.execute(
            update(Person)
            .where(col(Person.id) == quarter.validated.id)
            .values(
                birth_date="1994-05-12",
                sexe="Femme",
                handicap_principal="psychisme",
                handicap_associe="motrices",
                orientation="spe",
                duree_sans_emploi=14,
                exit_date=date(2027, 1, 15),
            )
        )
    _, book = await exporting()
    line = lines(book, "Personnes accompagnées")[0]
    dates = {label: day(line.pop(label)) for label in list(line) if label.startswith("Date ")}
    assert dates == {
        "Date de naissance": date(1994, 5, 12),
        "Date entrée dans le dispositif": date(2024, 3, 4),
        "Date sortie du dispositif": date(2027, 1, 15),
    }
    assert line == {
        "Référence personne accompagnée": "ABC01000000001",
        "Dernier statut accompagnement": "Suivi par le dispositif",
        "Dispositif accompagnant": "DEA ABC01",
        "Référence dispositif": "ABC01",
        "Structure accompagnante": line["Structure accompagnante"],
        "Sexe": "Femme",
        "Nature handicap principal": "troubles du psychisme",
        "Nature handicap associé": "déficiences motrices",
        "Durée période sans emploi": 14,
        "Orientation": "Service Public de l’Emploi",
    }
    assert line["Structure accompagnante"] in {"Les Tilleuls", "Le Pont"}


async def test_an_event(quarter: Quarter, exporting: Export) -> None:
    _, book = await exporting()
    (line,) = lines(book, "Évènements")
    assert day(line.pop("Date de l’évènement")) == DAY
    line.pop("Structure accompagnante")
    assert line == {
        "Id": None,
        "Dispositif concerné": "ABC01",
        "Dispositif": "DEA ABC01",
        "Région": "Auvergne-Rhône-Alpes",
        "Département": "Rhône",
        "Choisir personne concernée": "ABC01000000001",
        "Statut à la date évènement": "Suivi par le dispositif",
        "Niveau de soutien apporté": "Suivi – de 2 à 8h/mois",
        "Emploi à la date évènement": "contrat à durée indéterminée (CDI)",
        "Formation à la date évènement": "sans objet",
        "Emploi dans le dernier mois": "CDI",
        "Formation dans le dernier mois": "Sans objet",
        "Date de modification": None,
        "Date création fiche": None,
    }


async def test_sheets_labels_lists_and_dates_are_those_of_the_annex(quarter: Quarter, exporting: Export) -> None:
    _, book = await exporting()
    assert book.sheetnames == [sheet.title for sheet in NATIONAL_SHEETS]
    for sheet in NATIONAL_SHEETS:
        written = book[sheet.title]
        assert [cell.value for cell in written[1]] == [indicator.label for indicator in sheet.indicators]
        assert (written.freeze_panes, written.auto_filter.ref) == ("A2", written.dimensions)
        rules = {str(rule.sqref)[0]: rule.formula1 for rule in written.data_validations.dataValidation}
        assert rules == {
            get_column_letter(place): f'"{",".join(indicator.choices.values())}"'
            for place, indicator in enumerate(sheet.indicators, start=1)
            if indicator.choices is not None
        }
    assert book["Évènements"]["N2"].number_format == "dd/mm/yyyy"
    assert book["Personnes accompagnées"]["J2"].number_format == "dd/mm/yyyy"


async def test_two_dispositifs_of_the_same_name_are_told_apart(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    async with database.transaction() as session:
        await factories.dispositif(session, "XYZ09", "La Saône")
        await factories.person(session, 9, None, reference="XYZ09")
        await session.execute(update(Dispositif).values(nom="Emploi accompagné"))
    _, book = await exporting()
    named = {line["Dispositif accompagnant"] for line in lines(book, "Personnes accompagnées")}
    assert named == {"ABC01", "XYZ09"}


async def test_a_template_of_the_administrators_own(quarter: Quarter, exporting: Export, tmp_path: Path) -> None:
    text = PACKAGED.read_text(encoding="utf-8")
    own = tmp_path / "template.yaml"
    own.write_text(text.replace("title: Évènements", "title: Suivi").replace('"Id"', '"Ne rien inscrire"'), "utf-8")
    _, book = await exporting(template=read_template(own))
    assert book.sheetnames[-1] == "Suivi"
    assert book["Suivi"]["A1"].value == "Ne rien inscrire"


async def test_events_alone_identify_nobody(database: Database, quarter: Quarter, exporting: Export) -> None:
    async with database.transaction() as session:
        await session.execute(update(Dispositif).values(etp_total=1, etp_hors_admin=2))
    done, book = await exporting(events_only=True)
    assert book.sheetnames == ["Évènements"]
    assert (done.counts.dispositifs, done.counts.personnes, done.counts.evenements) == (0, 0, 1)
    assert [one.reference for one in done.left_out] == [quarter.entered.reference]


async def test_pages_follow_each_other_in_the_order_of_the_codes(
    database: Database, quarter: Quarter, exporting: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as session:
        for number in range(20, 9, -1):
            person = await factories.person(session, number, None)
            await factories.event(session, person, USUAL, DAY, EventState.VALIDATED)
    monkeypatch.setattr(repository, "PAGE", 3)
    done, book = await exporting()
    assert (done.counts.personnes, done.counts.evenements) == (14, 12)
    persons = [line["Référence personne accompagnée"] for line in lines(book, "Personnes accompagnées")]
    assert persons == sorted(persons)
    assert len(persons) == 14
    assert len(lines(book, "Évènements")) == 12


async def test_an_export_that_is_stopped_leaves_nothing(
    database: Database, quarter: Quarter, tmp_path: Path, exporting: Export
) -> None:
    class Stopped(Exception):
        pass

    seen: list[int] = []

    async def told(done: int) -> None:
        seen.append(done)
        if len(seen) == 2:
            raise Stopped

    folder = tmp_path / "classeurs"
    folder.mkdir()
    request = Request(DAY)
    with pytest.raises(Stopped):
        await export(database, COMMAND_LINE, NOW, request, read_template(PACKAGED), folder / "a.xlsx", told)
    assert seen == [3, 4]
    assert list(folder.iterdir()) == []
    done, _ = await exporting()
    assert done.counts.evenements == 1


async def test_work_goes_on_meanwhile_and_waits_for_the_next_export(
    database: Database, database_url: str, quarter: Quarter, tmp_path: Path, exporting: Export
) -> None:
    """Somebody validates while the export is written: neither waits, and the workbook is of one moment.

    It is so in another process, and in this one, where an export tells how far it is.
    """
    elsewhere = Database(database_url)

    async def told(_: int) -> None:
        for other in (elsewhere, database):
            async with other.transaction() as session:
                await session.execute(update(Event).values(state=EventState.VALIDATED))

    request, template = Request(DAY), read_template(PACKAGED)
    done = await export(database, COMMAND_LINE, NOW, request, template, tmp_path / "first.xlsx", told)
    await elsewhere.dispose()
    assert done.counts.evenements == len(lines(load_workbook(done.file), "Évènements")) == 1
    again, _ = await exporting()
    assert again.counts.evenements == 2


async def test_a_file_that_cannot_be_written_is_told_at_once(
    database: Database, quarter: Quarter, tmp_path: Path
) -> None:
    for target in (tmp_path / "absent" / "a.xlsx", tmp_path):
        with pytest.raises(OSError):
            await export(database, COMMAND_LINE, NOW, Request(DAY), read_template(PACKAGED), target)
