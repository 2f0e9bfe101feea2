"""The words told with a picture: what it shows, in figures that may be told, and who is counted."""

from datetime import date

import pytest

from models.reference.scopes import Level, Scope
from models.statistics.charts import texts
from models.statistics.charts.pictures import Hidden, Unit, Value
from models.statistics.scope import NamedScope
from models.statistics.sheet import Breakdown, Capacity, Distribution, IndicatorRow

SINCE = date(2026, 3, 31)
RHONE = NamedScope(Scope(Level.DEPARTEMENT, "69"), "Rhône (69)")


def distribution(*rows: tuple[str, int | None, float | None], total: int | None = 5552) -> Distribution:
    masked = total is None or any(count is None for _, count, _ in rows)
    return Distribution(
        Breakdown.EMPLOI_MOIS, "Emploi", "F01", SINCE, RHONE, [IndicatorRow(*row) for row in rows], total, masked
    )


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (
            distribution(("CDD", 888, 15.99), ("CDI", 1166, 21.0), ("Sans emploi", 2832, 51.01)),
            "Sans emploi : 51 % (2\u202f832 sur 5\u202f552) ; CDI : 21 % (1\u202f166 sur 5\u202f552).",
        ),
        (distribution(("CDD", None, None), ("CDI", 6, 0.1)), "CDI : 0 % (6 sur 5\u202f552)."),
        (distribution(("CDD", None, None), total=None), texts.HIDDEN),
        (distribution(("CDD", None, None), ("CDI", None, None), total=12), texts.HIDDEN),
        (distribution(("CDD", 0, None), total=0), texts.NOBODY),
    ],
)
def test_a_distribution_is_told_by_its_largest_parts(of: Distribution, told: str) -> None:
    assert texts.largest(of) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (62.0, 51.0, "CDI : de 62\u00a0% à 51\u00a0%, depuis le 31 mars 2026."),
        (51.2, 50.9, "CDI : 51\u00a0%, depuis le 31 mars 2026."),
        (Hidden.MASKED, 51.0, "CDI : 51\u00a0%, depuis le 31 mars 2026."),
        (51.0, Hidden.MASKED, "CDI : de 51\u00a0% à masqué, depuis le 31 mars 2026."),
        (Hidden.MASKED, Hidden.UNKNOWN, texts.HIDDEN),
        (Hidden.UNKNOWN, Hidden.UNKNOWN, texts.NOBODY),
    ],
)
def test_a_line_is_told_by_its_ends(first: Value, last: Value, told: str) -> None:
    assert texts.moved([("CDI", first, last)], Unit.PERCENT, SINCE) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (100, "Personnes attendues."),
        (None, "Personnes attendues."),
        (92, "Personnes attendues. Provisoire : 92 % des saisies sont validées."),
    ],
)
def test_figures_that_may_still_change_are_said_to(share: int | None, told: str) -> None:
    assert texts.second("personnes attendues.", share) == told


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            Capacity("Rhône", 3, 2, 40, 30, 75.0, 12, 4),
            "40 places, occupées à 75 % ; 12 en liste d'attente (2 sur 3 dispositifs).",
        ),
        (
            Capacity("Rhône", 1, 0, None, None, None, None, None),
            "Aucun dispositif n'a encore confirmé ses chiffres pour cette remontée.",
        ),
    ],
)
def test_capacity_in_words(found: Capacity, told: str) -> None:
    assert texts.capacity(found) == told


def test_progress_in_words() -> None:
    assert texts.entered(1, 20) == "1 personne saisie sur 20 (5 %)."
    assert texts.entered(1200, 1500) == "1\u202f200 personnes saisies sur 1\u202f500 (80 %)."
    assert texts.entered(0, 0) == texts.NOBODY == "Personne à compter."
    assert texts.entered(0, 0, texts.among(0, dispositifs=True)) == texts.HIDDEN


def test_what_is_told_of_a_part_of_the_places_says_so() -> None:
    among = texts.among(12, dispositifs=True)
    assert texts.entered(80, 100, among) == "80 personnes saisies sur 100 (80 %), sur les 12 dispositifs publiables."
    assert texts.second("attendues", 92, among).endswith("validées, sur les 12 dispositifs publiables.")
    assert texts.among(1, dispositifs=False) == ", sur 1 structure publiable"
    assert texts.share_entered(0, 0, texts.among(0, dispositifs=True)) == "masqué"


@pytest.mark.parametrize(
    ("left_out", "masked", "told"),
    [
        (0, False, ""),
        (0, True, "Les moins complets d'abord, les masqués à la fin."),
        (24, False, "Les moins complets d'abord ; 24 autres ne sont pas montrés."),
        (1, True, "Les moins complets d'abord, les masqués à la fin ; 1 autre n'est pas montré."),
    ],
)
def test_the_order_of_the_places_is_said(left_out: int, masked: bool, told: str) -> None:
    assert texts.order(left_out, masked=masked) == told
