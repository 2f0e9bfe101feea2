"""One message goes wrong as nobody foresaw: the others leave, and it is seen."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from models.notifications.delivery.repository import FORGOTTEN
from models.notifications.emails import Email
from models.notifications.repository import notify
from models.notifications.tables import Channel, Delivery
from tasks.notifications.mail import Mail
from tests.harness.smtp_server import post_office
from tests.harness.worker import ADMIN, COACH, NOTE, SENT_BACK, WorkerHarness


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_outcome_that_cannot_be_kept_stops_no_other_and_becomes_uncertain(workers: WorkerHarness) -> None:
    await workers.tell(times_called=0)
    await workers.tell("event:5", ADMIN, times_called=0)
    full = "CREATE TRIGGER full BEFORE UPDATE ON outbox_message WHEN NEW.id = 1 AND NEW.state = 'sent' "
    async with workers.database.transaction() as session:
        await session.execute(text(f"{full} BEGIN SELECT RAISE(ABORT, 'disk full'); END"))
    async with workers.deliveries() as deliveries:
        assert await deliveries.drain() == 2
    assert [message.state for message in await workers.messages()] == [Delivery.SENDING, Delivery.SENT]
    workers.now += FORGOTTEN
    assert await workers.sweep() == []
    assert [message.state for message in await workers.messages()] == [Delivery.UNCERTAIN, Delivery.SENT]
    assert [len(await workers.told(phone)) for phone in (COACH, ADMIN)] == [1, 1]


async def test_what_the_library_did_not_foresee_stops_no_other_and_is_seen(workers: WorkerHarness) -> None:
    async def answer(request: web.Request) -> web.Response:
        """Take every message; say of the coach's what Telegram never says."""
        chat_id = int((await request.post())["chat_id"])  # type: ignore[arg-type]
        taken = {"message_id": 7, "date": 0, "chat": {"id": chat_id, "type": "private"}}
        return web.json_response({"ok": True, "result": {} if chat_id == COACH else taken})

    await workers.tell(times_called=0)
    await workers.tell("event:5", ADMIN, times_called=0)
    telegram = web.Application()
    telegram.router.add_post("/{anything:.*}", answer)
    async with TestServer(telegram) as server:
        workers.settings = workers.settings.model_copy(update={"telegram_api_url": str(server.make_url(""))})
        async with workers.deliveries() as deliveries:
            assert await deliveries.drain() == 2
    doubtful, sent = await workers.messages()
    assert (doubtful.state, doubtful.channel, doubtful.cause) == (Delivery.UNCERTAIN, Channel.TELEGRAM, "KeyError")
    assert (sent.state, sent.message_ref) == (Delivery.SENT, 7)


async def test_a_letter_that_cannot_be_written_stops_no_other_and_is_seen(workers: WorkerHarness) -> None:
    for phone, subject in ((COACH, "deux\nlignes"), (ADMIN, "une ligne")):
        await workers.person("block", phone)
        account = await workers.account(phone)
        async with workers.database.transaction() as session:
            await notify(session, workers.now, NOTE, account, "a", "1", SENT_BACK, letter=Email(subject, "…"))
    with post_office() as post:
        async with workers.deliveries(mail=Mail(post.url)) as deliveries:
            await deliveries.drain()
    doubtful, sent = [message for message in await workers.messages() if message.kind == "note"]
    assert (doubtful.state, doubtful.channel, doubtful.cause) == (Delivery.UNCERTAIN, Channel.EMAIL, "ValueError")
    assert (sent.state, sent.channel) == (Delivery.SENT, Channel.EMAIL)
    assert "une ligne" in [letter["Subject"] for letter in post.letters()]
