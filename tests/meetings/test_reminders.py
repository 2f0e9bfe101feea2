"""When who is told what about meetings: the days as tables, then whole months over a database."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.repository import account_by_email
from models.accounts.tables import Role
from models.base.clock import PARIS
from models.base.database import Database
from models.base.revision import short
from models.base.screens import Screen, typeset
from models.dispositifs.tables import Dispositif
from models.entry.service import Unknown
from models.jobs.repository import ask
from models.meetings.invitations.sending import invite_all
from models.meetings.invitations.service import Invitations
from models.meetings.jobs import PACK
from models.meetings.kinds import MeetingKind
from models.meetings.messages import MEETING_OVER, MEETING_SOON, MEETING_TO_COME, POINT_MISSING
from models.meetings.planning.service import Done, Planning
from models.meetings.reminders.snooze import remind_later
from models.meetings.reminders.standing import pointless, read_meetings, read_soon
from models.meetings.reminders.unplanned import Unplanned
from models.meetings.repository import Meeting
from models.meetings.states import Answer
from models.meetings.territories import of_departement
from models.notifications.repository import notify_all
from models.notifications.tables import OutboxMessage
from models.reference.departements import departements
from models.reference.working_days import place_of
from models.reminders.tables import ReminderWish
from reminders.due import due, due_packs, due_soon
from reminders.meetings import plan_meetings
from reminders.meetings_steps import after_steps, before_steps, month_steps
from reminders.reminder import Reminder
from tests.harness import factories
from tests.harness.factories import kept_screen
from tests.harness.phone import plain
from tests.meetings.platform import RHONE, SLOT, People, point

Days = str
"""Days of a month or of a year, as « 04 08 20 » or « 01-12 »."""

MONTHS: tuple[tuple[str, str, date, Days], ...] = (
    ("the 20th is a Sunday, Christmas among the last days", "69", date(2026, 12, 1), "01 10 18 24 28 29 30 31"),
    ("New Year is a Friday, the 10th a Sunday", "69", date(2027, 1, 1), "04 08 20 25 26 27 28 29"),
    ("28 days", "69", date(2027, 2, 1), "01 10 19 22 23 24 25 26"),
    ("29 days", "69", date(2028, 2, 1), "01 10 18 23 24 25 28 29"),
    ("the first is a Sunday", "69", date(2027, 8, 1), "02 10 20 25 26 27 30 31"),
    ("May begins with a holiday and a week-end", "69", date(2027, 5, 1), "03 10 20 25 26 27 28 31"),
    ("the second day of Christmas in Alsace", "67", date(2028, 12, 1), "01 08 20 21 22 27 28 29"),
    ("the same month elsewhere", "69", date(2028, 12, 1), "01 08 20 22 26 27 28 29"),
    ("20 December in La Réunion", "974", date(2027, 12, 1), "01 10 17 27 28 29 30 31"),
    ("27 May in Guadeloupe", "971", date(2027, 5, 1), "03 10 20 24 25 26 28 31"),
)


@pytest.mark.parametrize(("code", "month", "days"), [row[1:] for row in MONTHS], ids=[row[0] for row in MONTHS])
def test_the_days_on_which_a_month_without_a_point_is_spoken_of(code: str, month: date, days: Days) -> None:
    steps = month_steps(month, place_of(code))
    assert " ".join(f"{step.day:%d}" for step in steps) == days
    assert {(step.day.year, step.day.month) for step in steps} == {(month.year, month.month)}
    assert [step.code.partition(" ")[2] for step in steps] == [
        "début", "le 10", "le 20", "fin-5", "fin-4", "fin-3", "fin-2", "fin-1",
    ]  # fmt: skip


def test_every_month_of_ten_years_is_spoken_of_eight_times_at_most_and_once_a_day_everywhere() -> None:
    places = {place_of(code) for code in departements()}
    for place in places:
        for number in range(120):
            steps = month_steps(date(2025 + number // 12, number % 12 + 1, 15), place)
            assert len(steps) == len({step.day for step in steps}) == 8


BEFORE: tuple[tuple[str, str, date, Days], ...] = (
    ("in the middle of a week", "69", date(2027, 1, 14), "01-07 01-13"),
    ("on a Monday", "69", date(2027, 1, 18), "01-11 01-15"),
    ("after Easter Monday", "69", date(2027, 3, 30), "03-23 03-26"),
    ("a week after Christmas", "69", date(2027, 1, 1), "12-24 12-31"),
    ("the day after the second day of Christmas in Alsace", "67", date(2028, 12, 27), "12-20 12-22"),
    ("the day after 20 December in La Réunion", "974", date(2027, 12, 21), "12-14 12-17"),
)


@pytest.mark.parametrize(("code", "day", "days"), [row[1:] for row in BEFORE], ids=[row[0] for row in BEFORE])
def test_a_week_and_a_day_before_on_working_days(code: str, day: date, days: Days) -> None:
    assert " ".join(f"{step.day:%m-%d}" for step in before_steps(day, place_of(code))) == days


def test_after_the_end_then_the_next_working_day_then_weekly_for_a_month() -> None:
    steps = after_steps(date(2027, 2, 12), place_of("69"))
    assert [f"{step.day:%m-%d}" for step in steps] == ["02-12", "02-15", "02-22", "03-01", "03-08", "03-15"]


Told = tuple[str, str, str]
"""When by the clock of Paris, to whom, the step."""


async def passing(session: AsyncSession, since: datetime, until: datetime) -> list[Told]:
    """Let the time pass; at each whole hour write what is due as the scheduler does, and return what was told."""
    told = []
    now = since
    while now < until:
        if now.hour in {3, 5, 8, 12, 15, 23}:
            going = [one for one in await due(session, now) if one.held_until is None]
            await notify_all(session, now, [one.notification(now) for one in going])
            told += [as_told(one, now) for one in going]
        now += timedelta(hours=1)
    return told


def as_told(one: Reminder, now: datetime) -> Told:
    """Return a reminder as a line."""
    return f"{now.astimezone(PARIS):%m-%d %H}", one.person.recipient.email.partition("@")[0], one.step.code


def at(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2027) -> datetime:
    """Return a moment by the clock of Paris."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


