"""A message is told once, whatever happens between its row and the phone."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE
from models.accounts.repository import account_at
from models.accounts.service import revoke
from models.accounts.tables import Account, Role, RoleGrant
from models.announcements.messages import ANNOUNCEMENT
from models.notifications.delivery.repository import FORGOTTEN, claim_due
from models.notifications.repository import notify
from models.notifications.tables import Delivery, Unreachable
from tests.harness import factories
from tests.harness.factories import kept_screen
from tests.harness.worker import ADMIN, COACH, SENT_BACK, WorkerHarness

TEXT = "…4217 : à vérifier, s'il vous plaît."


async def test_the_message_arrives_with_the_buttons_of_a_conversation(workers: WorkerHarness) -> None:
    workers.start()
    await workers.tell()
    (message,) = await workers.all_are(Delivery.SENT)

    (shown,) = await workers.told()
    assert shown["text"] == TEXT
    assert [(row[0]["text"], row[0]["data"]) for row in shown["buttons"]] == [
        ("Vérifier", "person:4:77"),
        ("Plus tard", "home"),
    ]
    assert "<b>…4217</b>" in shown["html"]
    assert message.message_ref == shown["message_id"]


async def test_called_for_three_times_it_is_told_once(workers: WorkerHarness) -> None:
    await workers.tell(times_called=3)
    workers.start()
    workers.start()
    await workers.all_are(Delivery.SENT)
    await workers.close()
    assert [shown["text"] for shown in await workers.told()] == [TEXT]


async def test_many_messages_are_told_once_each_by_two_workers(workers: WorkerHarness) -> None:
    workers.start()
    workers.start()
    for number in range(20):
        await workers.tell(f"event:{number}", COACH if number % 2 else ADMIN)
    await workers.all_are(*[Delivery.SENT] * 20)
    await workers.close()
    assert [len(await workers.told(phone)) for phone in (COACH, ADMIN)] == [10, 10]


async def test_redis_emptied_loses_no_message(workers: WorkerHarness) -> None:
    await workers.tell(times_called=3)
    workers.flush_redis()
    workers.start()
    await workers.all_are(Delivery.SENT)
    workers.flush_redis()
    await workers.tell("event:5", times_called=0)
    await workers.all_are(Delivery.SENT, Delivery.SENT)
    assert len(await workers.told()) == 2


async def test_a_worker_killed_between_claim_and_mark_leaves_it_uncertain_and_untold_twice(
    workers: WorkerHarness,
) -> None:
    await workers.tell()
    async with workers.database.transaction() as session:
        assert len(await claim_due(session, workers.now, 10)) == 1
        assert await claim_due(session, workers.now, 10) == []

    workers.later(seconds=30)
    assert await workers.sweep() == []
    assert [message.state for message in await workers.messages()] == [Delivery.SENDING]
    workers.now += FORGOTTEN
    workers.start()
    (message,) = await workers.all_are(Delivery.UNCERTAIN)
    assert message.cause == "worker_killed"
    await workers.close()
    assert await workers.told() == []


async def test_asked_to_wait_it_waits_as_told(workers: WorkerHarness) -> None:
    await workers.fault(method="sendMessage", error_code=429, retry_after=40)
    workers.start()
    await workers.tell()

    message = await workers.put_off()
    assert message.due_at == workers.now + timedelta(seconds=40)
    assert await workers.told() == []
    workers.later(seconds=39)
    assert await workers.sweep() == []
    workers.later(seconds=1)
    await workers.all_are(Delivery.SENT)
    assert len(await workers.told()) == 1


async def test_who_blocked_the_bot_is_marked_and_who_comes_back_is_reached_again(workers: WorkerHarness) -> None:
    await workers.person("block")
    workers.start()
    await workers.tell()
    message, _told = await workers.all_are(Delivery.UNREACHABLE, Delivery.SENT)
    assert message.cause == "Forbidden"
    assert [row.account_id for row in await workers.rows(Unreachable)] == [await workers.account(COACH)]

    await workers.person("unblock")
    await workers.tell("event:5")
    await workers.all_are(Delivery.UNREACHABLE, Delivery.SENT, Delivery.SENT)
    assert await workers.rows(Unreachable) == []


async def test_whoever_never_opened_the_chat_is_unreachable_and_not_refused(workers: WorkerHarness) -> None:
    async with workers.database.transaction() as session:
        await factories.account(session, ADMIN + 1, email="jamais@exemple.fr")
    workers.start()
    await workers.tell(telegram_id=ADMIN + 1)
    message, _told = await workers.all_are(Delivery.UNREACHABLE, Delivery.SENT)
    assert message.cause == "BadRequest"


async def unreached(workers: WorkerHarness) -> dict[str, list[str]]:
    """Block the coach's phone, tell them two things, and return who was written of it: the first lines."""
    await workers.person("block")
    await workers.tell(times_called=0)
    await workers.tell("event:5", times_called=0)
    async with workers.deliveries() as deliveries:
        await deliveries.drain()
    emails = {row.id: row.email for row in await workers.rows(Account)}
    found: dict[str, list[str]] = {}
    for row in await workers.messages():
        if row.kind == "unreachable":
            found.setdefault(emails[row.account_id], []).append(kept_screen(row)["text"].splitlines()[0])
    return found


