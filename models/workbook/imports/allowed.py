"""What an actor may import: their dispositif's coordinator what is theirs, an administrator everything (E12)."""

from dataclasses import dataclass, field

from models.accounts.permissions import Actor, Extent, Permission
from models.workbook import texts


@dataclass(frozen=True)
class Allowed:
    """The dispositifs an actor may write for, each looked up once."""

    actor: Actor
    _writes: dict[str, bool] = field(default_factory=dict)
    _coordinates: dict[str, bool] = field(default_factory=dict)

    @property
    def everywhere(self) -> bool:
        """Whether nothing is outside the actor's scope."""
        return self.actor.may(Permission.IMPORT, Extent.NATIONAL)

    def unknown(self, message: str) -> tuple[str, str]:
        """Return the rule and the sentence of what was not found.

        An administrator is told that it does not exist (E11). For anybody else that is the same as what exists
        outside their scope (E12): an import tells nothing of other dispositifs.
        """
        return ("E11", message) if self.everywhere else ("E12", texts.OUT_OF_SCOPE)

    def writes(self, dispositif: str) -> bool:
        """Whether what concerns that dispositif may be imported (E12)."""
        if dispositif not in self._writes:
            self._writes[dispositif] = self.actor.may_in(Permission.IMPORT, dispositif)
        return self._writes[dispositif]

    def coordinates(self, dispositif: str) -> bool:
        """Whether the actor is the coordinator of that dispositif: their import validates."""
        if dispositif not in self._coordinates:
            self._coordinates[dispositif] = dispositif in self.actor.dispositifs(Permission.EVENT_REVIEW)
        return self._coordinates[dispositif]
