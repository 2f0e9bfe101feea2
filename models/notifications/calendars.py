"""A calendar file that goes with a message, as a document of the chat or in an e-mail: kept until it arrived."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Calendar:
    """Its name, its method (REQUEST, CANCEL), which an e-mail repeats beside the media type, and its text."""

    name: str
    method: str
    text: str

    def stored(self) -> dict[str, str]:
        """Return what the outbox keeps of it."""
        return asdict(self)

    @classmethod
    def restored(cls, kept: Mapping[str, str]) -> "Calendar":
        """Return the file that `stored` kept."""
        return cls(kept["name"], kept["method"], kept["text"])
