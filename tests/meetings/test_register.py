"""The register, line by line and read back from its workbook: what a control of the funders looks at."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE
from models.accounts.service import revoke
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.invitations.sending import invite_all
from models.meetings.invitations.service import Invitations
from models.meetings.kinds import MeetingKind
from models.meetings.obligations.register import RegisterLine, register, write
from models.meetings.obligations.register_texts import COLUMNS, TITLE
from models.meetings.obligations.states import DueState
from models.meetings.planning.service import Done, Planning
from models.meetings.reports.report import Content
from models.meetings.reports.service import Reporting, Written
from models.meetings.reports.texts import GROUNDS, PRESCRIBERS
from models.meetings.repository import Meeting
from models.meetings.states import Answer, Ground, Reason
from models.notifications.tables import Delivery
from tests.harness.factories import account
from tests.meetings.platform import COMPLETE, INVITED, NOW, RHONE, SLOT, People, after, point
from tests.meetings.test_invitations_sent import became

TODAY = date(2027, 4, 5)


async def a_quarter(session: AsyncSession, people: People) -> None:
    """January is moved, held, reported and corrected; February has nothing; March's point is cancelled."""
    chef = people["chef"]
    planned = await point(session, people, date(2027, 1, 8))
    moved = await Planning(session, chef, NOW).move(planned.id, planned.revision, SLOT)
    assert isinstance(moved, Done)
    meeting = moved.meeting
    await invite_all(session, NOW, [meeting])
    for (_, _, email), fate in zip(INVITED, (Delivery.SENT, Delivery.UNCERTAIN, Delivery.REFUSED), strict=True):
        await became(session, email, fate, NOW + timedelta(days=1))
    await Invitations(session, chef, NOW).answer_for(meeting.id, people.contacts[0], Answer.PRESENT)
    await Invitations(session, chef, NOW).answer_for(meeting.id, people.contacts[1], Answer.ABSENT)
    then = after(meeting)
    done = await Planning(session, chef, then).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(done, Done)
    content: Content = replace(COMPLETE, present=people.contacts[:2])
    wrote = await Reporting(session, chef, then).write(meeting.id, done.meeting.revision, content)
    assert isinstance(wrote, Written)
    late = datetime(2027, 1, 13, 23, 30, tzinfo=UTC)  # past midnight in the Rhône
    signed = await Reporting(session, chef, late).sign(meeting.id, wrote.meeting.revision)
    assert isinstance(signed, Written)
    corrected = await Reporting(session, chef, datetime(2027, 2, 8, 9, tzinfo=UTC)).correct(
        meeting.id, signed.meeting.revision, replace(content, present=people.contacts), Reason.ERREUR
    )
    assert isinstance(corrected, Written)
    march = await point(session, people, date(2027, 3, 9))
    await invite_all(session, NOW, [march])
    await Planning(session, chef, NOW).cancel(march.id, march.revision)


async def points(session: AsyncSession, people: People, post: str) -> list[RegisterLine]:
    lines = await register(session, people[post], TODAY, RHONE, date(2027, 1, 1), date(2027, 4, 30))
    return [line for line in lines if line.due.kind.code is MeetingKind.POINT]


async def test_what_proves_each_line(session: AsyncSession, people: People) -> None:
    await a_quarter(session, people)
    january, february, march = await points(session, people, "chef")
    assert (january.due.state, january.due.period.name) == (DueState.KEPT, "janvier 2027")
    assert january.report is not None
    assert january.present == "Cap emploi, France Travail, MDPH", "as the addendum says"
    assert january.delivery == "1 remise, 1 incertaine, 1 non remise"
    assert (january.invited_on, january.signed_on, january.signed_by) == (
        date(2027, 1, 5),
        date(2027, 1, 14),
        "chef_de_file",
    )
    assert january.addenda == (date(2027, 2, 8),)
    assert [january.answers(answer) for answer in Answer] == [1, 1, 0]
    assert january.bodies == "Cap emploi, France Travail, MDPH"
    assert (february.due.state, february.meeting) == (DueState.MISSED, None)
    assert (march.due.state, march.signed_on, march.cancelled_on) == (DueState.MISSED, None, NOW.date())
    assert (march.invited_on, march.delivery) == (None, "3 en attente"), "what did not leave is no invitation"


