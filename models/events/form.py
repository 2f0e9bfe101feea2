"""The form of an event, declared once: one entry of `QUESTIONS` is all there is to say of a question.

Keyboard, card, recap, correction, review, sending back, validation, workbook and statistics follow from it. Labels are
short enough for a phone; the annex's spelling stays in `models.reference.nomenclature` and is what leaves in the
workbook. What does not fit together is refused at import time (`form_check.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from models.reference.nomenclature import (
    EMPLOI_MOIS,
    EVENEMENTS,
    FORMATION_MOIS,
    NIVEAU,
    STATUT,
    Emploi,
    Formation,
    Indicator,
    Niveau,
    Spelling,
    Statut,
)


class Doubt(StrEnum):
    """Why an answer is to be looked at again."""

    DEPARTED = "departed"
    STILL_FOLLOWED = "still_followed"
    HOURS = "hours"
    CONTRACT_ENDED = "contract_ended"
    OTHER_CONTRACT = "other_contract"
    OTHER_TRAINING = "other_training"
    INCONSISTENT = "inconsistent"
    OTHER_DATE = "other_date"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True)
class Choice:
    """One answer: its code, the label of its button, and its short form on a card."""

    code: StrEnum
    label: str
    short: str


@dataclass(frozen=True)
class Statistic:
    """How persons divide by an answer: the code of the breakdown, its title, its categories as the annex spells them.

    `groups` are the coarser divisions shown where a category is too small, the finest first; all categories together
    always come last.
    """

    code: str
    title: str
    spelling: Spelling
    groups: tuple[tuple[tuple[StrEnum, ...], ...], ...] = ()


@dataclass(frozen=True)
class Question:
    """One question: `field` is the column of the event, the key of an answer and, after `evt_`, of the indicator.

    `name` is its label on the card and its button; in the prompt, `{date}` stands for the campaign's date.
    `correction` is the button that corrects it, `spoken` what one is asked to verify, for one of the `doubts`.
    `month_of` names the question of which this one asks for the last month: it shares its line on the card, is changed
    under « Dernier mois », and takes its answer when nothing changed. Others have a line of their own.
    """

    field: str
    name: str
    prompt: str
    definition: str
    definition_label: str
    choices: tuple[Choice, ...]
    correction: str
    spoken: str
    doubts: tuple[Doubt, ...]
    month_of: str | None = None
    statistic: Statistic | None = None

    @property
    def indicator(self) -> Indicator:
        """The indicator of annex 2 that the question asks for."""
        return EVENEMENTS.indicator(f"evt_{self.field}")

    @property
    def closed_list(self) -> type[StrEnum]:
        """The closed list that its choices are of."""
        return type(self.choices[0].code)

    @property
    def number(self) -> int:
        """Its place in the form, from 1."""
        return QUESTIONS.index(self) + 1

    def choice(self, code: str) -> Choice:
        """Return the choice of that code; `KeyError` where the closed list has none (E06)."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise KeyError(code)


STATUTS = (
    Choice(Statut.SUIVI, "Suivi par le dispositif", "suivi par le dispositif"),
    Choice(Statut.VEILLE_TOTALE, "Veille totale : plus de contact", "veille totale"),
    Choice(Statut.TERMINE, "Suivi terminé : sortie", "suivi terminé"),
)
NIVEAUX = (
    Choice(Niveau.VEILLE, "Veille : moins de 2 h", "veille, moins de 2 h par mois"),
    Choice(Niveau.SUIVI, "Suivi : de 2 à 8 h", "suivi, de 2 à 8 h par mois"),
    Choice(Niveau.REGULIER, "Régulier : 8 à 12 h", "régulier, 8 à 12 h par mois"),
    Choice(Niveau.INTENSIF, "Intensif : plus de 12 h", "intensif, plus de 12 h par mois"),
)
EMPLOIS = (
    Choice(Emploi.CDI, "CDI", "CDI"),
    Choice(Emploi.CDD, "CDD", "CDD"),
    Choice(Emploi.INTERIM, "Intérim", "intérim"),
    Choice(Emploi.ALTERNANCE, "Alternance", "alternance"),
    Choice(Emploi.PMSMP, "PMSMP ou équivalent", "PMSMP"),
    Choice(Emploi.SANS_EMPLOI, "Sans emploi", "sans emploi"),
)
FORMATIONS = (
    Choice(Formation.FORMATION, "Formation", "formation"),
    Choice(Formation.STAGE, "Stage ou équivalent", "stage"),
    Choice(Formation.SANS_OBJET, "Sans objet : ni l'un ni l'autre", "sans objet"),
)

_OF_ANY = (Doubt.INCONSISTENT, Doubt.OTHER_DATE, Doubt.TO_CONFIRM)
_OF_JOB = (Doubt.CONTRACT_ENDED, Doubt.OTHER_CONTRACT, *_OF_ANY)
_OF_TRAINING = (Doubt.OTHER_TRAINING, *_OF_ANY)

_JOBS = (
    ((Emploi.CDI,), (Emploi.CDD,), (Emploi.INTERIM, Emploi.ALTERNANCE, Emploi.PMSMP), (Emploi.SANS_EMPLOI,)),
    ((Emploi.CDI, Emploi.CDD, Emploi.INTERIM, Emploi.ALTERNANCE, Emploi.PMSMP), (Emploi.SANS_EMPLOI,)),
)
"""CDI, CDD, the rest and without a job; with and without."""

