"""`/stats`: what, where, when, and a picture in the chat; « votre trimestre » for job coaches."""

from handlers.statistics import quarter  # noqa: F401 - its verbs declare themselves on the feature
from handlers.statistics.conversation import feature

__all__ = ["feature"]
