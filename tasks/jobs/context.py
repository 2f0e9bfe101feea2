"""What a job is given to work with."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.base.clock import Clock
from models.base.database import Database
from models.base.screens import Screen
from models.base.settings import Settings
from models.jobs.attempts.repository import report
from models.jobs.kinds import JobKind
from models.jobs.signals import JobSignal, noted
from models.jobs.tables import Job
from models.notifications.kinds import outcome_of
from models.notifications.repository import notify
from tasks.jobs.inbox import Inbox
from tasks.jobs.progress_message import ProgressMessage, Taken


@dataclass(frozen=True)
class JobContext:
    """One attempt at a job. `database` is the job's own: it may be used from the job's event loop only."""

    kind: JobKind
    job: Job
    runner: str
    database: Database
    settings: Settings
    clock: Clock
    progress_message: ProgressMessage
    inbox: Inbox
    enqueue: Callable[[Sequence[JobSignal]], Awaitable[None]]

    @property
    def number(self) -> int:
        """The number of the job."""
        assert self.job.id is not None
        return self.job.id

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What was asked: numbers and codes."""
        return self.job.arguments

    async def show(self, screen: Screen) -> None:
        """Show whoever asked how far the work is, in one message edited in place. Raises `Taken`.

        A display that fails is logged and fails nothing; a job asked for by the command line shows nothing.
        """
        await self.progress_message.show(self.job, self.runner, screen)

    async def notify(self, screen: Screen) -> None:
        """Tell whoever asked for the job what became of it."""
        async with self.transaction() as session:
            await self.notify_with(session, screen)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A transaction after which the workers are called for whatever it left them."""
        async with self.database.transaction() as session:
            yield session
        await self.enqueue(noted(session))

    async def notify_with(self, session: AsyncSession, screen: Screen, document: str | None = None) -> bool:
        """Tell whoever asked for the job, in a transaction; once, however often it is begun again.

        `document` names a file of the data directory to send with it. Returns whether it is told for the first time.
        """
        assert self.job.asked_by is not None
        subject = f"job:{self.number}"
        kind = outcome_of(self.kind)
        return await notify(session, self.clock(), kind, self.job.asked_by, subject, "", screen, document)

    async def report(self, **progress: int | str) -> None:
        """Keep how far the work is; `job.progress` gives it to the next attempt. Raises `Taken`."""
        async with self.database.transaction() as session:
            if not await report(session, self.clock(), self.number, self.runner, progress):
                raise Taken
