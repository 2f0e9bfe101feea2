"""The actors: one for the outbox, one per kind of work."""

from collections.abc import Sequence
from functools import partial

from dramatiq import Actor, Broker

from models.outbox.repository import DELIVER
from tasks.broker import queue_of
from tasks.delivery import Deliveries
from tasks.work import Kind
from tasks.workshop import Workshop


def declare_actors(broker: Broker, workshop: Workshop, deliveries: Deliveries, kinds: Sequence[Kind]) -> None:
    """Tell the broker who takes which message."""

    def deliver() -> None:
        workshop.in_main_loop(deliveries.drain())

    Actor(deliver, broker=broker, actor_name=DELIVER, queue_name=queue_of(DELIVER), priority=0, options={})
    for kind in kinds:
        does = partial(workshop.do, kind)
        Actor(does, broker=broker, actor_name=kind.name, queue_name=queue_of(kind.name), priority=0, options={})
