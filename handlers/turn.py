"""One turn of a conversation: who speaks, when, in which transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.campaigns.tables import Campaign
from models.conversations.repository import Visit
from models.events.repository import EventReader
from models.events.service import Entering


class NoCampaign(Exception):
    """No campaign is open: there is nothing to enter."""


@dataclass(frozen=True)
class Attachment:
    """A document sent in the chat: how to fetch it, its message, its size in bytes. Its name is not kept."""

    file_id: str
    message_id: int
    size: int


@dataclass(frozen=True)
class Turn:
    """What a handler is given. `visit` is none for a Telegram account that is linked to nobody."""

    session: AsyncSession
    telegram_id: int
    now: datetime
    today: date
    visit: Visit | None
    address: str = ""
    """Where the assistant's own pages are reached."""
    document: Attachment | None = None

    @property
    def asker(self) -> Asker:
        """Who asks; only turns of known persons have one."""
        assert self.visit is not None
        return self.visit.asker

    @property
    def campaign(self) -> Campaign:
        """The open campaign; raises `NoCampaign`."""
        assert self.visit is not None
        if self.visit.campaign is None:
            raise NoCampaign
        return self.visit.campaign

    @property
    def memo(self) -> dict[str, Any]:
        """What the present screen keeps to itself between two taps."""
        assert self.visit is not None
        return self.visit.standing.memo

    @property
    def reader(self) -> EventReader:
        """What the asker may read of the open campaign."""
        return EventReader(self.session, self.asker, self.campaign)

    @property
    def entering(self) -> Entering:
        """The entry of the asker in the open campaign."""
        return Entering(self.reader, self.now)
