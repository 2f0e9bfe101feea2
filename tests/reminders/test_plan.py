"""Who is told what at a moment: a table of situations, and the stories that a table does not tell."""

from datetime import date

import pytest

from models.accounts.permissions import Grant
from models.accounts.tables import Role
from models.notifications.kinds import ReminderKind
from models.reminders.messages import ABSENCE_RELAY, DIGEST, ESCALATION, REMINDER, UNUSED_INVITATION
from models.reminders.snapshot import CampaignSnapshot
from reminders.planning import plan
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


def everybody(**wishes: object) -> CampaignSnapshot:
    """A dispositif of the Rhône with two coaches: one has 6 persons left, the other has finished."""
    mine = wish(COACH, **wishes) if wishes else None
    return standing(
        [dispositif(a1=6, a2=0)],
        account(COACH, Role.JOB_COACH, SCOPE, wish=mine),
        account(COLLEAGUE, Role.JOB_COACH, SCOPE),
        account(COORDINATOR, Role.COORDINATOR, SCOPE),
        account(CHEF, Role.CHEF_DE_FILE, "departement:69"),
        account(ADMIN, Role.ADMIN, "national"),
    )


PUT_OFF = {"snoozed_until": date(2026, 12, 28), "snoozed_in": 1}
R, D, E, W = REMINDER, DIGEST, ESCALATION, ABSENCE_RELAY
SITUATIONS = [
    ("before the opening", {}, "2026-11-30T08:00", []),
    ("the opening", {}, "2026-12-01T08:00", [(R, COACH, "ouverture"), (D, COORDINATOR, "2026-S49")]),
    ("a minute before nine: held", {}, "2026-12-01T07:59", []),
    ("a Thursday, J-7", {}, "2026-12-24T08:00", [(R, COACH, "J-7"), (D, COORDINATOR, "2026-S52")]),
    ("Christmas: nobody", {}, "2026-12-25T08:00", []),
    ("the day itself", {}, "2026-12-31T08:00", [(R, COACH, "J"), (D, COORDINATOR, "2026-S53")]),
    (
        "J+1 and J+3, on the Monday: who is missing, further up too; no digest beside it",
        {},
        "2027-01-04T08:00",
        [(R, COACH, "J"), (E, COORDINATOR, "J+1"), (E, CHEF, "J+3"), (E, ADMIN, "J+3")],
    ),
    (
        "the week after",
        {},
        "2027-01-11T08:00",
        [(R, COACH, "J+6 ouvrés"), (D, COORDINATOR, "2027-S02"), (E, CHEF, "J+3"), (E, ADMIN, "J+3")],
    ),
    ("at night: held", {}, "2026-12-24T20:00", []),
    ("put off", PUT_OFF, "2026-12-24T08:00", [(D, COORDINATOR, "2026-S52")]),
    (
        "put off until that day",
        PUT_OFF,
        "2026-12-28T08:00",
        [(R, COACH, "report:2026-12-28"), (D, COORDINATOR, "2026-S53")],
    ),
    (
        "put off in another campaign",
        {"snoozed_until": date(2026, 12, 28), "snoozed_in": 2},
        "2026-12-24T08:00",
        [(R, COACH, "J-7"), (D, COORDINATOR, "2026-S52")],
    ),
    ("not before the hour wished for", {"hour": 14}, "2026-12-24T12:00", [(D, COORDINATOR, "2026-S52")]),
    ("at the hour wished for", {"hour": 14}, "2026-12-24T13:00", [(R, COACH, "J-7"), (D, COORDINATOR, "2026-S52")]),
]


@pytest.mark.parametrize(("wishes", "now", "expected"), [s[1:] for s in SITUATIONS], ids=[s[0] for s in SITUATIONS])
def test_who_is_told_what(wishes: dict[str, object], now: str, expected: list[tuple[ReminderKind, int, str]]) -> None:
    out, _ = tick(everybody(**wishes), at(now))
    assert [(r.kind, r.person.account_id, r.step.code) for r in out] == expected


def test_told_once_and_not_again_within_the_step() -> None:
    out, told = tick(everybody(), at("2026-12-24T08:00"))
    assert len(out) == 2
    assert tick(told, at("2026-12-24T09:00"))[0] == []
    assert tick(told, at("2026-12-28T07:00"))[0] == []
    assert [r.step.code for r in tick(told, at("2026-12-29T08:00"))[0]] == ["J-2", "2026-S53"]


def test_whoever_has_finished_is_left_alone() -> None:
    done = after(everybody(), {COACH: 0})
    for of in done.dispositifs.values():
        of.caseloads[COACH].to_validate = 3
    out, _ = tick(done, at("2026-12-24T08:00"))
    assert [(r.kind, r.person.account_id) for r in out] == [(DIGEST, COORDINATOR)]
    assert "3 saisies à relire et valider" in out[0].screen.plain().replace("\u00a0", " ")


def test_a_dispositif_where_all_is_done_gets_no_digest() -> None:
    done = standing([dispositif(recorded=True, a1=0)], account(COORDINATOR, Role.COORDINATOR, SCOPE))
    assert plan(done, at("2026-12-24T08:00")) == []


def test_the_coordinator_is_told_instead_of_an_absent_coach() -> None:
    away = everybody(absent_from=date(2026, 12, 22), absent_until=date(2027, 1, 5))
    monday, told = tick(away, at("2026-12-21T08:00"))
    assert [(r.kind, r.person.account_id) for r in monday] == [(R, COACH), (D, COORDINATOR)]
    (relay,), told = tick(told, at("2026-12-24T08:00"))
    assert (relay.kind, relay.person.account_id, relay.step.code) == (W, COORDINATOR, "J-7:1")
    assert "compte1@exemple.fr, absence jusqu'au 5 janvier" in relay.screen.text
    assert "6 personnes sur 20" in relay.screen.text
    (back,) = [r for r in tick(told, at("2027-01-06T08:00"))[0] if r.person.account_id == COACH]
    assert back.step.code == "retour:2027-01-06"


