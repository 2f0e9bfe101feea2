"""The French of the report's screens: its questions, its recapitulation, what was signed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers.meetings.texts import labels
from models.accounts.permissions import Role
from models.accounts.texts import SIGNERS
from models.base import french
from models.base.clock import local_day
from models.base.screens import bold
from models.meetings.kinds import MeetingKind
from models.meetings.reports.report import Addendum, Content, Decided, Report
from models.meetings.reports.texts import DECISIONS, GROUNDS, OUTCOMES, PRESCRIBERS, REASONS
from models.meetings.repository import Meeting
from models.meetings.states import Ground, Outcome, Prescriber
from models.meetings.texts import KINDS

__all__ = ["DECISIONS", "GROUNDS", "OUTCOMES", "PRESCRIBERS", "REASONS"]

BACK = "Retour"
GO_ON_LATER = "Continuer plus tard"
PARTS = {
    "present": "Présents",
    "examined": "Prescriptions",
    "own": "Motifs de Cap emploi",
    "subsidiarity": "Droit commun",
    "follow": "Suivi",
    "decisions": "Décisions",
}
TO_REREAD = "Relisez avant de signer ; touchez une partie pour la changer."
CORRECTING = "Additif : touchez ce qui est à corriger, puis enregistrez."
NOT_HELD_YET = "Dites d'abord si la réunion a eu lieu : le compte rendu vient après."
WHO_WAS_THERE = "Qui était là ? Touchez un invité pour le noter présent ou absent."
WHO_ELSE = "Qui d'autre était là ? Touchez un contact : il est aussitôt noté présent."
NOBODY_ELSE_KNOWN = "Qui d'autre était là ? Le carnet n'a personne de plus : ajoutez un contact."
SOMEBODY_ELSE = "Quelqu'un d'autre était là"
EXAMINED = "Prescriptions examinées, par prescripteur :"
WAS_COMMON_LAW = "Pour chaque prescription, le droit commun a-t-il été examiné avant l'emploi accompagné ?"
SUBSIDIARITY = {True: "Oui, examiné avant", False: "Non, pas pour toutes"}
NO_NUMBER = "Écrivez un nombre entier : 0, 12…"
FOLLOWED = "Ce que sont devenues les décisions précédentes :"
ADD_DECISION = "Ajouter une décision"
WHAT_DECIDED = "Qu'a-t-on décidé ?"
WHO_DOES = "Qui s'en charge ?"
BY_WHEN = "Pour quand ? Touchez un choix, ou écrivez la date (15/06, 15 juin)."
SIGN, SIGN_NOW = "Signer le compte rendu", "Oui, signer"
SAVE = "Enregistrer sans signer"
SAVED = "Le compte rendu est enregistré. Il reste à le signer."
SIGNED = "Le compte rendu est signé : l'obligation est tenue, le registre le montre."
SAVED_MEANWHILE = "Un autre compte rendu de cette réunion a été enregistré depuis votre brouillon. Le voici :"
TAKE_STORED, KEEP_MINE = "Reprendre le compte rendu enregistré", "Garder le mien"
CHANGED_MEANWHILE = "La réunion a changé entre-temps : relisez avant de signer."
ADDENDUM = "Corriger par un additif"
CORRECT = "Enregistrer l'additif"
GIVE_UP = "Abandonner l'additif"
GIVEN_UP = "Additif abandonné : le compte rendu ne change pas."
CORRECTED = "L'additif est enregistré. Le compte rendu signé reste tel quel."
WHICH_REASON = "Pour quel motif le corriger ?"
NEXT_MEETING = "La prochaine réunion"


def title(meeting: Meeting) -> str:
    """Return the first line of each screen of a report."""
    return bold(f"Compte rendu · {KINDS[meeting.kind]} du {french.day_and_year(meeting.day)}")


def present(number: int) -> str:
    """Return the label that goes on with those who were there."""
    return f"Continuer avec {french.count(number, 'présent')}"


def counted(label: str, number: int) -> str:
    """Return « MDPH : 6 »."""
    return f"{label} : {number}"


def ground(label: str, number: int) -> str:
    """Return « Choix de la personne : 1 », without a number where there is none."""
    return counted(label.replace(" : ", ", "), number) if number else label


def how_many(which: str) -> str:
    """Ask for a number of prescriptions."""
    if which in set(Ground):
        return f"« {GROUNDS[Ground(which)]} » : combien de prescriptions ? Touchez ou écrivez le nombre."
    who = PRESCRIBERS[Prescriber(which)]
    return f"Combien de prescriptions examinées pour {_THE.get(Prescriber(which), who)} ? Touchez ou écrivez le nombre."


_THE = {Prescriber.MDPH: "la MDPH", Prescriber.MISSION_LOCALE: "la Mission locale"}


def own_question(examined: int) -> str:
    """Ask for the prescriptions of Cap emploi towards its own body, by ground."""
    return (
        f"Cap emploi a {french.count(examined, 'prescription examinée', 'prescriptions examinées')}. Combien vers une "
        "structure gérée par le même organisme, et pour quel motif ? Ces prescriptions vont de préférence ailleurs."
    )


def own(number: int) -> str:
    """Return the label that goes on with those of Cap emploi towards its own body."""
    return f"Continuer avec {number}" if number else "Aucune : continuer"


def actual(label: str, *, of: bool) -> str:
    """Mark the present choice in words."""
    return f"{label} (actuel)" if of else label


def follow_up(one: Decided, names: Mapping[int, str], left: int) -> str:
    """Ask what became of a decision."""
    owner = names.get(one.owner_id)
    by = f", par {owner}" if owner else ""
    rest = f"\nEncore {french.count(left, 'décision')} à suivre." if left > 1 else ""
    said = f"Décision précédente : {_lower(DECISIONS[one.what])}{by}, pour le {french.day_and_year(one.due_on)}."
    return f"{said}{rest}\nQu'est-elle devenue ?"


def followed(one: Decided, outcome: str) -> str:
    """Return the label of a decision with what became of it."""
    return f"{DECISIONS[one.what]} : {_lower(OUTCOMES[Outcome(outcome)])}"


def decisions(decided: Sequence[Decided], names: Mapping[int, str]) -> str:
    """Return what was decided so far."""
    if not decided:
        return "Qu'a-t-on décidé ? Rien n'est encore noté."
    lines = [f"· {decision(one, names)}" for one in decided]
    return "\n".join((f"{french.count(len(decided), 'décision')} :", *lines))


def decision(one: Decided, names: Mapping[int, str]) -> str:
    """Return a decision on a line: what, by whom, by when."""
    owner = f", {names[one.owner_id]}" if one.owner_id in names else ""
    return f"{DECISIONS[one.what]}{owner}, pour le {french.day_and_year(one.due_on)}"


def take_off(one: Decided) -> str:
    """Return the label that takes a decision off."""
    return f"Retirer : {_lower(DECISIONS[one.what])}, {french.day(one.due_on)}"


def decided(number: int) -> str:
    """Return the label that goes on with what was decided."""
    return f"Continuer avec {french.count(number, 'décision')}" if number else "Aucune décision : continuer"


def by(day: date) -> str:
    """Return the label of a term."""
    return f"{french.weekday(day).capitalize()} {day.year}"


def recap(meeting: Meeting, content: Content, *, correcting: bool) -> str:
    """Return all that a report says, before it is signed or corrected."""
    head = title(meeting)
    note = CORRECTING if correcting else TO_REREAD
    return "\n".join((head, note, "", *_body(meeting, content)))


def signing(meeting: Meeting) -> str:
    """Ask before the report is signed."""
    return (
        f"{title(meeting)}\n\nSigner ? Le compte rendu ne se modifiera plus ; une correction prendra la forme d'un "
        "additif daté. Il prouve que la réunion a été tenue."
    )


def signed(meeting: Meeting, report: Report) -> str:
    """Return a report as it was signed, and below it what each addendum corrects."""
    assert report.signed_at is not None
    assert report.signed_role is not None
    by_whom = SIGNERS[Role(report.signed_role)]
    day = french.day_and_year(local_day(report.signed_at, meeting.zone))
    lines = [title(meeting), f"Signé le {day} par {by_whom}.", "", *_body(meeting, report.content)]
    if report.addenda:
        lines += ["", *(_addendum(one, meeting) for one in report.addenda)]
    return "\n".join(lines)


def meanwhile(meeting: Meeting, stored: Content) -> str:
    """Return what was saved since this draft was begun, and ask which of the two goes on."""
    return "\n".join((title(meeting), SAVED_MEANWHILE, "", *_body(meeting, stored)))


def _body(meeting: Meeting, content: Content) -> list[str]:
    names = labels([one.contact for one in meeting.participants])
    there = [names[one] for one in content.present if one in names]
    lines = [
        f"{french.count(len(there), 'présent')} : {' ; '.join(there)}." if there else "Présents : personne encore."
    ]
    if meeting.kind is MeetingKind.POINT:
        lines += _prescriptions(content)
    if content.follow_ups:
        counts = Counter(content.follow_ups.values())
        said = ", ".join(f"{counts[one]} {_lower(label)}" for one, label in OUTCOMES.items() if counts[one])
        lines.append(f"Décisions précédentes : {said}.")
    lines += [f"Décision : {decision(one, names)}." for one in content.decisions] or ["Aucune décision."]
    return lines


def _prescriptions(content: Content) -> list[str]:
    total = sum(content.examined.values())
    parts = [f"{label} {content.examined[one]}" for one, label in PRESCRIBERS.items() if one in content.examined]
    noun = french.count(total, "prescription examinée", "prescriptions examinées")
    lines = [f"{noun} : {', '.join(parts)}."]
    own_body = sum(content.own_structure.values())
    if own_body:
        grounds = ", ".join(
            f"{_lower(label)} {content.own_structure[one]}"
            for one, label in GROUNDS.items()
            if content.own_structure.get(one)
        )
        lines.append(f"Cap emploi vers le même organisme : {own_body} ({grounds.replace(' : ', ', ')}).")
    if content.subsidiarity is not None:
        lines.append(f"Droit commun : {_lower(SUBSIDIARITY[content.subsidiarity])}.")
    return lines


def _addendum(one: Addendum, meeting: Meeting) -> str:
    day = french.day_and_year(local_day(one.at, meeting.zone))
    names = labels([one.contact for one in meeting.participants])
    changes = " ; ".join(_changed(name, one.before[name], one.after[name], names) for name in one.after)
    return f"Additif du {day} ({_lower(REASONS[one.reason])}) : {changes}."


def _changed(name: str, before: Any, after: Any, names: Mapping[int, str]) -> str:
    if name == "present":
        parts = (("était là", set(after) - set(before)), ("n'était pas là", set(before) - set(after)))
        return " ; ".join(f"{names[one]} {said}" for said, whom in parts for one in sorted(whom) if one in names)
    if name == "subsidiarity":
        return f"droit commun, {_lower(SUBSIDIARITY[after])}"
    labels_of: Mapping[Any, str] = PRESCRIBERS if name == "examined" else GROUNDS
    return ", ".join(
        f"{label}, de {before.get(one, 0)} à {after.get(one, 0)}"
        for one, label in labels_of.items()
        if before.get(one, 0) != after.get(one, 0)
    )


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
