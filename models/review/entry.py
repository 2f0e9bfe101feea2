"""An entry as a coordinator looks at it: what it says, what was said before, what is worth a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2s
from typing import Any

from models.base.revision import short
from models.entry.card import END_LENGTH
from models.events import rules
from models.events.form import Answers, Doubt
from models.events.rules import PastEvent, Rule, Situation
from models.events.tables import EventState, Origin


@dataclass(frozen=True)
class AskedQuestion:
    """What was sent back last: the field, why, and what was answered then."""

    field: str
    reason: Doubt
    answer: str


@dataclass(frozen=True)
class Decision:
    """The last change of an entry: by whom, when, by which gesture."""

    account_id: int | None
    email: str | None
    at: datetime
    origin: Origin
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class ListedEntry:
    """An entry in a list."""

    person_id: int
    reference: str
    structure: str


@dataclass(frozen=True)
class Approved:
    """How many entries of an author others validated in a campaign; `departement` is where their persons are."""

    account_id: int
    day: date
    number: int
    departement: str | None


@dataclass(frozen=True)
class Reviewed:
    """One person's event with all that a decision on it needs. `coach_id` is none where nobody could be asked."""

    person_id: int
    reference: str
    dispositif: str
    structure: str
    entry_date: date | None
    exit_date: date | None
    coach_id: int | None
    day: date
    answers: Answers
    confirmations: dict[str, str]
    state: EventState
    revision: int
    author_id: int | None
    author_email: str | None
    past: PastEvent | None
    question: AskedQuestion | None
    last: Decision | None

    @property
    def end(self) -> str:
        """The end of the code, by which the person is spoken of."""
        return self.reference[-END_LENGTH:]

    def is_by(self, account_id: int | None) -> bool:
        """Whether that account gave the answers as they stand."""
        return self.author_id is not None and self.author_id == account_id

    @property
    def token(self) -> str:
        """What the buttons repeat: another one means that something changed since."""
        return short(self.revision)

    @cached_property
    def situation(self) -> Situation:
        """What the rules look at."""
        return Situation(self.answers, self.day, self.entry_date, self.exit_date, (self.past,) if self.past else ())

    @cached_property
    def errors(self) -> list[Rule]:
        """The rules it breaks since it was entered: it cannot be validated so."""
        return rules.errors(self.situation)

    @cached_property
    def warnings(self) -> list[Rule]:
        """The warnings it raises, confirmed or not."""
        return rules.warnings(self.situation)

    @property
    def plain(self) -> bool:
        """Whether nothing about it asks for a look: no rule, no confirmation, no answer to a question sent back."""
        return not (self.errors or self.warnings or self.confirmations or self.question)


def stamp(revisions: Sequence[int]) -> str:
    """Return a digest of a set of entries as they stand: another set, or one of them changed, gives another."""
    digits = ",".join(str(revision) for revision in sorted(revisions))
    return blake2s(digits.encode(), digest_size=6).hexdigest()
