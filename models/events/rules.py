"""The rules of `regles.yaml` about one event, each under its number.

Errors refuse; warnings ask for a confirmation that is kept with its reason. Everything that writes an event
passes here: a single entry, a bulk carry-over, a correction, an import.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from models.events.form import Answers
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut


@dataclass(frozen=True)
class PastEvent:
    """What a person's event said at an earlier campaign."""

    day: date
    answers: Answers


@dataclass(frozen=True)
class Situation:
    """An event about to be written, with what the rules look at around it.

    `day` is the campaign's date, `exit_date` the one that will stand once the event is written; `past` runs
    from the newest to the oldest and holds only earlier campaigns.
    """

    answers: Answers
    day: date
    entry_date: date | None = None
    exit_date: date | None = None
    past: Sequence[PastEvent] = ()

    @property
    def previous(self) -> Answers | None:
        """The answers of the campaign before, if any."""
        return self.past[0].answers if self.past else None


@dataclass(frozen=True)
class Rule:
    """A rule by its number, whether it fires, and the fields to look at when it does."""

    number: str
    fires: Callable[[Situation], bool]
    fields: tuple[str, ...]


LEVELS = tuple(Niveau)


def _level_gap(situation: Situation) -> int:
    if situation.previous is None:
        return 0
    now, before = situation.answers.niveau_soutien, situation.previous.niveau_soutien
    return abs(LEVELS.index(now) - LEVELS.index(before))


def _follows(situation: Situation, before: Statut) -> bool:
    return situation.previous is not None and situation.previous.statut == before


ERRORS = (
    Rule("E14", lambda s: s.entry_date is not None and s.entry_date > s.day, ("entry_date",)),
    Rule(
        "E14",
        lambda s: s.entry_date is not None and s.exit_date is not None and s.exit_date < s.entry_date,
        ("exit_date",),
    ),
    Rule(
        "E15",
        lambda s: s.answers.statut == Statut.SUIVI and s.exit_date is not None and s.exit_date <= s.day,
        ("statut", "exit_date"),
    ),
)

WARNINGS = (
    Rule("W01", lambda s: s.answers.statut == Statut.TERMINE and s.exit_date is None, ("exit_date",)),
    Rule(
        "W02",
        lambda s: s.answers.statut == Statut.VEILLE_TOTALE and s.exit_date is not None,
        ("statut", "exit_date"),
    ),
    Rule("W03", lambda s: s.exit_date is not None and s.exit_date > s.day, ("exit_date",)),
    Rule(
        "W04",
        lambda s: s.answers.statut == Statut.VEILLE_TOTALE and s.answers.niveau_soutien != Niveau.VEILLE,
        ("niveau_soutien", "statut"),
    ),
    Rule("W05", lambda s: s.answers.statut == Statut.TERMINE, ("niveau_soutien",)),
    Rule(
        "W06",
        lambda s: s.answers.emploi_date != Emploi.SANS_EMPLOI and s.answers.emploi_mois == Emploi.SANS_EMPLOI,
        ("emploi_mois", "emploi_date"),
    ),
    Rule(
        "W07",
        lambda s: s.answers.emploi_date == Emploi.CDI and s.answers.emploi_mois not in {Emploi.CDI, Emploi.SANS_EMPLOI},
        ("emploi_mois", "emploi_date"),
    ),
    Rule(
        "W08",
        lambda s: s.answers.emploi_date == Emploi.ALTERNANCE and s.answers.formation_date == Formation.SANS_OBJET,
        ("formation_date", "emploi_date"),
    ),
    Rule(
        "W09",
        lambda s: s.answers.emploi_date == Emploi.PMSMP and s.answers.formation_date == Formation.STAGE,
        ("formation_date", "emploi_date"),
    ),
    Rule(
        "W16",
        lambda s: s.answers.statut == Statut.TERMINE and _follows(s, Statut.TERMINE),
        ("statut",),
    ),
    Rule(
        "W17",
        lambda s: s.answers.statut != Statut.TERMINE and _follows(s, Statut.TERMINE),
        ("statut",),
    ),
    Rule(
        "W20",
        lambda s: s.answers.statut == Statut.SUIVI and _follows(s, Statut.VEILLE_TOTALE),
        ("statut",),
    ),
    Rule("W21", lambda s: _level_gap(s) > 1, ("niveau_soutien",)),
)


def errors(situation: Situation) -> list[Rule]:
    """Return the blocking rules the situation breaks, in the order of their numbers."""
    return [rule for rule in ERRORS if rule.fires(situation)]


def warnings(situation: Situation) -> list[Rule]:
    """Return the warnings the situation raises, in the order of their numbers."""
    return [rule for rule in WARNINGS if rule.fires(situation)]
