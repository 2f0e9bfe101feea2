"""A workbook sent on the assistant's own page: what is to be done with it is asked for at once."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.jobs.repository import ask
from models.workbook.jobs import CHECK
from models.workbook.links.tables import ExchangeLink


async def workbook_received(session: AsyncSession, now: datetime, link: ExchangeLink, file: str) -> None:
    """Have a workbook checked in the name of whoever was given the link; nothing is written before they agree."""
    await ask(session, now, CHECK, link.account_id, file=file)
