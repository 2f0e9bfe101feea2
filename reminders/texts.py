"""The French of the reminders: codes of dispositifs and numbers, never a person accompanied."""

from collections.abc import Sequence
from datetime import date, datetime

from models.base import french
from models.base.screens import bold
from models.campaigns import texts as campaigns
from models.campaigns.tables import Campaign
from models.reference.working_days import Place
from models.reminders.snapshot import Caseload, DispositifSnapshot
from reminders.listing import Listed, left_of, of_dispositifs

NEXT = "Saisir la suivante"
VERIFY = "Vérifier ce qui est demandé"
LATER = "Plus tard…"
WHO_IS_MISSING = "Qui manque ?"
REVIEW = "Relire et valider"
FIGURES = "Chiffres du dispositif"
ASSIGN = "Confier des personnes"
HOME = "Accueil"
NOBODY = "Sans job coach"
MOST_LINES = 20

NOT_COME = (
    "Votre accès à Jalon n'est pas encore ouvert : ouvrez l'invitation reçue, ou demandez-en une nouvelle à la "
    "coordination de votre dispositif."
)


def held(until: datetime, now: datetime, place: Place) -> str:
    """Return until when something waits: « tenu jusqu'à lundi 9 h », « …aujourd'hui 9 h », « …demain 9 h »."""
    local, today = until.astimezone(place.zone), now.astimezone(place.zone).date()
    distance = (local.date() - today).days
    day = french.in_days(local.date(), today) if distance < 2 else french.weekday(local.date())
    if 2 <= distance < 7:
        day = day.split(maxsplit=1)[0]
    minutes = f" {local.minute:02}" if local.minute else ""
    return f"tenu jusqu'à {day} {local.hour} h{minutes}"


def put_off(label: str) -> str:
    """Return « Me le rappeler demain »."""
    return f"Me le rappeler {label}"


def dates(campaign: Campaign, today: date) -> str:
    """Return the two dates of a campaign, told apart: when it is due, when it closes."""
    if today < campaign.date:
        return campaigns.due(campaign, today)
    if campaign.closes is None:
        return "La saisie reste ouverte ; sa fermeture n'est pas encore fixée."
    return f"La saisie ferme le {french.weekday(campaign.closes)} ({french.in_days(campaign.closes, today)})."


def to_coach(campaign: Campaign, caseload: Caseload, today: date, *, opening: bool) -> str:
    """Return what a job coach is told: how many persons are left, and until when."""
    day = french.day(campaign.date)
    left = f"Il vous reste {left_of(caseload)}"
    if not caseload.missing:
        number = french.count(caseload.sent_back, "réponse")
        first = f"{number} à vérifier pour la remontée du {day}, à la demande de votre coordination."
        return f"{first}\n{dates(campaign, today)}"
    if today > campaign.date:
        first = f"La date de la remontée du {day} est passée. {left}."
    elif today == campaign.date:
        first = f"La remontée du {day} se rend aujourd'hui. {left}."
    elif opening:
        first = f"La remontée du {day} est ouverte : {french.count(caseload.missing, 'personne')} à saisir."
    else:
        first = f"{left} pour la remontée du {day}."
    lines = [first, dates(campaign, today)]
    if caseload.sent_back:
        number = french.count(caseload.sent_back, "réponse")
        lines.append(f"{number} à vérifier aussi, à la demande de votre coordination.")
    return "\n".join(lines)


def digest(
    campaign: Campaign,
    today: date,
    dispositifs: Sequence[Listed],
    own: int,
) -> str:
    """Return the week's digest of a coordinator: what is missing and from whom, what waits for them."""
    first = f"{campaigns.title(campaign)} : où vous en êtes\n{campaigns.due(campaign, today)}"
    last = [f"Dont {french.count(own, 'personne')} que vous suivez vous-même."] if own else []
    return "\n\n".join([first, *of_dispositifs(dispositifs, [first, *last]), *last])


def to_coordinator_late(campaign: Campaign, today: date, dispositifs: Sequence[Listed]) -> str:
    """Return what a coordinator is told the day after the date: who has not entered whom."""
    first = f"La date de la remontée du {french.day(campaign.date)} est passée.\n{dates(campaign, today)}"
    return "\n\n".join([first, *of_dispositifs(dispositifs, [first])])


def further_up(campaign: Campaign, today: date, missing: Sequence[DispositifSnapshot], among: int) -> str:
    """Return what a chef de file or an administrator is told: which dispositifs have not entered everybody."""
    number = french.count(len(missing), "dispositif")
    have = french.agree(len(missing), "n'a", "n'ont")
    lines = [
        f"La date de la remontée du {french.day(campaign.date)} est passée.",
        dates(campaign, today),
        "",
        f"{number} sur {among} {have} pas tout saisi :",
        *(f"{bold(dispositif.reference)} : {left_of(dispositif)}" for dispositif in missing[:MOST_LINES]),
    ]
    if len(missing) > MOST_LINES:
        lines.append(f"et {french.count(len(missing) - MOST_LINES, 'autre')}.")
    return "\n".join(lines)


def relay(campaign: Campaign, today: date, lines: Sequence[str]) -> str:
    """Return what a coordinator is told instead of their absent job coaches."""
    first = f"Remontée du {french.day(campaign.date)} : des personnes attendent pendant une absence."
    return "\n".join((first, *lines, campaigns.due(campaign, today)))


def absent(email: str, until: date, today: date, caseload: Caseload) -> str:
    """Return what an absent job coach leaves: « …, absence jusqu'au 5 janvier 2027 : 6 personnes sur 20 à saisir. »."""
    return f"{email}, absence jusqu'au {dated(until, today)} : {left_of(caseload)} à saisir."


def dated(day: date, today: date) -> str:
    """Return « 28 décembre », with its year where that is another than today's."""
    return french.day(day) if day.year == today.year else french.day_and_year(day)


def coach(email: str, today: date, absent_until: date | None, *, come: bool) -> str:
    """Return how a job coach is named; one who never came to Jalon, or is absent, cannot have read it."""
    if not come:
        return f"{email} (pas encore venu)"
    return email if absent_until is None else f"{email} (absence jusqu'au {dated(absent_until, today)})"


def invitation(campaign: Campaign, today: date) -> str:
    """Return what is written to somebody who was invited and has not come."""
    return (
        f"La remontée du {french.day(campaign.date)} est ouverte, et votre invitation à Jalon n'a pas encore servi.\n"
        f"{dates(campaign, today)}\n{NOT_COME}"
    )


def letter_subject(campaign: Campaign) -> str:
    """Return the subject of every e-mail about a campaign."""
    return f"Jalon : remontée du {french.day_and_year(campaign.date)}"
