"""The entry of the quarter: home, person's card, questions, warnings, bulk carry-over, list."""

from handlers.entry import bulk, listing, sent_back  # noqa: F401 - their verbs declare themselves on the feature
from handlers.entry.conversation import feature

__all__ = ["feature"]
