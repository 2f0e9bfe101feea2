"""A coordinator exports: rehearsal, a question to the coach, the workbook by its link; all of it in the chat."""

from io import BytesIO

from openpyxl import load_workbook

from models.accounts.tables import Account
from models.events.tables import EventState
from models.jobs.tables import Job
from models.workbook.exports.tables import Export
from tests.harness import factories
from tests.harness.application import COACH, Application
from tests.harness.wired import WIRED, WiredApplication
from tests.workbook.chat.conftest import Exchange

pytestmark = WIRED


async def caseload(app: Application, coach: Account) -> None:
    """Three persons: one validated, one entered, one of whom nothing is known."""
    async with app.database.transaction() as session:
        for number, state in ((1, EventState.VALIDATED), (2, EventState.ENTERED), (3, None)):
            person = await factories.person(session, number, coach, past=factories.USUAL)
            if state is not None:
                await factories.event(session, person, state=state)


async def test_from_the_command_to_the_workbook(exchange: Exchange, app: Application, coach: Account) -> None:
    await caseload(app, coach)
    phone = exchange.phone
    await phone.send("/export")
    await phone.tap("31 décembre 2026 (en cours)")
    rehearsal = await exchange.told("Répétition · remontée du 31 décembre 2026 · ABC01")
    assert "Partiraient : 1 évènement" in rehearsal
    assert "…0002 : évènement saisi, pas encore validé" in rehearsal

    await phone.tap("Exporter")
    ready = await exchange.told("Export · remontée du 31 décembre 2026 · ABC01")
    assert "Restent ici :\n…0002 : évènement saisi, pas encore validé" in ready
    content = await exchange.fetch()

    book = load_workbook(BytesIO(content))
    assert book.sheetnames[:3] == ["Dispositifs", "Personnes accompagnées", "Évènements"]
    assert book["Évènements"].max_row == 2
    assert [row.scope for row in await app.rows(Export)] == ["dispositif:ABC01"]
    assert not list((app.settings.data_dir / "exchange").iterdir()), "fetched, it is kept nowhere"


async def test_the_events_alone_come_in_the_chat(exchange: Exchange, app: WiredApplication, coach: Account) -> None:
    await caseload(app, coach)
    await exchange.phone.send("/export")
    await exchange.phone.tap("31 décembre")
    await exchange.told("Répétition")

    await exchange.phone.tap("Les évènements seuls, ici")

    await exchange.told("Évènements · remontée du 31 décembre 2026 · ABC01")
    document = exchange.phone.screen["document"]
    async with app.http.get(f"/sim/files/{document['file_id']}") as answer:
        book = load_workbook(BytesIO(await answer.read()))
    assert "Personnes accompagnées" not in book.sheetnames
    assert book["Évènements"].max_row == 2


async def test_the_coach_is_asked_about_who_is_left_out(exchange: Exchange, app: Application, coach: Account) -> None:
    await caseload(app, coach)
    await app.phone(COACH).send("/start")
    await exchange.phone.send("/export")
    await exchange.phone.tap("31 décembre")
    await exchange.told("Répétition")

    await exchange.phone.tap("Demander au job coach")

    other = Exchange(app, app.phone(COACH), exchange.browser)
    asked = await other.told("Votre coordination prépare l'export de la remontée du 31 décembre")
    assert "…0002" in asked
    await other.phone.tap("Ouvrir …0002")
    assert "ABC01000000002" in other.phone.text


async def test_tapped_twice_it_is_exported_once(exchange: Exchange, app: Application, coach: Account) -> None:
    await caseload(app, coach)
    await exchange.phone.send("/export")
    await exchange.phone.tap("31 décembre")
    await exchange.told("Répétition")

    go, message = exchange.phone.data("Exporter"), exchange.phone.screen["message_id"]
    await exchange.phone.tap(data=go)
    await exchange.phone.tap(data=go, message_id=message)
    await exchange.told("Export · remontée")

    assert [job.kind for job in await app.rows(Job)] == ["rehearsal", "export"]


async def test_nobody_else_exports_nor_anything_else(exchange: Exchange, app: Application, coach: Account) -> None:
    await caseload(app, coach)
    async with app.database.transaction() as session:
        await factories.dispositif(session, "XYZ02")
    stranger = await app.phone(COACH).send("/export")
    assert "export" not in stranger.text.lower() or "pas partie" in stranger.text

    for data in ("export_check:2026-12-31:XYZ02", "export_check:2026-12-31:national", "export_check:hier:ABC01",
                 "export_go:1", "export_ask:1:1", "export_stop:1", "export_how:1"):  # fmt: skip
        await exchange.phone.tap(data=data) if exchange.phone.messages else await exchange.phone.send("/start")
        await stranger.tap(data=data)

    assert await app.rows(Job) == []
