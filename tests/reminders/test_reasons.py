"""Why something is told, in French: a table of steps."""

from datetime import date

import pytest

from handlers.reminders import texts
from models.meetings.messages import MEETING_OVER, MEETING_SOON, MEETING_TO_COME, POINT_MISSING
from models.notifications.kinds import ReminderKind
from models.reference.working_days import MAINLAND
from models.reminders.messages import ABSENCE_RELAY, DIGEST, ESCALATION, REMINDER, UNUSED_INVITATION
from models.reminders.repository import PutOff
from reminders.meetings_steps import after_steps, before_steps, month_steps, soon_step
from reminders.policy import ESCALATIONS
from reminders.reasons import reason
from reminders.steps import Away, Course, coach_steps, digest_steps, escalation_step, wished

DAY = date(2026, 12, 24)
COURSE = Course(date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 15))
STEPS = {
    step.code: step
    for step in (
        *coach_steps(COURSE, MAINLAND),
        *wished(coach_steps(COURSE, MAINLAND), MAINLAND, COURSE.last, date(2026, 12, 28), None),
        *wished(coach_steps(COURSE, MAINLAND), MAINLAND, COURSE.last, None, Away(DAY, date(2027, 1, 5))),
        *digest_steps(COURSE, MAINLAND),
        *(escalation_step(COURSE, MAINLAND, one) for one in ESCALATIONS),
        *month_steps(date(2026, 10, 1), MAINLAND),
        *month_steps(DAY, MAINLAND),
        *before_steps(date(2026, 12, 25), MAINLAND),
        soon_step("H-2 2026-12-24T14:00", DAY),
        *after_steps(DAY, MAINLAND),
        *after_steps(date(2026, 12, 23), MAINLAND),
        *after_steps(date(2026, 12, 9), MAINLAND),
    )
}
REASONS = [
    (REMINDER, "ouverture", "ouverture de la remontée"),
    (REMINDER, "J-7", "J-7"),
    (REMINDER, "J", "jour de la remontée"),
    (REMINDER, "J+4 ouvrés", "4 jours ouvrés après la date"),
    (REMINDER, "report:2026-12-28", "fin d'un report"),
    (REMINDER, "retour:2027-01-06", "retour d'absence"),
    (ABSENCE_RELAY, "J-7", "absence d'un job coach, J-7"),
    (DIGEST, "2026-S52", "bilan de la semaine du 21 décembre"),
    (ESCALATION, "J+3", "point sur les retards, J+3"),
    (UNUSED_INVITATION, "J-7", "invitation pas encore ouverte, J-7"),
    (POINT_MISSING, "2026-12 début", "aucun point fixé, début décembre"),
    (POINT_MISSING, "2026-12 le 10", "aucun point fixé, le 10 décembre"),
    (POINT_MISSING, "2026-12 fin-5", "aucun point fixé, 5 derniers jours ouvrés de décembre"),
    (POINT_MISSING, "2026-10 fin-2", "aucun point fixé, 5 derniers jours ouvrés d'octobre"),
    (MEETING_TO_COME, "J-1 2026-12-25", "réunion à venir, J-1, pour le 25 décembre"),
    (MEETING_SOON, "H-2 2026-12-24T14:00", "réunion dans deux heures"),
    (MEETING_OVER, "fin 2026-12-24", "réunion passée, le jour même"),
    (MEETING_OVER, "lendemain 2026-12-23", "réunion passée, le lendemain"),
    (MEETING_OVER, "semaine 2 2026-12-09", "réunion passée, 2 semaines après"),
]


@pytest.mark.parametrize(("kind", "code", "said"), REASONS)
def test_why_something_is_told(kind: ReminderKind, code: str, said: str) -> None:
    step = STEPS[code]
    assert reason(kind, step, step.day, "") == said
    assert reason(kind, step, step.day, "tenu jusqu'à lundi 9 h") == f"{said}, tenu jusqu'à lundi 9 h"


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
