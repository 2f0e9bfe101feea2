"""`jalon stats`, as it is typed."""

import asyncio

import pytest
from typer.testing import Result

from models.base.database import Database
from models.reference.nomenclature import Niveau
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.sheet import Breakdown
from tests.shell.conftest import Jalon, document, environment, jalon, refusal
from tests.statistics.population import END, Home, Somebody, answers, write

__all__ = ["environment", "jalon"]


async def run(jalon: Jalon, *arguments: str) -> Result:
    return await asyncio.to_thread(jalon, "stats", *arguments)  # it has an event loop of its own


async def filled(database: Database) -> None:
    async with database.transaction() as session:
        persons = [Somebody({END: answers()})] * 4 + [Somebody({END: answers(niveau=Niveau.INTENSIF)}, 1)] * 2
        await write(session, persons, (Home(), Home("XYZ02", "38")))


async def test_every_indicator_in_one_document(jalon: Jalon, database: Database) -> None:
    await filled(database)
    result = await run(jalon, "--campaign", "31/12/2022", "--scope", "national", "--json")
    told = document(result)
    assert (told["campaign"], told["scope"], told["population"]) == ("2022-12-31", "national", 6)
    assert list(told["indicators"]) == list(INDICATORS)
    f06 = told["indicators"]["F06"]
    assert (f06["value"], f06["unit"], f06["denominator"]) == (66.67, "%", 6)
    assert f06["definition"] == "Part de la tranche Suivi (2 à 8 h par mois)."
    assert told["indicators"]["F09"]["missing"] == "secteur de l’employeur (privé ou public)"
    assert set(told["indicators"]["F20"]["methods"]) == {"A", "B"}


async def test_completeness_capacity_and_distributions_are_in_the_document(jalon: Jalon, database: Database) -> None:
    await filled(database)
    told = document(await run(jalon, "--campaign", "31/12/2022", "--scope", "national", "--json"))
    assert set(told) >= {"campaign", "scope", "population", "indicators", "completeness", "capacity", "distributions"}
    assert list(told["completeness"]) == ["total", "dispositif", "structure", "coach"]
    total = {"expected": 6, "entered": 6, "validated": 6, "on_time": 6, "late": 0, "loaded": 0}
    assert told["completeness"]["total"] == {"label": "France entière", **total}
    assert [(one["label"], one["entered"]) for one in told["completeness"]["dispositif"]] == [
        ("ABC01", 4),
        ("XYZ02", 2),
    ]
    assert [(one["label"], one["entered"]) for one in told["completeness"]["coach"]] == [("Sans job coach", 6)]
    assert told["capacity"]["dispositifs"] == 2
    assert set(told["distributions"]) == set(Breakdown)
    in_job = told["distributions"]["emploi_mois"]
    assert (in_job["total"], in_job["masked"]) == (6, False)
    assert in_job["rows"][-1] == {"label": "Sans emploi", "count": 6, "share": 100.0}
    assert {row["count"] for row in told["distributions"]["niveau"]["rows"]} == {None}


async def test_in_words(jalon: Jalon, database: Database) -> None:
    await filled(database)
    result = await run(jalon, "--campaign", "2022-12-31", "--scope", "departement:69")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Rhône (69), campagne du 31 décembre 2022"
    assert "F06  De 2 à 8 h par mois\u00a0: 100\u00a0%, sur 4" in lines
    assert "F09  Emplois privés et publics\u00a0: sans valeur" in lines
    whole = lines.index("Avancement de la remontée")
    assert lines[whole + 1].strip() == ("Rhône (69)\u00a0: 4 attendues, 4 saisies, 4 validées, 4 à temps, 0 en retard")
    coaches = lines.index("Par job coach")
    assert lines[coaches + 1].strip().startswith("Sans job coach\u00a0: 4 attendues")
    assert "Capacité et demandes (chiffres confirmés\u00a0: 0 sur 1)" in lines
    assert "Emploi dans le dernier mois (total\u00a0: masqué)" in lines


async def test_nobody_is_in_the_singular(jalon: Jalon, database: Database) -> None:
    await filled(database)
    lines = (await run(jalon, "--campaign", "2022-12-31", "--scope", "region:11")).stdout.splitlines()
    assert "F01  Personnes accompagnées\u00a0: 0 personne" in lines
    assert any(line.endswith("0 attendue, 0 saisie, 0 validée, 0 à temps, 0 en retard") for line in lines)


async def test_what_does_not_exist_is_one_french_line(jalon: Jalon, database: Database) -> None:
    await filled(database)
    assert refusal(await run(jalon, "--campaign", "2022-06-30")) == "Aucune campagne au 30/06/2022."
    for scope in ("region:999", "dispositif:ZZZ99", "structure:0"):
        told = refusal(await run(jalon, "--campaign", "2022-12-31", "--scope", scope))
        assert told == "Ce périmètre n’existe pas, ou n’est pas le vôtre."


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("scope", ["partout", "region", "national:1", "caseload"])
def test_a_scope_written_otherwise_is_refused_with_examples(jalon: Jalon, scope: str) -> None:
    told = refusal(jalon("stats", "--campaign", "2022-12-31", "--scope", scope))
    assert told == "Périmètre attendu : national, region:84, departement:69, dispositif:ABC01 ou structure:12."


def test_a_day_written_otherwise_is_wrong_usage(jalon: Jalon) -> None:
    assert jalon("stats", "--campaign", "hier").exit_code == 2
