"""Each rule about an event, by its number: what it accepts and what it refuses."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import yaml

from models.events.form import QUESTIONS, Answers
from models.events.rules import PastEvent, Situation, errors, warnings
from models.events.texts import ERRORS, WARNINGS
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut
from tests.persons import test_rules as test_person_rules

DAY = date(2026, 12, 31)
EARLIER = date(2026, 9, 30)
SUIVI, VEILLE, TERMINE = Statut.SUIVI, Statut.VEILLE_TOTALE, Statut.TERMINE
NEITHER = Formation.SANS_OBJET
SOUND = Answers(SUIVI, Niveau.SUIVI, Emploi.CDI, NEITHER, Emploi.CDI, NEITHER)


@dataclass(frozen=True)
class Case:
    """A situation near a sound one: what differs, and whether the rule fires."""

    number: str
    fires: bool
    answers: dict[str, object] = field(default_factory=dict)
    entry: date | None = None
    exit: date | None = None
    before: dict[str, object] | None = None


def last_month(job: Emploi, month: Emploi) -> dict[str, object]:
    return {"emploi_date": job, "emploi_mois": month}


CASES = [
    Case("E14", True, entry=date(2027, 1, 1)),
    Case("E14", False, entry=DAY),
    Case("E14", True, entry=date(2026, 2, 2), exit=date(2026, 2, 1)),
    Case("E14", False, {"statut": TERMINE}, entry=date(2026, 2, 2), exit=date(2026, 2, 2)),
    Case("E15", True, exit=DAY),
    Case("E15", True, exit=date(2026, 1, 1)),
    Case("E15", False, exit=date(2027, 1, 1)),
    Case("E15", False, {"statut": TERMINE}, exit=DAY),
    Case("E15", False),
    Case("W01", True, {"statut": TERMINE}),
    Case("W01", False, {"statut": TERMINE}, exit=DAY),
    Case("W02", True, {"statut": VEILLE}, exit=DAY),
    Case("W02", False, {"statut": VEILLE}),
    Case("W03", True, exit=date(2027, 1, 1)),
    Case("W03", False, {"statut": TERMINE}, exit=DAY),
    Case("W04", True, {"statut": VEILLE, "niveau_soutien": Niveau.SUIVI}),
    Case("W04", False, {"statut": VEILLE, "niveau_soutien": Niveau.VEILLE}),
    Case("W05", True, {"statut": TERMINE}, exit=DAY),
    Case("W05", False, {"statut": VEILLE}),
    Case("W06", True, last_month(Emploi.CDD, Emploi.SANS_EMPLOI)),
    Case("W06", False, last_month(Emploi.SANS_EMPLOI, Emploi.SANS_EMPLOI)),
    Case("W06", False, last_month(Emploi.SANS_EMPLOI, Emploi.CDD)),
    Case("W07", True, last_month(Emploi.CDI, Emploi.CDD)),
    Case("W07", False, last_month(Emploi.CDI, Emploi.CDI)),
    Case("W07", False, last_month(Emploi.CDI, Emploi.SANS_EMPLOI)),
    Case("W08", True, last_month(Emploi.ALTERNANCE, Emploi.ALTERNANCE)),
    Case("W08", False, {**last_month(Emploi.ALTERNANCE, Emploi.ALTERNANCE), "formation_date": Formation.FORMATION}),
    Case("W09", True, {**last_month(Emploi.PMSMP, Emploi.PMSMP), "formation_date": Formation.STAGE}),
    Case("W09", False, {**last_month(Emploi.PMSMP, Emploi.PMSMP), "formation_date": Formation.FORMATION}),
    Case("W16", True, {"statut": TERMINE}, exit=DAY, before={"statut": TERMINE}),
    Case("W16", False, {"statut": TERMINE}, exit=DAY, before={}),
    Case("W16", False, {"statut": TERMINE}, exit=DAY),
    Case("W17", True, before={"statut": TERMINE}),
    Case("W17", True, {"statut": VEILLE}, before={"statut": TERMINE}),
    Case("W17", False, {"statut": TERMINE}, before={"statut": TERMINE}),
    Case("W17", False),
    Case("W20", True, before={"statut": VEILLE}),
    Case("W20", False, {"statut": VEILLE}, before={"statut": VEILLE}),
    Case("W20", False, before={}),
    Case("W21", True, {"niveau_soutien": Niveau.INTENSIF}, before={}),
    Case("W21", True, {"niveau_soutien": Niveau.VEILLE}, before={"niveau_soutien": Niveau.REGULIER}),
    Case("W21", False, {"niveau_soutien": Niveau.REGULIER}, before={}),
    Case("W21", False, {"niveau_soutien": Niveau.INTENSIF}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number}-{'fires' if case.fires else 'rests'}")
def test_rule(case: Case) -> None:
    answers = SOUND.changed(**case.answers)  # type: ignore[arg-type]
    past = [] if case.before is None else [PastEvent(EARLIER, SOUND.changed(**case.before))]  # type: ignore[arg-type]
    situation = Situation(answers, DAY, case.entry, case.exit, past)
    found = {rule.number for rule in (*errors(situation), *warnings(situation))}
    assert (case.number in found) is case.fires


def test_a_sound_event_raises_nothing() -> None:
    situation = Situation(SOUND, DAY, date(2024, 1, 1), None, [PastEvent(EARLIER, SOUND)])
    assert errors(situation) == []
    assert warnings(situation) == []


def test_only_the_campaign_before_counts() -> None:
    before_last = PastEvent(date(2026, 6, 30), SOUND.changed(statut=TERMINE))
    situation = Situation(SOUND, DAY, past=[PastEvent(EARLIER, SOUND), before_last])
    assert warnings(situation) == []


@pytest.mark.parametrize("missing", [question.field for question in QUESTIONS])
def test_the_six_answers_are_mandatory(missing: str) -> None:
    codes = {name: code for name, code in SOUND.codes().items() if name != missing}
    with pytest.raises(KeyError):  # E01
        Answers.from_codes(codes)


@pytest.mark.parametrize("field_", [question.field for question in QUESTIONS])
def test_an_answer_is_in_its_closed_list(field_: str) -> None:
    with pytest.raises(ValueError):  # E06
        Answers.from_codes({**SOUND.codes(), field_: "cdi_intermittent"})


ELSEWHERE = {
    # Where a row stands among others, a scope or a campaign counts: tests/workbook/, by the same number.
    **dict.fromkeys(("E01", "E02", "E04", "E05", "E06", "E07", "E08", "E09"), "tests/workbook"),
    **dict.fromkeys(("E10", "E11", "E12", "E13", "E17", "E18", "E19", "W13"), "tests/workbook"),
    "E20": "the export, a later issue",
    "W12": "the figures of a dispositif, a later issue",
    "W14": "the figures of a dispositif, a later issue",
    "W15": "completeness: the list of the persons still to enter",
    "W19": "internal fields the national workbook does not have, a later issue",
    "W23": "the export, a later issue",
}


def test_every_rule_of_the_book_is_tested_under_its_number() -> None:
    book = yaml.safe_load((Path(__file__).parents[1] / "data" / "reference" / "regles.yaml").read_text("utf-8"))
    numbers = {rule["id"] for kind in ("erreurs_bloquantes", "avertissements") for rule in book[kind]}
    here = {case.number for case in CASES} | {str(case[0]) for case in test_person_rules.CASES}
    assert here | set(ELSEWHERE) == numbers
    assert here.isdisjoint(ELSEWHERE)


def test_every_rule_says_itself_in_french() -> None:
    by_number = {case.number for case in CASES}
    assert {number for number in by_number if number.startswith("E")} <= set(ERRORS)
    assert {number for number in by_number if number.startswith("W")} == set(WARNINGS)
    assert all(caution.reasons for caution in WARNINGS.values())
