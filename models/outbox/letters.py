"""What goes by e-mail where a screen cannot be shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Letter:
    """A subject and a plain French text, without any person's code; the link back is added when it is delivered."""

    subject: str
    text: str

    def stored(self) -> dict[str, str]:
        """Return what the outbox keeps of it."""
        return asdict(self)

    @classmethod
    def restored(cls, kept: Mapping[str, str]) -> "Letter":
        """Return the letter that `stored` kept."""
        return cls(kept["subject"], kept["text"])
