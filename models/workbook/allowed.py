"""What an asker may import: their dispositif's coordinator what is theirs, an administrator everything (E12)."""

from dataclasses import dataclass, field

from models.accounts.rights import Asker
from models.accounts.tables import Role


@dataclass(frozen=True)
class Allowed:
    """The dispositifs an asker may write for, each looked up once."""

    asker: Asker
    _writes: dict[str, bool] = field(default_factory=dict)
    _coordinates: dict[str, bool] = field(default_factory=dict)

    def writes(self, dispositif: str) -> bool:
        """Whether what concerns that dispositif may be imported (E12)."""
        if dispositif not in self._writes:
            self._writes[dispositif] = Role.ADMIN in self.asker.roles or self.coordinates(dispositif)
        return self._writes[dispositif]

    def coordinates(self, dispositif: str) -> bool:
        """Whether the asker is the coordinator of that dispositif: their import validates."""
        if dispositif not in self._coordinates:
            self._coordinates[dispositif] = dispositif in self.asker.dispositifs(Role.COORDINATOR)
        return self._coordinates[dispositif]
