"""The stories of a conversation."""

from tests.conversation.fixtures import coach, house, redis_url

__all__ = ["coach", "house", "redis_url"]
