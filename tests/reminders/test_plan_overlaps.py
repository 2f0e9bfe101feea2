"""What stands for what: absences around an outage, several roles at once, a digest for a reminder, long lists."""

from collections.abc import Sequence
from datetime import date

import pytest

from models.accounts.permissions import Grant
from models.accounts.tables import Role
from models.campaigns.tables import Campaign
from models.notifications.kinds import ReminderKind
from models.reminders.messages import ABSENCE_RELAY, DIGEST, ESCALATION, REMINDER
from models.reminders.recipients import Recipient
from models.reminders.snapshot import Caseload
from reminders.planning import plan
from reminders.reminder import Reminder
from tests.reminders.snapshots import (
    ADMIN,
    CHEF,
    COACH,
    COLLEAGUE,
    COORDINATOR,
    SCOPE,
    account,
    after,
    at,
    dispositif,
    standing,
    tick,
    wish,
)

LONGEST = 4096
"""Telegram refuses a longer message."""


def told(planned: Sequence[Reminder], number: int) -> list[tuple[ReminderKind, str]]:
    """Return what goes out to an account."""
    return [(r.kind, r.step.code) for r in planned if r.person.account_id == number]


def test_a_step_missed_before_an_absence_is_not_told_in_the_midst_of_it() -> None:
    mine = wish(COACH, absent_from=date(2026, 12, 18), absent_until=date(2027, 1, 3))
    off = standing(
        [dispositif(a1=6)],
        account(COACH, Role.JOB_COACH, SCOPE, wish=mine),
        account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=wish(COORDINATOR, digests_paused=True)),
    )
    out, _ = tick(off, at("2026-12-21T08:00"))
    assert told(out, COACH) == []
    assert [r.kind for r in out if r.person.account_id == COORDINATOR] == [ABSENCE_RELAY]


def test_a_digest_missed_before_an_absence_is_not_told_in_the_midst_of_it() -> None:
    away = wish(COORDINATOR, absent_from=date(2026, 12, 16), absent_until=date(2026, 12, 18))
    off = standing([dispositif(a1=6)], account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=away))
    assert plan(off, at("2026-12-17T08:00")) == []


def test_an_absent_coordinator_relays_nothing() -> None:
    away = {"absent_from": date(2026, 12, 22), "absent_until": date(2026, 12, 28)}
    both = standing(
        [dispositif(a1=6)],
        account(COACH, Role.JOB_COACH, SCOPE, wish=wish(COACH, **away)),
        account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=wish(COORDINATOR, **away)),
    )
    assert plan(both, at("2026-12-24T08:00")) == []


def test_a_coach_absent_from_later_in_the_same_step_is_relayed_too() -> None:
    away = wish(COACH, absent_from=date(2026, 12, 22), absent_until=date(2026, 12, 31))
    both = standing(
        [dispositif(a1=6, a2=2)],
        account(COACH, Role.JOB_COACH, SCOPE, wish=away),
        account(COLLEAGUE, Role.JOB_COACH, SCOPE, wish=wish(COLLEAGUE, hour=14)),
        account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=wish(COORDINATOR, digests_paused=True)),
    )
    out, then = tick(both, at("2026-12-24T08:00"))
    (relay,) = [r for r in out if r.kind == ABSENCE_RELAY]
    assert "compte2" not in relay.screen.text
    mine = then.recipients[COLLEAGUE].wish
    assert mine is not None
    mine.absent_from, mine.absent_until = date(2026, 12, 24), date(2026, 12, 31)
    (second,) = tick(then, at("2026-12-24T09:00"))[0]
    assert second.kind == ABSENCE_RELAY
    assert "compte2@exemple.fr" in second.screen.text
    assert "compte1@exemple.fr" not in second.screen.text


def test_back_on_the_last_day_one_is_told() -> None:
    until = Campaign(id=1, date=date(2026, 12, 31), opens=date(2026, 12, 1), closes=date(2027, 1, 12))
    away = wish(COACH, absent_from=date(2026, 12, 22), absent_until=date(2027, 1, 11))
    back = standing([dispositif(a1=6)], account(COACH, Role.JOB_COACH, SCOPE, wish=away), campaign=until)
    assert told(plan(back, at("2027-01-12T08:00")), COACH) == [(REMINDER, "retour:2027-01-12")]


def test_a_digest_told_late_stands_for_the_reminder_of_that_day() -> None:
    both = standing([dispositif(a3=4)], account(COORDINATOR, Role.COORDINATOR, SCOPE))
    out, then = tick(both, at("2026-12-29T08:00"))  # a Tuesday, J-2; the machine was off on Monday
    assert told(out, COORDINATOR) == [(DIGEST, "2026-S53")]
    assert told(plan(then, at("2026-12-29T09:00")), COORDINATOR) == []
    assert told(plan(then, at("2026-12-31T08:00")), COORDINATOR) == [(REMINDER, "J")]


def test_what_a_digest_stood_for_does_not_come_back_when_digests_are_paused() -> None:
    both = standing([dispositif(a3=4)], account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=wish(COORDINATOR)))
    _, then = tick(both, at("2026-12-01T08:00"))
    mine = then.recipients[COORDINATOR].wish
    assert mine is not None
    mine.digests_paused = True
    assert plan(then, at("2026-12-01T09:00")) == []


