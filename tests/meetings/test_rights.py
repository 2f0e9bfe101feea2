"""Who leads, knows and counts: for each post, what it may not read or write is tried and refused (`droits.yaml`)."""

from datetime import date

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import RoleGrant
from models.entry.service import Unknown
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook, ContactRefused
from models.meetings.invitations.calendar_files import calendar_file
from models.meetings.invitations.sending import invite_all
from models.meetings.kinds import MeetingKind
from models.meetings.obligations.register import register
from models.meetings.planning.checks import Doubt, PlanningRefused
from models.meetings.planning.service import Done, Planning
from models.meetings.reports.service import Reporting
from models.meetings.states import Reason
from models.meetings.territories import territory
from tests.meetings.platform import COMPLETE, ISERE, NOW, POSTS, RHONE, SLOT, People, after, point

LEADS = {"chef", "admin"}
KNOWS = LEADS | {"chef of ABC01", "coordinator"}
COUNTS = KNOWS | {"reader", "reader of the region"}


async def test_a_point_of_the_rhone(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    for post in POSTS:
        planning = Planning(session, people[post], after(meeting))
        reporting = Reporting(session, people[post], after(meeting))

        seen = await planning.meetings(RHONE, date(2027, 1, 1), date(2027, 1, 31))
        assert bool(seen) == (post in KNOWS), post
        for one in seen:
            assert (one.day, one.state) == (meeting.day, meeting.state)
            assert bool(one.participants) == bool(one.link) == bool(one.organiser) == (post in LEADS), post

        if post in LEADS:
            assert (await planning.meeting(meeting.id)).id == meeting.id
            assert (await reporting.report(meeting.id))[1] is None
            continue
        for refused in (
            planning.meeting(meeting.id),
            planning.move(meeting.id, meeting.revision, SLOT),
            planning.cancel(meeting.id, meeting.revision),
            planning.replace(meeting.id, meeting.revision, SLOT),
            planning.invite(meeting.id, meeting.revision, people.contacts),
            planning.held(meeting.id, meeting.revision, took_place=True),
            reporting.report(meeting.id),
            reporting.to_follow(meeting.id),
            reporting.write(meeting.id, meeting.revision, COMPLETE),
            reporting.sign(meeting.id, meeting.revision),
            reporting.correct(meeting.id, meeting.revision, COMPLETE, Reason.ERREUR),
        ):
            with pytest.raises(Unknown):
                await refused


async def test_the_register_of_the_rhone(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    for post in POSTS:
        asked = register(session, people[post], NOW.date(), RHONE, date(2027, 1, 1), date(2027, 1, 31))
        if post not in COUNTS:
            with pytest.raises(Unknown):
                await asked
            continue
        [line] = [line for line in await asked if line.meeting is not None]
        assert line.meeting is not None
        assert line.meeting.day == meeting.day
        assert bool(line.bodies) == bool(line.meeting.participants) == (post in LEADS), post


async def test_the_address_book_is_of_who_leads(session: AsyncSession, people: People) -> None:
    for post in POSTS:
        book = AddressBook(session, people[post], NOW)
        if post in LEADS:
            assert {one.id for one in await book.contacts(RHONE)} == set(people.contacts)
            continue
        for refused in (
            book.contacts(RHONE),
            book.add(RHONE, Body.AUTRE, Function.AUTRE, "x@exemple.fr"),
            book.archive(people.contacts[0]),
        ):
            with pytest.raises(Unknown):
                await refused


async def test_a_chef_de_file_of_one_dispositif_leads_that_one(session: AsyncSession, people: People) -> None:
    chef = people["chef of ABC01"]
    contact = await AddressBook(session, chef, NOW).add("dispositif:ABC01", Body.ARS, Function.DIRECTION, "ars@x.fr")
    planning = Planning(session, chef, NOW)
    done = await planning.plan(MeetingKind.DIALOGUE_GESTION, "dispositif:ABC01", SLOT, [contact.id], list(Doubt))
    assert isinstance(done, Done)
    for post in POSTS:
        leads = post in LEADS | {"chef of ABC01"}
        seen = await Planning(session, people[post], NOW).meetings("dispositif:ABC01", SLOT.day, SLOT.day)
        assert bool(seen) == (leads or post == "coordinator"), post
        assert bool(seen and seen[0].participants) == leads, post
    for elsewhere in (RHONE, "dispositif:GRE02"):
        refused = await planning.plan(MeetingKind.POINT, elsewhere, SLOT, [contact.id])
        assert isinstance(refused, PlanningRefused), elsewhere


async def test_a_role_withdrawn_a_moment_ago_gives_nothing(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    chef = people["chef"]
    await session.execute(delete(RoleGrant).where(col(RoleGrant.account_id) == chef.account_id))
    with pytest.raises(Unknown):
        await Planning(session, chef, NOW).meeting(meeting.id)


async def test_an_address_that_is_none(session: AsyncSession, people: People) -> None:
    book = AddressBook(session, people["chef"], NOW)
    for email in (
        "",
        "mdph",
        "mdph@",
        "@exemple.fr",
        "a b@exemple.fr",
        "a@b",
        "x@exemple.fr,y@z.fr",
        "a" * 255 + "@b.fr",
    ):
        with pytest.raises(ContactRefused, match="adresse e-mail"):
            await book.add(RHONE, Body.MDPH, Function.REFERENT, email)


async def test_an_address_stands_once_in_a_book_and_comes_back(session: AsyncSession, people: People) -> None:
    book = AddressBook(session, people["chef"], NOW)
    with pytest.raises(ContactRefused, match="déjà"):
        await book.add(RHONE, Body.AUTRE, Function.AUTRE, " Referente@MDPH.exemple.fr ")
    await book.archive(people.contacts[0])
    assert people.contacts[0] not in {one.id for one in await book.contacts(RHONE)}
    back = await book.add(RHONE, Body.MDPH, Function.REFERENT, "referente@mdph.exemple.fr")
    assert back.id == people.contacts[0]
    other = await AddressBook(session, people["chef of the Isère"], NOW).add(
        ISERE, Body.MDPH, Function.REFERENT, "referente@mdph.exemple.fr"
    )
    assert other.id != back.id


async def test_whoever_changed_bodies_is_another_contact_and_what_was_signed_stays(
    session: AsyncSession, people: People
) -> None:
    meeting = await point(session, people)
    book = AddressBook(session, people["chef"], NOW)
    await book.archive(people.contacts[0])
    new = await book.add(RHONE, Body.FRANCE_TRAVAIL, Function.DIRECTION, "referente@mdph.exemple.fr")
    assert (new.id != people.contacts[0], new.name) == (True, "France Travail, direction")
    then = (await Planning(session, people["chef"], NOW).meeting(meeting.id)).participant(people.contacts[0])
    assert then is not None
    assert then.contact.name == "MDPH, référent emploi accompagné"
    with pytest.raises(ContactRefused, match="déjà"):
        await book.add(RHONE, Body.MDPH, Function.REFERENT, "referente@mdph.exemple.fr")


async def test_an_invitation_says_nothing_of_the_persons_accompanied(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    there = await territory(session, RHONE)
    assert there is not None
    assert b"ABC01" not in calendar_file(meeting, there, NOW).content
