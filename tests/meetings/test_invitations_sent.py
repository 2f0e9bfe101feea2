"""Invitations on their way: in the chat with their calendar file, by e-mail for whoever has an address only."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import vobject
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from models.accounts.permissions import COMMAND_LINE
from models.accounts.repository import account_by_email
from models.accounts.service import revoke
from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.invitations.repository import sent
from models.meetings.invitations.sending import invite_all
from models.meetings.invitations.service import Invitations, Resent
from models.meetings.planning.checks import PlanningRefused
from models.meetings.planning.service import Done, Planning
from models.meetings.planning.slots import Slot
from models.meetings.repository import Meeting
from models.meetings.texts import PlanningRefusal
from models.notifications.tables import Delivery, OutboxMessage
from tests.harness.factories import kept_screen
from tests.harness.phone import plain
from tests.meetings.platform import INVITED, NOW, RHONE, SLOT, People, point


async def told(session: AsyncSession) -> list[OutboxMessage]:
    """Return what the outbox holds, in order."""
    return list((await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all())  # type: ignore[arg-type]


async def as_it_stands(session: AsyncSession, people: People, meeting: Meeting) -> Meeting:
    """Return a meeting read anew."""
    return await Planning(session, people["chef"], NOW).meeting(meeting.id)


async def test_each_participant_gets_one_message_with_the_file_and_has_an_account(
    session: AsyncSession, people: People
) -> None:
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    messages = await told(session)
    assert [(one.kind, one.subject, one.period) for one in messages] == [
        ("meeting_invitation", f"meeting:{meeting.id}", "0")
    ] * len(INVITED)
    assert plain(kept_screen(messages[0])["text"]) == (
        "Invitation : Point MDPH–SPE, Rhône\n"
        "Le mardi 12 janvier 2027, de 14 h à 15 h 30.\n"
        "Lieu : MDPH, salle 2\n"
        "Visioconférence : https://visio.exemple.fr/point\n"
        "Participants : Cap emploi, France Travail, MDPH.\n"
        "\n"
        "Viendrez-vous ?"
    )
    assert kept_screen(messages[0])["rows"] == [
        [["Présent", f"mt_answer:{meeting.id}:0:present"]],
        [["Absent", f"mt_answer:{meeting.id}:0:absent"]],
        [["Peut-être", f"mt_answer:{meeting.id}:0:maybe"]],
        [["Voir", f"mt:{meeting.id}"]],
    ]
    assert messages[0].calendar is not None
    assert messages[0].calendar["method"] == "REQUEST"
    read = vobject.readOne(messages[0].calendar["text"])
    assert read.vevent.uid.value == meeting.uid
    account = await account_by_email(session, INVITED[0][2])
    assert account is not None
    assert account.channel_address is None
    now_known = await as_it_stands(session, people, meeting)
    assert {(one.invited_at, one.invited_sequence) for one in now_known.participants} == {(NOW, 0)}


async def test_the_same_change_is_told_once_and_another_one_says_what_it_is(
    session: AsyncSession, people: People
) -> None:
    planning = Planning(session, people["chef"], NOW)
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    later = NOW + timedelta(hours=1)
    await invite_all(session, later, [await as_it_stands(session, people, meeting)])
    now = await as_it_stands(session, people, meeting)
    assert {one.invited_at for one in now.participants} == {NOW}  # when it left, not when it was asked for again
    await invite_all(session, later, [meeting])
    assert len(await told(session)) == 3

    async def changed(done: object) -> list[str]:
        assert isinstance(done, Done)
        before = len(await told(session))
        await invite_all(session, NOW, done.meetings, [(done.meeting, one) for one in done.uninvited])
        return [
            f"{(one.calendar or {})['method']} {plain(kept_screen(one)['text']).splitlines()[0]}"
            for one in (await told(session))[before:]
        ]

    now = await as_it_stands(session, people, meeting)
    moved = await planning.move(now.id, now.revision, replace(SLOT, day=date(2027, 1, 14)))
    assert await changed(moved) == ["REQUEST Déplacé : Point MDPH–SPE, Rhône"] * 3
    now = await as_it_stands(session, people, meeting)
    elsewhere = Slot(now.day, now.hour, now.minutes, "France Travail, salle 1")
    assert (
        await changed(await planning.move(now.id, now.revision, elsewhere))
        == ["REQUEST Mise à jour : Point MDPH–SPE, Rhône"] * 3
    )
    now = await as_it_stands(session, people, meeting)
    assert sorted(await changed(await planning.invite(now.id, now.revision, people.contacts[:2]))) == [
        "CANCEL Vous n'avez plus à venir : Point MDPH–SPE, Rhône",
        "REQUEST Mise à jour : Point MDPH–SPE, Rhône",
        "REQUEST Mise à jour : Point MDPH–SPE, Rhône",
    ]
    now = await as_it_stands(session, people, meeting)
    assert await changed(await planning.cancel(now.id, now.revision)) == ["CANCEL Annulé : Point MDPH–SPE, Rhône"] * 2
    cancelled = (await told(session))[-1]
    assert kept_screen(cancelled)["rows"] == [[["Mes invitations à venir", "mt_mine:0"]]]


async def test_whose_access_was_withdrawn_is_not_written_to_and_what_is_over_is_not_told(
    session: AsyncSession, people: People
) -> None:
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    await revoke(session, COMMAND_LINE, NOW, INVITED[0][2])
    await session.flush()
    now = await as_it_stands(session, people, meeting)
    planning = Planning(session, people["chef"], NOW)
    done = await planning.move(now.id, now.revision, replace(SLOT, day=date(2027, 1, 14)))
    assert isinstance(done, Done)
    await invite_all(session, NOW, done.meetings)
    assert len(await told(session)) == 3 + 2
    late = replace(planning, now=done.meeting.ends_at + timedelta(hours=1))
    held = await late.held(done.meeting.id, done.meeting.revision, took_place=True)
    assert isinstance(held, Done)
    await invite_all(session, late.now, held.meetings)
    assert len(await told(session)) == 3 + 2


async def test_whom_no_invitation_reaches_is_known(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    fates = dict(zip((one[2] for one in INVITED), (Delivery.REFUSED, Delivery.UNCERTAIN, Delivery.SENT), strict=True))
    for email, state in fates.items():
        await became(session, email, state, NOW)
    assert await unreached(session, people, meeting) == {INVITED[0][2]}

    now = await as_it_stands(session, people, meeting)
    planning = Planning(session, people["chef"], NOW)
    moved = await planning.move(now.id, now.revision, replace(SLOT, day=date(2027, 1, 14)))
    assert isinstance(moved, Done)
    await revoke(session, COMMAND_LINE, NOW, INVITED[2][2])
    await session.flush()
    await invite_all(session, NOW, moved.meetings)
    assert await unreached(session, people, meeting) == {INVITED[2][2]}, "the last invitation counts; this one has none"


async def test_an_invitation_that_did_not_arrive_is_sent_again_by_who_leads(
    session: AsyncSession, people: People
) -> None:
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    await became(session, INVITED[0][2], Delivery.FAILED, NOW)
    await became(session, INVITED[1][2], Delivery.SENT, NOW)
    lost, arrived, _ = people.contacts
    chef = Invitations(session, people["chef"], NOW + timedelta(hours=1))
    assert isinstance(await chef.resend(meeting.id, meeting.revision, lost), Resent)
    assert await unreached(session, people, meeting) == set()
    (message,) = [one for one in await told(session) if one.due_at == NOW + timedelta(hours=1)]
    assert (message.state, message.attempts, message.period) == (Delivery.PENDING, 0, "0")
    for contact in (lost, arrived):
        again = await chef.resend(meeting.id, meeting.revision, contact)
        assert isinstance(again, PlanningRefused)
        assert again.refusal is PlanningRefusal.NOTHING_LOST
    with pytest.raises(Stale):
        await chef.resend(meeting.id, meeting.revision + 1, lost)
    for stranger in ("coordinator", "coach", "chef of the Isère"):
        with pytest.raises(Unknown):
            await Invitations(session, people[stranger], NOW).resend(meeting.id, meeting.revision, lost)


async def became(session: AsyncSession, email: str, state: Delivery, when: datetime) -> None:
    """Let the messages that wait for somebody end in a state."""
    account = await account_by_email(session, email)
    assert account is not None
    waiting = col(OutboxMessage.account_id) == account.id, col(OutboxMessage.state) == Delivery.PENDING
    await session.execute(update(OutboxMessage).where(*waiting).values(state=state, ended_at=when))


async def unreached(session: AsyncSession, people: People, meeting: Meeting) -> set[str]:
    """Return the addresses to which the last invitation did not get."""
    letters = (await sent(session, [meeting.id]))[meeting.id]
    participants = (await as_it_stands(session, people, meeting)).participants
    return {one.contact.email for one in participants if letters[one.contact.id].undelivered}


async def test_who_was_never_invited_is_not_told_to_stay_away(session: AsyncSession, people: People) -> None:
    chef = people["chef"]
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    late = Planning(session, chef, meeting.ends_at + timedelta(hours=1))
    book = AddressBook(session, chef, NOW)
    came = await book.add(RHONE, Body.MISSION_LOCALE, Function.AUTRE, "venu@ml.exemple.fr")
    refused = await late.invite(meeting.id, meeting.revision, [*people.contacts, came.id])
    assert isinstance(refused, PlanningRefused), "nobody is invited to what has begun"
    assert refused.refusal is PlanningRefusal.BEGUN

    early = Planning(session, chef, NOW)
    added = await early.invite(meeting.id, meeting.revision, [*people.contacts, came.id])
    assert isinstance(added, Done)
    off = await early.invite(meeting.id, added.meeting.revision, people.contacts)
    assert isinstance(off, Done)
    assert [one.contact.id for one in off.uninvited] == [came.id]
    await invite_all(session, NOW, [], [(off.meeting, one) for one in off.uninvited])
    held = await late.held(meeting.id, off.meeting.revision, took_place=True)
    assert isinstance(held, Done)
    await invite_all(session, late.now, [], [(held.meeting, one) for one in held.meeting.participants])
    assert len(await told(session)) == 3
    assert await account_by_email(session, "venu@ml.exemple.fr") is None
