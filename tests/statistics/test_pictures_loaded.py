"""A past that was loaded: a workbook brings campaigns that are over, and the picture of how far they got says so."""

from datetime import datetime, timedelta

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from sqlalchemy import delete, select, update

from models.accounts.permissions import COMMAND_LINE
from models.base.clock import PARIS
from models.base.database import Database
from models.campaigns.tables import Campaign
from models.reference.scopes import NATIONAL
from models.statistics.charts.catalogue import CHARTS
from models.statistics.charts.pictures import Picture, Stacked
from models.statistics.charts.readings import Asked
from models.statistics.charts.texts import PROGRESS_PARTS
from models.tables import metadata
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.reading.sheets import read_workbook
from tasks.statistics.pictures.bars import STACK
from tasks.statistics.pictures.drawing import draw_page
from tasks.statistics.pictures.page import Page
from tasks.statistics.pictures.style import EMPTY, FAINT, WIDTH, colour
from tests.data.demo_people import CAMPAIGNS
from tests.data.make_demo import FILE

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=PARIS)
LAST = max(CAMPAIGNS)
IN_TIME, AFTERWARDS = datetime(2026, 10, 2, 9, 0, tzinfo=PARIS), datetime(2026, 11, 4, 9, 0, tzinfo=PARIS)
event, campaign = metadata.tables["event"], metadata.tables["campaign"]
PARTS = ON_TIME, LATE, LOADED, MISSING = 2, 4, 12, 1


@pytest.fixture
async def loaded(database: Database) -> Database:
    """The demonstration's workbook, loaded when its campaigns were over; of seven of 19 persons, things went otherwise.

    Two were entered in time and four after the end, by hand; one has no event of the last campaign any more.
    """
    async with database.transaction() as session:
        session.add_all(
            [Campaign(date=day, opens=day - timedelta(15), closes=day + timedelta(15)) for day in CAMPAIGNS]
        )
    async with database.transaction() as session:
        planned = await plan_import(session, COMMAND_LINE, LATER, read_workbook(FILE))
        await apply_plan(session, COMMAND_LINE, LATER, planned)
        of_last = select(event.c.id).join(campaign).where(campaign.c.date == LAST).order_by(event.c.id)
        numbers = (await session.scalars(of_last)).all()
        for own, moment in ((numbers[:ON_TIME], IN_TIME), (numbers[ON_TIME : ON_TIME + LATE], AFTERWARDS)):
            await session.execute(update(event).where(event.c.id.in_(own)).values(created_at=moment))
        await session.execute(delete(event).where(event.c.id == numbers[-MISSING]))
    return database


async def read(database: Database, name: str) -> Picture:
    async with database.transaction() as session:
        return await CHARTS[name].read(Asked(session, COMMAND_LINE, LAST, NATIONAL, LATER))


def drawn(picture: Picture) -> tuple[list[str], list[tuple[str, float]]]:
    """Return the texts of a picture, and the colour and width of each part of its bars, their grounds left out."""
    page = Page(WIDTH)
    draw_page(page, picture)
    bars = [item for item in page.items if isinstance(item, Rectangle) and item.get_height() == STACK]
    parts = [(to_hex(bar.get_facecolor()), bar.get_width()) for bar in bars if to_hex(bar.get_facecolor()) != EMPTY]
    return [item.get_text() for item in page.items if isinstance(item, Text)], parts


@pytest.mark.parametrize("name", ["remontee", "remontee-coachs"])
async def test_what_a_workbook_brought_after_the_end_is_a_part_of_its_own(loaded: Database, name: str) -> None:
    picture = await read(loaded, name)
    assert isinstance(picture.shape, Stacked)
    (values,) = picture.shape.values
    assert list(values) == list(PARTS)
    told, parts = drawn(picture)
    assert [text for text in told if text in PROGRESS_PARTS] == list(PROGRESS_PARTS)
    assert told.count(str(LOADED)) == 1
    assert [of for of, _ in parts] == [colour(0), colour(1), colour(2), FAINT]
    room = sum(wide for _, wide in parts)
    assert [wide / room for _, wide in parts] == pytest.approx([part / sum(PARTS) for part in PARTS])
    assert "18 personnes saisies sur 19" in picture.words
