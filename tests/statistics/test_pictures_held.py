"""What stands on paper: small numbers are masked there for whoever holds the data too; a country is told whole."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert

from models.accounts.permissions import COMMAND_LINE
from models.accounts.repository import asker_of
from models.accounts.tables import Role
from models.base.database import Database
from models.reference.nomenclature import Niveau
from models.statistics.charts.catalogue import CHARTS
from models.statistics.charts.pictures import HeatMap, Hidden, Lines, Picture, Stacked
from models.statistics.charts.readings import Asked
from models.statistics.charts.reports import report
from models.statistics.charts.texts import UNMASKED
from models.statistics.errors import OfDispositifs, UnknownScope
from models.statistics.printable import printable
from models.statistics.service import indicators
from models.tables import metadata
from tests.harness import factories
from tests.harness.factories import DAY, NOW, SEPTEMBER, USUAL
from tests.statistics.population import END, Somebody, answers, write
from tests.statistics.sample_data import town, village

TINY = "SML01"

FOUND = date(2019, 5, 2)
FOLLOWED = Somebody({END: answers()}, entry_date=FOUND)
NEWER = Somebody({END: answers()}, entry_date=date(2021, 3, 1))
UNDATED = Somebody({END: answers()})
GONE = Somebody(entry_date=FOUND, exit_date=date(2022, 4, 4))


@pytest.fixture
async def inhabited(database: Database) -> Database:
    """Twelve persons of ABC01; eleven of SML01, four of whom have a CDI and one a CDD."""
    async with database.transaction() as session:
        await town(session)
        await factories.dispositif(session, TINY, "Le Port")
        await village(session, TINY)
    return database


async def drawn(database: Database, name: str, scope: str, role: Role, granted: str) -> Picture:
    async with database.transaction() as session:
        account = await factories.account(session, 1021, role, granted)
        assert account.id is not None
        return await CHARTS[name].read(Asked(session, await asker_of(session, account.id), SEPTEMBER, scope, NOW))


async def test_lines_hide_the_small_numbers_that_the_bars_hide(inhabited: Database) -> None:
    scope = f"dispositif:{TINY}"
    picture = await drawn(inhabited, "emploi-evolution", scope, Role.COORDINATOR, scope)
    assert isinstance(picture.shape, Lines)
    assert [values[-1] for values in picture.shape.values] == [pytest.approx(600 / 11), Hidden.MASKED, Hidden.MASKED]
    assert UNMASKED not in picture.note


async def test_the_page_hides_them_and_the_command_gives_them(inhabited: Database) -> None:
    scope = f"dispositif:{TINY}"
    async with inhabited.transaction() as session:
        account = await factories.account(session, 1021, Role.COORDINATOR, scope)
        assert account.id is not None
        actor = await asker_of(session, account.id)
        page = await report(Asked(session, actor, SEPTEMBER, scope, NOW))
        raw = await indicators(session, actor, SEPTEMBER, scope)
    values = {figure.number: figure.value for figure in page.figures}
    assert (values["F01"], values["F17"], values["F18"]) == ("11", "55\u00a0%", "masqué")
    assert raw.values["F18"].value == pytest.approx(400 / 11)
    assert not any(UNMASKED in note for note in page.notes)  # all are entered: nothing small is left


async def test_progress_of_a_few_says_that_it_is_not_masked(inhabited: Database) -> None:
    async with inhabited.transaction() as session:
        await factories.person(session, 900, None, reference=TINY)  # one to enter
    scope = f"dispositif:{TINY}"
    picture = await drawn(inhabited, "remontee", scope, Role.COORDINATOR, scope)
    assert isinstance(picture.shape, Stacked)
    assert picture.shape.labels == ["Le Port"]
    assert picture.shape.values[0][-1] == 1
    assert sum(value for value in picture.shape.values[0] if not isinstance(value, Hidden)) == 12
    assert UNMASKED in picture.note


async def test_a_country_is_told_whole_though_some_of_its_lines_are_masked(inhabited: Database) -> None:
    async with inhabited.transaction() as session:
        await factories.dispositif(session, "AAA00", "Au bout")
        of = await factories.person(session, 901, None, reference="AAA00")
        await factories.event(session, of, day=SEPTEMBER)
        for number in range(910, 916):
            of = await factories.person(session, number, None)
            await factories.event(session, of, USUAL.changed(niveau_soutien=Niveau.VEILLE), SEPTEMBER)
    picture = await drawn(inhabited, "completude", "national", Role.READER, "national")
    assert isinstance(picture.shape, HeatMap)
    last = [row[-1] for row in picture.shape.values]
    assert Hidden.MASKED in last
    assert last == sorted(last, key=lambda value: value is Hidden.MASKED)
    assert "les masqués à la fin" in picture.note
    progress = (await drawn_again(inhabited, "remontee", "national")).words
    assert "Avancement de la remontée · France entière · 30 septembre 2026. " in progress
    assert "30 personnes saisies sur 30 (100" in progress


async def drawn_again(database: Database, name: str, scope: str) -> Picture:
    async with database.transaction() as session:
        account = await factories.account(session, 1022, Role.READER, "national")
        assert account.id is not None
        return await CHARTS[name].read(Asked(session, await asker_of(session, account.id), SEPTEMBER, scope, NOW))


async def test_a_campaign_under_way_is_said_to_be_and_not_to_have_fallen(inhabited: Database) -> None:
    async with inhabited.transaction() as session:
        await factories.campaign(session)
        asked = Asked(session, COMMAND_LINE, DAY, "dispositif:ABC01", NOW)
        now, ended = [await CHARTS["completude"].read(replace(asked, day=day)) for day in (DAY, SEPTEMBER)]
    assert now.sentence.endswith(". 0 personne saisie sur 12 (0 %). Remontée en cours.")
    assert "Dernière colonne : remontée en cours." in now.note
    assert ended.sentence.endswith(". Personnes saisies : 100\u00a0%, depuis le 31 mars 2026.")
    assert "en cours" not in ended.note


async def test_where_nothing_is_confirmed_there_is_a_sentence_and_nothing_to_draw(inhabited: Database) -> None:
    picture = await drawn(inhabited, "capacite", "dispositif:ABC01", Role.COORDINATOR, "dispositif:ABC01")
    assert picture.empty
    assert picture.sentence.endswith("Aucun dispositif n'a encore confirmé ses chiffres pour cette remontée.")


@pytest.mark.parametrize("scope", ["structure:1", "caseload"])
async def test_a_part_of_a_dispositif_has_no_capacity(inhabited: Database, scope: str) -> None:
    role = Role.JOB_COACH if scope == "caseload" else Role.COORDINATOR
    with pytest.raises(OfDispositifs, match="celles de dispositifs entiers"):
        await drawn(inhabited, "capacite", scope, role, "dispositif:ABC01")


async def test_by_coach_exists_for_whoever_holds_the_data_only(inhabited: Database) -> None:
    with pytest.raises(UnknownScope):
        await drawn(inhabited, "remontee-coachs", "national", Role.READER, "national")


async def test_an_evolution_is_told_as_one(inhabited: Database) -> None:
    picture = await drawn(inhabited, "soutien-evolution", "dispositif:ABC01", Role.COORDINATOR, "dispositif:ABC01")
    first, _ = picture.words.splitlines()
    assert first.startswith("Niveau de soutien au fil des remontées · Dispositif ABC01 · 30 septembre 2026. Suivi")
    assert first.endswith(", depuis le 31 mars 2026.")


@pytest.mark.parametrize(
    ("name", "over_time"),
    [(one.name, one.over_time) for one in CHARTS.values() if one.over_time],
)
def test_an_evolution_is_of_the_same_figure(name: str, over_time: str) -> None:
    assert CHARTS[over_time].live is CHARTS[name].live
    assert (name, over_time) in {
        ("emploi", "emploi-evolution"),
        ("soutien", "soutien-evolution"),
        ("orientation", "orientation-evolution"),
        ("remontee", "completude"),
    }


BESIDE_F01 = [
    ("two left in the year", [*[FOLLOWED] * 30, *[GONE] * 2], "F23"),
    ("four entries are known", [*[UNDATED] * 20, *[FOLLOWED, NEWER] * 2], "F20"),
]


@pytest.mark.parametrize(("persons", "number"), [case[1:] for case in BESIDE_F01], ids=[case[0] for case in BESIDE_F01])
async def test_paper_tells_nobody_of_the_few_beside_f01(
    database: Database, persons: list[Somebody], number: str
) -> None:
    async with database.transaction() as session:
        await write(session, persons)
        account = await factories.account(session, 1021, Role.COORDINATOR, "dispositif:ABC01")
        assert account.id is not None
        actor = await asker_of(session, account.id)
        raw = await indicators(session, actor, END, "dispositif:ABC01", ["F01", number])
        paper = await printable(session, actor, raw)
    assert (raw.values[number].masked, paper.values[number].masked) == (False, True)
    assert not paper.values["F01"].masked


async def test_the_followed_of_a_small_place_are_said_to_be_masked(database: Database) -> None:
    row = {"dispositif_id": 1, "campaign_id": 1, "capacite": 8, "liste_attente": 4, "sans_suite": 1}
    etp = {"etp_total": 3, "etp_hors_admin": 2, "professionnels_hors_admin": 3, "confirmations": {}, "revision": 1}
    async with database.transaction() as session:
        await write(session, [FOLLOWED] * 3)
        await session.execute(insert(metadata.tables["dispositif_figures"]), [{**row, **etp, "changed_at": NOW}])
        account = await factories.account(session, 1021, Role.READER, "national")
        assert account.id is not None
        asked = Asked(session, await asker_of(session, account.id), END, "dispositif:ABC01", NOW)
        picture = await CHARTS["capacite"].read(asked)
    assert list(picture.shape.values) == [8, Hidden.MASKED, 4, 1]