QUESTIONS = (
    Question(
        "statut",
        "Statut",
        "Quel est le statut de la personne au {date} ?",
        "Suivi par le dispositif : accompagnement en cours, quel qu'en soit le niveau.\n"
        "Veille totale : plus de contact, mais la personne n'est pas sortie officiellement des effectifs.\n"
        "Suivi terminé : plus de contact, et la personne est sortie des effectifs.",
        "Que veulent dire ces statuts ?",
        STATUTS,
        correction="Corriger le statut",
        spoken="le statut",
        doubts=(Doubt.DEPARTED, Doubt.STILL_FOLLOWED, *_OF_ANY),
        statistic=Statistic("status", "Statut à la date", STATUT),
    ),
    Question(
        "niveau_soutien",
        "Soutien",
        "Combien d'heures d'accompagnement, pour et auprès de la personne, sur le dernier mois ?\n"
        "Comptez aussi les trajets, réunions, appels et démarches.",
        "Le temps passé avec la personne et celui passé pour elle comptent, recherche d'offres comprise.\n"
        "Exactement 8 h : « Suivi ». Exactement 12 h : « Régulier ».\n"
        "Si le suivi est terminé, comptez le dernier mois d'accompagnement.",
        "Que compte-t-on ?",
        NIVEAUX,
        correction="Corriger le soutien",
        spoken="le soutien",
        doubts=(Doubt.HOURS, *_OF_ANY),
        statistic=Statistic(
            "niveau",
            "Niveau de soutien",
            {code: label for code, label in NIVEAU.items() if code != Niveau.VEILLE},
            (((Niveau.SUIVI,), (Niveau.REGULIER, Niveau.INTENSIF)),),
        ),
    ),
    Question(
        "emploi_date",
        "Emploi",
        "Quelle est la situation d'emploi au {date} ?",
        "Un seul contrat : le principal s'il y en a plusieurs.\n"
        "PMSMP : période de mise en situation en milieu professionnel.",
        "Que choisir ?",
        EMPLOIS,
        correction="Corriger l'emploi à la date",
        spoken="l'emploi à la date",
        doubts=_OF_JOB,
        statistic=Statistic("emploi_date", "Emploi à la date", EMPLOI_MOIS, _JOBS),
    ),
    Question(
        "formation_date",
        "Formation",
        "Une formation ou un stage est-il en cours au {date} ?",
        "« Sans objet » : ni formation ni stage en cours.",
        "Que choisir ?",
        FORMATIONS,
        correction="Corriger la formation à la date",
        spoken="la formation à la date",
        doubts=_OF_TRAINING,
        statistic=Statistic(
            "formation_date",
            "Formation à la date",
            FORMATION_MOIS,
            (((Formation.FORMATION, Formation.STAGE), (Formation.SANS_OBJET,)),),
        ),
    ),
    Question(
        "emploi_mois",
        "Emploi du dernier mois",
        "Quelle a été la situation d'emploi dans le mois qui précède le {date} ?",
        "Le mois avant la date de la remontée. Un seul contrat : le principal s'il y en a eu plusieurs.",
        "Quel mois, quel contrat ?",
        EMPLOIS,
        correction="Corriger le dernier mois",
        spoken="l'emploi du dernier mois",
        doubts=_OF_JOB,
        month_of="emploi_date",
        statistic=Statistic("emploi_mois", "Emploi dans le dernier mois", EMPLOI_MOIS, _JOBS),
    ),
    Question(
        "formation_mois",
        "Formation du dernier mois",
        "Une formation ou un stage a-t-il eu lieu dans le mois qui précède le {date} ?",
        "Le mois avant la date de la remontée. « Sans objet » : ni formation ni stage.",
        "Quel mois ?",
        FORMATIONS,
        correction="Corriger la formation du dernier mois",
        spoken="la formation du dernier mois",
        doubts=_OF_TRAINING,
        month_of="formation_date",
    ),
)


FIELDS = tuple(question.field for question in QUESTIONS)
"""The keys of the answers, in the order of the form."""


def question(field: str) -> Question:
    """Return the question of that column; `KeyError` if the form has none."""
    for candidate in QUESTIONS:
        if candidate.field == field:
            return candidate
    raise KeyError(field)


@dataclass(frozen=True)
class Answers:
    """The mandatory answers (E01), each in its closed list (E06): a field for each question, in their order."""

    statut: Statut
    niveau_soutien: Niveau
    emploi_date: Emploi
    formation_date: Formation
    emploi_mois: Emploi
    formation_mois: Formation

    @classmethod
    def from_codes(cls, codes: Mapping[str, str]) -> "Answers":
        """Build from codes; `KeyError` for a missing answer (E01), `ValueError` for an unknown code (E06)."""
        given: dict[str, Any] = {asked.field: asked.closed_list(codes[asked.field]) for asked in QUESTIONS}
        return cls(**given)

    def codes(self) -> dict[str, str]:
        """Return the codes by field, as drafts and history keep them."""
        return {field: str(getattr(self, field)) for field in FIELDS}

    def changed(self, **codes: StrEnum) -> "Answers":
        """Return the same answers with some changed."""
        return replace(self, **codes)  # type: ignore[arg-type]

    def shown(self) -> Iterator[tuple[Question, Choice]]:
        """Yield each question with the choice made."""
        for candidate in QUESTIONS:
            yield candidate, candidate.choice(getattr(self, candidate.field))


def carried(last: Answers) -> Answers:
    """Return what holds if nothing changed since `last`.

    The situation at the date stays. The last month takes last quarter's situation at the date, not its last
    month: what held then and still holds also held last month.
    """
    months = {asked.field: getattr(last, asked.month_of) for asked in QUESTIONS if asked.month_of is not None}
    return last.changed(**months)
