"""Jobs, on the same workers as the messages."""

from tests.notifications.conftest import redis_url, workers

__all__ = ["redis_url", "workers"]