def test_one_message_says_it_all_to_a_coordinator_who_follows_persons() -> None:
    both = standing([dispositif(a3=4)], account(COORDINATOR, Role.COORDINATOR, SCOPE))
    (digest,), told = tick(both, at("2026-12-01T08:00"))
    assert digest.kind == DIGEST
    assert "Dont 4 personnes que vous suivez vous-même." in digest.screen.text
    assert [b.label for row in digest.screen.rows for b in row][2] == "Saisir la suivante"
    (monday,), told = tick(told, at("2026-12-21T08:00"))
    assert monday.kind == DIGEST
    (reminder,), _ = tick(told, at("2026-12-24T08:00"))  # a Thursday: nothing else that week
    assert (reminder.kind, reminder.step.code) == (R, "J-7")


def test_digests_are_paused_as_wished_and_escalations_are_not() -> None:
    paused = account(COORDINATOR, Role.COORDINATOR, SCOPE, wish=wish(COORDINATOR, digests_paused=True))
    quiet = standing([dispositif(a1=6)], paused)
    assert tick(quiet, at("2026-12-21T08:00"))[0] == []
    assert [r.kind for r in tick(quiet, at("2027-01-04T08:00"))[0]] == [E]


def test_nobody_of_another_departement_is_told_of_this_one() -> None:
    elsewhere = standing(
        [dispositif(a1=6), dispositif("XYZ01", "974", a2=3)],
        account(COACH, Role.JOB_COACH, SCOPE),
        account(CHEF, Role.CHEF_DE_FILE, "departement:974"),
        account(COORDINATOR, Role.COORDINATOR, "dispositif:XYZ01"),
    )
    late = {r.person.account_id: r for r in tick(elsewhere, at("2027-01-05T08:00"))[0]}
    assert "ABC01" not in late[CHEF].screen.text
    assert "XYZ01 : 3 personnes sur 20" in late[CHEF].screen.plain().replace("\u00a0", " ")
    assert "ABC01" not in late[COORDINATOR].screen.text


def test_la_reunion_is_told_at_nine_while_paris_sleeps() -> None:
    far = standing(
        [dispositif(a1=6), dispositif("XYZ01", "974", a2=3)],
        account(COACH, Role.JOB_COACH, SCOPE),
        account(COLLEAGUE, Role.JOB_COACH, "dispositif:XYZ01"),
    )
    planned = plan(far, at("2026-12-24T05:00"))
    assert [(r.person.account_id, r.held_until) for r in planned] == [
        (COACH, at("2026-12-24T08:00")),
        (COLLEAGUE, None),
    ]
    assert planned[0].reason == "J-7, tenu jusqu'à aujourd'hui 9 h"


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ("2026-12-19T10:00", "J-14, tenu jusqu'à lundi 9 h"),
        ("2026-12-17T18:30", "J-14, tenu jusqu'à demain 9 h"),
        ("2026-12-25T10:00", "J-7, tenu jusqu'à lundi 9 h"),
        ("2026-12-18T08:00", "J-14, en retard"),
    ],
)
def test_what_waits_says_until_when(now: str, reason: str) -> None:
    (first, *_) = plan(everybody(), at(now))
    assert first.reason == reason


def test_somebody_invited_who_has_not_come_is_written_to_twice() -> None:
    invited = standing(
        [dispositif(a1=0)], account(9, Role.JOB_COACH, SCOPE, linked=False), invited={9: Grant(Role.JOB_COACH, SCOPE)}
    )
    out, told = tick(invited, at("2026-12-01T08:00"))
    assert [(r.kind, r.step.code) for r in out] == [(UNUSED_INVITATION, "ouverture")]
    assert tick(told, at("2026-12-17T08:00"))[0] == []
    assert [r.step.code for r in tick(told, at("2026-12-24T08:00"))[0]] == ["J-7"]


TEXTS = [
    (
        "2026-12-01T08:00",
        "La remontée du 31 décembre est ouverte : 6 personnes à saisir.\n"
        "À rendre avant le jeudi 31 décembre (dans 30 jours), fermeture le 15 janvier.",
        ["Saisir la suivante", "Me le rappeler demain", "Plus tard…"],
    ),
    (
        "2026-12-29T08:00",
        "Il vous reste 6 personnes sur 20 pour la remontée du 31 décembre.\n"
        "À rendre avant le jeudi 31 décembre (dans 2 jours), fermeture le 15 janvier.",
        ["Saisir la suivante", "Me le rappeler demain"],
    ),
    (
        "2026-12-31T08:00",
        "La remontée du 31 décembre se rend aujourd'hui. Il vous reste 6 personnes sur 20.\n"
        "La saisie ferme le vendredi 15 janvier (dans 15 jours).",
        ["Saisir la suivante"],
    ),
    (
        "2027-01-05T08:00",
        "La date de la remontée du 31 décembre est passée. Il vous reste 6 personnes sur 20.\n"
        "La saisie ferme le vendredi 15 janvier (dans 10 jours).",
        ["Saisir la suivante"],
    ),
]


@pytest.mark.parametrize(("now", "text", "buttons"), TEXTS, ids=[case[0] for case in TEXTS])
def test_what_a_coach_reads(now: str, text: str, buttons: list[str]) -> None:
    out, _ = tick(everybody(), at(now))
    assert out[0].screen.text == text
    assert [button.label for row in out[0].screen.rows for button in row] == buttons
    assert out[0].letter.text == out[0].screen.plain()
