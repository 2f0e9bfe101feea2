"""The demo's data: the workbook of `tests/data`, moved to the present, through the same import as any other."""

import calendar
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from models.accounts.repository import account_by_email
from models.accounts.rights import COMMAND_LINE, NATIONAL
from models.accounts.service import invite
from models.accounts.tables import Account, Role, RoleGrant
from models.campaigns.service import open_new
from models.clock import local_day
from models.database import Database
from models.dispositifs.repository import dispositif_exists
from models.nomenclature import EVENEMENTS, PERSONNES
from models.workbook.service import apply_plan, plan_import
from models.workbook.sheets import read_workbook

WORKBOOK = Path(__file__).parents[1] / "tests" / "data" / "demo.xlsx"
DISPOSITIF = "ABC01"
CLOSES_AFTER = timedelta(days=15)

PHONES = (
    (1001, "Camille", "coach@exemple.fr", Role.JOB_COACH, f"dispositif:{DISPOSITIF}"),
    (1002, "Dominique", "coordination@exemple.fr", Role.COORDINATOR, f"dispositif:{DISPOSITIF}"),
    (1003, "Claude", "chef.de.file@exemple.fr", Role.CHEF_DE_FILE, "departement:69"),
    (1004, "Alix", "administration@exemple.fr", Role.ADMIN, NATIONAL),
    (1005, "Sacha", "lecture@exemple.fr", Role.READER, "departement:69"),
)
INVITED = (1006, "Lou", "lou@exemple.fr", Role.JOB_COACH, f"dispositif:{DISPOSITIF}")

_DATES = {
    PERSONNES.title: {PERSONNES.indicator("pers_date_entree").label, PERSONNES.indicator("pers_date_sortie").label},
    EVENEMENTS.title: {EVENEMENTS.indicator("evt_date").label},
}


async def fill(database: Database, now: datetime, folder: Path) -> str | None:
    """Load the demo into an empty database; return the token of the unused invitation, none if it was loaded before."""
    async with database.transaction() as session:
        if await dispositif_exists(session, DISPOSITIF):
            return None
        workbook, campaigns = moved_to(local_day(now), folder / "demo.xlsx")
        for day in campaigns:
            await open_new(session, COMMAND_LINE, now, day, opens=day - timedelta(days=30), closes=day + CLOSES_AFTER)
        planned = await plan_import(session, COMMAND_LINE, now, read_workbook(workbook))
        await apply_plan(session, COMMAND_LINE, now, planned)
        coming = _quarter_end(campaigns[-1], 1)
        opens = campaigns[-1] + CLOSES_AFTER + timedelta(days=1)
        await open_new(session, COMMAND_LINE, now, coming, opens=opens, closes=coming + CLOSES_AFTER)
        for telegram_id, _, email, role, scope in PHONES:
            account = await account_by_email(session, email)
            if account is None:
                account = Account(email=email, created_at=now)
                session.add(account)
            account.telegram_id = telegram_id
            await session.flush()
            assert account.id is not None
            session.add(RoleGrant(account_id=account.id, role=role, scope=scope, granted_at=now))
        return await invite(session, COMMAND_LINE, now, INVITED[2], INVITED[3], INVITED[4])


def moved_to(today: date, target: Path) -> tuple[Path, list[date]]:
    """Write the workbook with its dates moved by whole quarters, so that its last campaign has just closed.

    Returns the new file and the dates of its campaigns, oldest first.
    """
    book: Any = load_workbook(WORKBOOK)
    dates = sorted({row[_column(book, "evt_date")].date() for row in _rows(book, EVENEMENTS.title)})
    quarters = 0
    while _quarter_end(dates[-1], quarters + 1) + CLOSES_AFTER < today:
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
    return target, [_quarter_end(day, quarters) for day in dates]


def _rows(book: Any, title: str) -> list[tuple[Any, ...]]:
    return list(book[title].iter_rows(min_row=2, values_only=True))


def _column(book: Any, indicator: str) -> int:
    labels = [cell.value for cell in book[EVENEMENTS.title][1]]
    return labels.index(EVENEMENTS.indicator(indicator).label)


def _quarter_end(day: date, quarters: int) -> date:
    moved = _moved(day.replace(day=1), quarters)
    return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])


def _moved(day: date, quarters: int) -> date:
    if day.day == calendar.monthrange(day.year, day.month)[1] and day.month % 3 == 0:
        return _quarter_end(day, quarters) if day.day != 1 else day
    month = day.year * 12 + day.month - 1 + 3 * quarters
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
