"""The persons' files, for coordinators: who follows whom, in which structure, since when and until when."""

from handlers.people import adding  # noqa: F401 - its verbs declare themselves on the feature
from handlers.people.conversation import feature

__all__ = ["feature"]
