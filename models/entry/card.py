"""One person in one campaign, as a screen shows it: what is recorded, what is drafted, what was said before."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from models.base.revision import short
from models.events.form import QUESTIONS, Answers, Question, carried
from models.events.rules import PastEvent, Situation
from models.events.tables import EventState
from models.reference.nomenclature import Statut

END_LENGTH = 4
"""How many characters of a code suffice to tell two persons apart in a sentence."""


@dataclass(frozen=True)
class Recorded:
    """The event as it stands in the database."""

    answers: Answers
    confirmations: dict[str, str]
    state: EventState
    revision: int


@dataclass(frozen=True)
class DraftAnswers:
    """The draft of an entry under way: the answers given so far, by field."""

    answers: dict[str, str] = field(default_factory=dict)
    confirmations: dict[str, str] = field(default_factory=dict)
    exit_date: date | None = None
    exit_date_given: bool = False
    revision: int = 0


@dataclass(frozen=True)
class Card:
    """Everything the screens, the rules and the writes need of one person, read in one query."""

    person_id: int
    reference: str
    structure: str
    entry_date: date | None
    exit_date: date | None
    place: int
    total: int
    done: int
    day: date
    past: tuple[PastEvent, ...] = ()
    event: Recorded | None = None
    draft: DraftAnswers | None = None

    @property
    def end(self) -> str:
        """The end of the code, by which the person is spoken of."""
        return self.reference[-END_LENGTH:]

    @property
    def revision(self) -> str:
        """What the card's buttons repeat: another one means that something changed since."""
        event = self.event.revision if self.event else None
        draft = self.draft.revision if self.draft else None
        return f"{short(event)}-{short(draft)}"

    @property
    def locked(self) -> bool:
        """Whether the event is validated or sent up: shown, no longer changed."""
        return self.event is not None and self.event.state in {EventState.VALIDATED, EventState.SENT_UP}

    @property
    def sent_back(self) -> bool:
        """Whether the coordinator asked to look again at an answer."""
        return self.event is not None and self.event.state == EventState.SENT_BACK

    @property
    def returning(self) -> bool:
        """Whether the person comes back after a « Suivi terminé » (W17): nothing can be carried over."""
        return bool(self.past) and self.past[0].answers.statut == Statut.TERMINE

    @cached_property
    def base(self) -> Answers | None:
        """What the entry starts from: the event being corrected, else last quarter's answers carried over."""
        if self.event is not None:
            return self.event.answers
        if self.past and not self.returning:
            return carried(self.past[0].answers)
        return None

    @cached_property
    def codes(self) -> dict[str, str]:
        """The answers as they would be saved now, some perhaps missing."""
        base = self.base.codes() if self.base else {}
        return base | (self.draft.answers if self.draft else {})

    @cached_property
    def answers(self) -> Answers | None:
        """The six answers as they would be saved now; none while one is missing."""
        codes = self.codes
        return Answers.from_codes(codes) if all(q.field in codes for q in QUESTIONS) else None

    @property
    def missing(self) -> Question | None:
        """The first question without an answer."""
        codes = self.codes
        return next((q for q in QUESTIONS if q.field not in codes), None)

    @property
    def resulting_exit(self) -> date | None:
        """The exit date that will stand once the entry is saved."""
        return self.draft.exit_date if self.draft and self.draft.exit_date_given else self.exit_date

    @property
    def wants_exit_date(self) -> bool:
        """Whether the exit date is the next thing to ask: « Suivi terminé » without one."""
        given = self.draft is not None and self.draft.exit_date_given
        return self.codes.get("statut") == Statut.TERMINE and self.exit_date is None and not given

    @property
    def modified(self) -> bool:
        """Whether the draft says something that is not yet recorded."""
        if self.draft is None:
            return False
        if self.draft.exit_date_given and self.draft.exit_date != self.exit_date:
            return True
        base = self.base.codes() if self.base else {}
        return any(base.get(field) != code for field, code in self.draft.answers.items())

    def with_draft(self, draft: DraftAnswers | None) -> "Card":
        """Return the card as it stands with that draft."""
        return replace(self, draft=draft)

    def situation(self, answers: Answers) -> Situation:
        """Return what the rules look at if `answers` were saved now."""
        return Situation(answers, self.day, self.entry_date, self.resulting_exit, self.past)
