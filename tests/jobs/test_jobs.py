"""Work asked for is done once, tried again when it fails, and stays visible when it cannot be done."""

import asyncio
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from models.accounts.permissions import COMMAND_LINE, Permission
from models.base.screens import Screen, button
from models.jobs.attempts.repository import BACK_OFF, MOST_ATTEMPTS, STALE, claim, finish
from models.jobs.kinds import JobKind
from models.jobs.repository import cancel, run_again
from models.jobs.signals import JobSignal, noted
from models.jobs.tables import JobState
from models.notifications.tables import Delivery
from tasks.jobs.context import JobContext
from tests.harness.worker import PATIENCE_S, WorkerHarness


class Bench:
    """A kind of work that a test holds up, has fail, and counts."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.failures = 0
        self.held = False
        self.holding = threading.Event()
        self.interrupted = threading.Event()

    @property
    def kind(self) -> JobKind:
        return JobKind("count", "compte", self.perform, Permission.JOBS)

    async def perform(self, work: JobContext) -> Mapping[str, Any]:
        self.begun.append(work.number)
        await work.report(row=1)
        if self.failures:
            self.failures -= 1
            raise LookupError
        self.holding.set()
        try:
            while self.held:
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.interrupted.set()
            raise
        self.ended.append(work.number)
        return {"rows": work.arguments["rows"]}


async def test_a_wake_up_of_another_kind_leaves_the_job_to_its_own(workers: WorkerHarness) -> None:
    bench, other = Bench(), Bench()
    workers.kinds = (bench.kind, JobKind("other", "autre", other.perform, Permission.JOBS))
    workers.start()
    number = await workers.ask("count", rows=3, called=False)
    await workers.call([JobSignal("other", number), JobSignal("count", number)])
    await workers.job_is(number, JobState.DONE)
    assert (bench.begun, other.begun) == ([number], [])


async def test_a_job_is_done_once_however_often_it_is_called_for(workers: WorkerHarness) -> None:
    bench = Bench()
    workers.kinds = (bench.kind,)
    number = await workers.ask("count", rows=3)
    await workers.call([JobSignal("count", number)] * 3)
    workers.start()
    workers.start()
    job = await workers.job_is(number, JobState.DONE)
    await workers.close()
    assert (job.result, job.progress, job.attempts) == ({"rows": 3}, {"row": 1}, 1)
    assert bench.ended == [number]


async def test_redis_emptied_loses_no_job(workers: WorkerHarness) -> None:
    bench = Bench()
    workers.kinds = (bench.kind,)
    first = await workers.ask("count", rows=3)
    workers.flush_redis()
    workers.start()
    await workers.job_is(first, JobState.DONE)

    second = await workers.ask("count", rows=4, called=False)
    assert (await workers.job(second)).state == JobState.WAITING
    workers.later(seconds=11)
    await workers.job_is(second, JobState.DONE)
    assert bench.ended == [first, second]


async def test_what_fails_is_tried_again_ever_later_then_dead_told_and_run_again(workers: WorkerHarness) -> None:
    bench = Bench()
    bench.failures = MOST_ATTEMPTS
    workers.kinds = (bench.kind,)
    number = await workers.ask("count", rows=3)
    workers.start()
    for attempt, pause in enumerate(BACK_OFF, 1):
        job = await workers.job_tried(number, attempt)
        assert (job.state, job.due_at) == (JobState.FAILED, workers.now + pause)
        workers.now += pause
    job = await workers.job_is(number, JobState.DEAD)
    assert job.attempts == len(bench.begun) == MOST_ATTEMPTS
    assert job.error is not None
    reference, cause = job.error.split()
    assert cause == "LookupError"
    await workers.all_are(Delivery.SENT)
    (told,) = await workers.told()
    assert f"Donnez le code {reference}" in told["text"]

    async with workers.database.transaction() as session:
        assert await run_again(session, COMMAND_LINE, workers.now, number)
    await workers.call(noted(session))
    assert (await workers.job_is(number, JobState.DONE)).attempts == 1


async def test_a_dead_workers_job_is_taken_over_and_the_dead_one_can_write_no_more(workers: WorkerHarness) -> None:
    bench = Bench()
    workers.kinds = (bench.kind,)
    number = await workers.ask("count", rows=3, called=False)
    async with workers.database.transaction() as session:
        assert await claim(session, workers.now, number, "count", "thought dead")
    async with workers.database.transaction() as session:
        assert await claim(session, workers.now, number, "count", "another") is None

    workers.now += STALE - timedelta(seconds=1)
    assert await workers.sweep() == []
    workers.later(seconds=1)
    workers.start()
    job = await workers.job_is(number, JobState.DONE)
    async with workers.database.transaction() as session:
        assert not await finish(session, workers.now, number, "thought dead", {"rows": 0})
    assert (job.attempts, job.result) == (2, {"rows": 3})


async def test_a_job_that_kills_its_worker_every_time_ends_dead(workers: WorkerHarness) -> None:
    workers.kinds = (Bench().kind,)
    number = await workers.ask("count", rows=3, called=False)
    for attempt in range(MOST_ATTEMPTS):
        async with workers.database.transaction() as session:
            assert await claim(session, workers.now, number, "count", f"attempt {attempt}")
        workers.now += STALE
    assert await workers.sweep() == []
    job = await workers.job(number)
    assert (job.state, job.error) == (JobState.DEAD, "worker_killed")


async def test_progress_is_one_message_edited_in_place_also_by_the_next_worker(workers: WorkerHarness) -> None:
    fails = [True, False]

    async def showing(work: JobContext) -> Mapping[str, Any]:
        for part in (1, 2):
            await work.show(Screen(f"Partie {part} sur 2", ((button("Annuler", "job_stop", work.number),),)))
        if fails.pop(0):
            raise LookupError
        return {}

    workers.kinds = (JobKind("show", "affichage", showing, Permission.JOBS),)
    number = await workers.ask("show")
    workers.start()
    job = await workers.job_tried(number, 1)
    workers.now = job.due_at
    await workers.job_is(number, JobState.DONE)
    (shown,) = await workers.told()
    assert (shown["text"], shown["edited"]) == ("Partie 2 sur 2", True)
    assert shown["message_id"] == job.message_ref


async def test_a_job_called_off_stops_in_mid_work(workers: WorkerHarness) -> None:
    bench = Bench()
    bench.held = True
    workers.kinds = (bench.kind,)
    number = await workers.ask("count", rows=3)
    workers.start()
    await workers.job_is(number, JobState.RUNNING)
    assert await asyncio.to_thread(bench.holding.wait, PATIENCE_S)
    async with workers.database.transaction() as session:
        assert await cancel(session, COMMAND_LINE, workers.now, number)
    assert await asyncio.to_thread(bench.interrupted.wait, PATIENCE_S)
    await workers.close()
    assert (await workers.job(number)).state == JobState.CANCELLED
    assert bench.ended == []


async def test_a_worker_told_to_stop_gives_its_job_back(workers: WorkerHarness) -> None:
    bench = Bench()
    bench.held = True
    workers.kinds = (bench.kind,)
    number = await workers.ask("count", rows=3)
    workers.start()
    await workers.job_is(number, JobState.RUNNING)
    assert await asyncio.to_thread(bench.holding.wait, PATIENCE_S)
    await workers.close()
    job = await workers.job(number)
    assert (job.state, job.attempts) == (JobState.WAITING, 0)

    bench.held = False
    workers.start()
    await workers.job_is(number, JobState.DONE)
    assert bench.ended == [number]
