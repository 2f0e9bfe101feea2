"""What one sees of a fifth level of support, « Renforcé »; `test_a_fifth_level.py` plays it in a copy that has it."""

from sqlalchemy import update
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE
from models.accounts.tables import Account
from models.base.database import Database
from models.events.form import Answers
from models.events.tables import Event, EventState
from models.reference.nomenclature import Niveau
from models.statistics.charts.catalogue import CHARTS
from models.statistics.charts.readings import Asked
from models.statistics.service import distribution
from models.statistics.sheet import Breakdown
from tasks.statistics.pictures.drawing import png
from tests.harness import factories
from tests.harness.application import Application
from tests.harness.factories import DAY, NOW, USUAL
from tests.harness.fixtures import app, coach, redis_url
from tests.review.stories import entered, reviewer
from tests.workbook.books import DISPOSITIF, EVENT, PERSON
from tests.workbook.conftest import Import, campaigns, load
from tests.workbook.exports.books import lines
from tests.workbook.exports.conftest import Export, Quarter, exporting, quarter

__all__ = ["app", "campaigns", "coach", "exporting", "load", "quarter", "redis_url"]

MORE = Answers.from_codes(USUAL.codes() | {"niveau_soutien": "renforce"})


async def test_it_is_chosen_and_a_jump_of_two_levels_asks(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.person(session, 1, coach, past=USUAL.changed(niveau_soutien=Niveau.REGULIER))
    phone = await app.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    await phone.tap("Soutien")
    await phone.tap("Renforcé : plus de 20 h")
    assert "Soutien : régulier, 8 à 12 h par mois → renforcé, plus de 20 h par mois" in phone.text
    await phone.tap("Enregistrer")
    assert phone.text.startswith("…0001 : le soutien change de plus d'une tranche")
    await phone.tap("Oui, le besoin a changé")
    assert (await app.entered())[1].niveau_soutien == "renforce"


async def test_it_is_reviewed(app: Application, coach: Account) -> None:
    await entered(app, coach, 1, MORE)
    phone = await reviewer(app)
    await phone.tap("Regarder la saisie signalée")
    assert "→ renforcé, plus de 20 h par mois" in phone.text


async def test_it_leaves_in_the_workbook(database: Database, quarter: Quarter, exporting: Export) -> None:
    async with database.transaction() as session:
        await session.execute(update(Event).where(col(Event.id) == quarter.event.id).values(niveau_soutien="renforce"))
    _, book = await exporting()
    (line,) = lines(book, "Évènements")
    assert line["Niveau de soutien apporté"] == "Renforcé – plus de 20h/mois"


async def test_it_comes_in_a_workbook(database: Database, load: Import) -> None:
    event = {**EVENT, "evt_date": DAY, "evt_niveau_soutien": "Renforcé – plus de 20h/mois"}
    plan = await load(dispositifs=[DISPOSITIF], persons=[PERSON], events=[event])
    assert plan.findings.errors == []


async def test_persons_divide_by_it_in_figures_and_in_a_picture(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        for number in range(1, 31):
            person = await factories.person(session, number, None)
            await factories.event(session, person, MORE if number > 10 else USUAL, state=EventState.VALIDATED)

    async with database.snapshot() as session:
        found = await distribution(session, COMMAND_LINE, DAY, "national", Breakdown.NIVEAU)
        picture = await CHARTS["soutien"].read(Asked(session, COMMAND_LINE, DAY, "national", NOW))

    assert [row.count for row in found.rows] == [10, 0, 0, 20]
    assert found.rows[-1].label == "Renforcé – plus de 20h/mois"
    assert png(picture).startswith(b"\x89PNG")
