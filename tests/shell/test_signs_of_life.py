"""`jalon doctor` warns, without failing, when nobody schedules or nobody delivers."""

from datetime import timedelta

import pytest

from bot.shell.checks import Check, signs_of_life
from models.base.database import Database
from models.notifications.heartbeats import repository as life
from models.notifications.sender_lease import repository as line
from tests.harness.factories import NOW

LAST = NOW + timedelta(minutes=2)
SINCE = "depuis le 19 décembre 2026, 10 h 02 :"


async def checked(database: Database, later: timedelta) -> list[Check]:
    return await signs_of_life(database, NOW + later)


async def test_where_neither_ever_ran_it_says_what_to_start(database: Database) -> None:
    scheduler, delivery = await checked(database, timedelta())
    assert (scheduler.ok, scheduler.warning, delivery.ok, delivery.warning) == (True, True, True, True)
    assert scheduler.message == "Rien ne planifie les rappels : lancez « jalon scheduler » ou « jalon run »."
    assert delivery.message == "Rien n’envoie les messages : lancez « jalon worker » ou « jalon run »."


@pytest.mark.parametrize(("minutes", "warns"), [(0, False), (5, False), (6, True)])
async def test_their_silence_is_said(database: Database, minutes: int, warns: bool) -> None:
    async with database.transaction() as session:
        await life.give(session, LAST - timedelta(hours=1), life.SCHEDULER)
        await life.give(session, LAST, life.SCHEDULER)
        await line.take(session, LAST, "worker", LAST)
    found = await checked(database, timedelta(minutes=2 + minutes))
    assert [check.warning for check in found] == [warns, warns]
    assert all(check.ok and (SINCE in check.message) == warns for check in found)
