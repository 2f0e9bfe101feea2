"""Scenarios on virtual time over the local Telegram: months of a chef de file, a participant, a mail box."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import pytest
import vobject
from pypdf import PdfReader
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.accounts.repository import account_at, asker_of
from models.accounts.tables import Role
from models.base.clock import PARIS
from models.jobs.repository import UNDER_WAY
from models.jobs.signals import noted
from models.jobs.tables import Job
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.invitations.sending import invite_all
from models.meetings.kinds import MeetingKind
from models.meetings.obligations.register import RegisterLine, register
from models.meetings.obligations.states import DueState
from models.meetings.planning.series import RecurrenceRule
from models.meetings.planning.service import Done, Outcome, Planning
from models.meetings.planning.slots import Slot
from models.meetings.reports.service import Reporting, Written
from models.meetings.repository import Meeting
from models.meetings.states import Answer
from tasks.enqueue import Enqueue
from tasks.scheduler import Scheduler
from tasks.worker import work
from tests.harness import factories
from tests.harness.application import COORDINATOR, ON_SQLITE, Application
from tests.harness.fixtures import app, redis_url
from tests.harness.phone import Phone, plain
from tests.harness.smtp_server import Post, post_office
from tests.harness.wired import WIRED, over_http
from tests.meetings.platform import COMPLETE, RHONE
from tests.reminders.conftest import CHEF, Days, Told

pytestmark = WIRED

__all__ = ["app", "redis_url"]

MDPH = 1007
ASKED = "Point MDPH–SPE, Rhône, jeudi 18 février 2027 : la réunion a-t-elle eu lieu ?"
TO_REPORT = "Point MDPH–SPE, Rhône, jeudi 18 février 2027 : le compte rendu reste à signer."
PACK = "Dossier de la réunion : Point MDPH–SPE, Rhône"
MONDAY = datetime(2027, 2, 1, 7, tzinfo=PARIS)


def no_point(month: str) -> str:
    """Return the first line of what is told of a month."""
    return f"{month} : aucun point MDPH–SPE n'est encore fixé pour le Rhône."


def paris(month: int, day: int, hour: int = 0, year: int = 2027) -> datetime:
    """Return a moment by the clock of Paris."""
    return datetime(year, month, day, hour, tzinfo=PARIS)


class Working(Days):
    """Days on which the workers' jobs are waited for too."""

    async def _delivered(self) -> bool:
        jobs = await self.app.rows(Job)
        return not any(job.state in UNDER_WAY for job in jobs) and await super()._delivered()


