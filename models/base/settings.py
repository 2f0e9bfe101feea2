"""Settings: environment variables with the prefix `JALON_`, `.env` read too."""

import secrets
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything an installation may set; each field has its row in `docs/exploitation.md`."""

    model_config = SettingsConfigDict(env_prefix="JALON_", env_file=".env", extra="ignore")

    telegram_token: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = ""
    redis_url: str = "redis://127.0.0.1:6379/0"
    data_dir: Path = Path("data")
    secret_key: str = ""
    public_url: str = ""
    http_port: int = 8090
    webhook_secret: str = ""
    smtp_url: str = ""
    log_format: str = "text"

    @property
    def database(self) -> str:
        """The address of the database; SQLite in the data directory when none is given."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'jalon.db'}"

    @property
    def address(self) -> str:
        """Where the assistant's own pages are reached; empty where nobody said, and none are served."""
        return self.public_url.rstrip("/")

    @property
    def has_secret(self) -> bool:
        """Whether a secret was given or drawn already."""
        return bool(self.secret_key) or self._drawn.exists()

    @property
    def _drawn(self) -> Path:
        return self.data_dir / "secret.key"

    @property
    def secret(self) -> str:
        """The secret from which encryption keys are derived.

        Where none is given, one is drawn once and kept in the data directory, readable by its owner alone:
        never in the database whose contents it protects.
        """
        if self.secret_key:
            return self.secret_key
        path = self._drawn
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32), encoding="ascii")
        return path.read_text(encoding="ascii").strip()
