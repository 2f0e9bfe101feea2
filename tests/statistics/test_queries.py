"""What an indicator costs a reader of the country: the events are read once, and nothing for what tells nobody."""

import pytest

from models.accounts.tables import Role
from models.base.database import Database
from models.reference.scopes import NATIONAL
from models.statistics.service import evolution
from tests.entry.test_queries import counted
from tests.statistics.population import BEFORE, END, Somebody, answers, write
from tests.statistics.test_rights import somebody


@pytest.mark.parametrize(
    ("number", "of_events"),
    [
        ("F08", 1),  # the sums of the series are those that are masked
        ("F05", 1),
        ("F24", 1),  # a number of campaigns: there is nobody to mask
        ("F12", 0),
    ],
)
async def test_a_reader_of_the_country_has_the_events_read_once(
    database: Database, number: str, of_events: int
) -> None:
    async with database.transaction() as session:
        await write(session, [Somebody({BEFORE: answers(), END: answers()}, entry_date=END)] * 20)
        reader = await somebody(session, Role.READER, NATIONAL)
        with counted(database) as statements:
            await evolution(session, reader, NATIONAL, [number], [END])
    assert sum(" event" in text for text in statements.texts) == of_events, statements.texts
