"""What time has to say about meetings: which one came before, which are past."""

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE
from models.meetings import agenda, repository
from models.meetings.permissions import meeting_permissions
from models.meetings.planning.service import Done, Planning
from models.meetings.territories import of_departement
from tests.meetings.platform import NOW, People, after, point


async def test_a_pack_counts_since_the_last_meeting_that_was_held(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    later = await point(session, people, date(2027, 2, 9))
    gone = await point(session, people, date(2027, 1, 13))
    await Planning(session, people["chef"], NOW).cancel(gone.id, gone.revision)

    assert await agenda.one_before(session, COMMAND_LINE, later) is None
    done = await Planning(session, people["chef"], after(meeting)).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(done, Done)
    before = await agenda.one_before(session, COMMAND_LINE, later)
    assert before is not None
    assert before.id == meeting.id


@pytest.mark.parametrize(("post", "seen"), [("chef", 5), ("coordinator", 5), ("chef of the Isère", 0), ("coach", 0)])
async def test_what_is_past_is_read_a_page_at_a_time(
    session: AsyncSession, people: People, post: str, seen: int
) -> None:
    meetings = [await point(session, people, date(2027, 1, 12) + week * timedelta(days=7)) for week in range(6)]
    cancelled, to_come = meetings[4], meetings[5]
    await Planning(session, people["chef"], NOW).cancel(cancelled.id, cancelled.revision)
    now, rights = cancelled.starts_at - timedelta(hours=1), await meeting_permissions(session, people[post])

    found, total = await repository.past(session, rights, of_departement("69"), now, cancelled.day, 0, 2)
    rest, again = await repository.past(session, rights, of_departement("69"), now, cancelled.day, 2, 8)

    assert total == again == seen
    assert [one.id for one in (*found, *rest)] == [one.id for one in reversed(meetings) if one != to_come][:seen]
    assert len(found) <= 2
