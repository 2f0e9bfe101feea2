"""What workers tell people."""

from collections.abc import Sequence

from models.french import count

NAMED = 3
"""How many codes tell whom somebody follows."""


def gave_up(reference: str) -> str:
    """Say that work somebody asked for could not be done."""
    return (
        "Ce que vous aviez demandé n'a pas pu être terminé, malgré plusieurs essais. Vos données sont intactes.\n"
        f"Donnez le code {reference} à votre administratrice ou administrateur, qui peut relancer le travail."
    )


def unreachable(dispositif: str, persons: Sequence[str]) -> str:
    """Tell a coordinator that Jalon can write no more to somebody, known by whom they follow."""
    named = ", ".join(f"…{end}" for end in persons[:NAMED])
    others = len(persons) - NAMED
    follows = f"qui suit {named}" + (f" et {count(others, 'autre personne', 'autres personnes')}" if others > 0 else "")
    who = follows if persons else "qui ne suit encore personne"
    return (
        f"Dispositif {dispositif} : Jalon ne peut plus écrire au job coach {who}.\n"
        "La conversation est sans doute bloquée sur son téléphone : il suffit de la débloquer, puis d'envoyer /start."
    )
