"""One message goes wrong as nobody foresaw: the others leave, and it is seen."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from models.notifications.delivery import FORGOTTEN
from models.notifications.emails import Email
from models.notifications.repository import notify
from models.notifications.tables import Channel, Delivery
from tasks.notifications.mail import Mail
from tests.queue.post import post_office
from tests.queue.yard import ADMIN, COACH, SENT_BACK, Yard


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_outcome_that_cannot_be_kept_stops_no_other_and_becomes_uncertain(yard: Yard) -> None:
    await yard.tell(times_called=0)
    await yard.tell("event:5", ADMIN, times_called=0)
    full = "CREATE TRIGGER full BEFORE UPDATE ON outbox_message WHEN NEW.id = 1 AND NEW.state = 'sent' "
    async with yard.database.transaction() as session:
        await session.execute(text(f"{full} BEGIN SELECT RAISE(ABORT, 'disk full'); END"))
    async with yard.deliveries() as deliveries:
        assert await deliveries.drain() == 2
    assert [message.state for message in await yard.messages()] == [Delivery.SENDING, Delivery.SENT]
    yard.now += FORGOTTEN
    assert await yard.sweep() == []
    assert [message.state for message in await yard.messages()] == [Delivery.UNCERTAIN, Delivery.SENT]
    assert [len(await yard.told(phone)) for phone in (COACH, ADMIN)] == [1, 1]


async def test_what_the_library_did_not_foresee_stops_no_other_and_is_seen(yard: Yard) -> None:
    async def answer(request: web.Request) -> web.Response:
        """Take every message; say of the coach's what Telegram never says."""
        chat_id = int((await request.post())["chat_id"])  # type: ignore[arg-type]
        taken = {"message_id": 7, "date": 0, "chat": {"id": chat_id, "type": "private"}}
        return web.json_response({"ok": True, "result": {} if chat_id == COACH else taken})

    await yard.tell(times_called=0)
    await yard.tell("event:5", ADMIN, times_called=0)
    telegram = web.Application()
    telegram.router.add_post("/{anything:.*}", answer)
    async with TestServer(telegram) as server:
        yard.settings = yard.settings.model_copy(update={"telegram_api_url": str(server.make_url(""))})
        async with yard.deliveries() as deliveries:
            assert await deliveries.drain() == 2
    doubtful, sent = await yard.messages()
    assert (doubtful.state, doubtful.channel, doubtful.cause) == (Delivery.UNCERTAIN, Channel.TELEGRAM, "KeyError")
    assert (sent.state, sent.message_id) == (Delivery.SENT, 7)


async def test_a_letter_that_cannot_be_written_stops_no_other_and_is_seen(yard: Yard) -> None:
    for phone, subject in ((COACH, "deux\nlignes"), (ADMIN, "une ligne")):
        await yard.person("block", phone)
        account = await yard.account(phone)
        async with yard.database.transaction() as session:
            await notify(session, yard.now, "note", account, "a", "1", SENT_BACK, letter=Email(subject, "…"))
    with post_office() as post:
        async with yard.deliveries(mail=Mail(post.url)) as deliveries:
            await deliveries.drain()
    doubtful, sent = [message for message in await yard.messages() if message.kind == "note"]
    assert (doubtful.state, doubtful.channel, doubtful.cause) == (Delivery.UNCERTAIN, Channel.EMAIL, "ValueError")
    assert (sent.state, sent.channel) == (Delivery.SENT, Channel.EMAIL)
    assert "une ligne" in [letter["Subject"] for letter in post.letters()]
