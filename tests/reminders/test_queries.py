"""No screen of the reminders or the announcements asks the database more the more people there are."""

from datetime import UTC, date, datetime, timedelta

from models.accounts.tables import Account, Role
from models.meetings.states import MeetingState
from models.reference.scopes import NATIONAL
from tests.entry.test_queries import BOUND, Counting
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import USUAL

ADMIN = 1004
FEW, MANY = 2, 60

DEPARTEMENTS = ("69", "38", "01")


async def crowd(app: Application, first: int, number: int) -> None:
    """Write so many more coaches, each with a person, and so many points that were held and wait for their report."""
    async with app.database.transaction() as session:
        for offset in range(first, first + number):
            coach = await factories.account(session, 3000 + offset, email=f"coach{offset}@exemple.fr")
            await factories.person(session, 7000 + offset, coach, past=USUAL)
            day = date(2026, 11, 15) + timedelta(days=offset // len(DEPARTEMENTS))
            point = await factories.kept_point(session, day, DEPARTEMENTS[offset % len(DEPARTEMENTS)])
            point.state = MeetingState.HELD


async def every_screen(app: Application, base: int) -> dict[str, tuple[int, int]]:
    going = Counting(app, app.phone(3000 + base))
    await going.send("reminders", "/rappels")
    await going.tap("snoozed", "Me le rappeler demain")
    await going.tap("snoozed again", data="snoozed")
    await going.tap("reminders", "Vos rappels")
    await going.tap("choices", data="snooze_later")
    await going.tap("refused", data="snooze:2027-02-02")
    await going.tap("unsnoozed", data="snooze_off")
    await going.tap("hours", "Changer l'heure")
    await going.tap("hour", "10 h")
    await going.tap("absence", "Indiquer une absence")
    await going.tap("absence, last day", "16")
    await going.tap("absent", "18")
    await going.tap("back", "Annuler l'absence")
    theirs = Counting(app, app.phone(COORDINATOR))
    theirs.counts = going.counts
    await theirs.send("reminders of a coordinator", "/rappels")
    await theirs.tap("digests paused", "Suspendre le bilan")
    await theirs.tap("digests again", "Reprendre le bilan")
    await theirs.tap("forecast", "Prévision")
    await theirs.tap("who put off", "Qui a reporté ?")
    await app.phone(ADMIN).send("/rappels apercu")  # asked for again, it looks at the work it asked for before
    admins = Counting(app, app.phone(ADMIN))
    admins.counts = going.counts
    await admins.send("preview of reminders", "/rappels apercu")
    await admins.send("to whom", "/annonce")
    await admins.tap("scope", "Job coachs")
    await admins.tap("text", "France entière")
    await admins.send("preview", "Bonjour.")
    await admins.tap("sent", "Envoyer à")
    await admins.tap("last announcements", "Actualiser")
    return going.counts


async def test_no_screen_takes_more_than_six_queries_however_many_they_are(app: Application, coach: Account) -> None:
    app.now = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
    async with app.database.transaction() as session:
        await factories.account(session, ADMIN, Role.ADMIN, NATIONAL, "admin@exemple.fr")
    await crowd(app, 0, FEW)
    few = await every_screen(app, 0)
    await crowd(app, FEW, MANY)
    many = await every_screen(app, FEW)

    print("statements and, of them, SELECTs:", many)
    assert {screen: selects for screen, (_, selects) in many.items() if selects > BOUND} == {}
    assert few == many
