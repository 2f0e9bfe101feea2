"""What goes by e-mail where a screen cannot be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Email:
    """A subject and a plain French text, without any person's code; the link back is added when it is delivered.

    One that is `whole` says all by itself: who never came to Jalon is not sent there.
    """

    subject: str
    text: str
    whole: bool = False

    def stored(self) -> dict[str, Any]:
        """Return what the outbox keeps of it."""
        return {"subject": self.subject, "text": self.text, "whole": self.whole}

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> "Email":
        """Return the e-mail that `stored` kept."""
        return cls(kept["subject"], kept["text"], kept.get("whole", False))
