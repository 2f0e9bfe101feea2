"""A dispositif with a coach and a coordinator, each with a phone."""

from tests.harness.actors import somewhere
from tests.harness.fixtures import app, coach, redis_url

__all__ = ["app", "coach", "redis_url", "somewhere"]
