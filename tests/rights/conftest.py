"""Rights, on the same house as the stories."""

from tests.conversation.fixtures import coach, house, redis_url
from tests.rights.actors import somewhere

__all__ = ["coach", "house", "redis_url", "somewhere"]
