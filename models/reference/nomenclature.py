"""The closed lists and the 46 indicators of annex 2 (circulaire of 31 December 2021), once, in its spelling.

The annex prints the employment and training lists twice, in full for the date and abridged for the last month
(ambiguity A34): one code, two spellings. A list's members stand in the annex's order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Statut(StrEnum):
    """Status at the event's date (`evt_statut`)."""

    SUIVI = "suivi"
    VEILLE_TOTALE = "veille_totale"
    TERMINE = "termine"


class Niveau(StrEnum):
    """Level of support over the last month (`evt_niveau_soutien`), from the lowest to the highest."""

    VEILLE = "veille"
    SUIVI = "suivi"
    REGULIER = "regulier"
    INTENSIF = "intensif"


class Emploi(StrEnum):
    """Employment situation, at the date (`evt_emploi_date`) and in the last month (`evt_emploi_mois`)."""

    CDI = "cdi"
    CDD = "cdd"
    INTERIM = "interim"
    ALTERNANCE = "alternance"
    PMSMP = "pmsmp"
    SANS_EMPLOI = "sans_emploi"


class Formation(StrEnum):
    """Training situation, at the date (`evt_formation_date`) and in the last month (`evt_formation_mois`)."""

    FORMATION = "formation"
    STAGE = "stage"
    SANS_OBJET = "sans_objet"


class Handicap(StrEnum):
    """Nature of the disability, main and associated."""

    INTELLECTUELLE = "intellectuelle"
    COGNITIFS = "cognitifs"
    PSYCHISME = "psychisme"
    AUTISME = "autisme"
    LANGAGE = "langage"
    AUDITIVES = "auditives"
    VISUELLES = "visuelles"
    MOTRICES = "motrices"
    AUTRE = "autre"


class Orientation(StrEnum):
    """Where the person's notification comes from (`pers_orientation`)."""

    MDPH = "mdph"
    SPE = "spe"


class StatutDispositif(StrEnum):
    """Whether a dispositif is active (`disp_statut`)."""

    EN_ACTIVITE = "en_activite"
    PLUS_EN_ACTIVITE = "plus_en_activite"


Spelling = Mapping[StrEnum, str]
"""How the annex prints the members of a closed list."""

STATUT: Spelling = {
    Statut.SUIVI: "Suivi par le dispositif",
    Statut.VEILLE_TOTALE: "Veille totale",
    Statut.TERMINE: "Suivi terminé",
}
NIVEAU: Spelling = {
    Niveau.VEILLE: "Veille – moins de 2h/mois",
    Niveau.SUIVI: "Suivi – de 2 à 8h/mois",
    Niveau.REGULIER: "Régulier – 8 à 12h/mois",
    Niveau.INTENSIF: "Intensif – plus de 12h/mois",
}
EMPLOI_DATE: Spelling = {
    Emploi.CDI: "contrat à durée indéterminée (CDI)",
    Emploi.CDD: "contrat à durée déterminée (CDD)",
    Emploi.INTERIM: "contrat en intérim",
    Emploi.ALTERNANCE: "contrat en alternance",
    Emploi.PMSMP: "période de mise en situation en milieu professionnel (PMSMP) ou équivalent",
    Emploi.SANS_EMPLOI: "sans emploi",
}
EMPLOI_MOIS: Spelling = {
    Emploi.CDI: "CDI",
    Emploi.CDD: "CDD",
    Emploi.INTERIM: "Contrat en intérim",
    Emploi.ALTERNANCE: "Contrat en alternance",
    Emploi.PMSMP: "PMSMP ou équivalent",
    Emploi.SANS_EMPLOI: "Sans emploi",
}
FORMATION_DATE: Spelling = {
    Formation.FORMATION: "formation",
    Formation.STAGE: "stage ou équivalent",
    Formation.SANS_OBJET: "sans objet",
}
FORMATION_MOIS: Spelling = {
    Formation.FORMATION: "Formation",
    Formation.STAGE: "Stage ou équivalent",
    Formation.SANS_OBJET: "Sans objet",
}
HANDICAP: Spelling = {
    Handicap.INTELLECTUELLE: "déficience intellectuelle",
    Handicap.COGNITIFS: "troubles cognitifs",
    Handicap.PSYCHISME: "troubles du psychisme",
    Handicap.AUTISME: "troubles du spectre de l’autisme",
    Handicap.LANGAGE: "troubles parole et langage",
    Handicap.AUDITIVES: "déficiences auditives",
    Handicap.VISUELLES: "déficiences visuelles",
    Handicap.MOTRICES: "déficiences motrices",
    Handicap.AUTRE: "autre déficience",
}
ORIENTATION: Spelling = {
    Orientation.MDPH: "MDPH",
    Orientation.SPE: "Service Public de l’Emploi",
}
STATUT_DISPOSITIF: Spelling = {
    StatutDispositif.EN_ACTIVITE: "en activité",
    StatutDispositif.PLUS_EN_ACTIVITE: "plus en activité",
}


class CellKind(StrEnum):
    """What a cell of an indicator holds."""

    TEXT = "text"
    EMAIL = "email"
    EMAILS = "emails"
    TEXTS = "texts"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Indicator:
    """One indicator of the annex: its number in our transcription, its printed label, what it holds.

    `derived` ones are filled by the national tool and never typed (E07, E08).
    """

    id: str
    label: str
    kind: CellKind = CellKind.TEXT
    mandatory: bool = False
    derived: bool = False
    choices: Spelling | None = None


