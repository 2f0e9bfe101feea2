"""Delivery of updates to a webhook: in order within a chat, many chats at once, again until taken."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from simulator.errors import BotApiError
from simulator.requests import read_parts
from simulator.settings import Clock
from simulator.updates import Update, Updates

MAX_RETRY_S = 60.0
DEFAULT_CONNECTIONS = 40
ANSWER_WITHIN_S = 60

Reply = Callable[[str, dict[str, Any]], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the updates go."""

    url: str
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS


@dataclass(slots=True)
class _Trouble:
    date: int
    message: str


@dataclass(slots=True)
class _Delivery:
    """What one target is being sent; thrown away as a whole when the target changes."""

    target: Target
    connections: asyncio.Semaphore
    lanes: dict[int, deque[Update]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)


class Webhook:
    """The bot's webhook, while it has one."""

    def __init__(self, updates: Updates, clock: Clock, retry_s: float) -> None:
        self._updates = updates
        self._clock = clock
        self._retry_s = retry_s
        self._delivery: _Delivery | None = None
        self._trouble: _Trouble | None = None
        self._session: aiohttp.ClientSession | None = None
        self.reply: Reply | None = None

    @property
    def target(self) -> Target | None:
        return self._delivery.target if self._delivery else None

    def point_at(self, target: Target | None) -> None:
        """Deliver to `target` from now on, what waits first; None stops, and `getUpdates` has the rest."""
        self._stop()
        self._trouble = None
        if target is None:
            return
        self._updates.end_poll_for_webhook()
        self._delivery = _Delivery(target, asyncio.Semaphore(target.max_connections))
        self._updates.deliver = self._accept
        for update in self._updates.pending():
            self._accept(update)

    def info(self) -> dict[str, Any]:
        target = self.target
        told: dict[str, Any] = {
            "url": target.url if target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending()),
        }
        if target:
            told["max_connections"] = target.max_connections
        if self._updates.allowed:
            told["allowed_updates"] = list(self._updates.allowed)
        if self._trouble:
            told["last_error_date"] = self._trouble.date
            told["last_error_message"] = self._trouble.message
        return told

    async def close(self) -> None:
        tasks = self._stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _stop(self) -> set[asyncio.Task[None]]:
        delivery, self._delivery = self._delivery, None
        self._updates.deliver = None
        if delivery is None:
            return set()
        for task in delivery.tasks:
            task.cancel()
        return delivery.tasks

    def _accept(self, update: Update) -> None:
        delivery = self._delivery
        assert delivery is not None
        lane = delivery.lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        delivery.lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._empty_lane(delivery, update.lane))
        delivery.tasks.add(task)
        task.add_done_callback(delivery.tasks.discard)

    async def _empty_lane(self, delivery: _Delivery, number: int) -> None:
        lane = delivery.lanes[number]
        while lane:
            update = lane[0]
            delay = self._retry_s
            while self._updates.is_waiting(update):
                if await self._taken(delivery, update):
                    self._updates.confirm(update)
                    break
                await asyncio.sleep(delay)
                delay = min(2 * delay, MAX_RETRY_S)
            lane.popleft()
        del delivery.lanes[number]

    async def _taken(self, delivery: _Delivery, update: Update) -> bool:
        """One attempt; anything but 2xx is a no, and is remembered for `getWebhookInfo`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(ANSWER_WITHIN_S), connector=aiohttp.TCPConnector(limit=0)
            )
        headers = {"Content-Type": "application/json"}
        if delivery.target.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = delivery.target.secret_token
        async with delivery.connections:
            try:
                async with self._session.post(
                    delivery.target.url, data=update.json.encode(), headers=headers, allow_redirects=False
                ) as answer:
                    if 200 <= answer.status < 300:
                        await self._follow(answer)
                        return True
                    reason = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            except (aiohttp.ClientError, TimeoutError) as error:
                reason = f"Connection failed: {type(error).__name__}"
        self._trouble = _Trouble(int(self._clock()), reason)
        return False

    async def _follow(self, answer: aiohttp.ClientResponse) -> None:
        """The answer may itself be a call of the Bot API; nobody is told how that call ends."""
        if answer.content_type == "multipart/form-data":
            params = await read_parts(aiohttp.MultipartReader.from_response(answer))
        elif answer.content_type == "application/json":
            try:
                params = json.loads(await answer.read())
            except ValueError:
                return
        else:
            return
        if not isinstance(params, dict) or not isinstance(params.get("method"), str) or self.reply is None:
            return
        try:
            await self.reply(params.pop("method"), params)
        except BotApiError:
            return
