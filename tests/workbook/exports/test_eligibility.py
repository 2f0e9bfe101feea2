"""Which events leave: validated, never sent up before, and without a cell that the rules refuse."""

from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.permissions import COMMAND_LINE
from models.audit.tables import Audit
from models.base.database import Database
from models.base.revision import new_revision
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.repository import snapshot
from models.events.tables import Event, EventHistory, EventState, Origin
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Niveau, Statut
from models.workbook.exports.scope import ExportRefused
from models.workbook.exports.service import Request, declare_sent_up, dry_run, sha256_of
from tests.harness import factories
from tests.harness.factories import DAY, NOW, SEPTEMBER, USUAL
from tests.workbook.exports.books import lines
from tests.workbook.exports.conftest import Export, Quarter

NEVER = "évènement déjà remonté (E19)"
BY_HAND = "évènement déjà remonté, corrigé depuis : à reporter à la main (E19)"


async def left_out(database: Database) -> dict[str, str]:
    rehearsal = await dry_run(database, COMMAND_LINE, Request(DAY))
    return {one.reference: one.reason for one in rehearsal.left_out}


async def change(database: Database, person: Person, **values: object) -> None:
    async with database.transaction() as session:
        await session.execute(update(Person).where(col(Person.id) == person.id).values(values))


async def correct(database: Database, event: Event, **values: object) -> None:
    """Correct an event as everything that writes one does: with a new revision."""
    async with database.transaction() as session:
        values = {"revision": new_revision(), **values}
        await session.execute(update(Event).where(col(Event.id) == event.id).values(values))


async def test_only_validated_events_leave_and_every_person(quarter: Quarter, exporting: Export) -> None:
    done, book = await exporting()
    assert (done.counts.dispositifs, done.counts.personnes, done.counts.evenements) == (1, 3, 1)
    assert [(one.reference, one.reason) for one in done.left_out] == [
        (quarter.entered.reference, "évènement saisi, pas encore validé")
    ]
    assert [line["Choisir personne concernée"] for line in lines(book, "Évènements")] == [quarter.validated.reference]
    persons = lines(book, "Personnes accompagnées")
    assert [line["Référence personne accompagnée"] for line in persons] == [
        person.reference for person in (quarter.validated, quarter.entered, quarter.absent)
    ]
    # What is not validated does not leave by another column either (E08).
    assert [line["Dernier statut accompagnement"] for line in persons] == ["Suivi par le dispositif", None, None]


async def test_another_campaigns_events_stay(database: Database, quarter: Quarter, exporting: Export) -> None:
    async with database.transaction() as session:
        await factories.event(session, quarter.absent, USUAL, SEPTEMBER, EventState.VALIDATED)
    done, _ = await exporting()
    assert done.counts.evenements == 1


async def test_what_was_sent_back_waits(database: Database, quarter: Quarter) -> None:
    await correct(database, quarter.event, state=EventState.SENT_BACK)
    assert (await left_out(database))[quarter.validated.reference] == "évènement renvoyé au job coach, à corriger"


@pytest.mark.parametrize(
    ("values", "rule", "indicator", "persons"),
    [
        ({"exit_date": DAY}, "E15", "evt_statut", 3),
        ({"entry_date": DAY.replace(year=2027)}, "E14", "pers_date_entree", 3),
        ({"birth_date": "2020-01-01"}, "E16", "pers_date_entree", 2),
        ({"birth_date": "2025-01-01"}, "E14", "pers_date_naissance", 2),
        ({"handicap_principal": "inconnu"}, "E06", "pers_handicap_principal", 2),
    ],
)
async def test_a_cell_the_rules_refuse_keeps_the_event(
    database: Database,
    quarter: Quarter,
    exporting: Export,
    values: dict[str, object],
    rule: str,
    indicator: str,
    persons: int,
) -> None:
    await change(database, quarter.validated, **values)
    rehearsal = await dry_run(database, COMMAND_LINE, Request(DAY))
    found = rehearsal.left_out[0]
    assert (found.reference, found.person_id) == (quarter.validated.reference, quarter.validated.id)
    assert [(cell.rule, cell.indicator) for cell in found.blocking] == [(rule, indicator)]
    assert found.reason.endswith(f"({rule})")
    done, book = await exporting()
    assert (done.counts.personnes, done.counts.evenements) == (persons, 0)
    assert len(lines(book, "Personnes accompagnées")) == persons
    assert lines(book, "Évènements") == []


async def test_a_structure_of_another_dispositif_keeps_the_person(database: Database, quarter: Quarter) -> None:
    async with database.transaction() as session:
        other = await factories.dispositif(session, "XYZ09", "La Saône")
        stray = (await session.scalars(select(Structure).where(col(Structure.dispositif_id) == other.id))).one()
    await change(database, quarter.validated, structure_id=stray.id)
    assert (await left_out(database))[quarter.validated.reference].endswith("(E09)")


async def test_a_dispositif_whose_figures_contradict_stays(database: Database, quarter: Quarter) -> None:
    async with database.transaction() as session:
        await session.execute(update(Dispositif).values(etp_total=1, etp_hors_admin=2))
    reasons = await left_out(database)
    assert reasons["ABC01"] == "les ETP hors administratifs dépassent les ETP du dispositif (E18)"


