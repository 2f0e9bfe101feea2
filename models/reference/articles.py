"""How a département is named in a sentence: « le Rhône », « l'Isère », « les Landes », « Paris »."""

from models.reference.departements import departements

_LE = frozenset(
    (14, 15, 18, 25, 29, 30, 32, 39, 41, 45, 46, 47, 49, 56, 59, 62, 63, 67, 68, 69, 81, 82, 83, 84, 90, 94, 95)
)
_LES = frozenset((4, 5, 6, 8, 13, 22, 40, 64, 65, 66, 78, 79, 88, 92))
"""By their INSEE numbers."""

_NONE = ("Paris", "Mayotte", "La Réunion")
_ELIDED = (*"AEIOUYÉÈ", "Hérault")


def named(code: str) -> str:
    """Return the département of that INSEE number with its article."""
    name = departements()[code].name
    if name in _NONE:
        return name
    number = int(code) if code.isdigit() else None
    if number in _LES:
        return f"les {name}"
    if number in _LE:
        return f"le {name}"
    if name.startswith(_ELIDED):
        return f"l'{name}"
    return f"la {name}"
