"""The review of a dispositif's entries by its coordinator: where it stands, validate, send back, unlock."""

from handlers.review import decisions, listing, one  # noqa: F401 - their verbs declare themselves on the feature
from handlers.review.board import feature

__all__ = ["feature"]
