"""The actors of the jobs, one a type of work; that of the messages is declared where the lease is held."""

from collections.abc import Collection
from functools import partial

from dramatiq import Actor, Broker

from models.jobs.kinds import JobKind
from tasks.broker import queue_of
from tasks.jobs.runner import JobRunner


def declare_actors(broker: Broker, runner: JobRunner, kinds: Collection[JobKind]) -> None:
    """Tell the broker who does which work."""
    for kind in kinds:
        does = partial(runner.do, kind)
        Actor(does, broker=broker, actor_name=kind.code, queue_name=queue_of(kind.code), priority=0, options={})
