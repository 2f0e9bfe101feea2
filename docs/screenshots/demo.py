"""A demo of its own, on a free port, with data of its own."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

START_S = 60.0


@contextmanager
def demo() -> Iterator[str]:
    """Run a demo with data of its own, give its address, and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="jalon-guide-") as folder:
        command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data-dir", folder]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        try:
            yield _ready(f"http://127.0.0.1:{port}")
        finally:
            running.terminate()
            running.wait()


def _ready(address: str) -> str:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/sim/calls?method=setMyCommands", timeout=2) as answer:  # noqa: S310
                if answer.read() != b"[]":  # the bot has begun to speak
                    return address
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.2)
    raise TimeoutError(address)
