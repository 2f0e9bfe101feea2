"""From the sums of a place to the values of the indicators, under their numbers."""

from collections.abc import Callable, Sequence

from models.base.french import day_and_year
from models.statistics import texts
from models.statistics.indicators.aggregates import Aggregates, Seniority, years_before
from models.statistics.indicators.catalogue import BY_EVENTS, INDICATORS, METHOD_A, METHOD_B
from models.statistics.sheet import Value

DAYS_A_YEAR = 365.25


def value(number: str, sums: Aggregates) -> Value:
    """Return the value of an indicator, or why it has none."""
    indicator = INDICATORS[number]
    if indicator.missing is not None:
        return Value(indicator, note=texts.MISSING.format(field=indicator.missing))
    return _OF[number](number, sums)


def _count(of: str) -> Callable[[str, Aggregates], Value]:
    return lambda number, sums: Value(INDICATORS[number], sums.counts[of])


def _share(of: str, among: str) -> Callable[[str, Aggregates], Value]:
    return lambda number, sums: _shared(number, sums.counts[of], sums.counts[among])


def _shared(number: str, part: int, whole: int) -> Value:
    if not whole:
        return Value(INDICATORS[number], denominator=0, note=texts.NO_DENOMINATOR)
    return Value(INDICATORS[number], part * 100 / whole, whole)


def _above_8_hours(number: str, sums: Aggregates) -> Value:
    return _shared(number, sums.counts["f01"] - sums.counts["suivi"], sums.counts["f01"])


def _change(years: int) -> Callable[[str, Aggregates], Value]:
    """F04, F05: from so many years before to the year after that."""

    def changed(number: str, sums: Aggregates) -> Value:
        now, before = years_before(sums.day, years - 1), years_before(sums.day, years)
        for day in (before, now):
            if day not in sums.campaigns:
                return Value(INDICATORS[number], note=texts.NO_CAMPAIGN.format(date=day_and_year(day)))
        persons = [sums.series[day].persons if day in sums.series else 0 for day in (before, now)]
        return Value(INDICATORS[number], persons[1] - persons[0])

    return changed


def _stability(number: str, sums: Aggregates) -> Value:
    known = [
        one.suivi * 100 / one.persons for day, one in sorted(sums.series.items()) if day <= sums.day and one.persons
    ]
    if not known:
        return Value(INDICATORS[number], note=texts.NO_DENOMINATOR)
    return Value(INDICATORS[number], max(abs(share - known[0]) for share in known))


def _slope(jobless: bool) -> Callable[[str, Aggregates], Value]:
    """F20, F21: both methods; the value is that of method A."""

    def sloped(number: str, sums: Aggregates) -> Value:
        ours = [_Counted(one, jobless) for one in sums.seniorities]
        persons = sum(one.of.persons for one in ours)
        ends = [min(ours, key=_years), max(ours, key=_years)] if ours else []
        methods = {METHOD_A: _least_squares(ours), METHOD_B: _between(*ends) if ends else None}
        note = "" if methods[METHOD_A] is not None else texts.NO_SPREAD
        fewest = min((one.of.persons for one in ends), default=0)
        return Value(INDICATORS[number], methods[METHOD_A], persons, note=note, methods=methods, fewest=fewest)

    return sloped


class _Counted:
    """A class of seniority, seen by those it counts."""

    def __init__(self, of: Seniority, jobless: bool) -> None:
        self.of = of
        self.counted = of.jobless if jobless else of.cdi
        self.days_of_counted = of.days_of_jobless if jobless else of.days_of_cdi


def _least_squares(ours: Sequence[_Counted]) -> float | None:
    """Method A: the slope of 100 or 0 on the days, in points a year; none without two seniorities."""
    persons = sum(one.of.persons for one in ours)
    days = sum(one.of.days for one in ours)
    squares = sum(one.of.squares for one in ours)
    spread = persons * squares - days * days
    if not spread:
        return None
    together = persons * sum(one.days_of_counted for one in ours) - days * sum(one.counted for one in ours)
    return 100 * together / spread * DAYS_A_YEAR


def _years(one: _Counted) -> int:
    return one.of.years


def _between(first: _Counted, last: _Counted) -> float | None:
    """Method B: from the share of the first class of complete years to that of the last, a year; none if one class."""
    if first is last:
        return None
    shares = [100 * one.counted / one.of.persons for one in (first, last)]
    return (shares[1] - shares[0]) / (last.of.years - first.of.years)


def _active(number: str, sums: Aggregates) -> Value:
    return Value(INDICATORS[number], sums.counts["active"], methods={BY_EVENTS: sums.counts["active_by_events"]})


def _reported(number: str, sums: Aggregates) -> Value:
    return Value(INDICATORS[number], sums.reported)


_OF: dict[str, Callable[[str, Aggregates], Value]] = {
    "F01": _count("f01"),
    "F04": _change(2),
    "F05": _change(1),
    "F06": _share("suivi", "f01"),
    "F07": _above_8_hours,
    "F08": _stability,
    "F10": _share("mdph", "oriented"),
    "F11": _share("spe_before", "entries_before"),
    "F12": _share("spe", "entries"),
    "F17": _share("sans_emploi", "f01"),
    "F18": _share("cdi", "f01"),
    "F19": _share("cdd", "f01"),
    "F20": _slope(jobless=True),
    "F21": _slope(jobless=False),
    "F23": _active,
    "F24": _reported,
}
