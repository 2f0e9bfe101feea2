"""The processes of a measurement: the local Telegram, Redis, and the bot, each bounded in time."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOKEN = "42:MEASURED"
HOST = "127.0.0.1"
START_S = 15.0
STOP_S = 20.0
_PAUSE_S = 0.02


class NotStarted(Exception):
    """A process ended, or did not answer in time; the message is what it said."""


class Process:
    """A process of ours, in a group of its own, whose output is kept in a file."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str] | None = None, cores: set[int] | None = None
    ) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the process
        self._process = subprocess.Popen(
            arguments,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
        )
        if cores:
            os.sched_setaffinity(self._process.pid, cores)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def memory_mb(self) -> float:
        """The memory it holds (RSS)."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise ProcessLookupError

    @property
    def cpu_s(self) -> float:
        """The time of the processor it has taken so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def said(self) -> str:
        """Return what it wrote, its errors included."""
        self._output.seek(0)
        return self._output.read().decode(errors="replace")

    def freeze(self) -> None:
        """Stop it in its tracks."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end; killed if it does not."""
        if self.alive:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()

    def close(self) -> None:
        """Stop it and let its output go."""
        self.stop()
        self._output.close()


@contextmanager
def running(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None, cores: set[int] | None = None
) -> Iterator[Process]:
    """A process that ends with the block."""
    process = Process(arguments, environment, cores)
    try:
        yield process
    finally:
        process.close()


@contextmanager
def telegram() -> Iterator[str]:
    """A local Telegram without rates, in a process of its own; gives its address."""
    port = _free_port()
    arguments = [sys.executable, "-m", "simulator", "--port", str(port), "--token", TOKEN, "--no-rates"]
    with running(arguments) as process:
        deadline = time.monotonic() + START_S
        while not _answers(port):
            if not process.alive or time.monotonic() > deadline:
                raise NotStarted(process.said())
            time.sleep(_PAUSE_S)
        yield f"http://{HOST}:{port}"


def environment(telegram_url: str, database_url: str, redis_url: str, data_dir: Path) -> dict[str, str]:
    """Return the settings of a bot."""
    return {
        "JALON_TELEGRAM_TOKEN": TOKEN,
        "JALON_TELEGRAM_API_URL": telegram_url,
        "JALON_DATABASE_URL": database_url,
        "JALON_REDIS_URL": redis_url,
        "JALON_DATA_DIR": str(data_dir),
        "JALON_SECRET_KEY": "measured",
    }


OURS = (sys.executable, "-m", "bot", "bot")
PEER = (sys.executable, "-m", "benchmarks.peer")


def _answers(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex((HOST, port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
