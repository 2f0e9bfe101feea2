"""A dispositif with a coach and a coordinator, each with a phone."""

from tests.conversation.fixtures import coach, house, redis_url
from tests.rights.actors import somewhere

__all__ = ["coach", "house", "redis_url", "somewhere"]