async def test_the_coordinator_is_told_once_that_a_coach_cannot_be_reached(workers: WorkerHarness) -> None:
    async with workers.database.transaction() as session:
        await factories.account(session, ADMIN + 1, Role.COORDINATOR, email="coordination@exemple.fr")
        coach = await account_at(session, COACH)
        for number in range(5):
            await factories.person(session, number, coach)
    await workers.person("send", ADMIN + 1, text="/start")
    said = "Dispositif ABC01 : Jalon ne peut plus écrire à coach@exemple.fr, qui suit 5 personnes."
    assert await unreached(workers) == {"coordination@exemple.fr": [said]}
    assert [shown["text"].splitlines()[0] for shown in await workers.told(ADMIN + 1)] == [said]


@pytest.mark.parametrize(
    ("role", "scope", "persons", "other", "told", "said"),
    [
        (Role.JOB_COACH, "dispositif:ABC01", 0, Role.COORDINATOR, "autre", "qui ne suit encore personne"),
        (Role.JOB_COACH, "dispositif:ABC01", 1, Role.JOB_COACH, "admin", "qui suit 1 personne"),
        (None, "", 2, Role.COORDINATOR, "autre", "qui suit 2 personnes"),
        (Role.COORDINATOR, "dispositif:ABC01", 0, Role.COORDINATOR, "autre", "responsable du dispositif"),
        (Role.COORDINATOR, "dispositif:ABC01", 0, Role.READER, "admin", "responsable du dispositif"),
        (Role.COORDINATOR, "dispositif:ABC01", 2, None, "admin", "responsable du dispositif, qui suit 2 personnes"),
        (Role.CHEF_DE_FILE, "departement:69", 0, Role.COORDINATOR, "admin", "chef de file"),
        (Role.READER, "departement:69", 0, Role.COORDINATOR, None, ""),
    ],
)
async def test_somebody_learns_it_of_whoever_is_out_of_reach(
    workers: WorkerHarness, role: Role | None, scope: str, persons: int, other: Role | None, told: str | None, said: str
) -> None:
    async with workers.database.transaction() as session:
        lost = await account_at(session, COACH)
        assert lost is not None
        grant = (await session.scalars(select(RoleGrant).where(col(RoleGrant.account_id) == lost.id))).one()
        if role is None:
            await session.delete(grant)
        else:
            grant.role, grant.scope = role, scope
        await factories.account(session, ADMIN + 1, other, email="autre@exemple.fr")
        for number in range(persons):
            await factories.person(session, number, lost)
    await workers.person("send", ADMIN + 1, text="/start")
    where = "Rhône" if role == Role.CHEF_DE_FILE else "Dispositif ABC01"
    expected = f"{where} : Jalon ne peut plus écrire à coach@exemple.fr, {said}."
    assert await unreached(workers) == ({f"{told}@exemple.fr": [expected]} if told else {})


async def test_where_no_coordinator_is_in_reach_the_administrators_learn_it(workers: WorkerHarness) -> None:
    async with workers.database.transaction() as session:
        coordinator = await factories.account(session, ADMIN + 1, Role.COORDINATOR)
        gone = await factories.account(session, ADMIN + 2, Role.COORDINATOR)
        gone.revoked_at = workers.now
        session.add(Unreachable(account_id=coordinator.id or 0, since=workers.now))
    assert list(await unreached(workers)) == ["admin@exemple.fr"]


