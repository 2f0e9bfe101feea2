"""What Jalon says in French about a template it cannot use."""

from enum import StrEnum

from models.base.refusals import sentences_of

WHOLE = "le modèle"
AT_LINE = " (ligne {line})"


class TemplateRefusal(StrEnum):
    """Why a template cannot be used."""

    UNREADABLE = "unreadable"
    NOT_YAML = "not_yaml"
    REFUSED = "refused"
    MAPPING_EXPECTED = "mapping_expected"
    LIST_EXPECTED = "list_expected"
    TEXT_EXPECTED = "text_expected"
    MISSING = "missing"
    UNKNOWN = "unknown"
    TWICE = "twice"
    SPELLED_TWICE = "spelled_twice"
    FORMULA = "formula"
    WIDTH = "width"
    TITLE = "title"
    TITLES_REPEATED = "titles_repeated"


REFUSALS = sentences_of(
    TemplateRefusal,
    {
        TemplateRefusal.UNREADABLE: "Le modèle {file} ne peut pas être lu.",
        TemplateRefusal.NOT_YAML: "Le modèle {file} n’est pas un fichier YAML valable{line}.",
        TemplateRefusal.REFUSED: "Le modèle {file} ne convient pas : {reason}",
        TemplateRefusal.MAPPING_EXPECTED: "des lignes « nom : valeur » sont attendues dans {where}.",
        TemplateRefusal.LIST_EXPECTED: "une liste est attendue dans {where}.",
        TemplateRefusal.TEXT_EXPECTED: "un texte est attendu pour {where}.",
        TemplateRefusal.MISSING: "il manque {what} dans {where}.",
        TemplateRefusal.UNKNOWN: "{what} est inconnu dans {where}.",
        TemplateRefusal.TWICE: "« {what} » figure deux fois dans {where}.",
        TemplateRefusal.SPELLED_TWICE: "deux valeurs de la liste {where} s’écrivent de la même façon.",
        TemplateRefusal.FORMULA: "la graphie de {where} commence comme une formule.",
        TemplateRefusal.WIDTH: "la largeur de {where} est un nombre de 1 à 255.",
        TemplateRefusal.TITLE: (
            "« {title} » n’est pas un nom de feuille possible ({where}) : 31 caractères au plus, sans [ ] : * ? / \\."
        ),
        TemplateRefusal.TITLES_REPEATED: "deux feuilles portent le même nom, ou une feuille s’appelle « Listes ».",
    },
)
