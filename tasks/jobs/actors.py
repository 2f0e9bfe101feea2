"""The actors of the jobs: one per kind of work. That of the messages is declared where the lease is held."""

from collections.abc import Sequence
from functools import partial

from dramatiq import Actor, Broker

from tasks.broker import queue_of
from tasks.jobs.context import JobKind
from tasks.jobs.runner import JobRunner


def declare_actors(broker: Broker, workshop: JobRunner, kinds: Sequence[JobKind]) -> None:
    """Tell the broker who does which work."""
    for kind in kinds:
        does = partial(workshop.do, kind)
        Actor(does, broker=broker, actor_name=kind.name, queue_name=queue_of(kind.name), priority=0, options={})
