"""The French of the meetings of a place: this month's point, what is to come, what is past."""

from collections.abc import Sequence
from datetime import date

from handlers.meetings.months import Month
from handlers.meetings.texts import clock, place
from models.base import french
from models.base.screens import bold
from models.meetings import texts as domain
from models.meetings.obligations.service import Due
from models.meetings.obligations.states import DueState
from models.meetings.reminders.month_actions import REMINDED_AT
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import Territory
from models.meetings.texts import KINDS
from models.reference import articles
from models.reference.scopes import Level, Scope

TITLE = bold("Les réunions")
EARLIER, LATER = "Plus anciennes", "Plus récentes"
OBLIGATIONS = "Les obligations"
WHERE_TO_LOOK = "De quel territoire ?"
NOWHERE_TO_LOOK = "Vous n'avez encore aucun territoire à animer."
PLAN_A_POINT = "Planifier un point"
ALL_COMING = "Toutes les réunions à venir"
OTHER_KIND = "Planifier une autre réunion…"
PAST = "Les réunions passées"
YOU_ARE_INVITED = f"{bold('Vos invitations')}\nTouchez une réunion pour la voir et dire si vous viendrez."
NOT_INVITED = f"{bold('Vos invitations')}\nVous n'êtes invité à aucune réunion à venir."
NOTHING_AT_RISK = "Aucune réunion obligatoire n'est à risque."
MOST_AT_RISK = 12
NO_PAST = "Aucune réunion n'est encore passée."


def title(there: Territory) -> str:
    """Return the first line of what is shown of a place."""
    return f"{TITLE} · {place(there)}"


def in_the(there: Territory) -> str:
    """Return « pour le Rhône », « pour le dispositif ABC01 »."""
    if there.level is Level.DEPARTEMENT and there.departement is not None:
        return f"pour {articles.named(there.departement)}"
    return f"pour le dispositif {there.name}"


def points(
    there: Territory, months: Sequence[Month], waiting: Sequence[Meeting], coming: Sequence[Meeting], shown: int
) -> str:
    """Return how this month's point and the next one stand, what waits for a word, what is to come."""
    parts = [title(there)]
    parts += ["\n".join(_month(one, there) for one in months)] if months else []
    if waiting:
        one = french.count(len(waiting), "réunion attend", "réunions attendent")
        parts.append(f"{one} un mot de vous : tenue ou non, ou le compte rendu.")
    if len(coming) > shown:
        parts.append(f"{len(coming)} réunions à venir ; les {shown} prochaines :")
    elif coming:
        parts.append(f"{french.count(len(coming), 'réunion')} à venir :")
    return "\n\n".join(parts)


def _month(one: Month, there: Territory) -> str:
    name = french.month(one.period.first).split()[0].capitalize()
    if one.state is DueState.KEPT:
        return f"{name} : point tenu, compte rendu signé."
    if one.over:
        return f"{name} : le point est passé, il attend un mot de vous."
    if one.state is DueState.PLANNED:
        return f"{name} : le point est fixé."
    said = f"{name} : aucun point MDPH–SPE n'est encore fixé {in_the(there)}."
    if one.last is None or (one.state is DueState.TO_COME and one.last.day >= one.period.previous.first):
        return said
    return f"{said}\nLe dernier date du {french.day_and_year(one.last.day)}."


def home(there: Territory, coming: Meeting | None, at_risk: Sequence[Due]) -> str:
    """Return what a chef de file finds on arriving: the next meeting, and what is at risk."""
    lines = [bold(f"Vos réunions · {place(there)}")]
    if coming is None:
        lines.append("Aucune réunion n'est fixée.")
    else:
        lines.append(f"Prochaine : {KINDS[coming.kind]}, {domain.full_day(coming.day)}, {clock(coming.hour)}.")
    lines += [_at_risk(one, "" if one.where == there else f" · {place(one.where)}") for one in at_risk[:MOST_AT_RISK]]
    return "\n".join((*lines, *_further(at_risk)))


def homes(at_risk: Sequence[Due]) -> str:
    """Return what a chef de file of several places finds on arriving: all that is at risk there."""
    lines = [_at_risk(one, f" · {place(one.where)}") for one in at_risk[:MOST_AT_RISK]]
    return "\n".join((bold("Vos réunions"), *(lines or [NOTHING_AT_RISK]), *_further(at_risk)))


def _at_risk(one: Due, where: str) -> str:
    past = any(meeting.is_live for meeting in one.meetings)
    said = "passé, en attente d'un mot de vous" if past else "rien n'est encore fixé"
    return f"À risque : {KINDS[one.kind.code]}{where}, {one.period.name}, {said}."


def _further(at_risk: Sequence[Due]) -> list[str]:
    more = len(at_risk) - MOST_AT_RISK
    return [f"Et {french.count(more, 'autre')} : voyez les obligations."] if more > 0 else []


def to_come(number: int) -> str:
    """Return « 12 réunions à venir »."""
    return f"{french.count(number, 'réunion')} à venir"


def reminded(day: date) -> str:
    """Say when it will be spoken of again."""
    return f"Jalon vous en reparlera le {french.weekday(day)}, à {clock(REMINDED_AT)}."


NOT_REMINDED = "Ce jour ne convient plus : rien n'a été noté."


def series_planned(meetings: Sequence[Meeting]) -> str:
    """Say that a series was planned."""
    first, last = meetings[0], meetings[-1]
    return (
        f"{len(meetings)} réunions planifiées, du {french.day_and_year(first.day)} au {french.day_and_year(last.day)}. "
        "Les invités reçoivent leurs invitations."
    )


def invited_to(one: Meeting, today: date) -> str:
    """Return the label of a meeting to which somebody is invited."""
    return f"{KINDS[one.kind]}, {domain.day_from(today, one.day)}, {clock(one.hour)}"


def coming(one: Meeting, there: Territory, today: date) -> str:
    """Return the label of a meeting to come."""
    return f"{domain.weekday_from(today, one.day)}, {clock(one.hour)} · {_named(one, there)}"


def waiting(one: Meeting, today: date) -> str:
    """Return the label of a meeting of which something is still to be said."""
    wanted = "compte rendu" if one.state is MeetingState.HELD else "a-t-il eu lieu ?"
    return f"{domain.day_from(today, one.day)} · {KINDS[one.kind]} : {wanted}"


def past_meeting(one: Meeting, there: Territory) -> str:
    """Return the label of a meeting that is over."""
    state = "à compléter" if one.is_live else domain.STATES[one.state].partition(",")[0]
    return f"{french.day_and_year(one.day)} · {_named(one, there)} · {state}"


def _named(one: Meeting, there: Territory) -> str:
    elsewhere = "" if one.scope == there.scope else f" ({Scope.parse(one.scope).code})"
    return f"{KINDS[one.kind]}{elsewhere}"
