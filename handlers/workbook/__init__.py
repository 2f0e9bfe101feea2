"""Workbooks: exporting what is validated, and sending one to be loaded."""

from handlers.workbook import exporting, importing  # noqa: F401 - their verbs declare themselves on the feature
from handlers.workbook.feature import feature

__all__ = ["feature"]
