"""The feature of the announcements, and the one being made: it stays with the conversation until it is confirmed."""

from dataclasses import asdict, dataclass
from typing import Any

from handlers.context import Context
from handlers.feature import Command, Feature
from models.accounts.permissions import Permission, Role, holders
from models.announcements.repository import Audience
from models.base.revision import Stale
from models.base.screens import Action

ANNOUNCING = holders(Permission.ANNOUNCE)
_MEMO = "announcement"

feature = Feature(
    "announcements",
    Command("annonce", "Écrire à un rôle, dans un périmètre", Action("announce"), ANNOUNCING),
    roles=ANNOUNCING,
)


@dataclass
class Begun:
    """An announcement being made: a role, empty for all of them; its scope and its text once they are known, and the
    number that its button carries.
    """

    role: str
    scope: str = ""
    text: str = ""
    draw: int = 0

    @classmethod
    def of(cls, context: Context) -> "Begun":
        """Return the one under way; raises `Stale` where there is none."""
        kept: dict[str, Any] | None = context.memo.get(_MEMO)
        if kept is None:
            raise Stale
        return cls(**kept)

    @property
    def audience(self) -> Audience:
        """To whom; raises `Stale` while the scope is not chosen."""
        if not self.scope:
            raise Stale
        return Audience(Role(self.role) if self.role else None, self.scope)

    def keep(self, context: Context) -> None:
        """Keep it with the conversation."""
        context.memo[_MEMO] = asdict(self)


def forget(context: Context) -> None:
    """Forget the announcement under way."""
    context.memo.pop(_MEMO, None)
