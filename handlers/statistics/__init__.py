"""`/stats`: what, where, when, and a picture in the chat; « votre trimestre » for job coaches."""

from handlers.statistics import indicators, quarter  # noqa: F401 - their verbs declare themselves on the feature
from handlers.statistics.conversation import feature

__all__ = ["feature"]
