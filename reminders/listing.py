"""What is missing, dispositif by dispositif, in the room that a message leaves for it; what is left out is counted."""

from collections.abc import Sequence

from models.base import french
from models.base.channels import LEAST
from models.base.screens import bold
from models.reminders.snapshot import Caseload, DispositifSnapshot

Listed = tuple[DispositifSnapshot, Sequence[tuple[str, int]]]
"""A dispositif, and how many persons each of its job coaches has left."""

_APART = "\n\n"
_COUNTED, _LEFT_OUT = 45, 60
"""Room for a line that counts the other job coaches of a dispositif, and for the one of the other dispositifs."""


def left_of(caseload: Caseload | DispositifSnapshot) -> str:
    """Return « 6 personnes sur 20 »."""
    expected = caseload.expected if isinstance(caseload, Caseload) else caseload.total("expected")
    return f"{french.count(caseload.missing, 'personne')} sur {expected}"


def of_dispositifs(dispositifs: Sequence[Listed], around: Sequence[str]) -> list[str]:
    """Return a part for each dispositif, as many as one message holds with the parts `around` them.

    Their own lines come first; what room they leave is shared between the lines of their job coaches.
    """
    room = LEAST.text - _LEFT_OUT - sum(len(part) + len(_APART) for part in around)
    frames: list[tuple[list[str], list[str]]] = []
    for dispositif, coaches in dispositifs:
        above, below = _frame(dispositif)
        needed = sum(map(len, (*above, *below))) + len(above) + len(below) + len(_APART)
        room -= needed + (_COUNTED if coaches else 0)
        if room < 0:
            break
        frames.append((above, below))
    room = max(room, 0)
    parts = []
    for number, ((above, below), (_, coaches)) in enumerate(zip(frames, dispositifs, strict=False)):
        lines = _within(coaches, room // (len(frames) - number))
        room -= sum(len(line) + 1 for line in lines)
        parts.append("\n".join((*above, *lines, *_others_of(coaches, len(lines)), *below)))
    return [*parts, *_others([dispositif for dispositif, _ in dispositifs[len(frames) :]])]


def _frame(dispositif: DispositifSnapshot) -> tuple[list[str], list[str]]:
    """Return the lines of a dispositif above those of its job coaches, and below."""
    entered = f"{left_of(dispositif)} à saisir" if dispositif.missing else "tout est saisi"
    below = []
    if waiting := dispositif.total("to_validate"):
        below.append(f"{french.count(waiting, 'saisie')} à relire et valider")
    if not dispositif.figures_recorded:
        below.append("Chiffres du dispositif à mettre à jour")
    return [f"{bold(f'Dispositif {dispositif.reference}')} : {entered}"], below


def _within(coaches: Sequence[tuple[str, int]], room: int) -> list[str]:
    """Return a line a job coach, as far as there is room."""
    lines: list[str] = []
    for name, missing in coaches:
        line = f"{name} : {missing}"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    return lines


def _others_of(coaches: Sequence[tuple[str, int]], shown: int) -> list[str]:
    """Return one line for the job coaches that are not shown, if there are any."""
    others = coaches[shown:]
    if not others:
        return []
    persons = french.count(sum(missing for _, missing in others), "personne")
    if not shown:
        return [f"{french.count(len(others), 'job coach', 'job coachs')} : {persons}"]
    return [f"et {french.count(len(others), 'autre job coach', 'autres job coachs')} : {persons}"]


def _others(dispositifs: Sequence[DispositifSnapshot]) -> list[str]:
    if not dispositifs:
        return []
    number = french.count(len(dispositifs), "autre dispositif", "autres dispositifs")
    persons = french.count(sum(dispositif.missing for dispositif in dispositifs), "personne")
    return [f"et {number} : {persons} à saisir."]
