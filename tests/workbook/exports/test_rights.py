"""Who exports what: an administrator every scope, a coordinator their own dispositif, nobody else anything."""

import pytest
from sqlalchemy import delete

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Role, RoleGrant
from models.base.database import Database
from models.events.tables import EventState
from models.workbook.exports.scope import ExportRefused
from models.workbook.exports.service import declare_sent_up
from tests.harness import factories
from tests.harness.factories import DAY, NOW, USUAL
from tests.workbook.exports.books import lines
from tests.workbook.exports.conftest import Export, Quarter

NOT_THEIRS = "Seuls un administrateur"


@pytest.fixture
async def elsewhere(database: Database, quarter: Quarter) -> None:
    """Another dispositif, in the Ain, with a validated event."""
    async with database.transaction() as session:
        (await factories.dispositif(session, "XYZ09", "La Saône")).departement_no = "972"
        person = await factories.person(session, 9, None, reference="XYZ09")
        await factories.event(session, person, USUAL, DAY, EventState.VALIDATED)


async def actor(database: Database, role: Role, scope: str) -> Actor:
    async with database.transaction() as session:
        account = await factories.account(session, 1002, role, scope)
    return Actor(account.id, (Grant(role, scope),))


@pytest.mark.parametrize(
    ("scope", "dispositifs"),
    [
        ("national", ["ABC01", "XYZ09"]),
        ("region:84", ["ABC01"]),
        ("region:02", ["XYZ09"]),
        ("departement:69", ["ABC01"]),
        ("departement:972", ["XYZ09"]),
        ("departement:2A", []),
        ("dispositif:XYZ09", ["XYZ09"]),
    ],
)
async def test_an_administrator_exports_every_scope(
    database: Database, elsewhere: None, exporting: Export, scope: str, dispositifs: list[str]
) -> None:
    _, book = await exporting(await actor(database, Role.ADMIN, "national"), scope)
    assert [line["Référence dispositif"] for line in lines(book, "Dispositifs")] == dispositifs
    assert [line["Dispositif concerné"] for line in lines(book, "Évènements")] == dispositifs
    in_them = {line["Référence dispositif"] for line in lines(book, "Personnes accompagnées")}
    assert in_them == set(dispositifs)


async def test_a_coordinator_exports_their_dispositif(database: Database, elsewhere: None, exporting: Export) -> None:
    coordinator = await actor(database, Role.COORDINATOR, "dispositif:ABC01")
    done, book = await exporting(coordinator, "dispositif:ABC01")
    assert [line["Référence dispositif"] for line in lines(book, "Dispositifs")] == ["ABC01"]
    async with database.transaction() as session:
        assert await declare_sent_up(session, coordinator, NOW, done.sha256) == 1


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ("national", NOT_THEIRS),
        ("region:84", NOT_THEIRS),
        ("departement:69", NOT_THEIRS),
        ("dispositif:XYZ09", "Le dispositif XYZ09 n’existe pas"),
        ("dispositif:QQQ99", "Le dispositif QQQ99 n’existe pas"),
    ],
)
async def test_and_nothing_else(database: Database, elsewhere: None, exporting: Export, scope: str, told: str) -> None:
    with pytest.raises(ExportRefused, match=told):
        await exporting(await actor(database, Role.COORDINATOR, "dispositif:ABC01"), scope)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.JOB_COACH, "dispositif:ABC01"),
        (Role.CHEF_DE_FILE, "departement:69"),
        (Role.CHEF_DE_FILE, "dispositif:ABC01"),
        (Role.READER, "national"),
    ],
)
async def test_other_roles_export_nothing(
    database: Database, elsewhere: None, exporting: Export, role: Role, scope: str
) -> None:
    someone = await actor(database, role, scope)
    for wanted in ("national", "departement:69", "dispositif:ABC01"):
        with pytest.raises(ExportRefused, match=NOT_THEIRS):
            await exporting(someone, wanted)


@pytest.mark.parametrize(("role", "scope"), [(Role.ADMIN, "national"), (Role.COORDINATOR, "dispositif:ABC01")])
async def test_a_right_withdrawn_a_moment_ago_gives_nothing(
    database: Database, elsewhere: None, exporting: Export, role: Role, scope: str
) -> None:
    someone = await actor(database, role, scope)
    async with database.transaction() as session:
        await session.execute(delete(RoleGrant))
    done, _ = await exporting(someone, "dispositif:ABC01")
    assert (done.counts.dispositifs, done.counts.personnes, done.counts.evenements) == (0, 0, 0)


async def test_a_national_workbook_is_not_a_coordinators_to_declare(
    database: Database, elsewhere: None, exporting: Export
) -> None:
    done, _ = await exporting()
    async with database.transaction() as session:
        with pytest.raises(ExportRefused, match=NOT_THEIRS):
            await declare_sent_up(session, Actor(1, (Grant(Role.COORDINATOR, "dispositif:ABC01"),)), NOW, done.sha256)


@pytest.mark.parametrize("scope", ["", "national:1", "dispositif:", "commune:69123", "ABC01"])
async def test_a_scope_that_is_none(quarter: Quarter, exporting: Export, scope: str) -> None:
    with pytest.raises(ExportRefused, match="Périmètre attendu"):
        await exporting(scope=scope)


@pytest.mark.parametrize(
    ("scope", "told"),
    [("region:99", "La région 99 n’existe pas"), ("departement:20", "Le département 20 n’existe pas")],
)
async def test_a_place_that_does_not_exist(quarter: Quarter, exporting: Export, scope: str, told: str) -> None:
    with pytest.raises(ExportRefused, match=told):
        await exporting(scope=scope)
