"""What people are told of the workbooks they send."""

from collections.abc import Iterator

from models.base import french
from models.base.screens import Row, Screen, bold, button
from models.workbook.findings import Finding
from models.workbook.imports.preview import Difference
from models.workbook.imports.preview import preview as previewed
from models.workbook.imports.records import Plan

MOST_SHOWN = 10
_NOUNS = {
    "dispositifs": "dispositif",
    "personnes": "personne",
    "evenements": "évènement",
    "affectations": "affectation",
}
_AGAIN: Row = (button("Envoyer un autre classeur", "import"),)


def unreadable(sentence: str) -> Screen:
    """Return why a file is no workbook of ours."""
    return Screen(f"Ce classeur ne peut pas être lu ; rien n'est écrit.\n{sentence}", (_AGAIN,))


def not_in_the_chat(link: str = "", digits: str = "") -> Screen:
    """Return why a workbook was taken off the chat, and where to send it instead, where there is an address."""
    text = (
        "Ce classeur contient des dates de naissance, des sexes ou des handicaps : ils ne passent pas par la "
        "conversation, et votre message a été supprimé. Rien n'est écrit."
    )
    if link:
        text += f"\n\nEnvoyez-le à cette adresse :\n{link}\n{_once(digits)}"
    return Screen(text)


def preview(job: int, plan: Plan) -> Screen:
    """Return what the workbook would do, old beside new, and the way to agree."""
    text = f"{bold('Votre classeur est prêt à être chargé')}\n" + "\n".join(_lines(plan))
    seen = previewed(plan, MOST_SHOWN)
    if seen.differences:
        text += "\n\n" + "\n".join(_difference(one) for one in seen.differences)
    if seen.more_differences:
        text += "\net d'autres."
    if plan.findings.warnings:
        text += f"\n\nÀ vérifier, sans bloquer : {french.count(len(plan.findings.warnings), 'cellule')}."
    text += "\n\nRien n'est encore écrit. Vous avez une heure pour confirmer."
    return Screen(text, ((button("Charger", "import_go", job),), (button("Abandonner", "import_drop", job),)))


def to_correct(plan: Plan, link: str = "", digits: str = "") -> Screen:
    """Return the first cells to correct, and where to fetch the workbook with all of them annotated, if anywhere."""
    errors = plan.findings.errors
    lines = [_finding(finding) for finding in errors[:MOST_SHOWN]]
    more = len(errors) - len(lines)
    text = f"{french.count(len(errors), 'cellule')} à corriger ; rien n'est écrit.\n\n" + "\n".join(lines)
    if more > 0:
        text += f"\net {french.count(more, 'autre')}."
    if link:
        text += f"\n\nVotre classeur annoté est à cette adresse :\n{link}\n{_once(digits)}"
    return Screen(text, (_AGAIN,))


def changed_meanwhile(plan: Plan) -> Screen:
    """Return that what was checked does not hold any more."""
    lines = "\n".join(_finding(finding) for finding in plan.findings.errors[:MOST_SHOWN])
    return Screen(f"Les données ont changé depuis la vérification ; rien n'est écrit.\n\n{lines}", (_AGAIN,))


def applied(number: int, plan: Plan) -> Screen:
    """Return what was written, and the way to take it back."""
    text = f"{bold('Classeur chargé')} (import n° {number})\n" + "\n".join(_lines(plan))
    return Screen(text, ((button("Annuler cet import", "import_undo", number),), _AGAIN))


def _lines(plan: Plan) -> Iterator[str]:
    for name, count in plan.counts():
        parts = [
            f"{number} {french.agree(number, word, many)}"
            for number, word, many in (
                (count.created, "à créer", "à créer"),
                (count.updated, "à modifier", "à modifier"),
                (count.unchanged, "inchangé", "inchangés"),
            )
            if number
        ]
        if parts:
            yield f"{_NOUNS[name].capitalize()}s : {' · '.join(parts)}"


def _once(digits: str) -> str:
    return f"Elle sert une fois, pendant 30 minutes. Les six chiffres à taper : {bold(digits)}"


def _difference(one: Difference) -> str:
    return f"{one.reference} · {one.column} : {one.old or 'vide'} → {one.new or 'vide'}"


def _finding(finding: Finding) -> str:
    value = f" « {finding.value} »" if finding.value else ""
    return f"{finding.sheet}, ligne {finding.row}, {finding.column}{value} : {finding.message} ({finding.rule})"