CHEF, OF_ABC01, ISERE_CHEF, REUNION_CHEF = "poste2000", "poste2001", "poste2002", "poste2003"
COORDINATOR, ISERE_COORDINATOR = "poste2004", "poste2005"
MDPH, FRANCE_TRAVAIL, CAP_EMPLOI = "referente", "conseil", "equipe"


def of(told: Iterable[Told], *who: str) -> list[Told]:
    """Return what some were told."""
    return [one for one in told if one[1] in who]


async def test_a_month_without_a_point_is_told_to_each_chef_de_file_at_nine_where_they_are(
    session: AsyncSession, people: People
) -> None:
    told = await passing(session, at(1, 31, 0), at(3, 1, 0))
    days = (
        ("02-01", "début"), ("02-10", "le 10"), ("02-19", "le 20"), ("02-22", "fin-5"), ("02-23", "fin-4"),
        ("02-24", "fin-3"), ("02-25", "fin-2"), ("02-26", "fin-1"),
    )  # fmt: skip
    for chef in (CHEF, OF_ABC01, ISERE_CHEF):
        assert of(told, chef) == [(f"{day} 09", chef, f"2027-02 {code}") for day, code in days]
    assert of(told, REUNION_CHEF) == [(f"{day} 06", REUNION_CHEF, f"2027-02 {code}") for day, code in days]
    further = [("02-19 09", COORDINATOR, "2027-02 le 20"), ("02-19 09", ISERE_COORDINATOR, "2027-02 le 20")]
    assert of(told, COORDINATOR, ISERE_COORDINATOR) == further
    assert len(told) == 4 * len(days) + len(further)


