"""Faults on demand, and the log of calls."""

from datetime import datetime
from typing import Any

import aiohttp
import pytest

from tests.simulator.client import ANA, Client, form_with_file


async def test_the_next_call_of_a_method_fails(client: Client) -> None:
    await client.sim_post("faults", method="sendMessage", error_code=400, description="Bad Request: nope")
    assert (await client.bot("getMe")).status == 200
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).refusal == (400, "Bad Request: nope")
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).status == 200


async def test_a_fault_strikes_as_often_as_asked_in_one_chat_only(client: Client) -> None:
    await client.sim_post("faults", error_code=500, times=2, chat_id=ANA)
    assert (await client.bot("sendMessage", chat_id=5, text="x")).status == 400
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).refusal == (500, "Internal Server Error")
    assert (await client.bot_form("sendMessage", chat_id=ANA, text="x")).status == 500
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).status == 200


async def test_too_many_requests_on_demand(client: Client) -> None:
    await client.sim_post("faults", retry_after=7)
    refused = await client.bot("getMe")
    assert refused.refusal == (429, "Too Many Requests: retry after 7")
    assert refused.body["parameters"] == {"retry_after": 7}


async def test_a_delay_alone_ends_well(client: Client) -> None:
    await client.sim_post("faults", method="getme", delay_s=0.001)
    assert (await client.bot("getMe")).result["username"] == "jalon_demo_bot"


@pytest.mark.parametrize(("drop", "sent"), [("before", 0), ("after", 1)])
async def test_a_lost_connection_leaves_the_outcome_unknown(client: Client, drop: str, sent: int) -> None:
    await client.sim_post("faults", method="sendMessage", drop=drop)
    with pytest.raises(aiohttp.ClientError):
        await client.bot("sendMessage", chat_id=ANA, text="x")
    assert len([seen for seen in await client.chat() if seen["from"] == "bot"]) == sent
    assert (await client.sim_get("calls"))[-1]["ok"] is False


@pytest.mark.parametrize(("asked", "status"), [({}, 200), ({"error_code": 502}, 502)])
async def test_a_gateway_answers_in_telegrams_place(client: Client, asked: dict[str, int], status: int) -> None:
    page = "<html><h1>nginx</h1></html>"
    await client.sim_post("faults", method="sendMessage", html=page, **asked)
    async with client.http.post(f"/bot{client.sim.token}/sendMessage", json={"chat_id": ANA, "text": "x"}) as answer:
        assert (answer.status, answer.content_type, await answer.text()) == (status, "text/html", page)
    assert [seen for seen in await client.chat() if seen["from"] == "bot"] == []
    assert (await client.sim_get("calls"))[-1]["error_code"] == status
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).status == 200


async def test_faults_can_be_taken_back(client: Client) -> None:
    await client.sim_post("faults", error_code=500, times=9)
    async with client.http.delete("/sim/faults") as answer:
        assert answer.status == 200
    assert (await client.bot("getMe")).status == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"times": 3},
        {"error_code": "500"},
        {"html": 1},
        {"delay_s": "1"},
        {"drop": "later"},
        {"colour": 1, "error_code": 500},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(client: Client, body: dict[str, Any]) -> None:
    status, answer = await client.sim_post("faults", **body)
    assert status == 400
    assert answer["error"]


async def test_every_call_is_noted(client: Client) -> None:
    await client.bot("sendMessage", chat_id=ANA, text="x")
    await client.bot_form("sendMessage", chat_id=5, text="y")
    await client.bot("sendPigeon", wings=2)
    await client.bot_multipart("sendDocument", form_with_file("document", b"abc", "a.txt", {"chat_id": str(ANA)}))
    calls = await client.sim_get("calls")
    assert [(each["method"], each["ok"], each["error_code"], each["chat_id"]) for each in calls] == [
        ("sendMessage", True, None, ANA),
        ("sendMessage", False, 400, 5),
        ("sendPigeon", False, 404, None),
        ("sendDocument", True, None, ANA),
    ]
    assert calls[1]["description"] == "Bad Request: chat not found"
    assert calls[2]["params"] == {"wings": 2}
    assert calls[3]["params"]["document"] == {"file_name": "a.txt", "size": 3}
    assert datetime.fromisoformat(calls[0]["time"]).timestamp() == client.clock.now
    assert len(await client.sim_get("calls?method=sendMessage")) == 2
    async with client.http.delete("/sim/calls") as answer:
        assert answer.status == 200
    assert await client.sim_get("calls") == []
