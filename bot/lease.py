"""Who polls: the newest bot. Redis only carries the sign; wiped, it is put up again.

Two bots polling the same token would take each other's updates and break the order of one person's taps. Telegram
ends the older of two polls; this lets the older one leave cleanly instead of coming back for more.
"""

import logging
import secrets

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

KEY = "jalon:poller"


class Lease:
    """The sign that this bot polls."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._name = secrets.token_hex(8)

    async def take(self) -> None:
        """Put this bot's sign up, over any other's."""
        try:
            await self._redis.set(KEY, self._name)
        except RedisError as error:
            log.warning("redis unavailable", extra={"cause": type(error).__name__})

    async def held(self) -> bool:
        """Whether no newer bot has put its sign up. Without Redis there is nobody to ask: yes."""
        try:
            await self._redis.set(KEY, self._name, nx=True)
            found = await self._redis.get(KEY)
        except RedisError as error:
            log.warning("redis unavailable", extra={"cause": type(error).__name__})
            return True
        return found is None or found == self._name
