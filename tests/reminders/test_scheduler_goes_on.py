"""One bad row keeps nobody else from being told, and what one part of a tick meets stops no other."""

import logging
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import Account, Role
from models.base.clock import PARIS
from models.base.database import Database
from models.base.revision import new_revision
from models.base.screens import Screen, button
from models.events.tables import EventHistory, EventState, Origin
from models.jobs.tables import Job
from models.meetings.bodies import Body, Function
from models.meetings.contacts.tables import Contact
from models.meetings.jobs import PACK
from models.meetings.messages import MEETING_SOON, MEETING_TO_COME
from models.meetings.states import MeetingState
from models.meetings.tables import MeetingParticipant, MeetingRow
from models.notifications.heartbeats.repository import SCHEDULER, last_seen
from models.notifications.repository import Notification, notify, notify_each
from models.notifications.tables import LONGEST_PERIOD, OutboxMessage
from models.reminders.messages import ABSENCE_RELAY, REMINDER
from models.review.messages import APPROVED
from tasks.enqueue import Enqueue
from tasks.scheduler import Scheduler
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import NOW
from tests.reminders.snapshots import COORDINATOR as HERE
from tests.reminders.snapshots import SCOPE, account, at, dispositif, standing, tick, wish

EVENING = datetime(2026, 12, 17, 17, 0, tzinfo=PARIS)


async def to_come(session: AsyncSession, day: date, hour: int, departement: str, contact: Contact) -> MeetingRow:
    """Write a point to come, at an hour of Paris, with a participant."""
    point = await factories.kept_point(session, day, departement)
    point.state, point.starts_at = MeetingState.PLANNED, datetime.combine(day, time(hour), PARIS)
    point.hour, point.ends_at = time(hour), point.starts_at + timedelta(hours=1)
    await factories.write(session, MeetingParticipant(meeting_id=point.id or 0, contact_id=contact.id or 0))
    return point


async def test_bad_rows_stop_nobody_else(app: Application, coach: Account) -> None:
    """What a coordinator was told cannot be read, and points have a scope and a day that are none: the rest is told."""
    async with app.database.transaction() as session:
        by = await session.scalar(select(col(Account.id)).where(col(Account.channel_address) == COORDINATOR))
        assert by is not None
        await factories.account(session, 1003, Role.CHEF_DE_FILE, "departement:69", "chef@exemple.fr")
        contact = await factories.write(
            session,
            Contact(
                scope="departement:69",
                departement_no="69",
                body=Body.MDPH,
                function=Function.REFERENT,
                email="coach@exemple.fr",
                created_at=NOW,
            ),
        )
        for day, hour in ((17, 18), (18, 14)):  # the first is told of two hours before, the second the day before
            bad = await to_come(session, date(2026, 12, day), hour, "00", contact)
            bad.scope, bad.day = "nulle part", date.min
            await to_come(session, date(2026, 12, day), hour, "69", contact)
        await notify(session, NOW, ABSENCE_RELAY, by, "campaign:2026-12-31", "J-14:personne", Screen(""))
        person = await factories.person(session, 1, coach, past=factories.USUAL)
        event = await factories.event(session, person, state=EventState.VALIDATED)
        event.changed_by = coach.id
        session.add(
            EventHistory(
                person_id=event.person_id,
                campaign_id=event.campaign_id,
                account_id=by,
                at=EVENING - timedelta(hours=3),
                origin=Origin.VALIDATED,
                before={},
                after={},
                revision=new_revision(),
            )
        )
        await factories.person(session, 2, coach, past=factories.USUAL)
    enqueue = Enqueue(app.settings)
    await Scheduler(app.database, lambda: EVENING, enqueue).tick()
    enqueue.close()

    told = {(row.kind, row.account_id) for row in await app.rows(OutboxMessage) if row.account_id == coach.id}
    assert told == {
        (REMINDER.code, coach.id),
        (APPROVED.code, coach.id),
        (MEETING_TO_COME.code, coach.id),
        (MEETING_SOON.code, coach.id),
    }
    assert [job.kind for job in await app.rows(Job)].count(PACK.code) == 2


async def test_a_tick_of_which_a_part_failed_leaves_no_sign_of_life(app: Application) -> None:
    """Whoever looks after it learns that packs are not asked for: a point to come is held in no zone of this world."""
    async with app.database.transaction() as session:
        point = await factories.kept_point(session, date(2026, 12, 18))
        point.state, point.zone = MeetingState.PLANNED, "Nulle/Part"
    enqueue = Enqueue(app.settings)
    scheduler = Scheduler(app.database, lambda: EVENING, enqueue)

    async def seen() -> datetime | None:
        await scheduler.tick()
        async with app.database.transaction() as session:
            return await last_seen(session, SCHEDULER)

    assert await seen() is None
    async with app.database.transaction() as session:
        await session.execute(update(MeetingRow).values(zone="Europe/Paris"))
    assert await seen() == EVENING
    enqueue.close()


async def test_a_message_that_cannot_be_kept_is_left_out_and_logged(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.transaction() as session:
        coaches = [(await factories.account(session, 1000 + n)).id or 0 for n in range(3)]
    good, long_action, long_period = (
        Notification(REMINDER, number, "campaign:2026-12-31", "J-7", Screen("Il vous reste 6 personnes."))
        for number in coaches
    )
    bad = Screen("Il vous reste 6 personnes.", ((button("Ouvrir", "next", "x" * 64),),))
    with caplog.at_level(logging.ERROR):
        async with database.transaction() as session:
            await notify_each(
                session,
                NOW,
                [
                    replace(long_action, screen=bad),
                    replace(long_period, period="J" * (LONGEST_PERIOD + 1)),
                    good,
                ],
            )
    async with database.transaction() as session:
        assert list(await session.scalars(select(col(OutboxMessage.account_id)))) == [good.account_id]
    assert [record.message for record in caplog.records] == ["message left out"] * 2


def test_a_relay_s_period_holds_however_large_the_numbers_of_the_accounts() -> None:
    """Numbers of ten figures: fewer absent job coaches in a message, none forgotten."""
    numbers = range(2_000_000_001, 2_000_000_008)
    away = {"absent_from": date(2026, 12, 1), "absent_until": date(2027, 3, 1)}
    absent = [account(n, Role.JOB_COACH, SCOPE, wish=wish(n, **away)) for n in numbers]
    of = dispositif("ABC01", "69", recorded=False, **{f"a{n}": 6 for n in numbers})
    _, told = tick(standing([of], *absent, account(HERE, Role.COORDINATOR, SCOPE)), at("2026-12-21T08:00"))
    out, told = tick(told, at("2026-12-24T08:00"))
    relays = [one for one in out if one.kind == ABSENCE_RELAY]
    assert len(relays) > 1
    assert all(len(one.step.code) <= LONGEST_PERIOD for one in relays)
    assert {n for n in numbers for one in relays if f"compte{n}@" in one.screen.text} == set(numbers)
    assert [one for one in tick(told, at("2026-12-24T09:00"))[0] if one.kind == ABSENCE_RELAY] == []
