"""The story of an indicator that was just declared, played in a copy of the tree by `test_one_more_indicator`."""

from models.accounts.permissions import COMMAND_LINE
from models.base.database import Database
from models.reference.nomenclature import Emploi
from models.reference.scopes import NATIONAL
from models.statistics.charts.catalogue import chart_named
from models.statistics.charts.pictures import Lines
from models.statistics.charts.readings import Asked
from tests.harness.application import ON_SQLITE
from tests.harness.factories import NOW
from tests.harness.fixtures import redis_url
from tests.shell.conftest import Jalon, document, environment, jalon
from tests.statistics.population import END, Somebody, answers, write
from tests.statistics.test_conversation_stats import CHIEF, Gallery, gallery
from tests.statistics.test_stats_command import run

__all__ = ["environment", "gallery", "jalon", "redis_url"]

PERSONS = [Somebody({END: answers(mois=Emploi.INTERIM)})] * 6 + [Somebody({END: answers(mois=Emploi.CDI)})] * 6


@ON_SQLITE
async def test_jalon_stats_gives_it(jalon: Jalon, database: Database) -> None:
    async with database.transaction() as session:
        await write(session, PERSONS)
    told = document(await run(jalon, "--campaign", "2022-12-31", "--json"))["indicators"]["F25"]
    assert (told["title"], told["value"], told["denominator"]) == ("En intérim dans le mois", 50, 12)


@ON_SQLITE
async def test_a_picture_has_its_line(database: Database) -> None:
    async with database.transaction() as session:
        await write(session, PERSONS)
    async with database.snapshot() as session:
        picture = await chart_named("emploi-evolution").read(Asked(session, COMMAND_LINE, END, NATIONAL, NOW))
    assert isinstance(picture.shape, Lines)
    assert (picture.shape.names[-1], picture.shape.values[-1]) == ("Intérim (F25)", [50])


@ON_SQLITE
async def test_the_chat_lists_and_explains_it(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    await phone.tap("Les indicateurs")
    for _ in range(2):
        await phone.tap("Suite")
    await phone.tap("F25 · En intérim dans le mois")
    assert "Définition : Personnes en intérim dans le mois." in phone.text.replace("\u00a0", " ")
