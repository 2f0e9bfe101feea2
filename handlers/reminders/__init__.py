"""Reminders: when the next one comes and why, what somebody wishes of them, the forecast of a coordinator."""

from handlers.reminders import absence, coordinating, preview, snoozing, wishes  # noqa: F401 - verbs declare themselves
from handlers.reminders.feature import feature

__all__ = ["feature"]
