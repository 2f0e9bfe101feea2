"""The feature of the announcements, and the one being made: it stays with the conversation until it is confirmed."""

from dataclasses import dataclass
from operator import attrgetter

from handlers.announcements import texts
from handlers.feature import Command, Feature
from handlers.wizard import Wizard
from models.accounts.permissions import Permission, Role, holders
from models.announcements.repository import Audience
from models.base.revision import Stale
from models.base.screens import Action

ANNOUNCING = holders(Permission.ANNOUNCE)

feature = Feature(
    "announcements",
    Command("annonce", texts.COMMAND, Action("announce"), ANNOUNCING),
    roles=ANNOUNCING,
)


@dataclass(frozen=True)
class AnnouncementDraft:
    """An announcement being made: a role, empty for all of them; its scope and its text once they are known, and the
    number that its button carries.
    """

    role: str
    scope: str = ""
    text: str = ""
    draw: int = 0

    @property
    def audience(self) -> Audience:
        """To whom; raises `Stale` while the scope is not chosen."""
        if not self.scope:
            raise Stale
        return Audience(Role(self.role) if self.role else None, self.scope)


ANNOUNCEMENT = Wizard("announcement", AnnouncementDraft, stamp=attrgetter("draw"))
