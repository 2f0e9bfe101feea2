"""The French of the meeting pack."""

from collections.abc import Sequence

from models.base import french
from models.base.screens import bold
from models.entry.card import END_LENGTH
from models.meetings.invitations import texts as sending_texts
from models.meetings.packs.cases import Case, CaseReason
from models.meetings.packs.service import Pack
from models.reference.nomenclature import Orientation, Statut

TITLE = "Dossier de la réunion"
SEE = "Voir la réunion"
PRINTED = "À imprimer pour la réunion."
NOT_YOURS = "Cette réunion n'existe pas, ou n'est pas la vôtre."
IN_THE_CHAT = "Le dossier de la réunion est prêt : il vous attend dans Jalon."
NOTHING = "Aucune situation à regarder."

REASONS = {
    CaseReason.SENT_BACK: "Saisie renvoyée",
    CaseReason.NOT_ENTERED: "Sans saisie, la date est passée",
    CaseReason.VEILLE_TOTALE: "Veille totale",
    CaseReason.CDD: "CDD depuis trois trimestres",
    CaseReason.NEVER_EMPLOYED: "Sans emploi depuis l'entrée",
}

STATES: dict[Statut | None, str] = {
    Statut.SUIVI: "Suivies par le dispositif",
    Statut.VEILLE_TOTALE: "En veille totale",
    None: "Sans aucune saisie",
}

ORIENTATIONS: dict[Orientation | None, str] = {
    Orientation.MDPH: "MDPH",
    Orientation.SPE: "service public de l'emploi",
    None: "orientation non saisie",
}


def since(pack: Pack) -> str:
    """Return since when entries are counted."""
    if pack.since is None:
        return "Depuis le début"
    return f"Depuis le {french.day_and_year(pack.since)}"


def entry_labels(pack: Pack) -> list[tuple[str, int]]:
    """Return what came in, by orientation; what nobody said only where there is some."""
    kinds = [kind for kind in ORIENTATIONS if kind is not None or pack.entries.get(None)]
    return [(ORIENTATIONS[kind], pack.entries.get(kind, 0)) for kind in kinds]


def figures(pack: Pack) -> list[tuple[str, str]]:
    """Return each figure of a pack with what it counts."""
    lines = [(f"Entrées, {label} ({since(pack).lower()})", str(number)) for label, number in entry_labels(pack)]
    lines += [(label, str(pack.states.get(state, 0))) for state, label in STATES.items()]
    on = f" au {french.day(pack.figures_day)}" if pack.figures_day else ""
    lines.append((f"Liste d'attente{on}", _communicated(pack.waiting)))
    lines.append((f"Orientations sans suite{on}", _communicated(pack.dropped, several=True)))
    if pack.completeness is not None:
        one = pack.completeness
        day = french.day(one.campaign.date)
        lines.append((f"Remontée du {day} : saisies sur personnes attendues", f"{one.entered} sur {one.expected}"))
        lines.append((f"Remontée du {day} : saisies validées", str(one.validated)))
    return lines


def message(pack: Pack) -> str:
    """Return what goes with the picture: the figures in a few lines, then the cases by reason."""
    came = sum(pack.entries.values())
    parts = ", ".join(f"{label} {number}" for label, number in entry_labels(pack))
    inside = sum(pack.states.values())
    states = ", ".join(f"{label[0].lower()}{label[1:]} {pack.states.get(one, 0)}" for one, label in STATES.items())
    lines = [
        bold(f"{TITLE} : {sending_texts.summary(pack.meeting, pack.where)}"),
        f"Le {sending_texts.when(pack.meeting)}.",
        "",
        f"{since(pack)} : {french.count(came, 'entrée')} ({parts}).",
        f"{french.count(inside, 'personne')} dans le parcours ({states}).",
    ]
    on = f" (au {french.day(pack.figures_day)})" if pack.figures_day else ""
    dropped = f"orientations sans suite : {_communicated(pack.dropped, several=True)}"
    lines.append(f"Liste d'attente : {_communicated(pack.waiting)} ; {dropped}{on}.")
    if pack.completeness is not None:
        one = pack.completeness
        told = f"{french.count(one.entered, 'saisie')} sur {one.expected}, {french.count(one.validated, 'validée')}"
        lines.append(f"Remontée du {french.day(one.campaign.date)} : {told}.")
    return "\n".join((*lines, "", *_to_look_at(pack)))


def end_of(case: Case) -> str:
    """Return the end of a person's code: « …4217 »."""
    return f"…{case.reference[-END_LENGTH:]}"


def code_of(case: Case, pack: Pack) -> str:
    """Return the end of a person's code, after their dispositif where the platform has several."""
    several = len({one.dispositif for one in pack.cases}) > 1
    return f"{case.dispositif} {end_of(case)}" if several else end_of(case)


def more(pack: Pack) -> str:
    """Return how many cases there are beside those named, if any."""
    left = pack.cases_in_all - len(pack.cases)
    return f"et {french.count(left, 'autre situation', 'autres situations')}." if left else ""


def _communicated(number: int | None, *, several: bool = False) -> str:
    if number is not None:
        return str(number)
    return "non communiquées" if several else "non communiquée"


def _to_look_at(pack: Pack) -> Sequence[str]:
    if not pack.cases:
        return [NOTHING]
    lines = [f"{french.count(pack.cases_in_all, 'situation')} à regarder :"]
    for reason, why in REASONS.items():
        named = [code_of(case, pack) for case in pack.cases if case.reason is reason]
        if named:
            lines.append(f"{why} : {', '.join(named)}")
    return [*lines, *([more(pack)] if more(pack) else [])]
