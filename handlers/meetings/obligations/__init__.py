"""`/obligations`: the meetings the texts require, what has become of each, and the register that proves it."""

from handlers.meetings.obligations.conversation import feature

__all__ = ["feature"]
