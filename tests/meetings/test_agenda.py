"""What time has to say about meetings: which come soon, which are over, which wait for their report."""

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import COMMAND_LINE
from models.meetings import agenda
from models.meetings.service import Done, Planning
from tests.meetings.platform import NOW, People, after, point


async def test_from_planned_to_reported(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    later = await point(session, people, date(2027, 2, 9))
    gone = await point(session, people, date(2027, 1, 13))
    await Planning(session, people["chef"], NOW).cancel(gone.id, gone.revision)

    starts = meeting.starts_at
    week = await agenda.coming(session, COMMAND_LINE, starts, starts + timedelta(days=7))
    assert [(one.id, len(one.participants)) for one in week] == [(meeting.id, 3)]
    assert await agenda.coming(session, COMMAND_LINE, starts - timedelta(days=7), starts) == []

    over = after(meeting)
    assert await agenda.awaiting_word(session, COMMAND_LINE, over - timedelta(seconds=1)) == []
    assert [one.id for one in await agenda.awaiting_word(session, COMMAND_LINE, over)] == [meeting.id]
    assert await agenda.one_before(session, COMMAND_LINE, later) is None
    done = await Planning(session, people["chef"], over).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(done, Done)
    assert await agenda.awaiting_word(session, COMMAND_LINE, over) == []
    assert [one.id for one in await agenda.awaiting_report(session, COMMAND_LINE)] == [meeting.id]
    before = await agenda.one_before(session, COMMAND_LINE, later)
    assert before is not None
    assert before.id == meeting.id


@pytest.mark.parametrize(("post", "seen"), [("chef", 1), ("chef of the Isère", 0), ("coach", 0), ("coordinator", 0)])
async def test_a_chef_de_file_sees_what_waits_for_them(
    session: AsyncSession, people: People, post: str, seen: int
) -> None:
    meeting = await point(session, people)
    assert len(await agenda.awaiting_word(session, people[post], after(meeting))) == seen