async def test_nothing_is_marked_by_exporting_so_that_it_can_be_done_again(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    first, _ = await exporting()
    again, book = await exporting()
    assert first.counts == again.counts
    assert len(lines(book, "Évènements")) == 1


async def test_what_was_declared_sent_up_never_leaves_again(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    done, _ = await exporting()
    async with database.transaction() as session:
        assert await declare_sent_up(session, COMMAND_LINE, NOW, sha256_of(done.file)) == 1
    async with database.transaction() as session:
        event = (await session.scalars(select(Event).where(col(Event.id) == quarter.event.id))).one()
        assert event.state == EventState.SENT_UP
        assert event.revision != quarter.event.revision
    again, book = await exporting()
    assert again.counts.evenements == 0
    assert {one.reference: one.reason for one in again.left_out}[quarter.validated.reference] == NEVER
    assert "À corriger à la main" not in book.sheetnames


async def test_a_correction_after_the_sending_up_is_listed_to_be_made_by_hand(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    done, _ = await exporting()
    async with database.transaction() as session:
        await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256)
    await correct(database, quarter.event, emploi_date=Emploi.SANS_EMPLOI, niveau_soutien=Niveau.VEILLE)
    again, book = await exporting()
    assert again.counts.evenements == 0
    assert {one.reference: one.reason for one in again.left_out}[quarter.validated.reference] == BY_HAND
    assert book.sheetnames[-1] == "À corriger à la main"
    assert [tuple(line.values())[3:] for line in lines(book, "À corriger à la main")] == [
        ("Niveau de soutien apporté", "Suivi – de 2 à 8h/mois", "Veille – moins de 2h/mois"),
        ("Emploi à la date évènement", "contrat à durée indéterminée (CDI)", "sans emploi"),
    ]
    first = lines(book, "À corriger à la main")[0]
    assert first["Référence personne accompagnée"] == quarter.validated.reference
    assert first["Dispositif"] == "ABC01"
    assert first["Date de l’évènement"].date() == DAY


async def test_an_event_unlocked_between_its_export_and_the_sending_up_does_not_leave_twice(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    done, _ = await exporting()
    await correct(database, quarter.event, state=EventState.ENTERED, statut=Statut.VEILLE_TOTALE)
    async with database.transaction() as session:
        assert await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256) == 0
    assert (await left_out(database))[quarter.validated.reference] == NEVER  # its correction is under way
    await correct(database, quarter.event, state=EventState.VALIDATED)
    again, book = await exporting()
    assert again.counts.evenements == 0
    (line,) = lines(book, "À corriger à la main")
    assert (line["Valeur remontée"], line["Valeur corrigée"]) == ("Suivi par le dispositif", "Veille totale")


@pytest.mark.parametrize("state", [EventState.SENT_UP, EventState.VALIDATED])
async def test_what_the_history_tells_as_sent_up_counts_too(
    database: Database, quarter: Quarter, exporting: Export, state: EventState
) -> None:
    """An event imported as sent up, then corrected: the history has both."""
    now = USUAL.changed(emploi_date=Emploi.CDD)
    assert quarter.validated.id is not None
    async with database.transaction() as session:
        for before, after in ((None, USUAL), (USUAL, now)):
            session.add(
                EventHistory(
                    person_id=quarter.validated.id,
                    campaign_id=quarter.event.campaign_id,
                    at=NOW,
                    origin=Origin.IMPORTED if before is None else Origin.CORRECTED,
                    before=None if before is None else snapshot(before, {}, EventState.SENT_UP),
                    after=snapshot(after, {}, EventState.SENT_UP),
                    revision=new_revision(),
                )
            )
    await correct(database, quarter.event, emploi_date=Emploi.CDD, state=state)
    _, book = await exporting()
    (line,) = lines(book, "À corriger à la main")
    assert line["Valeur corrigée"] == "contrat à durée déterminée (CDD)"


async def test_only_a_workbook_of_ours_is_declared_and_once(
    database: Database, quarter: Quarter, exporting: Export, tmp_path: Path
) -> None:
    done, _ = await exporting()
    other = tmp_path / "autre.xlsx"
    other.write_bytes(done.file.read_bytes() + b" ")
    async with database.transaction() as session:
        with pytest.raises(ExportRefused, match="n’est pas un classeur exporté"):
            await declare_sent_up(session, COMMAND_LINE, NOW, sha256_of(other))
        await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256)
        with pytest.raises(ExportRefused, match="déjà déclaré"):
            await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256)


async def test_each_export_and_each_sending_up_is_in_the_audit(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    done, _ = await exporting()
    async with database.transaction() as session:
        await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256)
    async with database.transaction() as session:
        rows = (await session.scalars(select(Audit).order_by(col(Audit.id)))).all()
    assert [(row.action, row.subject, row.at) for row in rows] == [
        ("export", "campaign:2026-12-31", NOW),
        ("sent_up", "campaign:2026-12-31", NOW),
    ]
    assert rows[0].after is not None
    assert done.sha256 in rows[0].after
    assert '"evenements": 1' in rows[0].after


async def test_a_rehearsal_leaves_no_trace(database: Database, quarter: Quarter) -> None:
    rehearsal = await dry_run(database, COMMAND_LINE, Request(DAY))
    assert (rehearsal.counts.personnes, rehearsal.counts.evenements) == (3, 1)
    async with database.transaction() as session:
        assert (await session.scalars(select(Audit))).all() == []


async def test_a_campaign_that_does_not_exist(database: Database, quarter: Quarter) -> None:
    async with database.transaction() as session:
        assert len((await session.scalars(select(Campaign))).all()) == 1
    with pytest.raises(ExportRefused, match="Aucune campagne au 30/09/2026"):
        await dry_run(database, COMMAND_LINE, Request(SEPTEMBER))
