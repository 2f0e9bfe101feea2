"""Meetings: the monthly MDPH–SPE point and every meeting the texts require, planned, answered to, held, reported."""

from handlers.meetings import card, home, listing  # noqa: F401
from handlers.meetings.contacts import conversation as contacts_conversation  # noqa: F401
from handlers.meetings.feature import answering as answers
from handlers.meetings.feature import feature
from handlers.meetings.invitations import answering, series_answering  # noqa: F401
from handlers.meetings.planning import changing, location, people, recap, start_planning, when  # noqa: F401
from handlers.meetings.reports import confirm_held, decisions, filling, meanwhile  # noqa: F401
from handlers.meetings.reports import conversation as report_conversation  # noqa: F401
from handlers.meetings.reports import people as report_people  # noqa: F401

__all__ = ["answers", "feature"]