@dataclass(frozen=True)
class NationalSheet:
    """One record type of the annex, which is one sheet of the national workbook."""

    title: str
    indicators: tuple[Indicator, ...]

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator of that number; `KeyError` if the sheet has none."""
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise KeyError(indicator_id)


DISPOSITIFS = NationalSheet(
    "Dispositifs",
    (
        Indicator("disp_reference", "Référence dispositif", mandatory=True),
        Indicator("disp_email_responsable", "Email du responsable", CellKind.EMAIL),
        Indicator("disp_nom_responsable", "Nom du responsable"),
        Indicator("disp_prenom_responsable", "Prénom du responsable"),
        Indicator("disp_nom", "Nom du dispositif"),
        Indicator("disp_departement_no", "No de département"),
        Indicator("disp_region", "Région", derived=True),
        Indicator("disp_departement_nom", "Nom du département", derived=True),
        Indicator("disp_emails_conseillers", "Emails conseillers dispositif", CellKind.EMAILS),
        Indicator("disp_statut", "Statut", CellKind.CHOICE, choices=STATUT_DISPOSITIF),
        Indicator("disp_structures_rattachees", "Structures rattachées au DEA", CellKind.TEXTS),
        Indicator("disp_capacite", "Capacité d’accompagnement", CellKind.INTEGER),
        Indicator("disp_etp_total", "Nombre d’équivalents temps plein (ETP) dans le dispositif", CellKind.DECIMAL),
        Indicator("disp_etp_hors_admin", "Nombre d’ETP hors administratifs", CellKind.DECIMAL),
        Indicator("disp_professionnels_hors_admin", "Nombre de professionnels hors administratifs", CellKind.INTEGER),
        Indicator("disp_liste_attente", "Nombre de personnes en liste d’attente", CellKind.INTEGER),
        Indicator("disp_sans_suite", "Nombre de personnes sans suite", CellKind.INTEGER),
    ),
)

PERSONNES = NationalSheet(
    "Personnes accompagnées",
    (
        Indicator("pers_reference", "Référence personne accompagnée", mandatory=True),
        Indicator(
            "pers_dernier_statut", "Dernier statut accompagnement", CellKind.CHOICE, derived=True, choices=STATUT
        ),
        Indicator("pers_dispositif", "Dispositif accompagnant", mandatory=True),
        Indicator("pers_dispositif_reference", "Référence dispositif", derived=True),
        Indicator("pers_structure", "Structure accompagnante", mandatory=True),
        Indicator("pers_date_naissance", "Date de naissance", CellKind.DATE),
        Indicator("pers_sexe", "Sexe"),
        Indicator("pers_handicap_principal", "Nature handicap principal", CellKind.CHOICE, choices=HANDICAP),
        Indicator("pers_handicap_associe", "Nature handicap associé", CellKind.CHOICE, choices=HANDICAP),
        Indicator("pers_date_entree", "Date entrée dans le dispositif", CellKind.DATE),
        Indicator("pers_date_sortie", "Date sortie du dispositif", CellKind.DATE),
        Indicator("pers_duree_sans_emploi", "Durée période sans emploi", CellKind.INTEGER),
        Indicator("pers_orientation", "Orientation", CellKind.CHOICE, choices=ORIENTATION),
    ),
)

EVENEMENTS = NationalSheet(
    "Évènements",
    (
        Indicator("evt_id", "Id", derived=True),
        Indicator("evt_dispositif_concerne", "Dispositif concerné"),
        Indicator("evt_dispositif_nom", "Dispositif", derived=True),
        Indicator("evt_region", "Région", derived=True),
        Indicator("evt_departement", "Département", derived=True),
        Indicator("evt_personne", "Choisir personne concernée", mandatory=True),
        Indicator("evt_structure", "Structure accompagnante", derived=True),
        Indicator("evt_statut", "Statut à la date évènement", CellKind.CHOICE, mandatory=True, choices=STATUT),
        Indicator("evt_niveau_soutien", "Niveau de soutien apporté", CellKind.CHOICE, mandatory=True, choices=NIVEAU),
        Indicator(
            "evt_emploi_date", "Emploi à la date évènement", CellKind.CHOICE, mandatory=True, choices=EMPLOI_DATE
        ),
        Indicator(
            "evt_formation_date",
            "Formation à la date évènement",
            CellKind.CHOICE,
            mandatory=True,
            choices=FORMATION_DATE,
        ),
        Indicator(
            "evt_emploi_mois",
            "Emploi dans le dernier mois",
            CellKind.CHOICE,
            mandatory=True,
            choices=EMPLOI_MOIS,
        ),
        Indicator(
            "evt_formation_mois",
            "Formation dans le dernier mois",
            CellKind.CHOICE,
            mandatory=True,
            choices=FORMATION_MOIS,
        ),
        Indicator("evt_date", "Date de l’évènement", CellKind.DATE, mandatory=True),
        Indicator("evt_date_modification", "Date de modification", CellKind.DATE, derived=True),
        Indicator("evt_date_creation", "Date création fiche", CellKind.DATE, derived=True),
    ),
)

NATIONAL_SHEETS = (DISPOSITIFS, PERSONNES, EVENEMENTS)

AFFECTATIONS = NationalSheet(
    "Affectations",
    (
        Indicator("aff_personne", "Référence personne accompagnée", mandatory=True),
        Indicator("aff_email_coach", "Email du job coach", CellKind.EMAIL, mandatory=True),
    ),
)
"""Ours, not national: which job coach follows whom."""
