"""Hand over what a transaction left for the workers, once it is committed."""

import asyncio
import logging
from collections.abc import Sequence

from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import BrokerConnectionError
from redis.exceptions import RedisError

from models.base.settings import Settings
from models.jobs.signals import JobSignal
from tasks.broker import hand_over, redis_broker

log = logging.getLogger(__name__)


class Enqueue:
    """Calls the workers. A broker that is away fails nobody: the workers find the rows by themselves."""

    def __init__(self, settings: Settings) -> None:
        self._broker: RedisBroker = redis_broker(settings.redis_url)

    async def __call__(self, signals: Sequence[JobSignal]) -> None:
        """Hand over the signals of a committed transaction."""
        if signals:
            await asyncio.to_thread(self._hand_over, signals)

    def _hand_over(self, signals: Sequence[JobSignal]) -> None:
        try:
            for signal in signals:
                hand_over(self._broker, signal)
        except (RedisError, BrokerConnectionError) as error:
            log.warning("workers not called", extra={"cause": type(error).__name__})

    def close(self) -> None:
        """Close the connections to Redis."""
        self._broker.client.close()
