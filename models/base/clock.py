"""Time enters the program here, and is an argument everywhere else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC."""

PARIS = ZoneInfo("Europe/Paris")
"""The time zone in which campaign dates are communicated (CFEA)."""


def system_clock() -> datetime:
    """Return the machine's present moment, in UTC. Only the composition (`bot/`) calls it."""
    return datetime.now(UTC)


def local_day(now: datetime, zone: ZoneInfo = PARIS) -> date:
    """Return the calendar day it is in `zone` at the moment `now`."""
    return now.astimezone(zone).date()
