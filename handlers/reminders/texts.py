"""The French of the reminders' screens; a job coach is named by their e-mail address."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import accumulate

from models.base import french
from models.base.channels import LEAST
from models.base.clock import PARIS
from models.base.screens import bold
from models.reference.departements import departements
from models.reference.working_days import Place, holiday, is_working_day
from models.reminders.repository import PutOff
from reminders.forecast import Forecast
from reminders.texts import dated
from reminders.upcoming import Upcoming
from reminders.wishes import Snooze

COMMAND = "Vos rappels : quand, à quelle heure, absence"
TITLE = bold("Vos rappels")
NOW_AT = "Actuellement : {clock}."
COMING_AT, BACK_TO = "Vos rappels viendront à {clock}.", "Revenir à {hour}"
AT = "Heure : {clock}."
NEXT = "Saisir la suivante"
BACK = "Retour"
HOME = "Accueil"
YOUR_REMINDERS = "Vos rappels"
HOUR = "Changer l'heure"
ABSENCE = "Indiquer une absence"
BE_BACK = "Je suis de retour"
CANCEL_ABSENCE = "Annuler l'absence"
CANCEL_SNOOZE = "Annuler le report"
ANOTHER_DAY = "Un autre jour…"
PAUSE = "Suspendre le bilan du lundi"
RESUME = "Reprendre le bilan du lundi"
FORECAST = "Prévision"
WHO_PUT_OFF = "Qui a reporté ?"
PREVIEW = "Ce qui partirait maintenant"
OTHER = "Un autre dispositif"
WHO_IS_MISSING = "Qui manque ?"
WHO_PUT_OFF_TITLE = bold("Reports et absences des job coachs")

NO_CAMPAIGN = "Aucune remontée n'est ouverte : le prochain rappel viendra à l'ouverture."
NOTHING_COMES = "Aucun rappel n'est prévu."
NOTHING_LEFT = "Vous avez tout saisi : plus aucun rappel ne viendra."
NO_DISPOSITIF = "Aucun dispositif ne vous est confié."
WHICH_DISPOSITIF = "La prévision de quel dispositif ?"
NO_CHOICE = (
    "La date est trop proche : un rappel ne se reporte pas au-delà de la veille. "
    "Vous pouvez changer d'heure ou indiquer une absence."
)
CHOOSE_DAY = "Quand vous le rappeler ?"
NO_MORE_LEFT = "Vous avez tout saisi : il n'y a plus rien à vous rappeler."
SNOOZE_CANCELLED = "Report annulé : vos rappels reviennent aux jours habituels."
CHOOSE_HOUR = "À quelle heure vous rappeler ?"
ABSENT_FROM = "Quel est votre premier jour d'absence ?"
ABSENT_UNTIL = "Absence à partir du {first}. Quel en est le dernier jour ?"
TOUCH_DAY = "{month} : touchez le jour, ou écrivez la date (jj/mm/aaaa)."
TOLD_INSTEAD = (
    "Pendant ce temps, votre coordination est prévenue à votre place. À votre retour, les rappels reprennent."
)
WELCOME_BACK = "Votre absence est terminée : vos rappels reprennent."
ABSENCE_CANCELLED = "Absence annulée."
PAUSED = "Le bilan du lundi est suspendu."
RESUMED = "Le bilan du lundi reprend."
NOBODY_PUT_OFF = "Personne n'a reporté ses rappels ni indiqué d'absence."

PREVIEWED = "Aperçu des rappels : Jalon le prépare. Il arrive dans un message, dans un instant."
PREVIEWED_ALREADY = "L'aperçu des rappels est déjà en préparation."

MOST_COACHES = 40
"""How many job coaches a message names before it counts the others."""

_AROUND = 200
"""Room for what stands around the lines of a list."""


def choice(snooze: Snooze) -> str:
    """Return the label of a day to put a reminder off to, among others."""
    named = french.weekday(snooze.day)
    label = snooze.label if snooze.label == named else f"{snooze.label}, {named}"
    return label.capitalize()


def hour(value: int) -> str:
    """Return « 9 h », in one piece."""
    return f"{value}\u00a0h"


def hour_wished(of: int, *, actual: bool) -> str:
    """Return the label of an hour that may be chosen."""
    return f"{hour(of)} (actuel)" if actual else hour(of)


def clock(value: int, departement: str | None, place: Place) -> str:
    """Return an hour and whose clock it is on."""
    if place.zone == PARIS or departement is None:
        return f"{hour(value)}, heure de Paris"
    return f"{hour(value)}, heure locale ({departements()[departement].name})"


def at(moment: datetime, now: datetime, place: Place) -> str:
    """Return « lundi 28 décembre, 9 h », as it is there; with its year where that is another than today's."""
    local = moment.astimezone(place.zone)
    return f"{_weekday(local.date(), now.astimezone(place.zone).date())}, {hour(local.hour)}"


