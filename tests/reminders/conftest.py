"""The reminders, on the same house as the stories."""

from tests.conversation.fixtures import coach, house, redis_url

__all__ = ["coach", "house", "redis_url"]
