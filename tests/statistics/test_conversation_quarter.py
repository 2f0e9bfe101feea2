"""A job coach reads their own quarter, of their own persons and of nobody else's."""

from dataclasses import replace

import pytest

from handlers.statistics import texts
from models.accounts.repository import asker_of
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.campaigns.repository import campaign_of
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Niveau, Statut
from models.statistics.quarter.service import Quarter, Shift, Whose, quarter
from tests.harness import factories
from tests.harness.factories import DAY, SEPTEMBER, USUAL

COACH, OTHER, BOTH = 1001, 1010, 1011
CDD = USUAL.changed(emploi_date=Emploi.CDD, emploi_mois=Emploi.CDD)
NO_JOB = USUAL.changed(emploi_date=Emploi.SANS_EMPLOI)


async def read(database: Database, of: Account) -> Quarter:
    assert of.id is not None
    async with database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        return await quarter(session, await asker_of(session, of.id), campaign)


async def test_progress_and_what_changed_since_the_quarter_before(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH)
        ended = await factories.person(session, 4217, coach, past=CDD)
        await factories.event(session, ended, NO_JOB, state=EventState.VALIDATED)
        begun = await factories.person(session, 4218, coach, past=NO_JOB)
        await factories.event(session, begun, CDD)
        left = await factories.person(session, 102, coach, past=USUAL)
        await factories.event(session, left, USUAL.changed(statut=Statut.TERMINE, niveau_soutien=Niveau.VEILLE))
        same = await factories.person(session, 103, coach, past=USUAL)
        await factories.event(session, same, USUAL)
        new = await factories.person(session, 104, coach)
        await factories.event(session, new, CDD)
        await factories.person(session, 105, coach, past=USUAL)  # not entered yet
        gone = await factories.person(session, 106, coach)
        await factories.event(session, gone, USUAL.changed(statut=Statut.TERMINE), SEPTEMBER)

    assert await read(database, coach) == Quarter(
        total=6,
        entered=5,
        validated=1,
        shifts=(
            Shift(Whose("0102"), "Statut", "suivi par le dispositif", "suivi terminé"),
            Shift(Whose("0102"), "Soutien", "suivi, de 2 à 8 h par mois", "veille, moins de 2 h par mois"),
            Shift(Whose("4217"), "Emploi", "CDD", "sans emploi"),
            Shift(Whose("4218"), "Emploi", "sans emploi", "CDD"),
        ),
        contracts_ended=(Whose("4217"),),
        contracts_begun=(Whose("4218"),),
        left=(Whose("0102"),),
        compared=4,
    )


async def test_at_the_first_campaign_there_is_nothing_to_compare_with(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH)
        await factories.event(session, await factories.person(session, 1, coach), USUAL)
    told = texts.quarter(await read(database, coach), DAY)
    assert told.endswith("1 personne sur 1 saisie, 0 validée.\n\n" + texts.FIRST_CAMPAIGN)
    assert "Depuis la remontée d'avant" not in told


async def test_persons_who_are_all_new_have_nothing_to_be_compared_with(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.campaign(session, SEPTEMBER, closed=True)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH)
        await factories.event(session, await factories.person(session, 1, coach), USUAL)
    told = texts.quarter(await read(database, coach), DAY)
    assert told.endswith("\n\n" + texts.ALL_NEW)


async def test_a_trial_in_a_workplace_is_no_contract_and_another_contract_is_no_end(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH)
        trial = await factories.person(session, 1, coach, past=USUAL.changed(emploi_date=Emploi.PMSMP))
        await factories.event(session, trial, NO_JOB)
        other = await factories.person(session, 2, coach, past=CDD)
        await factories.event(session, other, USUAL)
    seen = await read(database, coach)
    assert (seen.contracts_ended, seen.contracts_begun) == ((), ())
    assert [shift.whose.end for shift in seen.shifts] == ["0001", "0002"]


async def test_compared_with_the_last_event_even_where_a_quarter_was_missed(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.campaign(session, SEPTEMBER, closed=True)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH)
        of = await factories.person(session, 1, coach)
        await factories.event(session, of, NO_JOB, factories.MARCH)
        await factories.event(session, of, CDD, factories.JUNE)
        await factories.event(session, of, NO_JOB)
    seen = await read(database, coach)
    assert seen.contracts_ended == (Whose("0001", factories.JUNE),)
    told = texts.quarter(seen, DAY)
    assert "1 contrat terminé : …0001 (depuis le 30 juin 2026)" in told
    assert "…0001 · Emploi : CDD → sans emploi (depuis le 30 juin 2026)" in told


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHEF_DE_FILE, Role.READER, Role.ADMIN])
async def test_others_see_nobody(database: Database, role: Role) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH)
        of = await factories.person(session, 1, coach, past=CDD)
        await factories.event(session, of, NO_JOB)
        scope = {Role.COORDINATOR: "dispositif:ABC01", Role.ADMIN: "national"}.get(role, "departement:69")
        other = await factories.account(session, OTHER, role, scope)
    assert await read(database, other) == Quarter()
    assert replace(await read(database, coach), shifts=()) == Quarter(1, 1, 0, (), (Whose("0001"),), compared=1)


async def test_a_coach_moved_to_another_dispositif_sees_the_former_persons_no_more(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, COACH, scope="dispositif:DEF02")
        await factories.event(session, await factories.person(session, 1, coach, past=CDD), NO_JOB)
    assert await read(database, coach) == Quarter()