def coming(one: Upcoming, place: Place, entered: int, expected: int, now: datetime) -> str:
    """Return when a message comes, and why."""
    local = one.at.astimezone(place.zone).date()
    far = french.in_days(local, now.astimezone(place.zone).date())
    when = f"{bold(at(one.at, now, place))} ({far})" if one.at > now else bold("dans un instant")
    reason = one.kind.promise or f"{one.step.name.promise}. {left(entered, expected)}"
    return f"{one.kind.promised} : {when}\n{reason[0].upper()}{reason[1:]}"


def left(entered: int, expected: int) -> str:
    """Return « Il vous reste 6 personnes sur 20. »."""
    return f"Il vous reste {french.count(expected - entered, 'personne')} sur {expected}."


def snoozed(until: date, today: date) -> str:
    """Say until when the reminders wait."""
    return f"Reporté jusqu'au {_weekday(until, today)}. Votre coordination le voit."


def absence(first: date, last: date, today: date) -> str:
    """Say when somebody is absent."""
    days = f"le {dated(first, today)}" if first == last else f"du {french.day(first)} au {french.day_and_year(last)}"
    return f"{'Absence en cours' if first <= today else 'Absence prévue'} : {days}."


def not_that_day(day: date, today: date, place: Place) -> str:
    """Say why a reminder is not put off to that day: it has come, nobody works then, or it is too near the date."""
    if day <= today:
        return f"Ce report n'est plus possible : il était pour le {_weekday(day, today)}."
    if not is_working_day(day, place):
        named = french.weekday(day).split()[0]
        why = "est férié" if holiday(day, place) else f"est un {named}"
        return f"{'Demain' if (day - today).days == 1 else f'Le {dated(day, today)}'} {why} : choisissez un jour ouvré."
    return "Ce report n'est plus possible : le jour est trop proche de la date."


def not_lost(entered: int, expected: int, due: date) -> str:
    """Say what a snooze leaves as it is."""
    done = f"{french.count(entered, 'personne')} sur {expected} {french.agree(entered, 'saisie')}"
    return f"Rien n'est perdu : {done}. Il en reste {expected - entered}, à rendre avant le {french.weekday(due)}."


def others(number: int) -> str:
    """Count the job coaches that a message does not name."""
    return f"et {french.count(number, 'autre job coach', 'autres job coachs')}"


def forecast(found: Forecast, today: date, due: date) -> str:
    """Return the forecast of a dispositif, numbers before words."""
    if not found.expected:
        return "Aucune personne n'est attendue pour cette remontée."
    number = french.count(found.expected, "personne")
    if not found.missing:
        return f"{number} sur {found.expected} {french.agree(found.expected, 'saisie')} : tout est là."
    now = found.percent(found.entered)
    done = f"{french.count(found.entered, 'personne')} sur {found.expected} {french.agree(found.entered, 'saisie')}"
    lines = [f"{done} ({now} %).", *_pace(found, today, due)]
    lines += ["", f"{bold(_missing(found.missing))} :"]
    lines += [f"{load.coach or 'sans job coach'} : {load.missing}" for load in found.late[:MOST_COACHES]]
    if len(found.late) > MOST_COACHES:
        lines.append(others(len(found.late) - MOST_COACHES))
    return "\n".join(lines)


def who_put_off(found: PutOff, today: date, *, named: bool) -> str:
    """Return a line about a job coach; with the dispositif where there are several."""
    parts = []
    if found.snoozed_until is not None:
        parts.append(f"rappels reportés au {_weekday(found.snoozed_until, today)}")
    if found.absent_from is not None and found.absent_until is not None:
        parts.append(absence(found.absent_from, found.absent_until, today).rstrip(".").lower())
    where = f" ({found.dispositif})" if named else ""
    return f"{found.coach}{where} : {' ; '.join(parts)}."


def within_a_message(lines: Sequence[str]) -> list[str]:
    """Return the first of the lines: as many as a message holds with a title and a last line."""
    lengths = accumulate(len(line) + 1 for line in lines)
    return [line for line, length in zip(lines, lengths, strict=True) if length <= LEAST.text - _AROUND]


def _pace(found: Forecast, today: date, due: date) -> list[str]:
    if found.target is None:
        return ["La date est passée et la fermeture n'est pas fixée : pas de prévision."]
    if found.projected is None:
        return ["La remontée vient d'ouvrir : le rythme se mesure à partir du premier jour ouvré."]
    last = f"le {french.weekday(found.target)}" + ("" if found.target == due else " (fermeture)")
    if found.target == today:
        return [f"C'est le dernier jour{'' if found.target == due else ' avant la fermeture'}."]
    days = "aujourd'hui" if found.measured == 1 else f"ces {found.measured} derniers jours ouvrés"
    pace = f"{french.count(found.recent, 'saisie')} {days}"
    lines = [f"À ce rythme ({pace}) : {bold(f'{found.percent(found.projected)} %')} {last}."]
    if found.projected < found.expected and found.needed is not None:
        lines.append(f"Pour tout rendre : {french.count(found.needed, 'personne')} par jour ouvré.")
    return lines


def _weekday(day: date, today: date) -> str:
    return f"{french.weekday(day).split()[0]} {dated(day, today)}"


def _missing(number: int) -> str:
    return f"Il manque {french.count(number, 'personne')}"
