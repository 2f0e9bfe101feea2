"""Who sees the figures of what: each role, each scope; and what of them is masked."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE, Actor
from models.accounts.repository import asker_of
from models.accounts.service import revoke
from models.accounts.tables import Role, RoleGrant
from models.base.database import Database
from models.reference.nomenclature import Emploi, Niveau
from models.reference.scopes import NATIONAL
from models.statistics.errors import UnknownCampaign, UnknownScope
from models.statistics.service import (
    capacity,
    completeness,
    completeness_total,
    distribution,
    evolution,
    indicators,
    visible_scopes,
)
from models.statistics.sheet import Breakdown, Per
from tests.harness import factories
from tests.statistics.population import END, NOW, Home, Somebody, answers, write

HOMES = (Home(), Home(name="Le Parc"), Home("XYZ02", "38", "Ailleurs"), Home("SUD03", "13", "Au sud"))
TREE = (
    "national",
    "region:84",
    "region:93",
    "departement:69",
    "departement:38",
    "dispositif:ABC01",
    "dispositif:XYZ02",
    "structure:1",
    "structure:3",
    "caseload",
)
MAY_SEE: dict[tuple[Role, str], set[str]] = {
    (Role.JOB_COACH, "dispositif:ABC01"): {"caseload"},
    (Role.COORDINATOR, "dispositif:ABC01"): {"dispositif:ABC01", "structure:1"},
    (Role.COORDINATOR, "dispositif:XYZ02"): {"dispositif:XYZ02", "structure:3"},
    (Role.CHEF_DE_FILE, "departement:69"): {"departement:69", "dispositif:ABC01", "structure:1"},
    (Role.CHEF_DE_FILE, "dispositif:XYZ02"): {"dispositif:XYZ02", "structure:3"},
    (Role.READER, "departement:38"): {"departement:38", "dispositif:XYZ02", "structure:3"},
    (Role.READER, "region:84"): set(TREE) - {"national", "region:93", "caseload"},
    (Role.READER, "region:93"): {"region:93"},
    (Role.READER, NATIONAL): set(TREE) - {"caseload"},
    (Role.ADMIN, NATIONAL): set(TREE) - {"caseload"},
}
NOWHERE = (
    "",
    "region:999",
    "departement:00",
    "dispositif:",
    "dispositif:ZZZ99",
    "structure:99",
    "structure:²",
    "nation",
)


async def somebody(session: AsyncSession, role: Role, scope: str) -> Actor:
    account = await factories.account(session, None, role, scope, "quelquun@exemple.fr")
    assert account.id is not None
    return await asker_of(session, account.id)


async def uneven(session: AsyncSession, coach_id: int | None = None) -> None:
    """Write 52 persons of F01: 30 and 3 in the Rhône, 12 in the Isère, 7 in the Bouches-du-Rhône."""
    persons = [
        *(Somebody({END: answers(mois=Emploi.CDI)}, 0, coach_id=coach_id) for _ in range(8)),
        *(Somebody({END: answers()}, 0) for _ in range(22)),
        *(Somebody({END: answers()}, 1) for _ in range(3)),
        *(Somebody({END: answers(mois=Emploi.CDD if number < 2 else Emploi.SANS_EMPLOI)}, 2) for number in range(12)),
        *(Somebody({END: answers()}, 3) for _ in range(7)),
    ]
    await write(session, persons, HOMES)


@pytest.mark.parametrize(("role", "scope"), list(MAY_SEE))
async def test_each_role_sees_its_places_and_no_other(database: Database, role: Role, scope: str) -> None:
    async with database.transaction() as session:
        await uneven(session)
        actor = await somebody(session, role, scope)
    async with database.snapshot() as session:
        seen = set()
        for asked in TREE:
            try:
                sheet = await indicators(session, actor, END, asked, {"F01"})
            except UnknownScope:
                for call in (
                    distribution(session, actor, END, asked, Breakdown.NIVEAU),
                    completeness(session, actor, END, asked),
                    completeness_total(session, actor, END, asked),
                    capacity(session, actor, END, asked),
                    evolution(session, actor, asked, ["F01"], [END]),
                ):
                    with pytest.raises(UnknownScope):
                        await call
            else:
                assert sheet.scope.text == asked
                seen.add(asked)
        assert seen == MAY_SEE[role, scope]
        for nowhere in NOWHERE:
            with pytest.raises(UnknownScope):
                await indicators(session, actor, END, nowhere)
        with pytest.raises(UnknownCampaign, match="Aucune campagne"):
            await indicators(session, actor, date(2022, 6, 30), min(seen))
        assert await visible_scopes(session, actor) == ["caseload" if role == Role.JOB_COACH else scope]


async def test_a_right_withdrawn_shows_nothing_any_more(database: Database) -> None:
    async with database.transaction() as session:
        await uneven(session)
        actor = await somebody(session, Role.READER, NATIONAL)
        await revoke(session, COMMAND_LINE, NOW, "quelquun@exemple.fr")
    async with database.snapshot() as session:
        with pytest.raises(UnknownScope):
            await indicators(session, actor, END, NATIONAL)
        assert await visible_scopes(session, actor) == []


async def test_a_coach_sees_their_caseload_whole_and_nothing_encrypted_of_it(database: Database) -> None:
    async with database.transaction() as session:
        account = await factories.account(session, 1001)
        await uneven(session, account.id)
        assert account.id is not None
        coach = await asker_of(session, account.id)
    async with database.snapshot() as session:
        sheet = await indicators(session, coach, END, "caseload")
        assert (sheet.population, sheet.values["F18"].value) == (8, 100)
        assert [line.entered for line in await completeness(session, coach, END, "caseload")] == [8]
        for by in (Breakdown.AGE, Breakdown.SEXE, Breakdown.HANDICAP):
            found = await distribution(session, coach, END, "caseload", by)
            assert (found.masked, found.total, {row.count for row in found.rows}) == (True, None, {None})


async def test_small_figures_are_for_those_who_hold_the_data(database: Database) -> None:
    async with database.transaction() as session:
        await uneven(session)
        reader = await somebody(session, Role.READER, NATIONAL)
    async with database.snapshot() as session:
        told = {
            scope: (await indicators(session, reader, END, scope)).population
            for scope in ("national", "region:84", "departement:69", "structure:1", "structure:2", "structure:3")
        }
        # The 3 of « Le Parc » hide the 30 of « Les Tilleuls »: together they are the 33 of their dispositif.
        assert told == {
            "national": 52,
            "region:84": 45,
            "departement:69": 33,
            "structure:1": None,
            "structure:2": None,
            "structure:3": 12,
        }
        sheet = await indicators(session, reader, END, "departement:38")
        assert (sheet.population, sheet.values["F19"].masked, sheet.values["F19"].value) == (12, True, None)
        assert sheet.values["F19"].note == "Masqué : secret statistique, moins de 5 personnes."
        assert (await indicators(session, COMMAND_LINE, END, "structure:2")).population == 3
        whole = await distribution(session, COMMAND_LINE, END, "departement:38", Breakdown.EMPLOI_MOIS)
        assert [row.count for row in whole.rows if row.label == "CDD"] == [None]  # they are 2: for nobody
        masked = await distribution(session, reader, END, "departement:38", Breakdown.EMPLOI_MOIS)
        assert (masked.masked, masked.total) == (True, 12)
        assert all(row.count is None or row.count >= 5 for row in masked.rows)
        lines = await completeness(session, reader, END, "region:84", Per.STRUCTURE)
        assert {line.label: (line.expected, line.entered) for line in lines}["Le Parc, dispositif ABC01"] == (
            None,
            None,
        )
        with pytest.raises(UnknownScope):
            await completeness(session, reader, END, "region:84", Per.COACH)


async def test_the_whole_of_a_scope_is_told_though_not_every_line_is(database: Database) -> None:
    watched = Somebody({END: answers(niveau=Niveau.VEILLE)})
    async with database.transaction() as session:
        few = [*[Somebody({END: answers()}, 0)] * 30, *[watched] * 9, *[Somebody({END: answers()}, 1)] * 3]
        await write(
            session, [*few, *[Somebody({END: answers()}, 2)] * 8, *[replace(watched, structure=2)] * 7], HOMES[:3]
        )
        reader = await somebody(session, Role.READER, NATIONAL)
    async with database.snapshot() as session:
        lines = await completeness(session, reader, END, "departement:69", Per.STRUCTURE)
        assert {line.entered for line in lines} == {None}
        whole = await completeness_total(session, reader, END, "departement:69")
        assert (whole.label, whole.expected, whole.entered, whole.on_time) == ("Rhône (69)", 42, 42, 42)
        few_only = await completeness_total(session, reader, END, "structure:2")
        assert (few_only.expected, few_only.entered, few_only.loaded) == (None, None, None)
        assert (await completeness_total(session, reader, END, "region:11")).entered == 0


async def test_a_coordinator_elsewhere_too_sees_masked_what_they_only_read(database: Database) -> None:
    async with database.transaction() as session:
        await uneven(session)
        actor = await somebody(session, Role.COORDINATOR, "dispositif:ABC01")
        assert actor.account_id is not None
        session.add(RoleGrant(account_id=actor.account_id, role=Role.READER, scope=NATIONAL, granted_at=NOW))
    async with database.snapshot() as session:
        assert (await indicators(session, actor, END, "structure:2")).population == 3
        assert (await indicators(session, actor, END, "departement:38")).values["F19"].masked


async def test_two_roles_subtract_nothing(database: Database) -> None:
    homes = (Home(), Home("ABC02", "69", "Deux"), Home("ABC03", "69", "Trois"))
    persons = [Somebody({END: answers(mois=Emploi.CDI)}, 0)] * 9 + [Somebody({END: answers()}, 1)] * 3
    async with database.transaction() as session:
        await write(session, persons, homes)
        leader = await somebody(session, Role.CHEF_DE_FILE, "departement:69")
        both = await factories.account(session, 1002, Role.COORDINATOR, "dispositif:ABC01", "deux@exemple.fr")
        assert both.id is not None
        session.add(RoleGrant(account_id=both.id, role=Role.CHEF_DE_FILE, scope="departement:69", granted_at=NOW))
        await session.flush()
        actor = await asker_of(session, both.id)
    async with database.snapshot() as session:
        assert (await indicators(session, leader, END, "departement:69")).population == 12
        # They know the 9 of ABC01 one by one: 12 would tell the 3 of the others.
        assert (await indicators(session, actor, END, "dispositif:ABC01")).population == 9
        assert (await indicators(session, actor, END, "departement:69")).population is None
        assert (await distribution(session, actor, END, "departement:69", Breakdown.NIVEAU)).total is None
        assert (await completeness_total(session, actor, END, "departement:69")).expected is None
