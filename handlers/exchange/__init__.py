"""Workbooks: exporting what is validated, and sending one to be loaded."""

from handlers.exchange import exporting, importing  # noqa: F401 - their verbs declare themselves on the feature
from handlers.exchange.feature import feature

__all__ = ["feature"]
