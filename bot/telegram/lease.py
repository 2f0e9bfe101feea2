"""Who polls: the newest bot. Redis only carries the sign; wiped, it is put up again.

Two bots polling the same token would take each other's updates and break the order of one person's taps. Telegram
ends the older of two polls; this lets the older one leave cleanly instead of coming back for more.
"""

import logging
import secrets
from collections.abc import Awaitable
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

KEY = "jalon:poller"
KEPT = 8
"""How many names the sign holds: the newest bot's, and those before it."""

_LOOK = """
local names = {}
for name in string.gmatch(redis.call('GET', KEYS[1]) or '', '%S+') do
    names[#names + 1] = name
end
for place, name in ipairs(names) do
    if name == ARGV[1] then
        return place == 1 and 1 or 0
    end
end
if ARGV[2] == 'known' and #names > 0 then
    return 0
end
table.insert(names, 1, ARGV[1])
redis.call('SET', KEYS[1], table.concat(names, ' ', 1, math.min(#names, tonumber(ARGV[3]))))
return 1
"""
"""Says whether the sign is this bot's, and puts it up where it is missing: where there is none, or where nobody knows
that it ever was up. A bot that was replaced finds its name behind the newer one's, also where it never heard that its
sign went up; one that does not find it at all has only former bots' before it."""


class Lease:
    """The sign that this bot polls."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._name = secrets.token_hex(8)
        self._known = False

    async def take(self) -> None:
        """Put this bot's sign up, over any other's; where Redis does not answer, `held` goes on trying."""
        await self.held()

    async def held(self) -> bool:
        """Whether no newer bot has put its sign up. Without Redis there is nobody to ask: yes."""
        known = "known" if self._known else ""
        try:
            # The library's types are those of both its clients at once.
            asking = cast(Awaitable[int], self._redis.eval(_LOOK, 1, KEY, self._name, known, str(KEPT)))
            ours = await asking
        except RedisError as error:
            log.warning("redis unavailable", extra={"cause": type(error).__name__})
            return True
        self._known = True
        return bool(ours)
