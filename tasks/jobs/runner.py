"""Does jobs: takes one, gives signs of life while it is done, keeps what became of it.

A job runs in its worker thread with an event loop and a database of its own, so that a long computation holds up
neither the signs of life nor the messages, which belong to the main loop.
"""

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from models.base.clock import Clock
from models.base.database import Database
from models.base.periodic import repeat
from models.base.screens import Screen
from models.base.settings import Settings
from models.jobs.attempts.repository import claim, fail, finish, heartbeat, release
from models.jobs.kinds import JobKind
from models.jobs.signals import noted
from models.jobs.tables import Job
from models.notifications.messages import JOB_DEAD
from models.notifications.repository import notify
from tasks.enqueue import Enqueue
from tasks.jobs.context import JobContext
from tasks.jobs.inbox import Inbox
from tasks.jobs.progress_message import ProgressMessage, Taken
from tasks.notifications import texts
from tasks.telegram.client import Telegram

log = logging.getLogger(__name__)

HEARTBEAT_EVERY_S = 1.5
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

ResultT = TypeVar("ResultT")


class JobRunner:
    """The place where jobs are done; made in the main loop, called from the worker threads."""

    def __init__(
        self, settings: Settings, database: Database, telegram: Telegram, clock: Clock, enqueue: Enqueue
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._enqueue = enqueue
        self._progress_message = ProgressMessage(database, telegram, clock)
        self._inbox = Inbox(database, telegram)
        self._loop = asyncio.get_running_loop()
        self._attempts: dict[str, _Attempt] = {}
        self._stopping = False

    def do(self, kind: JobKind, job_id: int) -> None:
        """Do a job if it is there to be done; called in a worker thread, returns when it has ended."""
        if self._stopping:
            return
        runner = secrets.token_hex(16)
        job = self.in_main_loop(self._claim(job_id, kind.code, runner))
        if job is None:
            return
        database = Database(self._settings.database)
        work = JobContext(
            kind, job, runner, database, self._settings, self._clock, self._progress_message, self._inbox, self._enqueue
        )
        attempt = _Attempt(work)
        self._attempts[runner] = attempt
        keeping_alive = asyncio.run_coroutine_threadsafe(self._keep_alive(attempt), self._loop)
        try:
            self._perform(attempt)
        finally:
            keeping_alive.cancel()
            del self._attempts[runner]

    def stop(self) -> None:
        """Have every job under way given back, to be done by another worker."""
        self._stopping = True
        for attempt in list(self._attempts.values()):
            attempt.interrupt()

    def in_main_loop(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        """Run something in the main loop, from a worker thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _perform(self, attempt: "_Attempt") -> None:
        work = attempt.work
        try:
            result = attempt.run()
        except Taken:
            log.info("job taken away", extra={"job": work.number})
        except asyncio.CancelledError:
            self.in_main_loop(self._release(work))
        except Exception as error:
            reference = "".join(secrets.choice(_LETTERS) for _ in range(4))
            what = {"job": work.number, "kind": work.job.kind, "reference": reference}
            log.exception("job failed", extra=what)
            self.in_main_loop(self._fail(work, reference, f"{reference} {type(error).__name__}"))
        else:
            self.in_main_loop(self._finish(work, result))

    async def _claim(self, job_id: int, kind: str, runner: str) -> Job | None:
        async with self._database.transaction() as session:
            return await claim(session, self._clock(), job_id, kind, runner)

    async def _keep_alive(self, attempt: "_Attempt") -> None:
        """Give signs of life; an attempt that has lost its job is interrupted."""
        work, lost = attempt.work, asyncio.Event()

        async def beat() -> None:
            async with self._database.transaction() as session:
                held = await heartbeat(session, self._clock(), work.number, work.runner)
            if not held:
                attempt.interrupt()
                lost.set()

        await repeat("heartbeat", beat, HEARTBEAT_EVERY_S, lost, at_once=False)

    async def _finish(self, work: JobContext, result: Mapping[str, Any]) -> None:
        async with self._database.transaction() as session:
            await finish(session, self._clock(), work.number, work.runner, result)

    async def _release(self, work: JobContext) -> None:
        async with self._database.transaction() as session:
            await release(session, self._clock(), work.job, work.runner)

    async def _fail(self, work: JobContext, reference: str, error: str) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            dead = await fail(session, now, work.job, work.runner, error)
            if dead and work.job.asked_by is not None:
                screen = Screen(texts.gave_up(reference))
                await notify(session, now, JOB_DEAD, work.job.asked_by, f"job:{work.number}", reference, screen)
        await self._enqueue(noted(session))


class _Attempt:
    """A job being done in its thread; `interrupt` may be called from any other."""

    def __init__(self, work: JobContext) -> None:
        self.work = work
        self._runner = asyncio.Runner()
        self._task: asyncio.Task[Mapping[str, Any]] | None = None
        self._interrupted = False

    def run(self) -> Mapping[str, Any]:
        """Do the job; return its result. Raises `CancelledError` where it was interrupted."""
        with self._runner:
            return self._runner.run(self._bounded())

    def interrupt(self) -> None:
        """End the attempt at its next pause."""
        self._interrupted = True
        if self._task is not None and not self._task.done():
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    async def _bounded(self) -> Mapping[str, Any]:
        self._task = asyncio.ensure_future(self._timed())
        if self._interrupted:
            self._task.cancel()
        try:
            return await self._task
        finally:
            await self.work.database.dispose()

    async def _timed(self) -> Mapping[str, Any]:
        kind = self.work.kind
        async with asyncio.timeout(kind.within.total_seconds()):
            return await kind.perform(self.work)
