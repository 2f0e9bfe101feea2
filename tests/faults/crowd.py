"""Many people with phones, a local Telegram among them, and the workers that write to them."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from sqlalchemy import func, insert, select
from sqlmodel import col

from benchmarks.processes import TOKEN, Process, environment
from bot.redis_server import local_redis
from models.accounts.tables import Account
from models.clock import system_clock
from models.database import Database
from models.outbox.repository import Telling, tell_all
from models.outbox.tables import Delivery, OutboxMessage, TelegramLine
from models.screens import Screen, button
from simulator import SimulatorSettings, running
from simulator.state import State
from tests.faults.hasty import TIMES

WORKER = (sys.executable, "-m", "tests.faults.hasty")
FIRST = 10_000
"""The phone of the first of them."""

ENDED = (Delivery.SENT, Delivery.UNCERTAIN, Delivery.UNREACHABLE, Delivery.REFUSED, Delivery.FAILED)


@dataclass
class Crowd:
    """Whoever is to be told the same, and what runs meanwhile."""

    database: Database
    telegram: State
    redis_url: str
    settings: dict[str, str]
    phones: Sequence[int]
    _workers: dict[int, Process] = field(default_factory=dict)

    def start(self) -> None:
        """Start a worker."""
        worker = Process(WORKER, self.settings)
        self._workers[worker.pid] = worker

    def kill(self, pid: int) -> None:
        """End a worker as a power cut would."""
        worker = self._workers.pop(pid)
        assert worker.alive, worker.said()
        worker.kill()
        worker.close()

    def close(self) -> None:
        """Stop the workers."""
        for worker in self._workers.values():
            worker.close()

    def flush_redis(self) -> None:
        """Empty Redis."""
        with Redis.from_url(self.redis_url) as redis:
            redis.flushall()

    async def tell(self) -> None:
        """Tell everybody the same, as a scheduler with a connection of its own does."""
        database = Database(self.settings["JALON_DATABASE_URL"])
        screen = Screen("Il vous reste 6 personnes sur 20.", ((button("Saisir la suivante", "next"),),))
        try:
            async with database.transaction() as session:
                accounts = await session.scalars(select(col(Account.id)).order_by(col(Account.id)))
                tellings = [
                    Telling("greeting", number or 0, "campaign:2026-12-31", "J-7", screen) for number in accounts
                ]
                await tell_all(session, system_clock(), tellings)
        finally:
            await database.dispose()

    async def ended(self) -> int:
        """Return how many messages are over."""
        query = select(func.count()).select_from(OutboxMessage).where(col(OutboxMessage.state).in_(ENDED))
        async with self.database.transaction() as session:
            return int(await session.scalar(query) or 0)

    async def holder(self) -> int | None:
        """Return the process that holds the line."""
        async with self.database.transaction() as session:
            name = await session.scalar(select(col(TelegramLine.holder)))
        return int(name.partition("-")[0]) if name else None

    async def states(self) -> dict[int, list[Delivery]]:
        """Return how the messages of each phone stand."""
        query = select(col(Account.telegram_id), col(OutboxMessage.state)).join(
            OutboxMessage, col(OutboxMessage.account_id) == col(Account.id)
        )
        found: dict[int, list[Delivery]] = {}
        async with self.database.transaction() as session:
            for phone, state in await session.execute(query):
                found.setdefault(phone or 0, []).append(state)
        return found

    def shown(self) -> Counter[int]:
        """Return how many messages of the bot each phone shows."""
        chats = ((number, self.telegram.chats[number]) for number in self.phones)
        return Counter(number for number, chat in chats for said in chat.messages.values() if said.author == "bot")


@asynccontextmanager
async def crowd(database_url: str, folder: Path, number: int, times: float) -> AsyncIterator[Crowd]:
    """So many people who have written to the bot, and no worker yet; everything so many times faster than it is."""
    phones = range(FIRST, FIRST + number)
    database = Database(database_url)
    async with database.transaction() as session:
        people = [
            {"email": f"compte{phone}@exemple.fr", "telegram_id": phone, "created_at": system_clock()}
            for phone in phones
        ]
        await session.execute(insert(Account), people)
    simulated = SimulatorSettings(token=TOKEN, rate_scale=times)
    names = ((phone, f"Coach {phone}") for phone in phones)
    with local_redis() as redis_url:
        async with running(settings=simulated, people=names) as local:
            for phone in phones:
                local.state.people[phone].started = True
            settings = environment(local.url, database_url, redis_url, folder) | {TIMES: str(times)}
            built = Crowd(database, local.state, redis_url, settings, phones)
            try:
                yield built
            finally:
                built.close()
                await database.dispose()
