"""The form of an event, declared once.

A question gives its prompt, its definition, its choices, its validation, its line on the card, its column in
the workbook and, later, its statistic. Labels are short enough for a phone; the annex's spelling stays in
`models.reference.nomenclature` and is what leaves in the workbook.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from models.reference.nomenclature import EVENEMENTS, Emploi, Formation, Indicator, Niveau, Statut


@dataclass(frozen=True)
class Choice:
    """One answer: its code, the label of its button, and its short form on a card."""

    code: StrEnum
    label: str
    short: str


@dataclass(frozen=True)
class Question:
    """One of the six questions; `field` is the column of the event and the key of an answer.

    In a prompt, `{date}` stands for the campaign's date.
    """

    field: str
    name: str
    prompt: str
    definition: str
    definition_label: str
    choices: tuple[Choice, ...]

    @property
    def indicator(self) -> Indicator:
        """The indicator of annex 2 that the question asks for."""
        return EVENEMENTS.indicator(f"evt_{self.field}")

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
    ),
    Question(
        "emploi_date",
        "Emploi",
        "Quelle est la situation d'emploi au {date} ?",
        "Un seul contrat : le principal s'il y en a plusieurs.\n"
        "PMSMP : période de mise en situation en milieu professionnel.",
        "Que choisir ?",
        EMPLOIS,
    ),
    Question(
        "formation_date",
        "Formation",
        "Une formation ou un stage est-il en cours au {date} ?",
        "« Sans objet » : ni formation ni stage en cours.",
        "Que choisir ?",
        FORMATIONS,
    ),
    Question(
        "emploi_mois",
        "Emploi du dernier mois",
        "Quelle a été la situation d'emploi dans le mois qui précède le {date} ?",
        "Le mois avant la date de la remontée. Un seul contrat : le principal s'il y en a eu plusieurs.",
        "Quel mois, quel contrat ?",
        EMPLOIS,
    ),
    Question(
        "formation_mois",
        "Formation du dernier mois",
        "Une formation ou un stage a-t-il eu lieu dans le mois qui précède le {date} ?",
        "Le mois avant la date de la remontée. « Sans objet » : ni formation ni stage.",
        "Quel mois ?",
        FORMATIONS,
    ),
)


def question(field: str) -> Question:
    """Return the question of that column; `KeyError` if the form has none."""
    for candidate in QUESTIONS:
        if candidate.field == field:
            return candidate
    raise KeyError(field)


@dataclass(frozen=True)
class Answers:
    """The six mandatory answers (E01), each in its closed list (E06)."""

    statut: Statut
    niveau_soutien: Niveau
    emploi_date: Emploi
    formation_date: Formation
    emploi_mois: Emploi
    formation_mois: Formation

    @classmethod
    def from_codes(cls, codes: Mapping[str, str]) -> "Answers":
        """Build from codes; `KeyError` for a missing answer (E01), `ValueError` for an unknown code (E06)."""
        return cls(
            Statut(codes["statut"]),
            Niveau(codes["niveau_soutien"]),
            Emploi(codes["emploi_date"]),
            Formation(codes["formation_date"]),
            Emploi(codes["emploi_mois"]),
            Formation(codes["formation_mois"]),
        )

    def codes(self) -> dict[str, str]:
        """Return the codes by field, as drafts and history keep them."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}

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
    return last.changed(emploi_mois=last.emploi_date, formation_mois=last.formation_date)
