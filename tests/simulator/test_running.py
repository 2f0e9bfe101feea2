"""Starting a simulator: as a command, and as a task."""

import asyncio
import sys
from asyncio.subprocess import PIPE

import aiohttp

from simulator import SimulatorSettings, running, serve


async def test_the_command_prints_its_address_and_serves() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", "--no-rates", "--token", "7:abc", stdout=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            address = (await process.stdout.readline()).decode().strip()
            async with aiohttp.ClientSession() as http:
                async with http.get(address) as page:
                    assert (page.status, page.content_type) == (200, "text/html")
                    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
                for name, kind in [("phone.css", "text/css"), ("phone.js", "text/javascript")]:
                    async with http.get(f"{address}static/{name}") as asset:
                        assert (asset.status, asset.content_type) == (200, kind)
                async with http.post(f"{address}bot7:abc/getMe") as me:
                    assert (await me.json())["result"]["id"] == 7
    finally:
        process.terminate()
        await process.wait()


async def test_serving_ends_when_cancelled() -> None:
    task = asyncio.create_task(serve(0, settings=SimulatorSettings()))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()


async def test_the_bot_may_write_first_to_those_it_knows_and_to_nobody_else() -> None:
    people = [(1, "Connue"), (2, "Inconnue")]
    async with (
        running(port=0, settings=SimulatorSettings(token="42:known"), people=people, known=[1]) as local,
        aiohttp.ClientSession(local.url) as http,
    ):
        for chat, status in ((1, 200), (2, 400)):
            async with http.post("/bot42:known/sendMessage", json={"chat_id": chat, "text": "Bonjour"}) as answer:
                assert answer.status == status
