"""The figures of a dispositif, on the same application as the stories."""

from tests.harness.fixtures import app, coach, redis_url

__all__ = ["app", "coach", "redis_url"]
