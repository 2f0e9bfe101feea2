"""The demo's data: the workbook of `tests/data`, moved to the present, through the same import as any other."""

import calendar
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE
from models.accounts.repository import account_by_email
from models.accounts.service import invite
from models.accounts.tables import Account, Role, RoleGrant
from models.base.clock import local_day
from models.base.database import Database
from models.campaigns.service import open_new
from models.dispositifs.repository import holds_anything
from models.reference.nomenclature import EVENEMENTS, PERSONNES
from models.reference.scopes import NATIONAL, Level
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.reading.sheets import read_workbook

WORKBOOK = Path(__file__).parents[1] / "tests" / "data" / "demo.xlsx"
DISPOSITIF = "ABC01"
CLOSES_AFTER = timedelta(days=15)

PHONES = (
    (1001, "Camille", "coach@exemple.fr", Role.JOB_COACH, Level.DISPOSITIF.scope(DISPOSITIF)),
    (1002, "Dominique", "coordination@exemple.fr", Role.COORDINATOR, Level.DISPOSITIF.scope(DISPOSITIF)),
    (1003, "Claude", "chef.de.file@exemple.fr", Role.CHEF_DE_FILE, "departement:69"),
    (1004, "Alix", "administration@exemple.fr", Role.ADMIN, NATIONAL),
    (1005, "Sacha", "lecture@exemple.fr", Role.READER, "departement:69"),
)
INVITED = (1006, "Lou", "lou@exemple.fr", Role.JOB_COACH, Level.DISPOSITIF.scope(DISPOSITIF))

_DATES = {
    PERSONNES.title: {PERSONNES.indicator("pers_date_entree").label, PERSONNES.indicator("pers_date_sortie").label},
    EVENEMENTS.title: {EVENEMENTS.indicator("evt_date").label},
}


class NotTheDemo(Exception):
    """The database holds other data: a demonstration does not go into a true installation."""


async def fill(database: Database, now: datetime, folder: Path) -> str | None:
    """Load the demo into an empty database; return the token of an unused invitation, none once it was used.

    Raises `NotTheDemo` for a database that holds anything else.
    """
    email, role, scope = INVITED[2:]
    async with database.transaction() as session:
        if await account_by_email(session, PHONES[0][2]) is None:
            if await holds_anything(session):
                raise NotTheDemo
            await _load(session, now, folder)
        else:
            invited = await account_by_email(session, email)
            if invited is not None and invited.channel_address is not None:
                return None
        return await invite(session, COMMAND_LINE, now, email, role, scope)


async def _load(session: AsyncSession, now: datetime, folder: Path) -> None:
    workbook, campaigns = moved_to(local_day(now), folder / "demo.xlsx")
    for day in campaigns:
        await open_new(session, COMMAND_LINE, now, day, opens=day - timedelta(days=30), closes=day + CLOSES_AFTER)
    planned = await plan_import(session, COMMAND_LINE, now, read_workbook(workbook))
    await apply_plan(session, COMMAND_LINE, now, planned)
    coming = _moved(campaigns[-1], 1)
    opens = campaigns[-1] + CLOSES_AFTER + timedelta(days=1)
    await open_new(session, COMMAND_LINE, now, coming, opens=opens, closes=coming + CLOSES_AFTER)
    for telegram_id, _, email, role, scope in PHONES:
        account = await account_by_email(session, email)
        if account is None:
            account = Account(email=email, created_at=now)
            session.add(account)
        account.channel_address = telegram_id
        await session.flush()
        assert account.id is not None
        session.add(RoleGrant(account_id=account.id, role=role, scope=scope, granted_at=now))


def moved_to(today: date, target: Path) -> tuple[Path, list[date]]:
    """Write the workbook with its dates moved by whole quarters, so that its last campaign has just closed.

    Returns the new file and the dates of its campaigns, oldest first.
    """
    book: Any = load_workbook(WORKBOOK)
    dates = sorted({row[_column(book, "evt_date")].date() for row in _rows(book, EVENEMENTS.title)})
    quarters = 0
    while _moved(dates[-1], quarters + 1) + CLOSES_AFTER < today:
        quarters += 1
    for title, labels in _DATES.items():
        sheet = book[title]
        columns = [cell.column for cell in sheet[1] if cell.value in labels]
        for row in sheet.iter_rows(min_row=2):
            for cell in (row[column - 1] for column in columns):
                if cell.value is not None:
                    cell.value = _moved(cell.value.date(), quarters)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target, [_moved(day, quarters) for day in dates]


def _rows(book: Any, title: str) -> list[tuple[Any, ...]]:
    return list(book[title].iter_rows(min_row=2, values_only=True))


def _column(book: Any, indicator: str) -> int:
    labels = [cell.value for cell in book[EVENEMENTS.title][1]]
    return labels.index(EVENEMENTS.indicator(indicator).label)


def _moved(day: date, quarters: int) -> date:
    """Return the day that many quarters later; the end of a month stays the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + 3 * quarters, 12)
    last = calendar.monthrange(year, month + 1)[1]
    month_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if month_end else min(day.day, last))