async def test_a_document_goes_with_its_message(workers: WorkerHarness) -> None:
    (workers.settings.data_dir / "evenements.xlsx").write_bytes(b"classeur")
    workers.start()
    await workers.tell(document="evenements.xlsx")
    await workers.all_are(Delivery.SENT)
    (shown,) = await workers.told()
    assert shown["document"]["file_name"] == "evenements.xlsx"
    assert "…4217" in str(shown)
    assert [row[0]["data"] for row in shown["buttons"]] == ["person:4:77", "home"]

    await workers.tell("event:5", document="parti.xlsx")
    (_, refused) = await workers.all_are(Delivery.SENT, Delivery.REFUSED)
    assert refused.cause == "FileNotFoundError"


async def test_telegram_that_takes_too_long_leaves_it_uncertain(workers: WorkerHarness) -> None:
    await workers.fault(method="sendMessage", delay_s=1)
    await workers.tell(times_called=0)
    async with workers.deliveries(answer_within_s=0.2) as deliveries:
        assert await deliveries.drain() == 1
    (message,) = await workers.messages()
    assert (message.state, message.cause) == (Delivery.UNCERTAIN, "ReadTimeout")


@pytest.mark.parametrize(
    ("fault", "cause"),
    [({"drop": "after"}, "RemoteProtocolError"), ({"drop": "before"}, "RemoteProtocolError")],
)
async def test_an_answer_that_never_came_leaves_it_uncertain(
    workers: WorkerHarness, fault: dict[str, Any], cause: str
) -> None:
    await workers.fault(method="sendMessage", **fault)
    workers.start()
    await workers.tell()
    (message,) = await workers.all_are(Delivery.UNCERTAIN)
    assert message.cause == cause
    workers.later(hours=1)
    assert await workers.sweep() == []
    await workers.close()
    assert len(await workers.told()) == (1 if fault == {"drop": "after"} else 0)


async def test_a_gateway_that_waited_too_long_for_telegram_leaves_it_uncertain(workers: WorkerHarness) -> None:
    await workers.fault(method="sendMessage", error_code=504, description="Gateway Timeout")
    workers.start()
    await workers.tell()
    (message,) = await workers.all_are(Delivery.UNCERTAIN)
    assert message.cause == "HTTP 504"
    workers.later(hours=1)
    assert await workers.sweep() == []


@pytest.mark.parametrize("code", [200, 502, 504])
async def test_a_gateway_that_answers_in_telegrams_place_leaves_it_uncertain(workers: WorkerHarness, code: int) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(status=code, text="<html><h1>nginx</h1></html>", content_type="text/html")

    gateway = web.Application()
    gateway.router.add_route("*", "/{anything:.*}", page)
    await workers.tell(times_called=0)
    async with TestServer(gateway) as server:
        workers.settings = workers.settings.model_copy(update={"telegram_api_url": str(server.make_url(""))})
        async with workers.deliveries() as deliveries:
            assert await deliveries.drain() == 1
    (message,) = await workers.messages()
    assert (message.state, message.cause) == (Delivery.UNCERTAIN, f"HTTP {code}")


async def test_what_waits_for_somebody_whose_access_is_revoked_is_withdrawn(workers: WorkerHarness) -> None:
    account = await workers.account(COACH)
    async with workers.database.transaction() as session:
        await notify(
            session, workers.now, ANNOUNCEMENT, account, "a", "1", SENT_BACK, due_at=workers.now + timedelta(hours=2)
        )
    await workers.fault(method="sendMessage", error_code=500)
    await workers.tell(times_called=0)
    async with workers.deliveries() as deliveries:
        await deliveries.drain()
        assert [message.state for message in await workers.messages()] == [Delivery.PENDING, Delivery.PENDING]
        async with workers.database.transaction() as session:
            await revoke(session, COMMAND_LINE, workers.now, "coach@exemple.fr")
        workers.later(hours=3)
        assert await deliveries.drain() == 0
    assert await workers.messages() == []
    assert await workers.told() == []


@pytest.mark.parametrize("code", [500, 502, 409])
async def test_telegram_in_trouble_is_tried_again(workers: WorkerHarness, code: int) -> None:
    await workers.fault(method="sendMessage", error_code=code)
    workers.start()
    await workers.tell()
    message = await workers.put_off()
    assert message.attempts == 1
    workers.later(minutes=1)
    (message,) = await workers.all_are(Delivery.SENT)
    assert message.attempts == 2


async def test_what_telegram_will_not_have_is_refused_and_seen(workers: WorkerHarness) -> None:
    await workers.fault(method="sendMessage", error_code=400, description="Bad Request: BUTTON_DATA_INVALID")
    workers.start()
    await workers.tell()
    (message,) = await workers.all_are(Delivery.REFUSED)
    assert message.cause == "BadRequest"
