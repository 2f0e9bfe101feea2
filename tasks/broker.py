"""The broker: Redis, set so that what a killed worker held comes back within seconds.

Redis only carries signals. What is to be done stands in the database, and so does how often it was tried.
"""

from dramatiq import Broker, Message
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Retries
from redis import Redis

from models.jobs.signals import JobSignal
from models.notifications.repository import DELIVER

HEARTBEAT_TIMEOUT_MS = 5_000
ALWAYS = 1_000_000
"""Every command looks after what dead workers left: on an idle queue it is otherwise never given back."""

ANSWER_WITHIN_S = 3.0
TELEGRAM_QUEUE, JOBS_QUEUE = "telegram", "jobs"


def redis_broker(redis_url: str) -> RedisBroker:
    """Return the broker at that address; it connects when it is first used."""
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=Redis.from_url(redis_url, socket_timeout=ANSWER_WITHIN_S, socket_connect_timeout=ANSWER_WITHIN_S),
        heartbeat_timeout=HEARTBEAT_TIMEOUT_MS,
        maintenance_chance=ALWAYS,
        # For a database that is away when a worker takes the message up; a job's own failures are counted on its row.
        middleware=[Retries(max_retries=8, min_backoff=500, max_backoff=30_000)],
    )


def queue_of(kind: str) -> str:
    """Return the queue of a kind of work: messages never wait behind a long job."""
    return TELEGRAM_QUEUE if kind == DELIVER else JOBS_QUEUE


def hand_over(broker: Broker, signal: JobSignal) -> None:
    """Hand a signal to the workers; the job's number is all that goes through Redis. Raises `RedisError`."""
    arguments = () if signal.job_id is None else (signal.job_id,)
    broker.enqueue(
        Message(queue_name=queue_of(signal.kind), actor_name=signal.kind, args=arguments, kwargs={}, options={})
    )
