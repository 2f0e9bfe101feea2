"""getUpdates: confirmation, redelivery, retention, and which updates there are at all."""

import asyncio
from typing import Any

from simulator import SimulatorSettings, running
from tests.simulator.client import ANA, Client, FakeClock, button, keyboard, until

GROUP = -100_200


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def _three(client: Client) -> list[int]:
    for text in ("un", "deux", "trois"):
        await client.write(text)
    return [update["update_id"] for update in await client.updates()]


async def test_unconfirmed_updates_come_again(client: Client) -> None:
    await _three(client)
    assert texts(await client.updates()) == ["un", "deux", "trois"]


async def test_an_offset_confirms_all_below_it(client: Client) -> None:
    first, second, third = await _three(client)
    assert (second, third) == (first + 1, first + 2)
    assert texts(await client.updates(offset=third)) == ["trois"]
    assert texts(await client.updates()) == ["trois"]
    assert await client.updates(offset=third + 1) == []


async def test_an_offset_of_an_earlier_numbering_confirms_nothing(client: Client) -> None:
    *_, third = await _three(client)
    assert await client.updates(offset=third + 1) == []

    client.sim.state.updates.number_from(1_000)
    await client.write("après une semaine de silence")

    (told,) = await client.updates(offset=third + 1)
    assert told["update_id"] == 1_000
    assert await client.updates(offset=third + 1) == [told], "not confirmed"
    assert await client.updates(offset=1_001) == []


async def test_a_negative_offset_forgets_all_but_the_last(client: Client) -> None:
    await _three(client)
    assert texts(await client.updates(offset=-2)) == ["deux", "trois"]
    assert texts(await client.updates(offset=-9)) == ["deux", "trois"]


async def test_limit_is_kept_between_1_and_100(client: Client) -> None:
    await _three(client)
    assert texts(await client.updates(limit=2)) == ["un", "deux"]
    assert texts(await client.updates(limit=0)) == ["un"]
    for number in range(100):
        await client.write(str(number))
    assert len(await client.updates(limit=1000)) == 100


async def test_a_long_poll_ends_when_something_comes(client: Client) -> None:
    poll = asyncio.create_task(client.updates(timeout=50))
    await client.write("enfin")
    assert texts(await poll) == ["enfin"]


async def test_a_poll_left_behind_gives_way_without_losing_anything(client: Client) -> None:
    abandoned = asyncio.create_task(client.updates(timeout=50))
    await until(lambda: client.sim.state.updates.is_polled)
    abandoned.cancel()
    await asyncio.wait([abandoned])
    poll = asyncio.create_task(client.updates(timeout=50))
    await client.write("gardé")
    assert texts(await poll) == ["gardé"]


async def test_messages_are_kept_for_24_hours(client: Client) -> None:
    await client.write("ancien")
    client.clock.pass_(12 * 3600)
    await client.write("récent")
    client.clock.pass_(12 * 3600)
    assert texts(await client.updates()) == ["récent"]


async def test_taps_are_kept_for_150_seconds(client: Client) -> None:
    await client.write("avant")
    sent = await client.message(reply_markup=keyboard([button()]))
    await client.tap(sent["message_id"], text="Oui")
    client.clock.pass_(149)
    assert [set(update) - {"update_id"} for update in await client.updates()] == [
        {"message"},
        {"callback_query"},
    ]
    client.clock.pass_(1)
    assert texts(await client.updates()) == ["avant"]


async def test_a_tap_carries_the_message_as_it_stood(client: Client) -> None:
    sent = await client.message(text="Question ?", reply_markup=keyboard([button("Oui", "v:1")]))
    await client.tap(sent["message_id"], text="Oui")
    query = (await client.updates())[0]["callback_query"]
    assert query["data"] == "v:1"
    assert query["message"] == sent
    assert query["from"]["id"] == ANA


async def test_allowed_updates_stay_and_filter_at_creation(client: Client) -> None:
    assert await client.updates(allowed_updates=["callback_query"]) == []
    await client.write("perdu")
    sent = await client.message(reply_markup=keyboard([button()]))
    await client.tap(sent["message_id"], text="Oui")
    found = await client.updates(allowed_updates=["message", "callback_query"])
    assert [set(update) - {"update_id"} for update in found] == [{"callback_query"}]
    await client.write("gardé")
    assert texts((await client.updates())[1:]) == ["gardé"]
    await client.updates(allowed_updates=[])
    await client.sim_post(f"users/{ANA}/block")
    assert "my_chat_member" in (await client.updates(offset=-1))[0]


async def test_blocking_and_unblocking_are_told(client: Client) -> None:
    await client.sim_post(f"users/{ANA}/block")
    await client.sim_post(f"users/{ANA}/block")
    await client.sim_post(f"users/{ANA}/unblock")
    changes = [update["my_chat_member"] for update in await client.updates()]
    assert [(each["old_chat_member"]["status"], each["new_chat_member"]["status"]) for each in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_a_group_and_leaving_it(client: Client) -> None:
    await client.write("bonjour le groupe", chat_id=GROUP)
    added, written = await client.updates()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert written["message"]["chat"] == {"id": GROUP, "title": "Groupe", "type": "supergroup"}
    sent = await client.message(GROUP, "En privé seulement.")
    assert sent["chat"]["id"] == GROUP
    seen = await client.sim_get(f"users/{ANA}/chat?chat_id={GROUP}")
    assert [each["text"] for each in seen] == ["bonjour le groupe", "En privé seulement."]
    theirs = await client.bot("deleteMessage", chat_id=GROUP, message_id=written["message"]["message_id"])
    assert theirs.refusal == (400, "Bad Request: message can't be deleted")
    assert (await client.bot("leaveChat", chat_id=GROUP)).result is True
    gone = await client.bot("sendMessage", chat_id=GROUP, text="x")
    assert gone.refusal == (403, "Forbidden: bot is not a member of the supergroup chat")
    await client.write("encore", chat_id=GROUP)
    assert await client.updates(offset=-1) != []
    assert texts(await client.updates(offset=-1)) == ["bonjour le groupe"]


async def test_a_later_run_never_repeats_an_identifier(clock: FakeClock) -> None:
    seen = []
    for _ in range(2):
        async with running(settings=SimulatorSettings(clock=clock), people=[(ANA, "Ana")]) as sim:
            sim.state.updates.add("message", {}, ANA)
            seen.append(sim.state.updates.pending()[0].update_id)
        clock.pass_(60)
    assert seen[1] > seen[0]
    assert seen[1] < 2**31


async def test_closing_the_server_ends_an_open_poll() -> None:
    import aiohttp

    async with aiohttp.ClientSession() as http:
        async with running() as sim:
            poll = asyncio.create_task(http.post(f"{sim.url}/bot1:a/getUpdates", json={"timeout": 50}))
            await until(lambda: sim.state.updates.is_polled)
        async with await poll as answer:
            assert (await answer.json())["result"] == []
