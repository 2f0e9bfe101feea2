"""What one sees of a seventh question, « Logement »; `test_a_seventh_question.py` plays it in a copy that has it."""

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE
from models.accounts.repository import asker_of
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.campaigns.repository import campaign_of
from models.events import rules
from models.events.form import Answers, question
from models.events.rules import Rule
from models.events.tables import Event, EventHistory, EventState, Remark
from models.statistics.quarter.service import Shift, Whose, quarter
from models.statistics.service import distribution
from models.statistics.sheet import Breakdown
from models.workbook.template import PACKAGED, read_template
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import DAY, USUAL
from tests.harness.fixtures import app, coach, redis_url
from tests.harness.phone import plain
from tests.review.stories import entered, reviewer, told
from tests.workbook.books import DISPOSITIF, EVENT, PERSON
from tests.workbook.conftest import Import, campaigns, load
from tests.workbook.exports.books import lines
from tests.workbook.exports.conftest import Export, Quarter, exporting
from tests.workbook.exports.conftest import quarter as three_persons

__all__ = ["app", "campaigns", "coach", "exporting", "load", "redis_url", "three_persons"]

LODGED = Answers.from_codes(USUAL.codes() | {"logement": "heberge"})


async def kept(database: Database) -> list[str]:
    """The answers to the seventh question, in the order in which the events of December were written."""
    column = Event.__table__.c["logement"]  # type: ignore[attr-defined]
    async with database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        query = select(column).where(col(Event.campaign_id) == campaign.id).order_by(col(Event.id))
        return [str(value.value) for value in (await session.scalars(query)).all()]


async def test_a_new_person_is_asked_seven_questions(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.person(session, 533, coach)
    phone = await app.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    assert "Question 1 sur 7" in phone.text
    for label in ("Suivi par", "Suivi : de 2", "CDI", "Sans objet", "CDI", "Sans objet"):
        await phone.tap(label)
    assert phone.text.endswith("Question 7 sur 7\nOù la personne vit-elle au 31 décembre ?")

    await phone.tap("Hébergement")

    assert "Récapitulatif" in phone.text
    assert phone.text.endswith("\nLogement : hébergement")
    await phone.tap("Enregistrer")
    assert await kept(app.database) == ["heberge"]
    (line,) = await app.rows(EventHistory)
    assert line.after["logement"] == "heberge"


async def test_the_card_carries_it_over_changes_it_and_takes_it_back(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.person(session, 1, coach, past=LODGED)
    phone = await app.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    assert phone.text.endswith("\nLogement : hébergement")
    await phone.tap("Rien n'a changé")
    assert await kept(app.database) == ["heberge"]
    await phone.tap("Annuler")

    await phone.tap("Logement")
    await phone.tap("Logement autonome")
    assert "Logement : hébergement → autonome" in phone.text
    await phone.tap("Enregistrer")

    assert await kept(app.database) == ["autonome"]
    await phone.tap("Annuler")
    assert await kept(app.database) == []


async def test_a_rule_about_it_offers_to_correct_it(
    app: Application, coach: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Rule("E15", lambda situation: situation.answers.codes()["logement"] == "sans_logement", ("logement",))
    monkeypatch.setattr(rules, "ERRORS", (*rules.ERRORS, refused))
    async with app.database.transaction() as session:
        await factories.person(session, 1, coach, past=LODGED)
    phone = await app.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    await phone.tap("Logement")
    await phone.tap("Sans logement")
    await phone.tap("Enregistrer")

    await phone.tap("Corriger le logement")

    assert "Sans logement (actuel)" in phone.labels


async def test_it_is_reviewed_and_sent_back(app: Application, coach: Account) -> None:
    await entered(app, coach, 1, LODGED)
    phone = await reviewer(app)
    await phone.tap("Voir les saisies")
    await phone.tap("…0001")
    assert "\nLogement : autonome → hébergement" in phone.text
    await phone.tap("Renvoyer…")
    await phone.tap("Logement : hébergement")
    assert phone.text.startswith("…0001 · Vérifier le logement.")
    assert "Heures" not in " ".join(phone.labels)
    await phone.tap("Changement à confirmer")

    (remark,) = await app.rows(Remark)
    assert (remark.field, remark.answer) == ("logement", "heberge")
    ((_, message),) = await told(app)
    assert plain(message.text) == (
        "…0001 : votre coordination demande de vérifier le logement.\n"
        "Motif : changement à confirmer.\n"
        "Réponse notée : hébergement."
    )
    coaching = await app.phone().send("/start")
    await coaching.tap(data=message.rows[0][0].action.pack())
    await coaching.tap("Logement autonome")
    assert await kept(app.database) == ["autonome"]
    await app.phone(COORDINATOR).send("/valider")
    await phone.look()
    await phone.tap("Regarder la saisie signalée")
    assert "Il a été demandé de vérifier le logement" in phone.text
    assert "Réponse : hébergement → autonome." in phone.text


async def test_it_leaves_in_the_workbook(database: Database, three_persons: Quarter, exporting: Export) -> None:
    async with database.transaction() as session:
        await session.execute(update(Event).values({"logement": "heberge"}))

    _, book = await exporting()

    (line,) = lines(book, "Évènements")
    assert line["Logement à la date évènement"] == "Hébergement"
    labels = list(line)
    assert labels.index("Logement à la date évènement") == labels.index("Formation dans le dernier mois") + 1
    offered = [rule.formula1 for rule in book["Évènements"].data_validations.dataValidation]
    assert len(offered) == 7


async def test_it_comes_in_a_workbook(database: Database, load: Import) -> None:
    event = {**EVENT, "evt_date": DAY, "evt_logement": "Sans logement"}
    plan = await load(dispositifs=[DISPOSITIF], persons=[PERSON], events=[event])
    assert plan.findings.errors == []
    assert await kept(database) == ["sans_logement"]

    plan = await load(events=[{**event, "evt_logement": "Sous la tente"}])

    assert [(cell.rule, cell.column) for cell in plan.findings.errors] == [("E06", "Logement à la date évènement")]


def test_it_is_a_column_of_the_template() -> None:
    column = read_template(PACKAGED).events.column("evt_logement")
    assert (column.label, column.spelled("heberge")) == ("Logement à la date évènement", "Hébergement")


async def test_persons_divide_by_it(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        for number in range(1, 31):
            person = await factories.person(session, number, None)
            await factories.event(session, person, LODGED if number > 10 else USUAL, state=EventState.VALIDATED)

    async with database.snapshot() as session:
        found = await distribution(session, COMMAND_LINE, DAY, "national", Breakdown("logement"))

    assert found.title == "Logement à la date"
    assert [(row.label, row.count) for row in found.rows] == [
        ("Logement autonome", 10),
        ("Hébergement", 20),
        ("Sans logement", 0),
    ]
    assert Breakdown("logement") in list(Breakdown)


async def test_the_quarter_tells_its_changes(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, 1001, Role.JOB_COACH)
        await factories.event(session, await factories.person(session, 4217, coach, past=USUAL), LODGED)

    async with database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        assert coach.id is not None
        found = await quarter(session, await asker_of(session, coach.id), campaign)

    assert found.shifts == (Shift(Whose("4217"), "Logement", "autonome", "hébergement"),)


def test_the_question_is_the_seventh() -> None:
    assert question("logement").number == 7
