"""What the import says in French. Rules of persons and events say theirs beside their tables."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from models.base.refusals import sentences_of
from models.events import texts as event_texts
from models.persons import texts as person_texts

SAVE_AS = "Enregistrez-le dans votre tableur au format « Classeur Excel (.xlsx) », puis recommencez."
HEADING_RULE = "intitulé"
HEADING_MISSING = "colonne absente : attendu « {label} » en ligne 1"
HEADING_TWICE = "deux colonnes portent cet intitulé : n’en gardez qu’une"
HEADINGS_MERGED = "cellules fusionnées en ligne 1 : défusionnez-les, un intitulé par colonne"
SHEET_TWICE = "deux feuilles portent ce nom : n’en gardez qu’une"
HEADING_UNKNOWN = "colonne inconnue, ignorée"
SHEET_UNKNOWN = "feuille inconnue, ignorée"

MANDATORY = "champ obligatoire"
CHOICE = "attendu, à l’identique : {choices}"
DATE = "date réelle attendue, jj/mm/aaaa"
INTEGER = "nombre entier positif ou nul attendu"
DECIMAL = "nombre décimal positif ou nul attendu"
EMAIL = "adresse e-mail attendue"
EMAILS = "adresses e-mail attendues, séparées par un point-virgule"
TOO_LONG = "{longest} caractères au plus"
UNREADABLE = "texte lisible attendu"
FORMULA = "la cellule contient une formule : collez sa valeur"
NEGATIVE = "nombre négatif : un nombre positif ou une date est attendu"
EXCEL_ERROR = "la cellule contient une erreur de calcul"

DISPOSITIF_REFERENCE = "5 caractères attendus : 3 lettres puis 2 chiffres"
DUPLICATE = "déjà en ligne {row} de cette feuille"
DEPARTEMENT = "numéro de département attendu : 01 à 95, 2A, 2B, 971 à 976"
ETP = "les ETP hors administratifs dépassent les ETP du dispositif"
PROFESSIONALS = "moins de professionnels que d’ETP hors administratifs"
DISPOSITIF_UNKNOWN = "aucun dispositif de ce nom ni de cette référence"
DISPOSITIF_AMBIGUOUS = "plusieurs dispositifs portent ce nom : indiquez la référence"
OUT_OF_SCOPE = "inconnu, ou hors de votre périmètre"
STRUCTURE_UNKNOWN = "structure non rattachée au dispositif. Attendu : {structures}"
STRUCTURE_USED = "la structure « {structure} » accompagne encore des personnes"
PERSON_UNKNOWN = "aucune personne de cette référence"
NO_CAMPAIGN = "aucune campagne à cette date : jalon campaign open {iso}"
CAMPAIGN_TO_COME = "la campagne de cette date n’ouvre que le {opens}"
OTHER_DISPOSITIF = "le dispositif de la personne est {reference}"
SECOND_EVENT = "un seul évènement par personne et par date : déjà en ligne {row}"
SENT_UP = "évènement déjà remonté : à corriger à la main dans l’outil national"
DATES_AGAINST_EVENT = "contredit l’évènement déjà saisi au {day}"


def event_error(rule: str) -> str:
    """Return what a blocking rule of an event says."""
    return event_texts.ERRORS[rule]


def event_warning(rule: str) -> str:
    """Return what a warning of an event says."""
    return event_texts.WARNINGS[rule].sentence


def person_error(rule: str) -> str:
    """Return what a blocking rule of a person says."""
    return person_texts.ERRORS[rule]


def person_warning(rule: str) -> str:
    """Return what a warning of a person says."""
    return person_texts.WARNINGS[rule]


def day(value: date) -> str:
    """Return the day as French forms print it."""
    return f"{value:%d/%m/%Y}"


def number(value: int) -> str:
    """Return the number with French thousands."""
    return f"{value:,}".replace(",", "\u202f")


def changed_since(rows: int) -> str:
    """Return why an import can no longer be undone: so many of its rows were touched since."""
    if rows == 1:
        return "1 ligne de cet import a changé depuis : il ne peut plus être annulé. Corrigez-la à la main."
    return (
        f"{number(rows)} lignes de cet import ont changé depuis : il ne peut plus être annulé. Corrigez-les à la main."
    )


class Unreadable(StrEnum):
    """Why a file is not read."""

    NOT_A_WORKBOOK = "not_a_workbook"
    DAMAGED = "damaged"
    WRONG_ENDING = "wrong_ending"
    OLD_EXCEL = "old_excel"
    OPEN_DOCUMENT = "open_document"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    EXTERNAL_LINKS = "external_links"
    EMBEDDED = "embedded"
    ENTITIES = "entities"
    TOO_BIG = "too_big"
    TOO_MUCH_INSIDE = "too_much_inside"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    NO_FILE = "no_file"
    NO_KNOWN_SHEET = "no_known_sheet"


class UndoRefusal(StrEnum):
    """Why an import is not undone."""

    NO_IMPORT = "no_import"
    ALREADY_UNDONE = "already_undone"
    CHANGED_SINCE = "changed_since"


def _too_many_rows(sheet: str, last: int) -> str:
    return (
        f"La feuille « {sheet} » dépasse la ligne {number(last)}. "
        "Supprimez les lignes vides en trop, ou importez en plusieurs fois."
    )


def _no_known_sheet(titles: Iterable[str]) -> str:
    named = ", ".join(f"« {title} »" for title in titles)
    return f"Aucune feuille reconnue. Attendu : {named}."


UNREADABLE_WORKBOOK = sentences_of(
    Unreadable,
    {
        Unreadable.NOT_A_WORKBOOK: f"Ce fichier n’est pas un classeur Excel (.xlsx) lisible. {SAVE_AS}",
        Unreadable.DAMAGED: f"Ce classeur Excel est abîmé ou inhabituel. {SAVE_AS}",
        Unreadable.WRONG_ENDING: f"Le nom de ce fichier ne se termine pas par .xlsx. {SAVE_AS}",
        Unreadable.OLD_EXCEL: f"Ce fichier est à l’ancien format Excel (.xls). {SAVE_AS}",
        Unreadable.OPEN_DOCUMENT: f"Ce fichier est au format OpenDocument (.ods). {SAVE_AS}",
        Unreadable.MACROS: f"Ce classeur contient des macros. {SAVE_AS}",
        Unreadable.ENCRYPTED: (
            "Ce classeur est protégé par un mot de passe. Retirez le mot de passe, enregistrez-le, puis recommencez."
        ),
        Unreadable.EXTERNAL_LINKS: (
            "Ce classeur contient des liens vers d’autres fichiers. "
            "Rompez ces liens (menu Données), enregistrez-le, puis recommencez."
        ),
        Unreadable.EMBEDDED: (
            "Ce classeur contient des objets incorporés. Supprimez-les, enregistrez-le, puis recommencez."
        ),
        Unreadable.ENTITIES: f"Ce classeur contient des déclarations XML qui ne sont pas admises. {SAVE_AS}",
        Unreadable.TOO_BIG: (
            "Ce fichier dépasse {most} Mo. Ne gardez que les feuilles du modèle, ou importez en plusieurs fois."
        ),
        Unreadable.TOO_MUCH_INSIDE: (
            "Ce classeur, décompressé, devient trop volumineux ({most} Mo au plus). "
            "Supprimez les lignes vides et les feuilles inutiles, ou importez en plusieurs fois."
        ),
        Unreadable.TOO_MANY_ROWS: _too_many_rows,
        Unreadable.TOO_WIDE: (
            "La feuille « {sheet} » contient des cellules bien au-delà des colonnes du modèle, "
            "ou des textes trop longs. Supprimez-les, puis recommencez."
        ),
        Unreadable.NO_FILE: "Le fichier {file} n’existe pas ou ne peut pas être lu.",
        Unreadable.NO_KNOWN_SHEET: _no_known_sheet,
    },
)

UNDO_REFUSALS = sentences_of(
    UndoRefusal,
    {
        UndoRefusal.NO_IMPORT: "Aucun import {number} à votre nom.",
        UndoRefusal.ALREADY_UNDONE: "L’import {number} est déjà annulé.",
        UndoRefusal.CHANGED_SINCE: changed_since,
    },
)
