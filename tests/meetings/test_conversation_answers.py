"""Answers to an invitation: from its message, noted for who telephoned, to a date that was moved; undelivered."""

import json

import aiohttp
from sqlmodel import col, select

from models.accounts.repository import account_by_email
from models.meetings.invitations.sending import invite_all
from models.meetings.planning.service import Planning
from models.meetings.states import Answer
from models.meetings.tables import MeetingAnswer
from models.notifications.tables import Delivery, OutboxMessage
from tests.harness.application import ON_SQLITE, TOKEN
from tests.harness.phone import Phone
from tests.harness.wired import WIRED, over_http
from tests.meetings.platform import INVITED
from tests.meetings.story import AFTER, MDPH, Platform


async def test_an_invitation_is_answered_and_answered_otherwise(platform: Platform, invited: Phone) -> None:
    message = invited.screen["message_id"]
    await invited.tap(data="mt_answer:1:0:maybe")
    assert invited.screen["message_id"] == message, "the message is edited in place"
    assert invited.text.startswith("C'est noté : peut-être. Pour changer d'avis, touchez une autre réponse.")

    await invited.tap("Présent")

    assert "Votre réponse : présent." in invited.text
    assert [row.answer for row in await platform.app.rows(MeetingAnswer)] == [Answer.MAYBE, Answer.PRESENT]
    chief = await platform.phone().send("/point")
    await chief.tap("mardi 12 janvier")
    assert "3 invités : 1 présent, 2 sans réponse." in chief.text


@WIRED
@ON_SQLITE
async def test_an_invitation_with_its_file_is_answered_in_its_place(platform: Platform, invited: Phone) -> None:
    keys = {"inline_keyboard": [[{"text": "Présent", "callback_data": "mt_answer:1:0:present"}]]}
    form = aiohttp.FormData({"chat_id": str(MDPH), "caption": "Invitation", "reply_markup": json.dumps(keys)})
    form.add_field("document", b"BEGIN:VCALENDAR", filename="point.ics")
    async with over_http(platform.app).http.post(f"/bot{TOKEN}/sendDocument", data=form) as sent:
        assert sent.status == 200, await sent.text()
    await invited.look()
    messages = len(invited.messages)

    await invited.tap("Présent")

    assert invited.screen["document"] is not None
    assert len(invited.messages) == messages, "no message came below it"
    assert "Votre réponse : présent." in invited.text


@ON_SQLITE
async def test_what_did_not_arrive_and_what_comes_by_mail_are_said_on_the_card(
    platform: Platform, invited: Phone
) -> None:
    async with platform.app.database.transaction() as session:
        meeting = await Planning(session, platform.people["chef"], platform.app.now).meeting(1)
        await invite_all(session, platform.app.now, [meeting])
        theirs = await account_by_email(session, INVITED[0][2])
        assert theirs is not None
        row = (await session.scalars(select(OutboxMessage).where(col(OutboxMessage.account_id) == theirs.id))).one()
        row.state = Delivery.REFUSED
        session.add(row)

    chief = await platform.phone().send("/point")
    await chief.tap("mardi 12 janvier")

    assert "· MDPH, référent emploi accompagné : sans réponse, invitation non remise" in chief.text
    assert chief.text.count("invitation non remise") == 1
    assert "Une réponse reçue par e-mail ou dans votre agenda n'arrive pas ici" in chief.text


async def test_an_answer_to_a_date_that_was_moved_is_asked_anew(platform: Platform, invited: Phone) -> None:
    chief = await platform.phone().send("/point")
    for label in ("mardi 12", "Déplacer ou modifier", "Changer la date", "J 14", "Enregistrer et prévenir"):
        await chief.tap(label)

    await invited.tap(data="mt_answer:1:0:present")

    assert invited.text.startswith("La réunion a été déplacée depuis cette invitation.")
    assert "jeudi 14 janvier 2027" in invited.text
    assert await platform.app.rows(MeetingAnswer) == []
    await invited.tap("Absent")
    assert "Votre réponse : absent." in invited.text


@ON_SQLITE
async def test_an_answer_by_telephone_is_noted_for_them(platform: Platform, invited: Phone) -> None:
    chief = await platform.phone().send("/point")
    for label in ("mardi 12 janvier", "Noter une réponse", "Cap emploi", "Absent"):
        await chief.tap(label)

    assert chief.text.startswith("La réponse est notée.")
    assert "· Cap emploi, responsable : absent" in chief.text


@ON_SQLITE
async def test_a_meeting_that_is_over_takes_no_answer(platform: Platform, invited: Phone) -> None:
    platform.app.now = AFTER
    await invited.tap(data="mt_answer:1:0:present")

    assert invited.text.startswith("Cette réunion est passée")
    assert await platform.app.rows(MeetingAnswer) == []