async def test_what_it_says_and_the_ways_on(session: AsyncSession, people: People) -> None:
    held = await point(session, people, date(2027, 1, 19), now=at(1, 4))
    done = await Planning(session, people["chef"], held.ends_at).held(held.id, held.revision, took_place=True)
    assert isinstance(done, Done)
    screens = await unplanned(session, at(2, 1))
    assert plain(screens[CHEF].text) == (
        "Février : aucun point MDPH–SPE n'est encore fixé pour le Rhône.\nLe dernier a eu lieu le 19 janvier."
    )
    assert buttons(screens[CHEF]) == [
        ("Planifier le point de février", "point_new:departement:69"),
        ("Comme le mois dernier : mardi 16, 14 h", "point_same:departement:69"),
        ("Me le rappeler lundi 8 février", "point_later:departement:69:2027-02-08"),
    ]
    assert buttons(screens[OF_ABC01])[0] == ("Planifier le point de février", "point_new:dispositif:ABC01")
    assert plain(screens[REUNION_CHEF].text).endswith("pour La Réunion.\nAucun point n'y est encore noté.")
    late = await unplanned(session, at(2, 26))
    assert buttons(late[CHEF]) == [("Planifier le point de février", "point_new:departement:69")]


async def unplanned(session: AsyncSession, now: datetime) -> dict[str, Screen]:
    """Return what each is told of the month."""
    return {as_told(one, now)[1]: one.screen for one in await due(session, now) if one.kind is POINT_MISSING}


def buttons(screen: Screen) -> list[tuple[str, str]]:
    """Return the buttons of a screen."""
    return [(button.label, button.action.pack()) for row in screen.rows for button in row]


async def test_a_point_planned_silences_its_month_and_one_cancelled_does_no_more(
    session: AsyncSession, people: People
) -> None:
    meeting = await point(session, people, date(2027, 2, 18), now=at(2, 2))
    assert of(await passing(session, at(2, 2), at(2, 15)), CHEF, OF_ABC01, COORDINATOR) == []
    done = await Planning(session, people["chef"], at(2, 15)).cancel(meeting.id, meeting.revision)
    assert isinstance(done, Done)
    assert of(await passing(session, at(2, 15, 9), at(2, 24)), CHEF) == [
        ("02-15 09", CHEF, "2027-02 le 10"),
        ("02-19 09", CHEF, "2027-02 le 20"),
        ("02-22 09", CHEF, "2027-02 fin-5"),
        ("02-23 09", CHEF, "2027-02 fin-4"),
    ]


async def test_put_off_to_monday_nothing_comes_before_and_then_once(session: AsyncSession, people: People) -> None:
    now = at(2, 17)
    assert await remind_later(session, people["chef"], now, RHONE, date(2027, 2, 22)) == date(2027, 2, 22)
    assert of(await passing(session, now, at(2, 24, 0)), CHEF) == [("02-23 09", CHEF, "2027-02 fin-4")]
    rows = [one for one in await outbox(session) if "report" in one.period]
    assert [(one.kind, one.subject, one.period, one.due_at, one.stale_after) for one in rows] == [
        (POINT_MISSING.code, RHONE, "2027-02 report 2027-02-22", at(2, 22), at(2, 22, 19))
    ]
    assert "Février : aucun point" in kept_screen(rows[0])["text"]
    assert await remind_later(session, people["chef"], now, RHONE, date(2027, 2, 17)) is None
    assert await remind_later(session, people["chef"], now, RHONE, date(2027, 3, 1)) is None
    for post, scope in (("chef of the Isère", RHONE), ("coordinator", RHONE), ("chef of ABC01", RHONE)):
        with pytest.raises(Unknown):
            await remind_later(session, people[post], now, scope, date(2027, 2, 22))