async def test_a_reader_sees_dates_and_states_alone(session: AsyncSession, people: People) -> None:
    await a_quarter(session, people)
    for post in ("reader", "reader of the region", "coordinator"):
        january, *_ = await points(session, people, post)
        assert january.meeting is not None
        assert (january.meeting.day, january.signed_on) == (SLOT.day, date(2027, 1, 14))
        assert (january.report, january.present, january.delivery) == (None, "", "")
        assert not {cell for cell in january.row if isinstance(cell, int)}
        assert (january.bodies, january.answers(Answer.PRESENT), january.meeting.participants) == ("", None, ())


async def test_the_workbook_read_back(session: AsyncSession, people: People, tmp_path: Path) -> None:
    await a_quarter(session, people)
    file = tmp_path / "registre.xlsx"
    write(file, await points(session, people, "chef"))
    sheet = load_workbook(file)[TITLE]
    header, january, february, march = sheet.iter_rows(values_only=True)
    assert header == tuple(label for label, _, _ in COLUMNS)
    line: dict[Any, Any] = dict(zip(header, january, strict=True))
    assert line["Période"] == "janvier 2027"
    assert line["Territoire"] == "Rhône"
    assert line["Réunion"] == "Point MDPH–SPE"
    assert line["Obligation"] == "OB04"
    assert line["État de l'obligation"] == "tenu, compte rendu signé"
    assert line["Date"].date() == date(2027, 1, 12)
    assert line["Heure"] == "14 h"
    assert line["Convocation envoyée le"].date() == date(2027, 1, 5)
    assert line["Remise des convocations"] == "1 remise, 1 incertaine, 1 non remise"
    assert line["Organismes présents"] == "Cap emploi, France Travail, MDPH"
    assert [line[f"Prescriptions examinées, {name}"] for name in PRESCRIBERS.values()] == [6, 0, 2, 0]
    assert line["Droit commun examiné avant"] == "oui"
    assert line[f"Cap emploi vers sa structure : {GROUNDS[Ground.AUCUN_AUTRE]}"] == 1
    assert line["Compte rendu signé le"].date() == date(2027, 1, 14)
    assert line["Signé par"] == "chef de file"
    assert line["Additifs du"] == "2027-02-08"
    assert dict(zip(header, february, strict=True))["État de l'obligation"] == "manqué"
    assert dict(zip(header, february, strict=True))["Date"] is None
    last: dict[Any, Any] = dict(zip(header, march, strict=True))
    assert last["État de la réunion"] == "annulé"
    assert last["Annulée le"].date() == NOW.date()


async def test_an_empty_register_is_a_workbook_too(tmp_path: Path) -> None:
    file = tmp_path / "registre.xlsx"
    write(file, [])
    assert load_workbook(file)[TITLE]["A1"].value == "Période"


async def test_who_came_without_an_invitation_stands_among_the_present_only(
    session: AsyncSession, people: People
) -> None:
    chef = people["chef"]
    meeting = await point(session, people)
    await invite_all(session, NOW, [meeting])
    book = AddressBook(session, chef, NOW)
    came = await book.add(RHONE, Body.MISSION_LOCALE, Function.AUTRE, "venu@ml.exemple.fr")
    then = after(meeting)
    held = await Planning(session, chef, then).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(held, Done)
    reporting = Reporting(session, chef, then)
    added = await reporting.came(meeting.id, held.meeting.revision, came.id)
    assert isinstance(added, Meeting)
    wrote = await reporting.write(meeting.id, added.revision, replace(COMPLETE, present=(*people.contacts, came.id)))
    assert isinstance(wrote, Written)
    assert isinstance(await reporting.sign(meeting.id, wrote.meeting.revision), Written)

    [january] = [line for line in await points(session, people, "chef") if line.meeting is not None]
    assert january.present == "Cap emploi, France Travail, MDPH, Mission locale"
    assert january.bodies == "Cap emploi, France Travail, MDPH"
    assert january.delivery == "3 en attente"
    assert [january.answers(answer) for answer in Answer] == [0, 0, 0]


async def test_whom_no_invitation_could_be_written_stands_among_the_invited(
    session: AsyncSession, people: People
) -> None:
    await account(session, 2900, None, email=INVITED[0][2])
    await revoke(session, COMMAND_LINE, NOW, INVITED[0][2])
    await session.flush()
    await invite_all(session, NOW, [await point(session, people)])
    january, *_ = await points(session, people, "chef")
    assert january.bodies == "Cap emploi, France Travail, MDPH"
    assert january.delivery == "1 non remise, 2 en attente"