def test_after_an_escalation_no_digest_comes_on_the_same_day() -> None:
    late = standing([dispositif(a1=6)], account(COORDINATOR, Role.COORDINATOR, SCOPE))
    out, then = tick(late, at("2027-01-04T08:00"))
    assert told(out, COORDINATOR) == [(ESCALATION, "J+1")]
    then = after(then, {COACH: 0})
    assert plan(then, at("2027-01-04T11:00")) == []


def test_whoever_coordinates_and_leads_gets_one_message() -> None:
    grants = (Grant(Role.COORDINATOR, SCOPE), Grant(Role.CHEF_DE_FILE, "departement:69"))
    both = standing([dispositif(a1=6)], Recipient(CHEF, "compte4@exemple.fr", True, grants, None))
    assert told(plan(both, at("2027-01-04T08:00")), CHEF) == [(ESCALATION, "J+3")]


def test_answers_sent_back_are_spoken_of_on_the_day_of_a_step_and_not_late() -> None:
    back = standing([dispositif(a1=0)], account(COACH, Role.JOB_COACH, SCOPE))
    back.dispositifs["ABC01"].caseloads[COACH] = back.followed[COACH]["ABC01"]
    back.followed[COACH]["ABC01"].sent_back = 2
    (reminder,) = plan(back, at("2026-12-29T08:00"))
    assert reminder.screen.text.splitlines()[0] == (
        "2 réponses à vérifier pour la remontée du 31 décembre, à la demande de votre coordination."
    )
    assert reminder.screen.rows[0][0].label == "Vérifier ce qui est demandé"
    assert plan(back, at("2026-12-30T08:00")) == []


def test_nothing_is_promised_for_after_the_closing() -> None:
    short = Campaign(id=1, date=date(2026, 12, 31), opens=date(2026, 12, 1), closes=date(2027, 1, 3))
    late = standing(
        [dispositif(a1=6)],
        account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=wish(COORDINATOR, digests_paused=True)),
        account(ADMIN, Role.ADMIN, "national"),
        campaign=short,
    )
    assert plan(late, at("2027-01-02T11:00")) == []


def test_somebody_invited_overseas_is_written_to_at_nine_there() -> None:
    grant = Grant(Role.JOB_COACH, "dispositif:MTQ01")
    nobody_yet = Recipient(9, "compte9@exemple.fr", False, (), None)
    invited = standing([dispositif("MTQ01", "972", a1=0)], nobody_yet, invited={9: grant})
    (waiting,) = plan(invited, at("2026-12-01T08:00"))
    assert waiting.held_until == at("2026-12-01T13:00")
    assert waiting.role == Role.JOB_COACH
    reader = standing([dispositif(a1=0)], nobody_yet, invited={9: Grant(Role.READER, "region:84")})
    assert [r.role for r in plan(reader, at("2026-12-01T08:00"))] == [Role.READER]


@pytest.mark.parametrize(("now", "kind"), [("2026-12-21T08:00", DIGEST), ("2027-01-04T08:00", ESCALATION)])
def test_a_long_list_fits_in_a_message_and_says_how_many_it_leaves_out(now: str, kind: ReminderKind) -> None:
    coaches = range(100, 260)
    many = [dispositif(f"ABC{n:02}") for n in range(8)]
    for number in coaches:
        many[number % 8].caseloads[number] = Caseload(20, 5)
    crowd = standing(
        many,
        *(account(n, Role.JOB_COACH, f"dispositif:ABC{n % 8:02}") for n in coaches),
        Recipient(
            COORDINATOR,
            "c@exemple.fr",
            True,
            tuple(Grant(Role.COORDINATOR, f"dispositif:ABC{n:02}") for n in range(8)),
            None,
        ),
    )
    (digest,) = [r for r in plan(crowd, at(now)) if r.person.account_id == COORDINATOR]
    assert digest.kind == kind
    assert len(digest.screen.text) < LONGEST
    assert "autres job coachs" in digest.screen.text
    assert all(f"ABC{n:02}" in digest.screen.text for n in range(8))


def test_a_digest_says_who_is_absent_and_until_when() -> None:
    """It stands for the relay of that day; whoever is back, or not gone yet, is named as usual."""
    away = wish(COACH, absent_from=date(2026, 12, 14), absent_until=date(2026, 12, 21))
    later = wish(COLLEAGUE, absent_from=date(2026, 12, 22), absent_until=date(2027, 1, 3))
    both = standing(
        [dispositif(a1=6, a2=2)],
        account(COACH, Role.JOB_COACH, SCOPE, wish=away),
        account(COLLEAGUE, Role.JOB_COACH, SCOPE, wish=later),
        account(COORDINATOR, Role.COORDINATOR, SCOPE),
    )
    (digest,) = [r for r in plan(both, at("2026-12-21T08:00")) if r.kind == DIGEST]
    lines = digest.screen.plain().splitlines()
    assert "compte1@exemple.fr (absence jusqu'au 21 décembre)\u00a0: 6" in lines
    assert "compte2@exemple.fr\u00a0: 2" in lines

    (digest,) = [r for r in plan(both, at("2026-12-28T08:00")) if r.kind == DIGEST]
    assert "compte1@exemple.fr\u00a0: 6" in digest.screen.plain()
    assert "compte2@exemple.fr (absence jusqu'au 3 janvier 2027)\u00a0: 2" in digest.screen.plain()
