"""What people are told of the exports they asked for."""

from collections.abc import Mapping, Sequence

from models.base import french
from models.base.screens import Row, Screen, bold, button
from models.reference.scopes import NATIONAL, Scope
from models.workbook.exports.dry_run import Counts, DryRun
from models.workbook.exports.eligibility import LeftOut
from models.workbook.exports.service import Exported, Request

MOST_SHOWN = 15
MOST_IN_A_CAPTION = 5
"""Telegram takes 1,024 characters under a document."""

MOST_COACHES = 8


def refused(sentence: str) -> Screen:
    """Return why there is no export."""
    return Screen(f"L'export n'a pas pu se faire.\n{sentence}", ((button("Retour", "export"),),))


def rehearsed(job: int, request: Request, rehearsal: DryRun, asking: Mapping[int, int]) -> Screen:
    """Return what would leave and what stays, and why."""
    text = f"{_title('Répétition', request)}\n\nPartiraient : {_counted(rehearsal.counts)}."
    text += _staying("Resteraient ici", rehearsal.left_out)
    if rehearsal.corrections:
        text += (
            f"\n\nÀ corriger à la main dans l'outil national : {french.count(len(rehearsal.corrections), 'valeur')}."
        )
    rows: list[Row] = [
        (button("Exporter", "export_go", job, 0),),
        (button("Les évènements seuls, ici", "export_go", job, 1),),
    ]
    rows += [
        (button(f"Demander au job coach ({french.count(number, 'personne')})", "export_ask", job, coach),)
        for coach, number in list(asking.items())[:MOST_COACHES]
    ]
    return Screen(text, (*rows, (button("Plus tard", "export"),)))


def under_way(job: int, request: Request, done: int) -> Screen:
    """Return how far an export is, and the way to stop it."""
    text = (
        f"{_title('Export', request)}\n\nEn préparation : {french.count(done, 'ligne')} {french.agree(done, 'écrite')}."
    )
    return Screen(text, ((button("Arrêter", "export_stop", job),),))


def done(request: Request) -> Screen:
    """Return that an export has ended: the message that follows tells how."""
    return Screen(f"{_title('Export', request)}\n\nTerminé.")


def events_alone(request: Request, exported: Exported) -> Screen:
    """Return what goes with the workbook of the events alone, which holds codes and closed choices only."""
    return Screen(
        f"{_title('Évènements', request)}\n{french.count(exported.counts.evenements, 'évènement')}. "
        f"Empreinte SHA-256 : {exported.sha256[:16]}…"
        f"{_staying('Restent ici', exported.left_out, MOST_IN_A_CAPTION)}"
    )


def ready(request: Request, exported: Exported, link: str, digits: str) -> Screen:
    """Return where the workbook is to be fetched, and the digits to type there."""
    return Screen(
        f"{_title('Export', request)}\n\nVotre classeur est prêt : {_counted(exported.counts)}.\n{link}\n\n"
        f"Ce lien sert une fois, pendant 30 minutes. Les six chiffres à taper : {bold(digits)}\n"
        f"Empreinte SHA-256 : {exported.sha256[:16]}…{_staying('Restent ici', exported.left_out)}",
        ((button("Exporter à nouveau", "export"),),),
    )


def _staying(heading: str, left_out: Sequence[LeftOut], most: int = MOST_SHOWN) -> str:
    """Return what does not leave, and why: the first of them, and how many more."""
    if not left_out:
        return ""
    lines = [f"…{one.reference[-4:]} : {one.reason}" for one in left_out[:most]]
    more = len(left_out) - len(lines)
    last = f"\net {french.count(more, 'autre')}." if more > 0 else ""
    return f"\n\n{heading} :\n" + "\n".join(lines) + last


def _title(what: str, request: Request) -> str:
    scope = "tout le pays" if request.scope == NATIONAL else Scope.parse(request.scope).code
    return f"{what} · remontée du {french.day_and_year(request.day)} · {scope}"


def _counted(counts: Counts) -> str:
    return ", ".join(
        (
            french.count(counts.evenements, "évènement"),
            french.count(counts.personnes, "personne"),
            french.count(counts.dispositifs, "dispositif"),
        )
    )
