"""What an actor may import: their dispositif's coordinator what is theirs, an administrator everything (E12)."""

from dataclasses import dataclass, field

from models.accounts.permissions import Actor
from models.accounts.tables import Role


@dataclass(frozen=True)
class Allowed:
    """The dispositifs an actor may write for, each looked up once."""

    actor: Actor
    _writes: dict[str, bool] = field(default_factory=dict)
    _coordinates: dict[str, bool] = field(default_factory=dict)

    def writes(self, dispositif: str) -> bool:
        """Whether what concerns that dispositif may be imported (E12)."""
        if dispositif not in self._writes:
            self._writes[dispositif] = Role.ADMIN in self.actor.roles or self.coordinates(dispositif)
        return self._writes[dispositif]

    def coordinates(self, dispositif: str) -> bool:
        """Whether the actor is the coordinator of that dispositif: their import validates."""
        if dispositif not in self._coordinates:
            self._coordinates[dispositif] = dispositif in self.actor.dispositifs(Role.COORDINATOR)
        return self._coordinates[dispositif]
