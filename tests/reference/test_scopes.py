"""The scopes: what text is one, what it holds, and which dispositif it names."""

import pytest
from sqlalchemy import literal, select
from sqlmodel import col

from models.accounts.queries import names_dispositif
from models.base.database import Database
from models.dispositifs.tables import Dispositif
from models.reference.scopes import COMMON, Level, Scope, enclosing_scopes, region_names
from tests.harness import factories


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("national", Scope(Level.NATIONAL)),
        ("region:84", Scope(Level.REGION, "84")),
        ("departement:2A", Scope(Level.DEPARTEMENT, "2A")),
        ("dispositif:ABC01", Scope(Level.DISPOSITIF, "ABC01")),
        ("structure:12", Scope(Level.STRUCTURE, "12")),
        ("caseload", Scope(Level.CASELOAD)),
    ],
)
def test_a_scope_is_written_as_it_is_read(text: str, scope: Scope) -> None:
    assert Scope.parse(text) == scope
    assert scope.text == text


@pytest.mark.parametrize(
    "text",
    ["", "national:", "national:69", "caseload:", "caseload:1", "region", "region:", "NATIONAL", "69", "ville:69"],
)
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Scope.parse(text)


def test_a_level_that_is_not_accepted_is_refused() -> None:
    assert Scope.parse("region:84", {Level.REGION}).code == "84"
    with pytest.raises(ValueError, match="region:84"):
        Scope.parse("region:84", {Level.DEPARTEMENT})


@pytest.mark.parametrize(
    ("text", "name", "holds", "exists"),
    [
        ("departement:69", "Rhône", ["69"], True),
        ("region:94", "Corse", ["2A", "2B"], True),
        ("departement:99", "99", [], False),
        ("region:99", "99", [], False),
        ("dispositif:ABC01", "ABC01", [], True),
    ],
)
def test_a_scope_knows_what_the_country_says_of_it(text: str, name: str, holds: list[str], exists: bool) -> None:
    scope = Scope.parse(text)

    assert (scope.name, scope.departements, scope.exists) == (name, holds, exists)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("national", "France entière"),
        ("region:94", "région Corse"),
        ("departement:69", "département Rhône"),
        ("dispositif:ABC01", "dispositif ABC01"),
    ],
)
def test_each_common_scope_is_called_by_its_name(text: str, called: str) -> None:
    assert Scope.parse(text, COMMON).called == called


def test_the_regions_stand_in_the_order_of_their_names() -> None:
    assert len(region_names()) == 18
    assert region_names()["84"] == "Auvergne-Rhône-Alpes"
    assert list(region_names().values()) == sorted(region_names().values())


def test_a_departement_lies_in_its_region_and_in_the_country() -> None:
    assert enclosing_scopes("69") == ["departement:69", "region:84", "national"]
    assert enclosing_scopes(None) == enclosing_scopes("99") == ["national"]


async def test_a_stored_scope_names_one_dispositif_and_no_place_of_the_same_code(database: Database) -> None:
    async with database.transaction() as session:
        for reference in ("ABC01", "ABC02"):
            await factories.write(session, Dispositif(reference=reference))
        for scope, found in {
            "dispositif:ABC01": ["ABC01"],
            "departement:ABC01": [],
            "structure:ABC01": [],
            "dispositif:ABC0": [],
            "national": [],
        }.items():
            names = names_dispositif(literal(scope), col(Dispositif.reference))
            assert list(await session.scalars(select(col(Dispositif.reference)).where(names))) == found, scope