async def outbox(session: AsyncSession) -> Sequence[OutboxMessage]:
    """Return what the outbox holds."""
    return (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()  # type: ignore[arg-type]


async def invited(session: AsyncSession, people: People, day: date, now: datetime) -> Meeting:
    """Plan a point and invite to it."""
    meeting = await point(session, people, day, now=now)
    await invite_all(session, now, [meeting])
    return meeting


async def test_participants_a_week_before_a_day_before_and_two_hours_before(
    session: AsyncSession, people: People
) -> None:
    await invited(session, people, date(2027, 2, 18), at(2, 2))
    told = of(await passing(session, at(2, 2), at(2, 18, 14)), MDPH, FRANCE_TRAVAIL, CAP_EMPLOI)
    assert of(told, MDPH) == [
        ("02-11 09", MDPH, "J-7 2027-02-18"),
        ("02-17 09", MDPH, "J-1 2027-02-18"),
        ("02-18 13", MDPH, "H-2 2027-02-18 14-00"),
    ]
    assert len(told) == 3 * 3
    letters = [one.letter["text"] for one in await outbox(session) if one.letter is not None]
    assert [text for text in letters if "\x02" in text or text != typeset(text)] == [], "letters are typeset too"


async def test_whoever_was_invited_less_than_a_week_ago_is_not_reminded_of_it_at_once(
    session: AsyncSession, people: People
) -> None:
    await invited(session, people, date(2027, 2, 18), at(2, 12))
    told = of(await passing(session, at(2, 12), at(2, 18, 10)), MDPH)
    assert told == [("02-17 09", MDPH, "J-1 2027-02-18")]


async def test_the_day_moved_only_the_new_one_is_reminded_of(session: AsyncSession, people: People) -> None:
    meeting = await invited(session, people, date(2027, 2, 16), at(2, 2))
    planning = Planning(session, people["chef"], at(2, 8))
    done = await planning.move(meeting.id, meeting.revision, replace(SLOT, day=date(2027, 2, 25)))
    assert isinstance(done, Done)
    await invite_all(session, at(2, 8), done.meetings)
    told = of(await passing(session, at(2, 8, 10), at(2, 25, 14)), MDPH)
    assert [code for _, _, code in told] == ["J-7 2027-02-25", "J-1 2027-02-25", "H-2 2027-02-25 14-00"]


async def test_who_is_absent_or_said_so_is_not_reminded_and_wishes_of_hours_hold(
    session: AsyncSession, people: People
) -> None:
    meeting = await invited(session, people, date(2027, 2, 18), at(2, 2))
    numbers = {}
    for address in (MDPH, FRANCE_TRAVAIL):
        email = next(one.contact.email for one in meeting.participants if one.contact.email.startswith(address))
        account = await account_by_email(session, email)
        assert account is not None
        assert account.id is not None
        numbers[address] = account.id
    first, last = date(2027, 2, 8), date(2027, 2, 15)
    away = ReminderWish(account_id=numbers[MDPH], absent_from=first, absent_until=last, changed_at=at(2, 2))
    session.add(away)
    session.add(ReminderWish(account_id=numbers[FRANCE_TRAVAIL], hour=13, changed_at=at(2, 2)))
    await session.flush()
    declined = Invitations(session, people["chef"], at(2, 3))
    contact = next(one.contact.id for one in meeting.participants if one.contact.email.startswith(CAP_EMPLOI))
    await declined.answer_for(meeting.id, contact, Answer.ABSENT)
    told = of(await passing(session, at(2, 10, 0), at(2, 18, 10)), MDPH, FRANCE_TRAVAIL, CAP_EMPLOI)
    assert told == [
        ("02-11 13", FRANCE_TRAVAIL, "J-7 2027-02-18"),
        ("02-17 09", MDPH, "J-1 2027-02-18"),
        ("02-17 13", FRANCE_TRAVAIL, "J-1 2027-02-18"),
    ]


SOON: tuple[tuple[str, time, time, str], ...] = (
    ("to the minute", time(14, 25), time(12, 25), ""),
    ("not a minute before", time(14, 25), time(12, 24), "none"),
    ("late, while it has not begun", time(14, 25), time(14, 0), ""),
    ("not once it has begun", time(14, 25), time(14, 25), "none"),
    ("early in the morning it waits for eight", time(9, 0), time(7, 0), "held"),
    ("and comes at eight", time(9, 0), time(8, 0), ""),
)


@pytest.mark.parametrize(("begins", "looked_at", "found"), [row[1:] for row in SOON], ids=[row[0] for row in SOON])
async def test_two_hours_before(
    session: AsyncSession, people: People, begins: time, looked_at: time, found: str
) -> None:
    done = await Planning(session, people["chef"], at(2, 2)).plan(
        MeetingKind.POINT, RHONE, replace(SLOT, day=date(2027, 2, 18), hour=begins), people.contacts
    )
    assert isinstance(done, Done)
    await invite_all(session, at(2, 2), done.meetings)
    planned = await due_soon(session, at(2, 18, looked_at.hour, looked_at.minute))
    expected = 0 if found == "none" else 3
    assert len(planned) == expected
    assert all((one.held_until is not None) == (found == "held") for one in planned)
    if found == "held":
        assert {one.held_until for one in planned} == {at(2, 18, 8)}


async def test_whoever_is_invited_within_the_last_two_hours_just_read_the_hour(
    session: AsyncSession, people: People
) -> None:
    meeting = await invited(session, people, date(2027, 2, 18), at(2, 18, 12))
    assert len(await due_soon(session, at(2, 18, 12, 1))) == 0
    other = await invited(session, people, date(2027, 2, 19), at(2, 19, 11, 59))
    assert {one.subject for one in await due_soon(session, at(2, 19, 12, 1))} == {f"meeting:{other.id}"}
    assert other.id != meeting.id


async def test_after_the_end_until_somebody_answers_then_for_the_report(session: AsyncSession, people: People) -> None:
    meeting = await invited(session, people, date(2027, 2, 12), at(2, 2))
    told = of(await passing(session, at(2, 12, 14), at(2, 27)), CHEF)
    assert told == [
        ("02-12 16", CHEF, "fin 2027-02-12"),
        ("02-15 09", CHEF, "lendemain 2027-02-12"),
        ("02-22 09", CHEF, "semaine 1 2027-02-12"),
    ]
    (asked,) = await words(session, at(3, 1))
    assert plain(asked.screen.text) == "Point MDPH–SPE, Rhône, vendredi 12 février 2027 : la réunion a-t-elle eu lieu ?"
    assert buttons(asked.screen) == [
        ("Oui, faire le compte rendu", f"mt_word:{meeting.id}:yes:{short(meeting.revision)}"),
        ("Non", f"mt_word:{meeting.id}:no:{short(meeting.revision)}"),
        ("Voir", f"mt:{meeting.id}"),
    ]
    held = await Planning(session, people["chef"], at(3, 1)).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(held, Done)
    (asked,) = await words(session, at(3, 1))
    assert "le compte rendu reste à signer" in plain(asked.screen.text)
    assert buttons(asked.screen)[0] == ("Faire le compte rendu", f"mt_report:{meeting.id}")
    missed = await Planning(session, people["chef"], at(3, 1)).held(meeting.id, held.meeting.revision, took_place=False)
    assert isinstance(missed, Done)
    assert await words(session, at(3, 1)) == []


async def words(session: AsyncSession, now: datetime) -> list[Reminder]:
    """Return what the chef de file of the Rhône is asked about meetings that are over."""
    return [one for one in await due(session, now) if one.kind is MEETING_OVER and as_told(one, now)[1] == CHEF]


async def test_the_pack_is_made_the_working_day_before_for_each_who_leads(
    session: AsyncSession, people: People
) -> None:
    await invited(session, people, date(2027, 2, 15), at(2, 2))
    for when, found in ((at(2, 12, 8), 0), (at(2, 12, 9), 1), (at(2, 13, 9), 0), (at(2, 11, 9), 0)):
        assert len(await due_packs(session, when)) == found, when


async def test_a_meeting_that_moved_gets_a_pack_of_its_new_day(session: AsyncSession, people: People) -> None:
    meeting = await invited(session, people, date(2027, 2, 15), at(2, 2))
    chef = people["chef"].account_id
    await ask(session, at(2, 12, 9), PACK, chef, meeting=meeting.id, day="2027-02-15")
    assert await due_packs(session, at(2, 12, 10)) == []
    slot = replace(SLOT, day=date(2027, 2, 18))
    moved = await Planning(session, people["chef"], at(2, 12, 11)).move(meeting.id, meeting.revision, slot)
    assert isinstance(moved, Done)
    assert len(await due_packs(session, at(2, 17, 9))) == 1


async def test_what_moved_or_was_settled_is_withdrawn_before_it_is_sent(session: AsyncSession, people: People) -> None:
    meeting = await invited(session, people, date(2027, 2, 18), at(2, 2))
    subject = f"meeting:{meeting.id}"
    true = {
        (MEETING_TO_COME.code, subject, "J-7 2027-02-18"),
        (MEETING_SOON.code, subject, "H-2 2027-02-18 14-00"),
        (POINT_MISSING.code, "departement:38", "2027-02 début"),
    }
    false = {
        (MEETING_TO_COME.code, subject, "J-7 2027-02-16"),
        (MEETING_SOON.code, subject, "H-2 2027-02-18 13-00"),
        (POINT_MISSING.code, RHONE, "2027-02 début"),
        (MEETING_OVER.code, "meeting:999", "fin 2027-02-18"),
    }
    assert await pointless(session, at(2, 10), true | false) == false
    past = {(POINT_MISSING.code, "departement:38", "2027-01 report 2027-01-29")}
    assert await pointless(session, at(2, 1, 0), past) == past, "what is about a month that is over"
    assert await pointless(session, at(1, 31, 23), past) == set()
    assert await pointless(session, at(2, 18, 14), {(MEETING_SOON.code, subject, "H-2 2027-02-18 14-00")}) != set()
    done = await Planning(session, people["chef"], at(2, 10)).cancel(meeting.id, meeting.revision)
    assert isinstance(done, Done)
    gone = true - {(POINT_MISSING.code, "departement:38", "2027-02 début")}
    assert await pointless(session, at(2, 10), true) == gone


async def test_a_hundred_departements_are_planned_in_a_fixed_number_of_statements(database: Database) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    codes = list(departements())
    async with database.transaction() as session:
        for number, code in enumerate(codes):
            reference = f"D{number:04d}"
            await factories.write(session, Dispositif(reference=reference, nom=reference, departement_no=code))
            chef = f"chef{number}@exemple.fr"
            await factories.account(session, 5000 + number, Role.CHEF_DE_FILE, f"departement:{code}", chef)
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.transaction() as session:
        now = at(2, 1, 13)
        planned = plan_meetings(await read_meetings(session, now), now)
        assert len({one.subject for one in planned}) == len(codes)
        assert len([one for one in statements if not one.startswith("BEGIN")]) <= 20
        statements.clear()
        assert (await read_soon(session, now)).meetings == ()
        assert len([one for one in statements if not one.startswith("BEGIN")]) == 1


@pytest.mark.parametrize(("month", "said"), [(4, "d'avril 2027"), (5, "de mai 2027"), (10, "d'octobre 2027")])
def test_a_month_is_named_as_one_says_it(month: int, said: str) -> None:
    unplanned = Unplanned(of_departement("69"), RHONE, date(2027, month, 1))
    screen = unplanned.to_leader(date(2027, month, 1))
    assert unplanned.letter(screen).subject == f"Jalon : point MDPH–SPE {said}"
    assert buttons(screen)[0][0] == f"Planifier le point {said.removesuffix(' 2027')}"
