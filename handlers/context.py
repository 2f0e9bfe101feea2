"""One turn of a conversation: who speaks, when, in which transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.channels import Address, FileRef, MessageRef
from models.campaigns.tables import Campaign
from models.conversations.repository import Visit
from models.entry.queries import EventReader
from models.entry.service import Entering


class NoCampaign(Exception):
    """No campaign is open: there is nothing to enter."""


@dataclass(frozen=True)
class Attachment:
    """A file that a person sent. Its name is not kept."""

    file: FileRef
    message: MessageRef
    """The message that bears it."""
    fetchable: bool
    """Whether it is small enough for the channel to give it to us."""


@dataclass(frozen=True)
class Context:
    """What a handler is given. `visit` is none for an address that is linked to nobody."""

    session: AsyncSession
    sender: Address
    """The address of whoever speaks, on their channel."""
    now: datetime
    today: date
    visit: Visit | None
    address: str = ""
    """Where the assistant's own pages are reached."""
    attachment: Attachment | None = None

    @property
    def actor(self) -> Actor:
        """Who asks; only turns of known persons have one."""
        assert self.visit is not None
        return self.visit.actor

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
        return self.visit.state.memo

    @property
    def reader(self) -> EventReader:
        """What the actor may read of the open campaign."""
        return EventReader(self.session, self.actor, self.campaign)

    @property
    def entering(self) -> Entering:
        """The entry of the actor in the open campaign."""
        return Entering(self.reader, self.now)
