"""What messages said is forgotten long after they arrived; that they were told is not."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from models.accounts.permissions import Actor
from models.base.database import Database
from models.base.screens import Screen, button
from models.notifications.calendars import Calendar
from models.notifications.delivery.repository import claim_due, mark_ended, mark_sent
from models.notifications.emails import Email
from models.notifications.repository import REMEMBERED, Notification, forget_what_arrived, last_arrived, notify_all
from models.notifications.tables import Channel, Delivery, OutboxMessage
from models.reminders.messages import REMINDER
from tests.harness import factories
from tests.harness.factories import NOW

LATER = NOW + REMEMBERED + timedelta(seconds=1)
SCREEN = Screen("Il vous reste 6 personnes.", ((button("Saisir la suivante", "next"),),))
Ends = list[tuple[Channel, Delivery]]


async def told(database: Database, ends: Ends) -> int:
    """Tell one account so many messages with e-mails and calendar files, each with its end; return the account."""
    async with database.transaction() as session:
        account = (await factories.account(session, 1001)).id or 0
    letter, calendar = (
        Email("Jalon", "Il vous reste 6 personnes."),
        Calendar("point.ics", "REQUEST", "ATTENDEE:a@b.fr"),
    )
    for number, (channel, end) in enumerate(ends):
        async with database.transaction() as session:
            about = Notification(REMINDER, account, "campaign", str(number), SCREEN, letter=letter, calendar=calendar)
            await notify_all(session, NOW, [about])
            (claimed,) = await claim_due(session, NOW, 9)
            if end == Delivery.SENT:
                sent = 100 + number if channel == Channel.TELEGRAM else None
                await mark_sent(session, NOW, claimed, channel, sent)
            else:
                await mark_ended(session, NOW, claimed, end, channel, "HTTP 502")
    return account


async def rows(database: Database) -> list[OutboxMessage]:
    async with database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage).order_by(col(OutboxMessage.id))))


async def test_a_calendar_file_is_forgotten_once_it_arrived_and_kept_to_be_sent_again(database: Database) -> None:
    ends: Ends = [(Channel.EMAIL, Delivery.SENT), (Channel.EMAIL, Delivery.FAILED), (Channel.EMAIL, Delivery.UNCERTAIN)]
    await told(database, ends)
    assert [row.calendar is None for row in await rows(database)] == [True, False, False]
    assert all(row.letter for row in await rows(database))


async def test_a_quarter_later_what_arrived_is_empty_and_known_all_the_same(database: Database) -> None:
    ends: Ends = [
        (Channel.TELEGRAM, Delivery.SENT),
        (Channel.EMAIL, Delivery.SENT),
        (Channel.TELEGRAM, Delivery.UNCERTAIN),
        (Channel.EMAIL, Delivery.FAILED),
        (Channel.TELEGRAM, Delivery.SENT),
    ]
    account = await told(database, ends)
    async with database.transaction() as session:
        assert await forget_what_arrived(session, NOW + REMEMBERED) == 0
        assert [await forget_what_arrived(session, LATER, most=1) for _ in range(3)] == [1, 1, 0]
    found = await rows(database)
    assert [row.screen is None and row.letter is None for row in found] == [True, True, False, False, False]
    assert [(row.kind, row.period, row.channel, row.ended_at) for row in found] == [
        ("reminder", str(number), channel, NOW) for number, (channel, _) in enumerate(ends)
    ]
    async with database.transaction() as session:
        await notify_all(session, LATER, [Notification(REMINDER, account, "campaign", "0", SCREEN)])
        actor = Actor(account, ())
        assert list(await last_arrived(session, actor, None)) == [["Saisir la suivante", "next"]]
    assert len(await rows(database)) == len(ends)
