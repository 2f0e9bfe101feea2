"""Sends what the outbox holds, in order and no faster than allowed: each message once, or not if nobody can tell."""

import asyncio
import logging
import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.base.clock import Clock
from models.base.database import Database
from models.kinds import MESSAGE_KINDS
from models.notifications.delivery.repository import Claimed, claim_due, hold, put_back, something_due, withdraw
from models.notifications.kinds import MessageKind, NoLongerRelevant
from models.reference.decent_hours import next_decent
from models.reference.working_days import place_of
from tasks.notifications.rate_limiter import RateLimit, RateLimiter
from tasks.notifications.sending import Sending
from tasks.telegram.client import CONNECTIONS

log = logging.getLogger(__name__)

QUIET_HOURS = "quiet_hours"
NAP_S = 0.1
SHORT = timedelta(seconds=3)
"""A silence that is waited out; after a longer one the sweep calls again."""


class Deliveries:
    """Claims what is due and has it sent, in the event loop in which the client was made."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sending: Sending,
        limiter: RateLimiter,
        limit: RateLimit,
        kinds: Mapping[str, MessageKind] = MESSAGE_KINDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._sending = sending
        self._limiter = limiter
        self._limit = limit
        self._kinds = kinds
        self._called = asyncio.Event()
        self._draining = False
        self._stopping = False
        self._rests: dict[int, float] = {}
        """Until when nothing goes to an account, by the clock of the event loop."""

    def start(self) -> None:
        """Send again, after a `stop`."""
        self._stopping = False

    def stop(self) -> None:
        """Claim nothing more; what is claimed is still sent."""
        self._stopping = True
        self._called.set()

    async def drain(self) -> int:
        """Send all that is due; return how many messages were tried. Called meanwhile, it looks once more."""
        self._called.set()
        if self._draining:
            return 0
        self._draining = True
        flying: set[asyncio.Task[None]] = set()
        try:
            return await self._drain(flying)
        finally:
            self._draining = False
            await asyncio.gather(*flying)

    async def _drain(self, flying: set["asyncio.Task[None]"]) -> int:
        tried = 0
        while not self._stopping and (silence := self._limiter.silence()) <= SHORT:
            self._called.clear()
            room = min(self._limit.batch, CONNECTIONS - len(flying))
            resting = self._resting()
            batch = await self._claimed(room, resting) if room > 0 and not silence else []
            for message in batch:
                task = asyncio.create_task(self._send(message))
                flying.add(task)
                task.add_done_callback(flying.discard)
            tried += len(batch)
            if not (batch or flying or silence or self._called.is_set() or await self._due_to(resting)):
                break
            # A batch is claimed when everybody before it has left: what waits here would be in doubt after a kill.
            await asyncio.sleep(0)
            await self._limiter.all_begun()
            if not batch:
                await self._pause(flying)
        return tried

    async def _send(self, message: Claimed) -> None:
        self._rests[message.account_id] = math.inf
        try:
            await self._sending.send(message)
        finally:
            self._rests[message.account_id] = asyncio.get_running_loop().time() + self._limit.chat_s

    async def _pause(self, flying: set["asyncio.Task[None]"]) -> None:
        """Return when something has ended or was called for, in a moment at the latest."""
        called = asyncio.create_task(self._called.wait())
        await asyncio.wait({called, *flying}, timeout=NAP_S, return_when=asyncio.FIRST_COMPLETED)
        called.cancel()

    def _resting(self) -> list[int]:
        now = asyncio.get_running_loop().time()
        self._rests = {account: until for account, until in self._rests.items() if until > now}
        return list(self._rests)

    async def _due_to(self, resting: Sequence[int]) -> bool:
        """Whether something is due that was passed over because its chat had to rest."""
        if not resting:
            return False
        async with self._database.transaction() as session:
            return await something_due(session, self._clock())

    async def _claimed(self, most: int, resting: Sequence[int]) -> list[Claimed]:
        """Claim what is to be sent now; nothing when nothing is."""
        async with self._database.transaction() as session:
            now = self._clock()
            while claimed := await claim_due(session, now, most, resting):
                revoked = {message.id for message in claimed if message.revoked}
                await self._withdraw(session, revoked, "revoked")
                theirs = [message for message in claimed if message.id not in revoked]
                stale = {message.id for message in theirs if message.stale_after and message.stale_after <= now}
                await self._withdraw(session, stale, "stale")
                fresh = [message for message in theirs if message.id not in stale]
                awake = await self._held(session, now, fresh)
                irrelevant = await self._irrelevant(session, now, awake)
                await self._withdraw(session, irrelevant, "moot")
                if kept := [message for message in awake if message.id not in irrelevant]:
                    return kept
        return []

    async def _irrelevant(self, session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> set[int]:
        """Return the messages that their kinds say are not worth sending any more; one of no known kind is sent."""
        asked: dict[NoLongerRelevant, list[Claimed]] = {}
        for message in claimed:
            kind = self._kinds.get(message.kind)
            if kind is not None and kind.no_longer_relevant is not None:
                asked.setdefault(kind.no_longer_relevant, []).append(message)
        return {number for ask, messages in asked.items() for number in await ask(session, now, messages)}

    async def _held(self, session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> list[Claimed]:
        """Return those that may be sent now; where it is no decent hour everything waits for one."""
        asleep: dict[str, datetime] = {}
        for departement in {message.departement for message in claimed} - {None}:
            assert departement is not None
            decent = next_decent(now, place_of(departement))
            if decent > now:
                asleep[departement] = decent
                await hold(session, now, departement, decent)
        for message in claimed:
            if message.departement in asleep:
                await put_back(session, message, asleep[message.departement], QUIET_HOURS)
        return [message for message in claimed if message.departement not in asleep]

    async def _withdraw(self, session: AsyncSession, messages: set[int], why: str) -> None:
        if messages:
            await withdraw(session, messages)
            log.info("messages withdrawn", extra={"number": len(messages), "why": why})
