"""The rules about a dispositif's figures, by number: what passes and what does not."""

from datetime import date

import pytest

from models.figures import rules
from models.figures.form import FIGURES, NotANumber, shown
from models.figures.rules import FiguresSnapshot
from models.figures.texts import ERRORS, WARNINGS

SOUND = {
    "capacite": 60.0,
    "etp_total": 6.0,
    "etp_hors_admin": 5.0,
    "professionnels_hors_admin": 7.0,
    "liste_attente": 4.0,
    "sans_suite": 3.0,
}
JUNE, SEPTEMBER, DECEMBER = date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)
MARCH_AFTER = date(2027, 3, 31)

CASES = [
    ("E18", {"etp_hors_admin": 6.0}, {}, False),
    ("E18", {"etp_hors_admin": 6.1}, {}, True),
    ("W13", {"professionnels_hors_admin": 5.0}, {}, False),
    ("W13", {"professionnels_hors_admin": 4.0}, {}, True),
    ("W14", {}, {"followed": 60}, False),
    ("W14", {}, {"followed": 61}, True),
    ("W12", {"sans_suite": 0.0}, {}, False),
    ("W12", {"sans_suite": 3.0}, {"last_day": SEPTEMBER, "last_sans_suite": 3.0}, False),
    ("W12", {"sans_suite": 2.0}, {"last_day": SEPTEMBER, "last_sans_suite": 3.0}, True),
    ("W12", {"sans_suite": 2.0}, {"day": MARCH_AFTER, "last_day": DECEMBER, "last_sans_suite": 3.0}, False),
    ("W12", {"sans_suite": 3.0}, {"day": MARCH_AFTER, "last_day": DECEMBER, "last_sans_suite": 3.0}, True),
    ("W12", {"sans_suite": 5.0}, {"day": MARCH_AFTER, "last_day": DECEMBER, "last_sans_suite": 3.0}, True),
    ("W12", {"sans_suite": 5.0}, {"day": MARCH_AFTER, "last_day": DECEMBER, "last_sans_suite": 0.0}, False),
]


@pytest.mark.parametrize(("number", "values", "around", "fires"), CASES)
def test_a_rule_fires_on_what_it_forbids_and_on_nothing_else(
    number: str, values: dict[str, float], around: dict[str, object], *, fires: bool
) -> None:
    standing = FiguresSnapshot(**{"values": SOUND | values, "day": DECEMBER, "followed": 40, **around})  # type: ignore[arg-type]

    raised = {rule.number for rule in (*rules.errors(standing), *rules.warnings(standing))}

    assert raised == ({number} if fires else set())


def test_every_rule_is_told_in_french() -> None:
    assert {rule.number for rule in rules.ERRORS} == ERRORS.keys()
    assert {rule.number for rule in rules.WARNINGS} == WARNINGS.keys()


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        ("capacite", "60", 60.0),
        ("capacite", " 1 200 ", 1200.0),
        ("capacite", "12,5", None),
        ("etp_total", "5,5", 5.5),
        ("etp_total", "5.25", 5.25),
        ("etp_total", "0", 0.0),
        ("etp_total", "-1", None),
        ("etp_total", "5,555", None),
        ("etp_total", "999999", None),
        ("liste_attente", "douze", None),
        ("liste_attente", "", None),
    ],
)
def test_a_number_is_read_as_the_french_write_it(field: str, text: str, number: float | None) -> None:
    figure = next(figure for figure in FIGURES if figure.field == field)

    if number is None:
        with pytest.raises(NotANumber):
            figure.read(text)
    else:
        assert figure.read(text) == number
        assert figure.read(shown(number)) == number
