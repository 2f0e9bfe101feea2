"""A chef de file's stories: January, a platform in the Rhône, and the phones of its people."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.meetings.tables import MeetingRow
from tests.harness.application import Application
from tests.harness.phone import Phone
from tests.meetings.platform import POSTS, People

PHONES = {post: number for number, post in enumerate(POSTS, start=2000)}

AFTER = datetime(2027, 1, 12, 16, tzinfo=UTC)
"""When the point of 12 January is over."""

MDPH = 2900
"""The phone of the MDPH's contact."""


@dataclass
class Platform:
    """The application, its people and their phones."""

    app: Application
    people: People

    def phone(self, post: str = "chef") -> Phone:
        """Return the phone of a post."""
        return self.app.phone(PHONES[post])

    async def meetings(self) -> list[Any]:
        """Return the meetings as they are kept."""
        return await self.app.rows(MeetingRow)

    async def on(self, moment: datetime, phone: Phone, text: str = "/point") -> Phone:
        """Let it be another moment, and write."""
        self.app.now = moment
        return await phone.send(text)
