"""The stories of a conversation."""

from tests.harness.fixtures import app, coach, redis_url

__all__ = ["app", "coach", "redis_url"]
