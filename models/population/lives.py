"""The invented life of one person: who they are, and what each campaign would have found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.events import rules, texts
from models.events.form import Answers, carried
from models.events.rules import PastEvent, Situation
from models.events.tables import Origin
from models.persons.rules import LAW_OF_2020
from models.reference.nomenclature import Emploi, Formation, Handicap, Niveau, Orientation, Statut

UNCHANGED = 0.8
"""The share of quarters in which nothing changes."""

ENDS = 0.03
FALLS_SILENT = 0.02
COMES_BACK = 0.2
LONGEST_STAY_DAYS = 3 * 365
LEVELS = tuple(Niveau)
JOBS = {
    Emploi.SANS_EMPLOI: (Emploi.PMSMP, Emploi.CDD, Emploi.CDI, Emploi.INTERIM, Emploi.ALTERNANCE),
    Emploi.PMSMP: (Emploi.SANS_EMPLOI, Emploi.CDD, Emploi.CDI),
    Emploi.INTERIM: (Emploi.SANS_EMPLOI, Emploi.CDD),
    Emploi.CDD: (Emploi.SANS_EMPLOI, Emploi.CDI),
    Emploi.ALTERNANCE: (Emploi.SANS_EMPLOI, Emploi.CDI),
    Emploi.CDI: (Emploi.SANS_EMPLOI,),
}
"""From one situation to the next."""


@dataclass(frozen=True)
class Lived:
    """One event of a life: the campaign's date, the answers, what confirms their warnings, by which gesture."""

    day: date
    answers: Answers
    confirmations: dict[str, str]
    origin: Origin


@dataclass(frozen=True)
class Life:
    """An invented person, with their events from the oldest to the newest."""

    entry_date: date
    exit_date: date | None
    duree_sans_emploi: int
    orientation: Orientation
    birth_date: date
    sexe: str
    handicap_principal: Handicap
    handicap_associe: Handicap | None
    events: tuple[Lived, ...]


def life(random: Random, campaigns: Sequence[date], last_day: date) -> Life:
    """Return a life whose entry is at the latest `last_day`, with an event at each campaign it goes through."""
    entry = last_day - timedelta(days=random.randrange(LONGEST_STAY_DAYS))
    birth = entry - timedelta(days=random.randrange(19 * 365, 58 * 365))
    main = random.choice(tuple(Handicap))
    other = random.choice([None, None, None, *(h for h in Handicap if h != main)])
    events, exit_date = _events(random, [day for day in campaigns if day >= entry], entry)
    by_mdph = entry < LAW_OF_2020 or random.random() < 0.7
    return Life(
        entry_date=entry,
        exit_date=exit_date,
        duree_sans_emploi=random.randrange(36),
        orientation=Orientation.MDPH if by_mdph else Orientation.SPE,
        birth_date=birth,
        sexe=random.choice(("Femme", "Homme")),
        handicap_principal=main,
        handicap_associe=other,
        events=events,
    )


def _events(random: Random, days: Sequence[date], entry: date) -> tuple[tuple[Lived, ...], date | None]:
    events: list[Lived] = []
    exit_date = None
    for day in days:
        before = events[-1].answers if events else None
        answers = _first(random) if before is None else _next(random, before)
        if answers.statut == Statut.TERMINE:
            exit_date = max(entry, day - timedelta(days=random.randrange(1, 60)))
        past = [PastEvent(event.day, event.answers) for event in reversed(events)]
        situation = Situation(answers, day, entry, exit_date, past)
        unchanged = before is not None and answers == carried(before)
        events.append(Lived(day, answers, _reasons(situation), Origin.CARRIED if unchanged else Origin.ENTERED))
        if exit_date is not None:
            break
    return tuple(events), exit_date


def _first(random: Random) -> Answers:
    job = random.choice((Emploi.SANS_EMPLOI, Emploi.SANS_EMPLOI, Emploi.SANS_EMPLOI, Emploi.CDD, Emploi.CDI))
    training = _training(random, job)
    level = random.choice((Niveau.SUIVI, Niveau.REGULIER, Niveau.REGULIER, Niveau.INTENSIF))
    return Answers(Statut.SUIVI, level, job, training, job, training)


def _next(random: Random, before: Answers) -> Answers:
    same = carried(before)
    chance = random.random()
    if chance < ENDS:
        return same.changed(statut=Statut.TERMINE)
    if before.statut == Statut.VEILLE_TOTALE:
        return same.changed(statut=Statut.SUIVI) if chance > 1 - COMES_BACK else same
    if chance < ENDS + FALLS_SILENT:
        return same.changed(statut=Statut.VEILLE_TOTALE, niveau_soutien=Niveau.VEILLE)
    if chance > UNCHANGED:
        return _changed(random, same)
    return same


def _changed(random: Random, same: Answers) -> Answers:
    """Return the same answers with one thing changed: the level by one step, the job, or the training."""
    what = random.randrange(3)
    if what == 0:
        place = LEVELS.index(same.niveau_soutien) + random.choice((-1, 1))
        return same.changed(niveau_soutien=LEVELS[min(max(place, 0), len(LEVELS) - 1)])
    if what == 1:
        job = random.choice(JOBS[same.emploi_date])
        training = _training(random, job)
        # Ended within the month, a contract still holds for the last month; begun, it held all month.
        month = same.emploi_date if job == Emploi.SANS_EMPLOI else job
        return same.changed(emploi_date=job, emploi_mois=month, formation_date=training)
    training = _training(random, same.emploi_date)
    return same.changed(formation_date=training, formation_mois=training)


def _training(random: Random, job: Emploi) -> Formation:
    if job == Emploi.ALTERNANCE:
        return Formation.FORMATION
    if job == Emploi.SANS_EMPLOI:
        return random.choice((Formation.SANS_OBJET, Formation.SANS_OBJET, Formation.FORMATION, Formation.STAGE))
    return Formation.SANS_OBJET


def _reasons(situation: Situation) -> dict[str, str]:
    assert not rules.errors(situation)
    return {rule.number: texts.WARNINGS[rule.number].reasons[0].code for rule in rules.warnings(situation)}