@dataclass
class Months:
    """The months of a platform: a chef de file and a coordinator, the MDPH on the phone, France Travail by e-mail."""

    app: Application
    days: Days
    post: Post
    enqueue: Enqueue
    contacts: tuple[int, ...]

    async def chef(self) -> Actor:
        """Return who plans."""
        async with self.app.database.transaction() as session:
            account = await account_at(session, CHEF)
            assert account is not None
            assert account.id is not None
            return await asker_of(session, account.id)

    async def plan(self, day: date) -> Meeting:
        """Plan a point as the conversation does."""
        chef = await self.chef()
        slot = Slot(day, time(14), 90, place="MDPH, salle 2")
        async with self.app.database.transaction() as session:
            planning = Planning(session, chef, self.app.now)
            done = await self._sent(session, await planning.plan(MeetingKind.POINT, RHONE, slot, self.contacts))
        await self.enqueue(noted(session))
        return done.meeting

    async def move(self, meeting: Meeting, day: date) -> Meeting:
        """Move a point as the conversation does."""
        chef = await self.chef()
        async with self.app.database.transaction() as session:
            planning = Planning(session, chef, self.app.now)
            stands = await planning.meeting(meeting.id)
            to = Slot(day, stands.hour, stands.minutes, stands.place)
            done = await self._sent(session, await planning.move(stands.id, stands.revision, to))
        await self.enqueue(noted(session))
        return done.meeting

    async def cancel(self, meeting: Meeting) -> None:
        """Cancel a point as the conversation does."""
        chef = await self.chef()
        async with self.app.database.transaction() as session:
            planning = Planning(session, chef, self.app.now)
            stands = await planning.meeting(meeting.id)
            await self._sent(session, await planning.cancel(stands.id, stands.revision))
        await self.enqueue(noted(session))

    async def series(self, first: date) -> tuple[Meeting, ...]:
        """Plan the third Tuesday of twelve months."""
        chef = await self.chef()
        slot = Slot(first, time(14), 90, place="MDPH, salle 2")
        async with self.app.database.transaction() as session:
            planning = Planning(session, chef, self.app.now)
            rule = RecurrenceRule(3, 1)
            planned = await planning.plan_series(MeetingKind.POINT, RHONE, rule, slot, self.contacts)
            done = await self._sent(session, planned)
        await self.enqueue(noted(session))
        return done.meetings

    async def meeting(self, number: int) -> Meeting:
        """Return a meeting as it stands."""
        chef = await self.chef()
        async with self.app.database.transaction() as session:
            return await Planning(session, chef, self.app.now).meeting(number)

    async def report(self, meeting: Meeting) -> None:
        """Write and sign the report."""
        chef = await self.chef()
        async with self.app.database.transaction() as session:
            reporting = Reporting(session, chef, self.app.now)
            held, _ = await reporting.report(meeting.id)
            wrote = await reporting.write(held.id, held.revision, replace(COMPLETE, present=self.contacts))
            assert isinstance(wrote, Written)
            assert isinstance(await reporting.sign(held.id, wrote.meeting.revision), Written)

    async def events(self, phone: int) -> list[Any]:
        """Return what the file of a phone's last message puts into an agenda."""
        file = await self.document(await self.app.phone(phone).look())
        return list(vobject.readOne(file.decode()).vevent_list)

    async def document(self, phone: Phone) -> bytes:
        """Fetch the file of a phone's last message."""
        async with over_http(self.app).http.get(f"/sim/files/{phone.screen['document']['file_id']}") as answer:
            return await answer.read()

    async def _sent(self, session: AsyncSession, outcome: Outcome) -> Done:
        assert isinstance(outcome, Done), outcome
        await invite_all(session, self.app.now, outcome.meetings)
        return outcome


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server."""
    with post_office() as opened:
        yield opened


@pytest.fixture
async def months(app: Application, post: Post) -> AsyncIterator[Months]:
    """A platform in February, no campaign under way, nothing planned yet."""
    app.settings = app.settings.model_copy(update={"smtp_url": post.url})
    app.now = MONDAY
    async with app.database.transaction() as session:
        chef = await factories.account(session, CHEF, Role.CHEF_DE_FILE, RHONE, "chef@exemple.fr")
        await factories.account(session, MDPH, None, email="referente@mdph.exemple.fr")
        assert chef.id is not None
        book = AddressBook(session, await asker_of(session, chef.id), app.now)
        contacts = (
            await book.add(RHONE, Body.MDPH, Function.REFERENT, "referente@mdph.exemple.fr"),
            await book.add(RHONE, Body.FRANCE_TRAVAIL, Function.CONSEILLER, "conseil@ft.exemple.fr"),
        )
    phones = (CHEF, COORDINATOR, MDPH)
    for number in phones:
        await app.phone(number).send("/aide")
    enqueue = Enqueue(app.settings)
    schedulers = [Scheduler(app.database, lambda: app.now, enqueue) for _ in range(2)]
    stop = asyncio.Event()
    working = asyncio.create_task(work(app.settings, lambda: app.now, stop))
    days = Working(app, schedulers, phones)
    await days._read_phones()
    yield Months(app, days, post, enqueue, tuple(one.id for one in contacts))
    stop.set()
    await working
    enqueue.close()


@ON_SQLITE
async def test_a_month_without_a_point_escalates_exactly_as_written(months: Months) -> None:
    line = no_point("Février")
    assert await months.days.pass_until(paris(3, 1)) == [
        ("02-01 09", CHEF, line),
        ("02-10 09", CHEF, line),
        ("02-19 09", CHEF, line),
        ("02-19 09", COORDINATOR, line),
        ("02-22 09", CHEF, line),
        ("02-23 09", CHEF, line),
        ("02-24 09", CHEF, line),
        ("02-25 09", CHEF, line),
        ("02-26 09", CHEF, line),
    ]
    assert months.post.received == []
    phone = await months.app.phone(CHEF).look()
    await phone.tap("Planifier le point de février")
    assert phone.text != line


@ON_SQLITE
async def test_put_off_from_the_message_it_comes_back_on_that_day_unless_a_point_was_planned(months: Months) -> None:
    await months.days.pass_until(paris(2, 2))
    phone = await months.app.phone(CHEF).look()
    await phone.tap("Me le rappeler lundi")
    await months.days._read_phones()
    assert await months.days.pass_until(paris(2, 9)) == [("02-08 09", CHEF, no_point("Février"))]
    phone = await months.app.phone(CHEF).look()
    await phone.tap("Me le rappeler lundi")
    await months.plan(date(2027, 2, 24))
    await months.days.tick()
    await months.days._read_phones()
    assert of(await months.days.pass_until(paris(2, 16)), CHEF) == []


def of(told: list[Told], phone: int) -> list[Told]:
    """Return what one phone was told."""
    return [one for one in told if one[1] == phone]


async def test_a_point_planned_moved_held_and_reported_leaves_its_line_in_the_register(months: Months) -> None:
    days, app, post = months.days, months.app, months.post
    assert await days.pass_until(paris(2, 2)) == [("02-01 09", CHEF, no_point("Février"))]
    meeting = await months.plan(date(2027, 2, 16))
    await days.tick()
    assert await days._read_phones() == [("02-02 00", MDPH, "Invitation : Point MDPH–SPE, Rhône")]

    phone = await app.phone(MDPH).look()
    in_chat = vobject.readOne((await months.document(phone)).decode())
    (letter,) = post.letters()
    assert (letter["To"], plain(letter["Subject"])) == (
        "conseil@ft.exemple.fr",
        "Invitation : Point MDPH–SPE, Rhône, mardi 16 février 2027",
    )
    (shown,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    (attached,) = letter.iter_attachments()
    by_mail = vobject.readOne(shown.get_content())
    assert (shown.get_param("method"), attached.get_filename()) == ("REQUEST", "point-2027-02-16.ics")
    assert vobject.readOne(attached.get_content().decode()).vevent.uid.value == meeting.uid
    written = letter.get_body(("plain",))
    assert written is not None
    text = plain(written.get_content())
    assert "Répondez depuis votre agenda : votre réponse parvient à chef@exemple.fr." in text
    assert "t.me" not in text  # who has an address only is not sent to the chat
    for read in (in_chat, by_mail):
        assert (read.method.value, read.vevent.uid.value, read.vevent.sequence.value) == ("REQUEST", meeting.uid, "0")
        assert read.vevent.dtstart.value == paris(2, 16, 14)
        assert len(read.vevent.valarm_list) == 2

    await phone.tap("Présent")
    assert "présent" in phone.text.casefold()
    assert [one.answer for one in (await months.meeting(meeting.id)).participants if one.answer] == [Answer.PRESENT]
    chef = app.phone(CHEF)
    await chef.look()
    await chef.tap(data=f"mt:{meeting.id}")
    assert "présent" in chef.text.casefold()
    await days._read_phones()

    assert await days.pass_until(paris(2, 5)) == []
    await months.move(meeting, date(2027, 2, 18))
    await days.tick()
    assert await days._read_phones() == [("02-05 00", MDPH, "Déplacé : Point MDPH–SPE, Rhône")]
    moved = vobject.readOne((await months.document(await phone.look())).decode())
    assert (moved.vevent.uid.value, moved.vevent.sequence.value) == (meeting.uid, "1")
    assert [one.answer for one in (await months.meeting(meeting.id)).participants if one.answer] == []

    assert await days.pass_until(paris(2, 18, 15)) == [
        ("02-11 09", MDPH, "Dans 7 jours : Point MDPH–SPE, Rhône."),
        ("02-17 09", CHEF, PACK),
        ("02-17 09", CHEF, PACK),
        ("02-17 09", MDPH, "Demain : Point MDPH–SPE, Rhône."),
        ("02-18 12", MDPH, "À 14 h : Point MDPH–SPE, Rhône."),
    ]
    assert len(post.letters()) == 2 + 3  # the same, by e-mail
    await chef.look()
    assert len(PdfReader(io.BytesIO(await months.document(chef))).pages) == 1

    assert await days.pass_until(paris(2, 18, 22)) == [("02-18 16", CHEF, ASKED)]
    await (await chef.look()).tap("Oui, faire le compte rendu")
    await days._read_phones()
    assert await days.pass_until(paris(2, 20)) == [("02-19 09", CHEF, TO_REPORT)]
    await months.report(meeting)
    assert await days.pass_until(paris(3, 1, 8)) == []
    (line,) = await months_register(months)
    assert (line.due.state, line.due.period.name) == (DueState.KEPT, "février 2027")

    assert await days.pass_until(paris(3, 1, 10)) == [("03-01 09", CHEF, no_point("Mars"))]
    assert "Le dernier a eu lieu le 18 février." in (await chef.look()).text
    assert chef.labels[:2] == ["Planifier le point de mars", "Comme le mois dernier : jeudi 18, 14 h"]
    await chef.tap("Comme le mois dernier")
    assert "18 mars 2027" in chef.text


async def months_register(months: Months) -> list[RegisterLine]:
    """Return the lines of February."""
    chef = await months.chef()
    async with months.app.database.transaction() as session:
        lines = await register(session, chef, date(2027, 2, 20), RHONE, date(2027, 2, 1), date(2027, 2, 28))
    return [line for line in lines if line.due.kind.code is MeetingKind.POINT]


@ON_SQLITE
async def test_a_series_of_twelve_with_one_cancelled(months: Months) -> None:
    days = months.days
    meetings = await months.series(date(2027, 2, 1))
    assert len(meetings) == 12
    await days.tick()
    told = [line for _, _, line in await days._read_phones()]
    assert told == ["Invitation : Point MDPH–SPE, Rhône, 12 dates"]
    assert len(months.post.letters()) == 12
    agenda = {event.uid.value: event for event in await months.events(MDPH)}
    assert set(agenda) == {one.uid for one in meetings}
    guest = await months.app.phone(MDPH).look()
    await guest.tap("Présent à toutes")
    assert guest.text.startswith("C'est noté pour 12 dates : présent.")
    for one in meetings:
        assert [part.answer for part in (await months.meeting(one.id)).participants if part.answer] == [Answer.PRESENT]
    await days._read_phones()
    april = next(one for one in meetings if one.day.month == 4)
    await months.cancel(april)
    await days.tick()
    assert [line for _, _, line in await days._read_phones()] == ["Annulé : Point MDPH–SPE, Rhône"]
    withdrawn = vobject.readOne((await months.document(await months.app.phone(MDPH).look())).decode())
    assert (withdrawn.method.value, withdrawn.vevent.uid.value) == ("CANCEL", april.uid)
    assert int(withdrawn.vevent.sequence.value) > int(agenda[april.uid].sequence.value)
    assert of(await days.pass_until(paris(2, 8)), CHEF) == []  # February is planned
    await days.jump_to(paris(4, 1, 8))
    assert ("04-01 09", CHEF, no_point("Avril")) in await days.pass_until(paris(4, 2))
    told_late = of(await days.pass_until(paris(4, 19)), MDPH)
    assert told_late == []  # nobody is reminded of what was cancelled


@ON_SQLITE
async def test_whom_the_chat_does_not_reach_has_a_series_in_one_letter(months: Months) -> None:
    async with over_http(months.app).http.post(f"/sim/users/{MDPH}/block"):
        meetings = await months.series(date(2027, 2, 1))
    await months.days.tick()
    assert len(months.post.letters()) == 12 + 1
    (letter,) = [one for one in months.post.letters() if one["To"] == "referente@mdph.exemple.fr"]
    assert plain(letter["Subject"]) == "Invitation : Point MDPH–SPE, Rhône, 12 dates"
    (shown,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert shown.get_param("method") == "PUBLISH"
    assert len(vobject.readOne(shown.get_content()).vevent_list) == len(meetings)
    written = letter.get_body(("plain",))
    assert written is not None
    assert "Pour répondre, écrivez à chef@exemple.fr." in plain(written.get_content())
