"""Two chefs de file with the same screen before them: one changes the meeting, the other is told that it changed."""

import asyncio
from dataclasses import replace
from datetime import date

from models.base.database import Database
from models.base.revision import Stale
from models.meetings.bodies import Body, Function
from models.meetings.contacts.repository import Listed
from models.meetings.contacts.service import AddressBook, ContactRefused
from models.meetings.planning.service import Done, Outcome, Planning
from models.meetings.states import MeetingState
from tests.meetings.platform import NOW, RHONE, SLOT, People, point, settle


async def test_a_meeting_is_cancelled_or_moved_but_not_both(database: Database) -> None:
    async with database.transaction() as session:
        people = await settle(session)
        meeting = await point(session, people)

    both_read = asyncio.Barrier(1 if database.is_sqlite else 2)  # one writer at a time there

    async def change(people: People, *, cancelling: bool) -> Outcome:
        async with database.transaction() as session:
            planning = Planning(session, people["chef" if cancelling else "admin"], NOW)
            await session.connection()
            await both_read.wait()
            if cancelling:
                return await planning.cancel(meeting.id, meeting.revision)
            return await planning.move(meeting.id, meeting.revision, replace(SLOT, day=date(2027, 1, 14)))

    ended = await asyncio.gather(
        change(people, cancelling=True), change(people, cancelling=False), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in ended) == [Done.__name__, Stale.__name__]
    [done] = [one for one in ended if isinstance(one, Done)]
    async with database.transaction() as session:
        now = await Planning(session, people["chef"], NOW).meeting(meeting.id)
    assert (now.state, now.sequence) == (done.meeting.state, 1)
    assert now.state in {MeetingState.CANCELLED, MeetingState.MOVED}


async def test_an_address_comes_into_a_book_once(database: Database) -> None:
    async with database.transaction() as session:
        people = await settle(session)

    both_read = asyncio.Barrier(1 if database.is_sqlite else 2)

    async def add(function: Function) -> Listed:
        async with database.transaction() as session:
            await session.connection()
            await both_read.wait()
            book = AddressBook(session, people["chef"], NOW)
            return await book.add(RHONE, Body.ARS, function, "direction@ars.exemple.fr")

    ended = await asyncio.gather(add(Function.DIRECTION), add(Function.AUTRE), return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == [ContactRefused.__name__, Listed.__name__]
