"""The workers of a test: started in the test's own process, looked at through the database and the phones."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from redis import Redis
from sqlalchemy import select
from sqlmodel import SQLModel

from models.accounts.tables import Account
from models.base.database import Database
from models.base.screens import Screen, bold, button
from models.base.settings import Settings
from models.jobs.kinds import JobKind
from models.jobs.repository import ask
from models.jobs.signals import JobSignal, noted
from models.jobs.tables import Job, JobState
from models.notifications.kinds import MessageKind
from models.notifications.repository import notify
from models.notifications.tables import ChannelLine, Delivery, OutboxMessage
from models.review import messages as review
from tasks.broker import TELEGRAM_QUEUE
from tasks.enqueue import Enqueue
from tasks.jobs.sweep import Sweep
from tasks.notifications.delivery import Deliveries
from tasks.notifications.mail import Mail
from tasks.notifications.rate_limiter import RateLimit, RateLimiter
from tasks.notifications.sending import Sending
from tasks.telegram.client import telegram
from tasks.worker import work
from tests.harness.factories import NOW
from tests.harness.waiting import until

COACH, ADMIN = 1001, 1004
PATIENCE_S = 15.0

QUICK = RateLimit(rate=200, chat_s=0.02)
"""Ten times as many a second as truly, so that tests do not wait."""

NOTE = MessageKind("note", "mot")
"""A kind of message that always stays worth sending."""

SENT_BACK = Screen(
    f"{bold('…4217')} : à vérifier, s'il vous plaît.",
    ((button("Vérifier", "person", 4, 77),), (button("Plus tard", "home"),)),
)


@dataclass
class WorkerHarness:
    """A database, the local Telegram, and the workers between them."""

    database: Database
    settings: Settings
    http: aiohttp.ClientSession
    now: datetime = NOW
    kinds: Collection[JobKind] = ()
    pace: RateLimit = QUICK
    _stops: list[asyncio.Event] = field(default_factory=list)
    _workers: list["asyncio.Task[None]"] = field(default_factory=list)

    def start(self) -> None:
        """Start a worker."""
        stop = asyncio.Event()
        self._stops.append(stop)
        self._workers.append(asyncio.create_task(work(self.settings, lambda: self.now, stop, self.kinds, self.pace)))

    async def stop_first(self) -> None:
        """Stop the worker that was started first, as a supervisor does."""
        self._stops.pop(0).set()
        await self._workers.pop(0)

    async def line_taken_from(self, before: str) -> None:
        """Wait until a worker holds the sender lease in the place of another."""

        async def so() -> bool:
            return [line.holder for line in await self.rows(ChannelLine)] != [before]

        await self._until(so)

    async def calls_answered(self) -> None:
        """Wait until the workers have done all that they were called for."""
        with Redis.from_url(self.settings.redis_url) as redis:

            async def so() -> bool:
                held = redis.scan_iter("dramatiq:__acks__.*")
                return not redis.llen(f"dramatiq:{TELEGRAM_QUEUE}") and not any(redis.scard(key) for key in held)

            await self._until(so)

    async def close(self) -> None:
        """Stop the workers as a supervisor does."""
        for stop in self._stops:
            stop.set()
        await asyncio.gather(*self._workers)
        self._stops.clear()
        self._workers.clear()

    @asynccontextmanager
    async def deliveries(
        self, *kinds: MessageKind, mail: Mail | None = None, **client: float
    ) -> AsyncIterator[Deliveries]:
        """What a worker that holds the lease does when it is called, without the calls."""

        def clock() -> datetime:
            return self.now

        turns = RateLimiter(self.pace, clock)
        async with telegram(self.settings, turns, **client) as bot:
            sending = Sending(self.database, bot, clock, self.settings.data_dir, mail)
            yield Deliveries(self.database, clock, sending, turns, self.pace, {kind.code: kind for kind in kinds})

    async def tell(
        self, subject: str = "event:4", telegram_id: int = COACH, *, times_called: int = 1, document: str | None = None
    ) -> None:
        """Have something told, and call the workers for it so many times."""
        account = await self.account(telegram_id)
        async with self.database.transaction() as session:
            await notify(session, self.now, review.SENT_BACK, account, subject, "2026-12-31", SENT_BACK, document)
        for _ in range(times_called):
            await self.call(noted(session))

    async def ask(self, kind: str, *, called: bool = True, **arguments: int | str) -> int:
        """Ask for work in the coach's name, and call the workers for it."""
        account = await self.account(COACH)
        kinds = {one.code: one for one in self.kinds}
        async with self.database.transaction() as session:
            number = await ask(session, self.now, kinds[kind], account, **arguments)
        if called:
            await self.call(noted(session))
        return number

    async def call(self, wakeups: Sequence[JobSignal]) -> None:
        """Call the workers."""
        enqueue = Enqueue(self.settings)
        await enqueue(wakeups)
        enqueue.close()

    async def sweep(self) -> list[JobSignal]:
        """Sweep once."""
        enqueue = Enqueue(self.settings)
        found = await Sweep(self.database, lambda: self.now, enqueue).once()
        enqueue.close()
        return found

    def flush_redis(self) -> None:
        """Empty Redis."""
        with Redis.from_url(self.settings.redis_url) as redis:
            redis.flushall()

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    async def account(self, telegram_id: int) -> int:
        """Return the account of a phone."""
        accounts = await self.rows(Account)
        return next(int(row.id) for row in accounts if row.channel_address == telegram_id)

    async def messages(self) -> list[OutboxMessage]:
        """Return what the outbox holds."""
        return await self.rows(OutboxMessage)

    async def all_are(self, *states: Delivery) -> list[OutboxMessage]:
        """Wait until the messages stand so, in order; return them."""

        async def so() -> bool:
            return tuple(message.state for message in await self.messages()) == states

        await self._until(so)
        return await self.messages()

    async def put_off(self) -> OutboxMessage:
        """Wait until the first message was tried and is to be sent later; return it."""

        async def so() -> bool:
            first = (await self.messages())[0]
            return first.cause is not None and first.state == Delivery.PENDING

        await self._until(so)
        return (await self.messages())[0]

    async def job(self, number: int) -> Job:
        """Return a job as it stands."""
        async with self.database.transaction() as session:
            return await session.get_one(Job, number)

    async def job_is(self, number: int, state: JobState) -> Job:
        """Wait until a job stands so; return it."""

        async def so() -> bool:
            return (await self.job(number)).state == state

        await self._until(so)
        return await self.job(number)

    async def job_tried(self, number: int, attempts: int) -> Job:
        """Wait until a job has failed so many times; return it."""

        async def so() -> bool:
            job = await self.job(number)
            return job.attempts == attempts and job.state == JobState.FAILED

        await self._until(so)
        return await self.job(number)

    async def _until(self, so: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await until(so, every_s=0.02)

    async def rows(self, table: type[SQLModel]) -> list[Any]:
        """Return the rows of a table, in the order in which they were written."""
        async with self.database.transaction() as session:
            return list((await session.scalars(select(table).order_by(*table.__table__.primary_key))).all())  # type: ignore[attr-defined]

    async def told(self, telegram_id: int = COACH) -> list[dict[str, Any]]:
        """Return what a phone shows from the bot, spaces made plain."""
        async with self.http.get(f"/sim/users/{telegram_id}/chat") as answer:
            shown = [message for message in await answer.json() if message["from"] == "bot"]
        return [{**message, "text": message["text"].replace("\u00a0", " ")} for message in shown]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the calls of a method to Telegram, in order."""
        async with self.http.get("/sim/calls", params={"method": method}) as answer:
            return [call for call in await answer.json() if call["method"] == method]

    async def person(self, act: str, telegram_id: int = COACH, **body: Any) -> None:
        """Let a person write (`send`), block the bot or take it back."""
        async with self.http.post(f"/sim/users/{telegram_id}/{act}", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def fault(self, **fault: Any) -> None:
        """Let the next calls to Telegram fail."""
        async with self.http.post("/sim/faults", json=fault) as answer:
            assert answer.status == 200, await answer.text()
