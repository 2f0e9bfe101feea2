"""Work asked for is done once, tried again when it fails, and stays visible when it cannot be done."""

import asyncio
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from models.accounts.permissions import COMMAND_LINE
from models.base.screens import Screen, button
from models.jobs.attempts import BACK_OFF, MOST_ATTEMPTS, STALE, claim, finish
from models.jobs.repository import cancel, run_again
from models.jobs.signals import JobSignal, noted
from models.jobs.tables import JobState
from models.notifications.tables import Delivery
from tasks.jobs.context import JobContext, JobKind
from tests.queue.yard import PATIENCE_S, Yard


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
        return JobKind("count", self.perform)

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


async def test_a_wake_up_of_another_kind_leaves_the_job_to_its_own(yard: Yard) -> None:
    bench, other = Bench(), Bench()
    yard.kinds = (bench.kind, JobKind("other", other.perform))
    yard.start()
    number = await yard.ask("count", rows=3, called=False)
    await yard.call([JobSignal("other", number), JobSignal("count", number)])
    await yard.job_is(number, JobState.DONE)
    assert (bench.begun, other.begun) == ([number], [])


async def test_a_job_is_done_once_however_often_it_is_called_for(yard: Yard) -> None:
    bench = Bench()
    yard.kinds = (bench.kind,)
    number = await yard.ask("count", rows=3)
    await yard.call([JobSignal("count", number)] * 3)
    yard.start()
    yard.start()
    job = await yard.job_is(number, JobState.DONE)
    await yard.close()
    assert (job.result, job.progress, job.attempts) == ({"rows": 3}, {"row": 1}, 1)
    assert bench.ended == [number]


async def test_redis_emptied_loses_no_job(yard: Yard) -> None:
    bench = Bench()
    yard.kinds = (bench.kind,)
    first = await yard.ask("count", rows=3)
    yard.flush_redis()
    yard.start()
    await yard.job_is(first, JobState.DONE)

    second = await yard.ask("count", rows=4, called=False)
    assert (await yard.job(second)).state == JobState.WAITING
    yard.later(seconds=11)
    await yard.job_is(second, JobState.DONE)
    assert bench.ended == [first, second]


async def test_what_fails_is_tried_again_ever_later_then_dead_told_and_run_again(yard: Yard) -> None:
    bench = Bench()
    bench.failures = MOST_ATTEMPTS
    yard.kinds = (bench.kind,)
    number = await yard.ask("count", rows=3)
    yard.start()
    for attempt, pause in enumerate(BACK_OFF, 1):
        job = await yard.job_tried(number, attempt)
        assert (job.state, job.due_at) == (JobState.FAILED, yard.now + pause)
        yard.now += pause
    job = await yard.job_is(number, JobState.DEAD)
    assert job.attempts == len(bench.begun) == MOST_ATTEMPTS
    assert job.error is not None
    reference, cause = job.error.split()
    assert cause == "LookupError"
    await yard.all_are(Delivery.SENT)
    (told,) = await yard.told()
    assert f"Donnez le code {reference}" in told["text"]

    async with yard.database.transaction() as session:
        assert await run_again(session, COMMAND_LINE, yard.now, number)
    await yard.call(noted(session))
    assert (await yard.job_is(number, JobState.DONE)).attempts == 1


async def test_a_dead_workers_job_is_taken_over_and_the_dead_one_can_write_no_more(yard: Yard) -> None:
    bench = Bench()
    yard.kinds = (bench.kind,)
    number = await yard.ask("count", rows=3, called=False)
    async with yard.database.transaction() as session:
        assert await claim(session, yard.now, number, "count", "thought dead")
    async with yard.database.transaction() as session:
        assert await claim(session, yard.now, number, "count", "another") is None

    yard.now += STALE - timedelta(seconds=1)
    assert await yard.sweep() == []
    yard.later(seconds=1)
    yard.start()
    job = await yard.job_is(number, JobState.DONE)
    async with yard.database.transaction() as session:
        assert not await finish(session, yard.now, number, "thought dead", {"rows": 0})
    assert (job.attempts, job.result) == (2, {"rows": 3})


async def test_a_job_that_kills_its_worker_every_time_ends_dead(yard: Yard) -> None:
    number = await yard.ask("count", rows=3, called=False)
    for attempt in range(MOST_ATTEMPTS):
        async with yard.database.transaction() as session:
            assert await claim(session, yard.now, number, "count", f"attempt {attempt}")
        yard.now += STALE
    assert await yard.sweep() == []
    job = await yard.job(number)
    assert (job.state, job.error) == (JobState.DEAD, "worker_killed")


async def test_progress_is_one_message_edited_in_place_also_by_the_next_worker(yard: Yard) -> None:
    fails = [True, False]

    async def showing(work: JobContext) -> Mapping[str, Any]:
        for part in (1, 2):
            await work.show(Screen(f"Partie {part} sur 2", ((button("Annuler", "job_stop", work.number),),)))
        if fails.pop(0):
            raise LookupError
        return {}

    yard.kinds = (JobKind("show", showing),)
    number = await yard.ask("show")
    yard.start()
    job = await yard.job_tried(number, 1)
    yard.now = job.due_at
    await yard.job_is(number, JobState.DONE)
    (shown,) = await yard.told()
    assert (shown["text"], shown["edited"]) == ("Partie 2 sur 2", True)
    assert shown["message_id"] == job.message_id


async def test_a_job_called_off_stops_in_mid_work(yard: Yard) -> None:
    bench = Bench()
    bench.held = True
    yard.kinds = (bench.kind,)
    number = await yard.ask("count", rows=3)
    yard.start()
    await yard.job_is(number, JobState.RUNNING)
    assert await asyncio.to_thread(bench.holding.wait, PATIENCE_S)
    async with yard.database.transaction() as session:
        assert await cancel(session, COMMAND_LINE, yard.now, number)
    assert await asyncio.to_thread(bench.interrupted.wait, PATIENCE_S)
    await yard.close()
    assert (await yard.job(number)).state == JobState.CANCELLED
    assert bench.ended == []


async def test_a_worker_told_to_stop_gives_its_job_back(yard: Yard) -> None:
    bench = Bench()
    bench.held = True
    yard.kinds = (bench.kind,)
    number = await yard.ask("count", rows=3)
    yard.start()
    await yard.job_is(number, JobState.RUNNING)
    assert await asyncio.to_thread(bench.holding.wait, PATIENCE_S)
    await yard.close()
    job = await yard.job(number)
    assert (job.state, job.attempts) == (JobState.WAITING, 0)

    bench.held = False
    yard.start()
    await yard.job_is(number, JobState.DONE)
    assert bench.ended == [number]
