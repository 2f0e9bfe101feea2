"""The rules about a dispositif's figures, each under its number (`regles.yaml`: E18, W12, W13, W14)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FiguresSnapshot:
    """Figures about to be recorded, with what the rules look at around them.

    `values` by field; `day` is the campaign's date; `last_day` and `last_sans_suite` those of the campaign before, if
    any; `followed` is how many persons the dispositif follows.
    """

    values: Mapping[str, float]
    day: date
    followed: int
    last_day: date | None = None
    last_sans_suite: float | None = None


@dataclass(frozen=True)
class FigureRule:
    """A rule by its number, whether it fires, and the fields to look at when it does."""

    number: str
    fires: Callable[[FiguresSnapshot], bool]
    fields: tuple[str, ...]


def _sans_suite_odd(standing: FiguresSnapshot) -> bool:
    """Whether the count since the 1st of January goes down within a year, or was not begun anew in January."""
    if standing.last_day is None or standing.last_sans_suite is None:
        return False
    now = standing.values["sans_suite"]
    if standing.last_day.year == standing.day.year:
        return now < standing.last_sans_suite
    return 0 < standing.last_sans_suite <= now


ERRORS = (
    FigureRule("E18", lambda s: s.values["etp_hors_admin"] > s.values["etp_total"], ("etp_hors_admin", "etp_total")),
)

WARNINGS = (
    FigureRule("W12", _sans_suite_odd, ("sans_suite",)),
    FigureRule(
        "W13",
        lambda s: s.values["professionnels_hors_admin"] < s.values["etp_hors_admin"],
        ("professionnels_hors_admin", "etp_hors_admin"),
    ),
    FigureRule("W14", lambda s: s.followed > s.values["capacite"], ("capacite",)),
)


def errors(standing: FiguresSnapshot) -> list[FigureRule]:
    """Return the rules that refuse these figures."""
    return [rule for rule in ERRORS if rule.fires(standing)]


def warnings(standing: FiguresSnapshot) -> list[FigureRule]:
    """Return the rules that ask for a reason before these figures are recorded."""
    return [rule for rule in WARNINGS if rule.fires(standing)]
