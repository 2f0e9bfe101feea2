"""Keeps the processes of `jalon run` and `jalon demo` alive: one that dies is started again."""

import asyncio
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

RESTART_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_S = 10.0
"""A process that lived longer than that is restarted without waiting."""
SUPERVISED = "JALON_SUPERVISED"
PARENT_WATCH_S = 1.0
PATIENCE_S = 10.0
"""How long a process may take to finish its batch when asked to stop."""


@dataclass(frozen=True)
class Child:
    """A process to keep alive."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


async def supervise(children: Sequence[Child], stop: asyncio.Event) -> None:
    """Run the children until `stop` is set, restarting whoever dies; return once all have ended."""
    await asyncio.gather(*(_keep_alive(child, stop) for child in children))


async def _keep_alive(child: Child, stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    pause = RESTART_PAUSE_S
    while not stop.is_set():
        started = loop.time()
        process = await asyncio.create_subprocess_exec(
            *child.arguments, env={**os.environ, **child.environment, SUPERVISED: "1"}, start_new_session=True
        )
        stopping = asyncio.ensure_future(stop.wait())
        ending = asyncio.ensure_future(process.wait())
        await asyncio.wait({stopping, ending}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ending.done():
            await _end(process, ending)
            return
        log.warning("process ended, restarting", extra={"child": child.name, "code": process.returncode})
        pause = RESTART_PAUSE_S if loop.time() - started > STEADY_S else min(pause * 2, LONGEST_PAUSE_S)
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            continue


async def _end(process: asyncio.subprocess.Process, ending: "asyncio.Future[int]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(asyncio.shield(ending), PATIENCE_S)
    except TimeoutError:
        process.kill()
        await ending


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set, and in a supervised process the supervisor's death."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if SUPERVISED in os.environ:
        loop.call_later(PARENT_WATCH_S, _watch_parent, os.getppid(), stop)
    return stop


def _watch_parent(parent: int, stop: asyncio.Event) -> None:
    """A supervisor that is killed takes nobody with it: its children look for themselves."""
    if os.getppid() != parent:
        stop.set()
    else:
        asyncio.get_running_loop().call_later(PARENT_WATCH_S, _watch_parent, parent, stop)
