"""Announcements: an administrator writes to a role in a part of the country."""

from handlers.announcements import audience, writing  # noqa: F401 - their verbs declare themselves on the feature
from handlers.announcements.feature import feature

__all__ = ["feature"]
