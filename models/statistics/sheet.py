"""What statistics give back: values, sheets of indicators, distributions, completeness. No SQL, no French sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.events.form import QUESTIONS
from models.statistics.scope import NamedScope


class Breakdown(StrEnum):
    """By what a distribution divides its population: the answers of the form, and what is known of a person.

    Those that something speaks of by name stand here; the others are of the form alone (`models/events/form.py`).
    """

    _ignore_ = ["own", "asked"]  # noqa: RUF012 (as the library has it)

    STATUT = "status"
    NIVEAU = "niveau"
    EMPLOI_DATE = "emploi_date"
    EMPLOI_MOIS = "emploi_mois"
    FORMATION_DATE = "formation_date"
    ORIENTATION = "orientation"
    AGE = "age"
    SEXE = "sex"
    HANDICAP = "disability"

    own = vars()
    for asked in QUESTIONS:
        if asked.statistic is not None and asked.statistic.code not in own.values():
            own[asked.field.upper()] = asked.statistic.code


class Per(StrEnum):
    """By what completeness is told."""

    DISPOSITIF = "dispositif"
    STRUCTURE = "structure"
    COACH = "coach"


@dataclass(frozen=True)
class PublishedFigure:
    """A published indicator: its number, and what is printed with it.

    `missing` names the field that the V1 does not have: such an indicator has no value. `decimals`: how many to print.
    """

    number: str
    title: str
    definition: str
    population: str
    convention: str
    unit: str
    computed: str
    missing: str | None = None
    decimals: int = 0


@dataclass(frozen=True)
class Value:
    """An indicator's value in its unit, unrounded; none where it is masked, missing or undefined, as `note` says.

    `methods` holds the values of other methods or conventions, by their names (F20, F21, F23). `fewest`: how many
    persons there are in the smaller of the two classes that method B compares (F20, F21).
    """

    indicator: PublishedFigure
    value: float | None = None
    denominator: int | None = None
    masked: bool = False
    note: str = ""
    methods: Mapping[str, float | None] = field(default_factory=dict)
    fewest: int | None = None


@dataclass(frozen=True)
class IndicatorTable:
    """The indicators of a scope at a campaign's date.

    `population` is F01's, none where masked; `validated_share` how many of the events are validated or sent up, in
    percent rounded down, none without events or where their number may not be told: below 100 the figures are
    provisional.
    """

    campaign: date
    scope: NamedScope
    population: int | None
    validated_share: int | None
    values: Mapping[str, Value]


@dataclass(frozen=True)
class IndicatorRow:
    """A line of a distribution; count and share (in percent, unrounded) are none where masked."""

    label: str
    count: int | None
    share: float | None


@dataclass(frozen=True)
class Distribution:
    """How a population divides; `total` is of the persons whose answer is known, none where masked.

    `masked` tells whether anything is hidden; `population` says in French who is counted.
    """

    by: Breakdown
    title: str
    population: str
    campaign: date
    scope: NamedScope
    rows: Sequence[IndicatorRow]
    total: int | None
    masked: bool


@dataclass(frozen=True)
class Completeness:
    """How far the entry of a campaign is; `entered` = `on_time` + `late` + `loaded`; none where masked.

    `expected`: asked about, or with an event; `validated`: by a coordinator, or sent up; `on_time`: first written by
    the campaign's last day; `loaded`: from a workbook, after that day, so that nobody knows when they were entered.
    """

    label: str
    expected: int | None
    entered: int | None
    validated: int | None
    on_time: int | None
    late: int | None
    loaded: int | None


@dataclass(frozen=True)
class Capacity:
    """The dispositifs' own figures at a campaign (persons), summed over those that confirmed them.

    `use` is the share of the places taken by F01's persons of these dispositifs, in percent; none without places or
    where F01 is masked.
    """

    label: str
    dispositifs: int
    confirmed: int
    capacite: int | None
    followed: int | None
    use: float | None
    liste_attente: int | None
    sans_suite: int | None
