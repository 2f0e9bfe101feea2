"""Why something is told, in French: a table of steps."""

from datetime import date

import pytest

from handlers.reminders import texts
from models.meetings.reminders.unplanned import Notice
from models.reminders.repository import PutOff
from reminders.policy import ReminderKind
from reminders.reasons import reason
from reminders.steps import Step

DAY = date(2026, 12, 24)
REASONS = [
    (ReminderKind.REMINDER, "ouverture", "ouverture de la remontée"),
    (ReminderKind.REMINDER, "J-7", "J-7"),
    (ReminderKind.REMINDER, "J", "jour de la remontée"),
    (ReminderKind.REMINDER, "J+4 ouvrés", "4 jours ouvrés après la date"),
    (ReminderKind.REMINDER, "report:2026-12-28", "fin d'un report"),
    (ReminderKind.REMINDER, "retour:2027-01-06", "retour d'absence"),
    (ReminderKind.RELAY, "J-7:1-23", "absence d'un job coach, J-7"),
    (ReminderKind.DIGEST, "2026-S52", "bilan de la semaine du 21 décembre"),
    (ReminderKind.ESCALATION, "J+3", "point sur les retards, J+3"),
    (ReminderKind.INVITATION, "J-7", "invitation pas encore ouverte, J-7"),
    (Notice.UNPLANNED, "2026-12 début", "aucun point fixé, début décembre"),
    (Notice.UNPLANNED, "2026-12 le 10", "aucun point fixé, le 10 décembre"),
    (Notice.UNPLANNED, "2026-12 fin-5", "aucun point fixé, 5 derniers jours ouvrés de décembre"),
    (Notice.UNPLANNED, "2026-10 fin-2", "aucun point fixé, 5 derniers jours ouvrés d'octobre"),
    (Notice.COMING, "J-1 2026-12-25", "réunion à venir, J-1, pour le 25 décembre"),
    (Notice.SOON, "H-2 2026-12-24T14:00", "réunion dans deux heures"),
    (Notice.WORD, "fin 2026-12-24", "réunion passée, le jour même"),
    (Notice.WORD, "lendemain 2026-12-23", "réunion passée, le lendemain"),
    (Notice.WORD, "semaine 2 2026-12-09", "réunion passée, 2 semaines après"),
]


@pytest.mark.parametrize(("kind", "code", "said"), REASONS)
def test_why_something_is_told(kind: ReminderKind | Notice, code: str, said: str) -> None:
    step = Step(code, DAY, DAY)
    assert reason(kind, step, DAY, "") == said
    assert reason(kind, step, DAY, "tenu jusqu'à lundi 9 h") == f"{said}, tenu jusqu'à lundi 9 h"


def test_a_year_that_is_not_today_s_is_said() -> None:
    assert "lundi 28 décembre." in texts.snoozed(date(2026, 12, 28), DAY)
    assert "lundi 4 janvier 2027." in texts.snoozed(date(2027, 1, 4), DAY)
    assert texts.absence(date(2027, 1, 4), date(2027, 1, 4), DAY) == "Absence prévue : le 4 janvier 2027."
    put_off = PutOff("lou@exemple.fr", "ABC01", date(2027, 1, 4), None, None)
    assert texts.who_put_off(put_off, DAY, named=False).endswith("rappels reportés au lundi 4 janvier 2027.")


def test_those_who_put_off_hold_in_a_message() -> None:
    away = PutOff(f"{'a' * 200}@exemple.fr", "ABC01", date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 8))
    shown = texts.within_a_message([texts.who_put_off(away, DAY, named=True)] * 60)
    assert 5 < len(shown) < 60
    assert len("\n".join(shown)) < 4096 - 150
