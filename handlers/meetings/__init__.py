"""Meetings: the monthly MDPH–SPE point and every meeting the texts require, planned, answered to, held, reported."""

from handlers.meetings import (  # noqa: F401 - their verbs declare themselves on the features
    answering,
    beginning,
    book,
    card,
    changing,
    home,
    listing,
    people,
    recap,
    report,
    report_decisions,
    report_filling,
    report_meanwhile,
    report_people,
    series_answering,
    when,
    whereabouts,
    word,
)
from handlers.meetings.feature import feature, invitations

__all__ = ["feature", "invitations"]
